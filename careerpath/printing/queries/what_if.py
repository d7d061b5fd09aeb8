"""The 政策测算报告 of a scheme for a unit, from its reckoning to bytes."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from flask import current_app

from careerpath.access.actor import Actor
from careerpath.core import clock
from careerpath.core.pdf.foot import Foot, amount
from careerpath.core.pdf.typefaces import fonts
from careerpath.core.sheets.writing import write_tables
from careerpath.pay.queries.what_if import LeftOut, Moved, Simulation, draft_of, simulate
from careerpath.policy.edition import EditionHead
from careerpath.policy.pay import PayEdition
from careerpath.printing.documents.what_if import (
    Contrast,
    EditionSide,
    ForecastYear,
    Mover,
    StreetCost,
    StreetEffect,
    WhatIfReport,
    render_what_if,
)
from careerpath.printing.sheets import what_if_tables
from careerpath.rulebook.queries.compared import compare_editions

MOST_CONTRASTS = 60
"""Differences that a report spells out; the page that compares two editions has all of them."""


def what_if_pdf(actor: Actor, edition_id: int, unit_id: int) -> tuple[str, bytes]:
    """The report as PDF, with a name for the file."""
    report = report_of(actor, simulate(actor, unit_id, draft_of(actor, edition_id)))
    return f"{report.unit}薪酬政策测算报告.pdf", render_what_if(current_app.jinja_env, fonts(), report)


def what_if_xlsx(actor: Actor, edition_id: int, unit_id: int) -> tuple[str, bytes]:
    """The same as an Excel workbook, a sheet for each table."""
    report = report_of(actor, simulate(actor, unit_id, draft_of(actor, edition_id)))
    target = BytesIO()
    write_tables(target, what_if_tables(report))
    return f"{report.unit}薪酬政策测算.xlsx", target.getvalue()


def report_of(actor: Actor, found: Simulation) -> WhatIfReport:
    """What the report says of a reckoning."""
    return WhatIfReport(
        title=f"{found.unit_name}社区工作者薪酬政策测算报告",
        unit=found.unit_name,
        current=_side(found.now.head),
        draft=_side(found.draft.head),
        findings=tuple(_findings(found)),
        contrasts=tuple(_contrasts(found.now, found.draft))[:MOST_CONTRASTS],
        effects=tuple(
            StreetEffect(
                street=one.name,
                people=one.people,
                gaining=one.gaining,
                losing=one.losing,
                gain=one.gain,
                loss=one.loss,
            )
            for one in found.streets
        ),
        movers=tuple(_movers((*found.gainers, *found.losers))),
        months=found.months,
        costs=tuple(StreetCost(street=one.name, current=one.now, draft=one.draft) for one in found.streets),
        forecast=tuple(
            ForecastYear(
                year=one.year,
                people=one.people,
                steps=one.draft_steps,
                retirements=one.retiring,
                current=one.now,
                draft=one.draft,
            )
            for one in found.years
        ),
        notes=tuple(str(line) for line in found.assumptions),
        prepared_by=actor.display_name,
        prepared_on=clock.today().isoformat(),
        foot=Foot(printed_by=actor.display_name, printed_at=clock.office_time(clock.now()).strftime("%Y-%m-%d %H:%M")),
    )


def _side(head: EditionHead) -> EditionSide:
    return EditionSide(
        name=head.title,
        document=head.document,
        effective_from=head.effective_from.isoformat(),
        source=head.source,
        example=head.example,
    )


def _findings(found: Simulation) -> Iterator[str]:
    more = found.draft_cost - found.now_cost
    yield (
        f"参加测算 {found.people} 人，自 {found.months[0]} 起 {len(found.months)} 个月，"
        f"现行办法用工成本 {amount(found.now_cost)} 元，测算版本 {amount(found.draft_cost)} 元，"
        f"相差 {more:+,.2f} 元。用工成本为工资与单位缴纳的社会保险费、住房公积金之和。"
    )
    yield f"月工资增加 {found.gaining} 人，减少 {found.losing} 人，不变 {found.same} 人。"
    if found.unlevelled:
        yield f"按测算版本有 {found.unlevelled} 人没有等级，采用后这些人无法发放工资。"
    for group in found.left_out:
        yield _left_out(group)


def _left_out(group: LeftOut) -> str:
    side = "测算版本" if group.draft else "现行办法"
    names = "、".join(group.names) + ("等" if group.count > len(group.names) else "")
    return f"按{side}有 {group.count} 人不能计发（{group.why.rstrip('。')}）：{names}。"


def _contrasts(now: PayEdition, draft: PayEdition) -> Iterator[Contrast]:
    for part in compare_editions(now, draft).parts:
        if all(change.path.startswith("head") for change in part.changes):
            # The report tells both heads by themselves.
            continue
        for change in part.changes:
            names = (part.title, change.row, change.column)
            what = " · ".join(str(name) for name in names if name is not None)
            yield Contrast(what=what, current=str(change.old or "—"), draft=str(change.new or "—"))


def _movers(people: Iterable[Moved]) -> Iterator[Mover]:
    for one in people:
        levels = "" if one.now_level == one.draft_level else f"等级 {one.now_level or '—'} → {one.draft_level or '—'}"
        yield Mover(name=one.name, unit=one.unit, current=one.now, draft=one.draft, reason=levels)
