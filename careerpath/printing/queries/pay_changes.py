"""The papers of changes of level, from proposals to bytes: 工资变动审批表 and 审批名册."""

import threading
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import IO

from flask import current_app

from careerpath.access.actor import Actor
from careerpath.core import clock
from careerpath.core.pdf.filling import merge
from careerpath.core.pdf.fitting import Overflow
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.typefaces import fonts
from careerpath.core.sheets.writing import write_tables
from careerpath.pay.queries.papers import ChangePaper, PaperItem, change_papers, paper_ids
from careerpath.pay.queries.rounds import round_page
from careerpath.printing.documents.pay_change import (
    ChangedComponent,
    PaidComponent,
    PayChangeForm,
    PayChangePrinter,
    render_pay_change,
)
from careerpath.printing.documents.pay_changes_list import PayChangeRow, PayChangesList, render_pay_changes_list
from careerpath.printing.sheets import ledger_table
from careerpath.words import NotFound, Refused, msg

TITLE = "社区工作者工资变动审批表"

_own = threading.local()


def one_change(actor: Actor, proposal_id: int) -> tuple[str, bytes]:
    """One person's form as PDF, with a name for the file; or ``NotFound``."""
    found = change_papers(actor, [proposal_id])
    if not found:
        raise NotFound
    form = change_form(found[0], _foot(actor))
    return f"{form.name}工资变动审批表.pdf", render_pay_change(current_app.jinja_env, fonts(), form)


def fill_changes(actor: Actor, papers: Sequence[ChangePaper], target: Path | IO[bytes]) -> None:
    """Many forms in order into one PDF."""
    foot = _foot(actor)
    parts = []
    for shape, group in groupby(papers, key=_shape):
        part = BytesIO()
        _printer(*shape).fill_many((change_form(paper, foot) for paper in group), part)
        part.seek(0)
        parts.append(part)
    if len(parts) == 1:
        _write(parts[0].getvalue(), target)
        return
    whole = BytesIO()
    merge(parts, whole, title=TITLE)
    _write(whole.getvalue(), target)


def overflowing_changes(actor: Actor, papers: Sequence[ChangePaper]) -> Iterator[tuple[ChangePaper, list[Overflow]]]:
    """Everybody whose text would continue on an attached page, and in which cells."""
    foot = _foot(actor)
    for shape, group in groupby(papers, key=_shape):
        some = list(group)
        for place, cells in _printer(*shape).preflight_many(change_form(paper, foot) for paper in some):
            yield some[place], cells


def changes_pdf(actor: Actor, round_id: int) -> tuple[str, bytes]:
    """The 审批名册 of a round as PDF, with a name for the file."""
    found = changes_list(actor, round_id)
    return f"{found.unit}工资变动审批名册.pdf", render_pay_changes_list(current_app.jinja_env, fonts(), found)


def changes_xlsx(actor: Actor, round_id: int) -> tuple[str, bytes]:
    """The same in Excel."""
    found = changes_list(actor, round_id)
    target = BytesIO()
    write_tables(target, [ledger_table(found.ledger())])
    return f"{found.unit}工资变动审批名册.xlsx", target.getvalue()


def changes_list(actor: Actor, round_id: int) -> PayChangesList:
    """What the list of a round says, or ``NotFound``; refused where nobody is on it."""
    page = round_page(actor, round_id)
    papers = change_papers(actor, paper_ids(actor, round_id=round_id))
    if not papers:
        raise Refused(msg("没有可以打印的人员。"))
    return PayChangesList(
        unit=page.unit_name,
        period=f"{_day(page.on)}套级晋级",
        rows=tuple(_row(paper) for paper in papers),
        example=page.edition.head.example,
        foot=_foot(actor),
    )


def change_form(paper: ChangePaper, foot: Foot) -> PayChangeForm:
    """The cells of one form."""
    remark = f"批准文号：{paper.document}。" if paper.document else ""
    if paper.backdated:
        remark += "执行日期早于审批当月，差额按月补发或扣回。"
    return PayChangeForm(
        title=f"{paper.head.place}{TITLE}",
        unit=paper.place,
        name=paper.name,
        sex=paper.sex,
        birth_month=_month(paper.born_on),
        work_since=_month(paper.joined_work_on),
        community_since=_month(paper.joined_on),
        post=paper.title,
        components=tuple(_component(paper, item) for item in paper.items),
        total_before=paper.before_monthly,
        total_after=paper.after_monthly,
        reason=paper.reason,
        documents=paper.documents,
        remark=remark,
        street_opinion=paper.street_opinion,
        street_reporter=paper.street_by,
        street_date=_day(paper.street_on),
        district_opinion=paper.district_opinion,
        district_reviewer=paper.decided_by,
        district_date=_day(paper.decided_on),
        example=paper.unofficial,
        foot=Foot(
            number=paper.number,
            printed_by=foot.printed_by,
            printed_at=foot.printed_at,
            check_code=paper.check_code,
        ),
    )


def _component(paper: ChangePaper, item: PaperItem) -> ChangedComponent:
    before_since = _month_day(paper.before_since)
    changed = item.line.before != item.line.after
    before = PaidComponent()
    if item.line.before is not None:
        before = PaidComponent(level=paper.before if item.levelled else "", amount=item.line.before, since=before_since)
    after = PaidComponent(
        level=paper.after if item.levelled else "",
        amount=item.line.after,
        since=_month_day(paper.starts_on) if changed or item.levelled else before_since,
    )
    return ChangedComponent(name=item.line.name, before=before, after=after)


def _row(paper: ChangePaper) -> PayChangeRow:
    return PayChangeRow(
        number=paper.file_number,
        name=paper.name,
        unit=paper.community,
        post=paper.title,
        level_before=paper.before or "未套级",
        amount_before=paper.before_monthly,
        level_after=paper.after,
        amount_after=paper.after_monthly,
        since=_month_day(paper.starts_on),
        reason=paper.cause,
        remark=paper.document,
    )


def _shape(paper: ChangePaper) -> tuple[str, int]:
    """The title and the number of lines: forms of one shape share a laid-out page."""
    return f"{paper.head.place}{TITLE}", len(paper.items)


def _printer(title: str, rows: int) -> PayChangePrinter:
    """The printer of this thread for one shape: the blank form is laid out once and kept."""
    kept: dict[tuple[int, str, int], PayChangePrinter] = _own.__dict__.setdefault("printers", {})
    key = id(current_app.extensions["careerpath.settings"]), title, rows
    if key not in kept:
        if len(kept) > 3:
            kept.clear()
        kept[key] = PayChangePrinter(current_app.jinja_env, fonts(), title=title, rows=rows)
    return kept[key]


def _foot(actor: Actor) -> Foot:
    return Foot(printed_by=actor.display_name, printed_at=clock.office_time(clock.now()).strftime("%Y-%m-%d %H:%M"))


def _write(content: bytes, target: Path | IO[bytes]) -> None:
    if isinstance(target, Path):
        target.write_bytes(content)
    else:
        target.write(content)


def _month(day: date | None) -> str:
    return "" if day is None else f"{day:%Y.%m}"


def _month_day(day: date | None) -> str:
    return "" if day is None else f"{day:%Y.%m.%d}"


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"
