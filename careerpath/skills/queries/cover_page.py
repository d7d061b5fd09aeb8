"""The cover of all communities of an actor on a day, line by line, with what is lacking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS
from careerpath.access.scope import below, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, listed_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import street_in, streets_of
from careerpath.skills.queries.cover import Cover, UnitCover, unit_covers


@dataclass(frozen=True, slots=True)
class CoverFilters:
    """What the table is narrowed to; ``line`` is a code: communities that lack it."""

    on: date
    q: str = ""
    street_id: int | None = None
    line: str = ""
    gaps: bool = False

    @property
    def narrow(self) -> bool:
        """Whether communities are left out."""
        return bool(self.q or self.street_id or self.line or self.gaps)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One community with its cover by code of the line."""

    unit_id: int
    unit_code: str
    unit_name: str
    street: str
    cover: UnitCover
    by_code: Mapping[str, Cover]


@dataclass(frozen=True, slots=True)
class LineSum:
    """One line of work over all communities: those that cover it, people lacking, people who can do and teach it."""

    code: str
    name: str
    covered: int
    lacking: int
    able: int
    teaching: int


@dataclass(frozen=True, slots=True)
class CoverPage:
    """Communities page by page, the lines in their order, and the sums over everything that was looked for."""

    page: Page[CoverLine]
    lines: tuple[LineSum, ...]
    serving: int
    all_round: int
    with_gaps: int
    gaps: int
    """Lines that are short, over all communities."""


def filters_of(args: Mapping[str, str]) -> CoverFilters:
    """What an address asks for; what makes no sense is left out."""
    return CoverFilters(
        on=read_day(args.get("on", "")) or clock.today(),
        q=args.get("q", "").strip()[:60],
        street_id=whole_number(args.get("street", "")),
        line=args.get("line", "")[:24],
        gaps=args.get("gaps") == "yes",
    )


def cover_page(
    actor: Actor, filters: CoverFilters, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> CoverPage:
    """One page of the communities of the actor's units. Five queries, however many there are."""
    lines = cover_lines(actor, filters)
    page = listed_page(lines, lambda line: line.unit_code, after=after, before=before, size=size)
    gaps = [len(line.cover.gaps) for line in lines]
    return CoverPage(
        page,
        _sums(lines),
        sum(line.cover.serving for line in lines),
        sum(line.cover.all_round for line in lines),
        sum(count > 0 for count in gaps),
        sum(gaps),
    )


def cover_lines(actor: Actor, filters: CoverFilters) -> list[CoverLine]:
    """Every community that the filter names with its cover, by code; villages where somebody serves. Five queries."""
    conditions = [
        within(actor, Unit.id, Permission.SKILL_VIEW),
        Unit.kind.in_(COMMUNITY_KINDS),
        Unit.starts_on <= filters.on,
        or_(Unit.ends_on.is_(None), Unit.ends_on >= filters.on),
    ]
    if filters.q:
        letters = Unit.initials.startswith(filters.q.lower(), autoescape=True)
        conditions.append(or_(Unit.name.contains(filters.q, autoescape=True), letters, Unit.code == filters.q))
    if filters.street_id is not None:
        path = db.session.scalar(select(Unit.path).where(Unit.id == filters.street_id))
        conditions.append(below(Unit.id, path or "-"))
    query = select(Unit.id, Unit.code, Unit.short_name, Unit.path).where(*conditions).order_by(Unit.code)
    units = db.session.execute(query).all()
    covers = unit_covers([unit_id for unit_id, *_ in units], filters.on)
    streets = streets_of(path for *_, path in units) if units else {}
    found = []
    for unit_id, code, name, path in units:
        cover = covers[unit_id]
        by_code = {one.code: one for one in cover.lines.values()}
        # A place where nobody of the register serves has no work to cover.
        if not cover.serving or (filters.gaps and not cover.gaps):
            continue
        if filters.line and not (filters.line in by_code and by_code[filters.line].is_gap):
            continue
        found.append(CoverLine(unit_id, code, name, street_in(path, streets), cover, by_code))
    return found


def _sums(lines: Sequence[CoverLine]) -> tuple[LineSum, ...]:
    named: dict[str, list[Cover]] = {}
    for line in lines:
        for code, cover in line.by_code.items():
            named.setdefault(code, []).append(cover)
    return tuple(
        LineSum(
            code,
            covers[0].name,
            sum(not one.is_gap for one in covers),
            sum(one.lacking for one in covers),
            sum(one.able for one in covers),
            sum(one.teaching for one in covers),
        )
        for code, covers in named.items()
    )
