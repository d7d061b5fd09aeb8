"""Who follows whom: every secretary and deputy post with its holders, what ends them, and the reserves by readiness."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, listed_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.people import street_in, streets_of
from careerpath.employees.queries.serving import held_on
from careerpath.policy.codes import Post, UnitKind
from careerpath.policy.employment import add_months, age_on
from careerpath.policy.talent_pool import (
    Ahead,
    Concern,
    Ending,
    HeldPost,
    Purpose,
    Rung,
    Span,
    TalentPoolEdition,
    concerns,
    endings,
    is_risk,
)
from careerpath.policy.talent_pool.ladder import stands_on
from careerpath.talent_pool.models import Readiness
from careerpath.talent_pool.queries.reserves import ReserveName, reserves_of
from careerpath.talent_pool.queries.retirement import retirement_or_none, retires_on
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.words import Message, msg

LEADING = frozenset({Post.CHIEF, Post.DEPUTY})
USUAL_YEARS = 3
MOST_YEARS = 10

CONCERNS: Mapping[Concern, Message] = {
    Concern.VACANT: msg("空缺"),
    Concern.OVER: msg("已到期"),
    Concern.RETIRING: msg("将退休"),
    Concern.TERM: msg("任期将届满"),
    Concern.NO_RESERVE: msg("无后备"),
    Concern.NOT_READY: msg("无可随时使用的后备"),
}
CONCERN_KINDS: Mapping[Concern, str] = {
    Concern.VACANT: "danger",
    Concern.OVER: "danger",
    Concern.RETIRING: "warning",
    Concern.TERM: "",
    Concern.NO_RESERVE: "danger",
    Concern.NOT_READY: "warning",
}


@dataclass(frozen=True, slots=True)
class SuccessionFilters:
    """What the page is narrowed to; ``years`` is how far it looks ahead, ``year`` one in which something ends."""

    unit: str = ""
    unit_id: int | None = None
    rung: str = ""
    concern: Concern | None = None
    risks: bool = False
    years: int = USUAL_YEARS
    year: int | None = None

    @property
    def narrow(self) -> bool:
        """Whether posts are left out."""
        return SuccessionFilters(years=self.years) != self


def filters_of(args: Mapping[str, str]) -> SuccessionFilters:
    """What an address asks for; what makes no sense is left out."""
    concern, years, year = args.get("concern", ""), whole_number(args.get("years", "")), args.get("year", "")
    return SuccessionFilters(
        unit=args.get("unit", "").strip()[:80],
        unit_id=whole_number(args.get("unit_id", "")),
        rung=args.get("rung", "")[:40],
        concern=Concern(concern) if concern in set(Concern) else None,
        risks=args.get("risks") == "yes",
        years=years if years is not None and 1 <= years <= MOST_YEARS else USUAL_YEARS,
        year=whole_number(year) if len(year) == 4 else None,
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post, and what ends that, the soonest first."""

    employee_id: int
    number: str
    name: str
    sex: str
    age: int
    title: str
    since: date
    retires_on: date | None
    ahead: tuple[Ahead, ...]

    @property
    def first(self) -> Ahead | None:
        """What comes first."""
        return self.ahead[0] if self.ahead else None


@dataclass(frozen=True, slots=True)
class Seat:
    """A secretary or deputy post of one community; ``reserves`` is ``None`` where its rung has no reserve."""

    unit_id: int
    unit_code: str
    unit_name: str
    street: str
    rung: Rung
    place: int
    """Of the rung among those shown, from the top of the ladder."""
    holders: tuple[Holder, ...]
    reserves: tuple[ReserveName, ...] | None
    concerns: tuple[Concern, ...]

    @property
    def key(self) -> str:
        """Its place in the list."""
        return f"{self.unit_code} {self.place:02d}"

    @property
    def risk(self) -> bool:
        """Whether nobody stands ready."""
        return is_risk(self.concerns)

    def ready(self, readiness: Readiness) -> tuple[ReserveName, ...]:
        """The reserves of one readiness."""
        return tuple(one for one in self.reserves or () if one.readiness is readiness)

    def ends_in(self, year: int) -> bool:
        """Whether a holder retires or a term ends in a year."""
        return any(one.on.year == year for holder in self.holders for one in holder.ahead)


@dataclass(frozen=True, slots=True)
class YearAhead:
    """What ends in one year: who retires, and for how many holders a term ends."""

    year: int
    retiring: tuple[tuple[Seat, Holder], ...]
    terms: int

    @property
    def something(self) -> bool:
        """Whether anything ends in it."""
        return bool(self.retiring or self.terms)


@dataclass(frozen=True, slots=True)
class Succession:
    """The posts of the actor's communities. ``edition`` is ``None`` where this place has no rules in force."""

    edition: TalentPoolEdition | None
    on: date
    until: date
    rungs: tuple[Rung, ...]
    seats: tuple[Seat, ...]
    page: Page[Seat]
    counts: Mapping[Concern, int]
    """Of all posts before narrowing by concern, risk and year."""
    risks: int
    years: tuple[YearAhead, ...]


def succession(
    actor: Actor,
    filters: SuccessionFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Succession:
    """The posts of the actor's communities as of today. Seven queries at the most, however many communities.

    Shown are the rungs of the edition on which secretaries and deputies stand. Communities are all there; villages
    only where somebody holds such a post or is in the pool for it.
    """
    on = clock.today()
    until = add_months(on, 12 * filters.years) - timedelta(days=1)
    edition = rules_or_none(on)
    rungs = leading_rungs(edition) if edition is not None else ()
    found = tuple(_seats(actor, filters, edition, rungs, on, until)) if edition is not None else ()
    shown = tuple(seat for seat in found if _wanted(seat, filters))
    page = listed_page(shown, lambda seat: seat.key, after=after, before=before, size=size)
    return Succession(
        edition=edition,
        on=on,
        until=until,
        rungs=rungs,
        seats=shown,
        page=page,
        counts=Counter(concern for seat in found for concern in seat.concerns),
        risks=sum(seat.risk for seat in found),
        years=tuple(_years(found, on, until)),
    )


def leading_rungs(edition: TalentPoolEdition) -> tuple[Rung, ...]:
    """The rungs of secretaries and deputies, the highest first."""
    return tuple(rung for rung in reversed(edition.rungs) if LEADING & set(rung.posts))


def _wanted(seat: Seat, filters: SuccessionFilters) -> bool:
    return (
        (not filters.risks or seat.risk)
        and (filters.concern is None or filters.concern in seat.concerns)
        and (filters.year is None or seat.ends_in(filters.year))
    )


def _seats(
    actor: Actor,
    filters: SuccessionFilters,
    edition: TalentPoolEdition,
    rungs: Sequence[Rung],
    on: date,
    until: date,
) -> Iterator[Seat]:
    wanted = (
        Unit.kind.in_(COMMUNITY_KINDS),
        within(actor, Unit.id, Permission.POOL_VIEW),
        or_(Unit.ends_on.is_(None), Unit.ends_on >= on),
        *_narrowed(filters),
    )
    ids = select(Unit.id).where(*wanted)
    columns = select(Unit.id, Unit.code, Unit.short_name, Unit.path, Unit.kind).where(*wanted)
    units = db.session.execute(columns.order_by(Unit.code)).all()
    streets = streets_of(unit.path for unit in units) if units else {}
    held = _holders(edition, rungs, ids, on)
    pool = {
        rung.code: reserves_of(ids, rung.code, on)
        for rung in rungs
        if edition.gate_to(rung.code, Purpose.POOL) is not None
    }
    for unit in units:
        for place, rung in enumerate(rungs):
            holders = tuple(held.get((unit.id, rung.code), ()))
            reserves = tuple(pool[rung.code].get(unit.id, ())) if rung.code in pool else None
            if filters.rung not in ("", rung.code):
                continue
            if unit.kind is UnitKind.VILLAGE and not holders and not reserves:
                continue
            yield Seat(
                unit_id=unit.id,
                unit_code=unit.code,
                unit_name=unit.short_name,
                street=street_in(unit.path, streets),
                rung=rung,
                place=place,
                holders=holders,
                reserves=reserves,
                concerns=concerns([one.ahead for one in holders], _counted(reserves), on, until),
            )


def _counted(reserves: Sequence[ReserveName] | None) -> tuple[int, int] | None:
    if reserves is None:
        return None
    return len(reserves), sum(one.readiness is Readiness.NOW for one in reserves)


def _narrowed(filters: SuccessionFilters) -> Iterable[ColumnElement[bool]]:
    top = aliased(Unit)
    if filters.unit_id is not None:
        chosen: ColumnElement[bool] = top.id == filters.unit_id
    elif filters.unit:
        chosen = or_(top.name.contains(filters.unit, autoescape=True), top.code == filters.unit)
    else:
        return ()
    below = select(Unit.id).join(top, Unit.path.like(top.path.concat("%"))).where(chosen)
    return (Unit.id.in_(below),)


def _holders(
    edition: TalentPoolEdition, rungs: Sequence[Rung], unit_ids: Any, on: date
) -> dict[tuple[int, str], list[Holder]]:
    """Who holds a post of these rungs, by unit and rung. Two queries."""
    ages = retirement_or_none(on)
    query = (
        select(
            Posting.unit_id,
            Posting.post,
            Posting.title,
            Posting.party_role,
            Posting.starts_on,
            Posting.ends_on,
            Employee.id,
            Employee.number,
            Employee.name,
            Employee.sex,
            Employee.born_on,
        )
        .join(Employee, Employee.id == Posting.employee_id)
        .where(
            Posting.unit_id.in_(unit_ids),
            Posting.post.in_([post.value for post in Post if any(post in rung.posts for rung in rungs)]),
            *held_on(on),
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
        )
        .order_by(Posting.starts_on, Posting.id)
    )
    found: dict[tuple[int, str], list[Holder]] = {}
    for row in db.session.execute(query):
        role = " ".join(one for one in (row.title, row.party_role) if one)
        held = HeldPost(Post(row.post), role, Span(row.starts_on, row.ends_on))
        for rung in rungs:
            if not stands_on(rung, held):
                continue
            last = retires_on(ages, row.born_on, row.sex, row.post)
            holder = Holder(
                employee_id=row.id,
                number=row.number,
                name=row.name,
                sex=row.sex,
                age=age_on(row.born_on, on),
                title=row.title,
                since=row.starts_on,
                retires_on=last,
                ahead=endings(edition, rung.code, last, on),
            )
            found.setdefault((row.unit_id, rung.code), []).append(holder)
    return found


def _years(seats: Sequence[Seat], on: date, until: date) -> Iterator[YearAhead]:
    """What ends from today until the last day looked at, year by year."""
    for year in range(on.year, until.year + 1):
        ends = [
            (seat, holder, one)
            for seat in seats
            for holder in seat.holders
            for one in holder.ahead
            if one.on.year == year and on <= one.on <= until
        ]
        retiring = sorted(
            (one for one in ends if one[2].kind is Ending.RETIREMENT), key=lambda one: (one[2].on, one[0].key)
        )
        terms = sum(one.kind is Ending.TERM for _, _, one in ends)
        yield YearAhead(year, tuple((seat, holder) for seat, holder, _ in retiring), terms)
