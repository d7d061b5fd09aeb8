"""Annual reports: the list, one with its sections, and what it says beside what would be counted today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.annual_reports.models import AnnualReport, ReportState, ReportText
from careerpath.annual_reports.queries.gathering import all_figures, gather_anew, texts_of, told
from careerpath.annual_reports.queries.scope import PARTS
from careerpath.annual_reports.queries.section import Figure, Section
from careerpath.annual_reports.queries.words import REPORT_STATES, STATE_KINDS
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.words import Message, NotFound, msg


def title_of(report: AnnualReport, unit_name: str) -> str:
    """The title of a report: its own, or the usual one."""
    return report.title or usual_title(unit_name, report.year)


def usual_title(unit_name: str, year: int) -> str:
    """What a report is called unless somebody gave it a title: 费县社区工作者队伍建设年度报告（2026年）."""
    return str(msg("%(unit)s社区工作者队伍建设年度报告（%(year)s年）", unit=unit_name, year=year))


class Act(StrEnum):
    """What may be done to a report; ``ReportHead.may`` holds those that the actor may do now."""

    CHANGE = "change"
    GATHER = "gather"
    WRITE = "write"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    DROP = "drop"


ACTS: Mapping[ReportState, frozenset[Act]] = {
    ReportState.DRAFT: frozenset({Act.CHANGE, Act.GATHER, Act.WRITE, Act.FREEZE, Act.DROP}),
    ReportState.FROZEN: frozenset({Act.UNFREEZE}),
}


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What every page of a report shows above its own part."""

    record: AnnualReport
    unit_name: str
    unit_path: str
    may: frozenset[Act]

    @property
    def id(self) -> int:
        """The record."""
        return self.record.id

    @property
    def title(self) -> str:
        """Its own title, or the usual one."""
        return title_of(self.record, self.unit_name)

    @property
    def frozen(self) -> bool:
        """Whether it is signed and stays as it is."""
        return self.record.state is ReportState.FROZEN

    @property
    def state_word(self) -> Message:
        """Where it stands, in words."""
        return REPORT_STATES[self.record.state]

    @property
    def state_kind(self) -> str:
        """The colour of that."""
        return STATE_KINDS[self.record.state]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with its sections, as its reader may see them."""

    head: ReportHead
    sections: tuple[Section, ...]
    written: Mapping[str, ReportText]
    """What people wrote, by section."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, for the places of any text."""
        return all_figures(self.sections)

    def section(self, code: str) -> Section:
        """One section, or ``NotFound``."""
        found = next((one for one in self.sections if one.code == code), None)
        if found is None:
            raise NotFound
        return found


@dataclass(frozen=True, slots=True)
class ReportFilters:
    """What is looked for in the list."""

    year: int | None = None
    unit: str = ""
    state: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "ReportFilters":
        """The filters that stand in an address; what is no filter is left out."""
        state = args.get("state", "")
        return cls(
            year=whole_number(args.get("year", "")),
            unit=args.get("unit", "").strip()[:64],
            state=state if state in {one.value for one in ReportState} else "",
        )

    def narrowed(self) -> bool:
        """Whether anything is looked for at all."""
        return self != ReportFilters()


def report_heads(
    actor: Actor,
    filters: ReportFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[ReportHead]:
    """The reports of the actor's units, newest year first. Two queries, however many."""
    query: Any = (
        select(AnnualReport, Unit)
        .join(Unit, Unit.id == AnnualReport.unit_id)
        .where(within(actor, AnnualReport.unit_id, Permission.REPORT_VIEW))
    )
    if filters.year is not None:
        query = query.where(AnnualReport.year == filters.year)
    if filters.state:
        query = query.where(AnnualReport.state == ReportState(filters.state))
    if filters.unit:
        query = query.where(Unit.name.contains(filters.unit, autoescape=True))
    keys = (SortKey(AnnualReport.year, descending=True), SortKey(Unit.code), SortKey(AnnualReport.id))
    page = keyset_page(
        query, keys, lambda row: (row[0].year, row[1].code, row[0].id), after=after, before=before, size=size
    )
    heads = [_head(actor, record, unit) for record, unit in page.rows]
    return Page(heads, page.total, page.after, page.before)


def report_head(actor: Actor, report_id: int, permission: Permission = Permission.REPORT_VIEW) -> ReportHead:
    """The head of a report of the actor's units, or ``NotFound``. One query."""
    query = (
        select(AnnualReport, Unit)
        .join(Unit, Unit.id == AnnualReport.unit_id)
        .where(AnnualReport.id == report_id, within(actor, AnnualReport.unit_id, permission))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return _head(actor, *row)


def report_page(actor: Actor, report_id: int, permission: Permission = Permission.REPORT_VIEW) -> ReportPage:
    """A report with its sections and what was written into it, or ``NotFound``. Two queries."""
    head = report_head(actor, report_id, permission)
    written = texts_of(report_id)
    return ReportPage(head, told(head.record, actor, head.unit_path, written), written)


def usual_unit(actor: Actor) -> tuple[int, str] | None:
    """The uppermost unit that the actor writes reports for: id and name. One query."""
    query = (
        select(Unit.id, Unit.name)
        .where(Unit.kind.in_(list(PARTS)), within(actor, Unit.id, Permission.REPORT_WRITE))
        .order_by(Unit.path, Unit.code)
    )
    row = db.session.execute(query.limit(1)).one_or_none()
    return None if row is None else (row.id, row.name)


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that a report says otherwise than it would be counted now. A figure that one of both lacks is None."""

    section: Message
    figure: Figure
    said: Figure | None
    now: Figure | None

    def pairs(self) -> list[tuple[Message, Decimal | None, Decimal | None]]:
        """What differs: of the year, of the year before, altogether; as the report says it and as it is now."""
        found = []
        for word, name in ((msg("本年"), "value"), (msg("上年"), "last"), (msg("累计"), "total")):
            said, now = (getattr(one, name) if one else None for one in (self.said, self.now))
            if said != now:
                found.append((word, said, now))
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """A report beside what would be counted now."""

    head: ReportHead
    compared: int
    """Figures that were compared."""
    differences: tuple[Difference, ...]
    on: date


def compared(actor: Actor, report_id: int) -> Comparison:
    """What a report says beside what would be counted now for the same day, figure by figure.

    Costs a whole gathering: as many queries as the sections make.
    """
    page = report_page(actor, report_id)
    now = gather_anew(actor, page.head.record) if page.sections else ()
    return Comparison(page.head, len(page.figures), tuple(_differences(page.sections, now)), page.head.record.on)


def _differences(said: Iterable[Section], now: Iterable[Section]) -> Iterable[Difference]:
    then = {one.code: one for one in said}
    current = {one.code: one for one in now}
    for code in dict.fromkeys([*then, *current]):
        title = (then.get(code) or current[code]).title
        before = {one.code: one for one in then[code].figures} if code in then else {}
        after = {one.code: one for one in current[code].figures} if code in current else {}
        for name in dict.fromkeys([*before, *after]):
            one, other = before.get(name), after.get(name)
            difference = Difference(title, one or after[name], one, other)
            if difference.pairs():
                yield difference


def _head(actor: Actor, record: AnnualReport, unit: Unit) -> ReportHead:
    writes = actor.can(Permission.REPORT_WRITE, unit.path)
    return ReportHead(record, unit.short_name, unit.path, ACTS[record.state] if writes else frozenset())
