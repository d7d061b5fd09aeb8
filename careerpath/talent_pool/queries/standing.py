"""The district on one page: how many reserves each community has, and how that stands to the standard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.policy.codes import UnitKind
from careerpath.policy.talent_pool import Standing, TalentPoolEdition, standing_of
from careerpath.policy.talent_pool.parts import Standard
from careerpath.talent_pool.models import PoolEntry
from careerpath.talent_pool.queries.reserves import in_pool_on, readiness_rank
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.words import Message, msg

Street = aliased(Unit, name="street")


class Kinds(StrEnum):
    """Which units are listed; by default communities, and villages that have reserves."""

    USUAL = "usual"
    VILLAGES = "villages"
    ALL = "all"


KIND_WORDS: Mapping[Kinds, Message] = {
    Kinds.USUAL: msg("社区及有后备的村"),
    Kinds.VILLAGES: msg("村"),
    Kinds.ALL: msg("全部社区和村"),
}

STANDING_KINDS: Mapping[Standing, str] = {Standing.SHORT: "danger", Standing.RIGHT: "success", Standing.OVER: "warning"}
"""The colour of each standing's pill."""

STANDARD_KIND = UnitKind.COMMUNITY
"""What the standard is about: so many reserves for each community; villages may have some, and owe none."""

SORTS = ("code", "reserves", "-reserves")


@dataclass(frozen=True, slots=True)
class StandingWanted:
    """What is looked for on the district's page."""

    on: date
    q: str = ""
    street_id: int | None = None
    standing: Standing | None = None
    kinds: Kinds = Kinds.USUAL
    sort: str = "code"
    streets: bool = False
    """One line for each street instead of each community."""

    @property
    def narrow(self) -> bool:
        """Whether anything but the day was chosen."""
        return bool(self.q or self.street_id or self.standing or self.kinds is not Kinds.USUAL)


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One community, or all of a street; people who are reserves for two rungs are counted once.

    ``now``, ``soon`` and ``later`` are those reserves by how ready they are. ``standing`` is empty without a standard,
    and for a village.
    """

    id: int | None
    name: str
    street: str
    reserves: int
    now: int
    soon: int
    later: int
    standing: Standing | None = None
    by: int = 0


@dataclass(frozen=True, slots=True)
class StandingSum:
    """Figures of several communities: how many there are, are short, right or over, and by how many people in all."""

    id: int | None
    name: str
    communities: int
    reserves: int
    now: int
    soon: int
    later: int
    short: int
    lacking: int
    right: int
    over: int
    excess: int


@dataclass(frozen=True, slots=True)
class StandingPage:
    """Communities page by page, or all streets, with the sum over everything that was looked for."""

    edition: TalentPoolEdition | None
    page: Page[StandingLine]
    streets: Sequence[StandingSum]
    total: StandingSum

    @property
    def standard(self) -> Standard | None:
        """How many reserves a community is to have."""
        return self.edition.standard if self.edition is not None else None


def wanted_of(args: Mapping[str, str]) -> StandingWanted:
    """What an address asks for; what makes no sense is left out."""
    standing, kinds, sort = args.get("standing", ""), args.get("kinds", ""), args.get("sort", "")
    return StandingWanted(
        on=read_day(args.get("on", "")) or clock.today(),
        q=args.get("q", "").strip()[:60],
        street_id=whole_number(args.get("street", "")),
        standing=Standing(standing) if standing in set(Standing) else None,
        kinds=Kinds(kinds) if kinds in set(Kinds) else Kinds.USUAL,
        sort=sort if sort in SORTS else "code",
        streets=args.get("by") == "street",
    )


def standing_page(
    actor: Actor,
    wanted: StandingWanted,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> StandingPage:
    """The communities of the actor's units on a day, with their reserves. Four queries, however many there are."""
    edition = rules_or_none(wanted.on)
    standard = edition.standard if edition is not None else None
    looked = _looked_for(actor, wanted, standard).subquery()
    if wanted.streets:
        streets = _sums(select(looked.c.street_id, looked.c.street, *_figures(looked, standard))
                        .group_by(looked.c.street_id, looked.c.street, looked.c.street_code)
                        .order_by(looked.c.street_code))  # fmt: skip
        return StandingPage(edition, Page((), 0, None, None), streets, _added(streets))
    page = keyset_page(
        select(looked), _keys(looked, wanted.sort), _marks(wanted.sort), after=after, before=before, size=size
    )
    lines = [_line(row, edition) for row in page.rows]
    [total] = _sums(select(literal(None), literal(""), *_figures(looked, standard)))
    return StandingPage(edition, Page(lines, page.total, page.after, page.before), (), total)


def standing_lines(actor: Actor, on: date) -> list[StandingLine]:
    """All communities of the actor's units on a day, and villages that have reserves, in the order of their codes."""
    edition = rules_or_none(on)
    looked = _looked_for(actor, StandingWanted(on), edition.standard if edition is not None else None)
    return [_line(row, edition) for row in db.session.execute(looked.order_by(Unit.code))]


def _looked_for(actor: Actor, wanted: StandingWanted, standard: Standard | None) -> Any:
    people = (
        select(PoolEntry.unit_id, PoolEntry.employee_id, func.min(readiness_rank).label("rank"))
        .where(*in_pool_on(wanted.on))
        .group_by(PoolEntry.unit_id, PoolEntry.employee_id)
        .subquery()
    )
    counted = (
        select(
            people.c.unit_id,
            func.count().label("reserves"),
            *(func.sum(case((people.c.rank == rank, 1), else_=0)).label(name)
              for rank, name in enumerate(("now", "soon", "later"))),
        )
        .group_by(people.c.unit_id)
        .subquery()
    )  # fmt: skip
    reserves = func.coalesce(counted.c.reserves, 0)
    query: Any = (
        select(
            Unit.id,
            Unit.code,
            Unit.kind,
            Unit.short_name.label("name"),
            Street.id.label("street_id"),
            func.coalesce(Street.short_name, "").label("street"),
            func.coalesce(Street.code, "").label("street_code"),
            reserves.label("reserves"),
            *(func.coalesce(counted.c[name], 0).label(name) for name in ("now", "soon", "later")),
        )
        .outerjoin(counted, counted.c.unit_id == Unit.id)
        .outerjoin(Street, and_(Street.id == Unit.parent_id, Street.kind.in_(STREET_KINDS)))
        .where(
            within(actor, Unit.id, Permission.POOL_VIEW),
            Unit.kind.in_(COMMUNITY_KINDS),
            Unit.starts_on <= wanted.on,
            or_(Unit.ends_on.is_(None), Unit.ends_on >= wanted.on),
        )
    )
    if wanted.kinds is Kinds.USUAL:
        query = query.where(or_(Unit.kind == UnitKind.COMMUNITY, counted.c.reserves > 0))
    elif wanted.kinds is Kinds.VILLAGES:
        query = query.where(Unit.kind == UnitKind.VILLAGE)
    if wanted.street_id is not None:
        query = query.where(Unit.parent_id == wanted.street_id)
    if wanted.q:
        query = query.where(
            or_(
                Unit.name.contains(wanted.q, autoescape=True),
                Unit.initials.startswith(wanted.q.lower(), autoescape=True),
                Unit.code.startswith(wanted.q, autoescape=True),
            )
        )
    if wanted.standing is not None and standard is not None:
        query = query.where(Unit.kind == STANDARD_KIND, _stands(reserves, standard)[wanted.standing])
    return query


def _stands(reserves: Any, standard: Standard) -> dict[Standing, ColumnElement[bool]]:
    return {
        Standing.SHORT: reserves < standard.least,
        Standing.RIGHT: reserves.between(standard.least, standard.most),
        Standing.OVER: reserves > standard.most,
    }


def _figures(looked: Any, standard: Standard | None) -> list[ColumnElement[Any]]:
    """The figures of ``StandingSum`` over some lines; without a standard nobody is short, right or over."""
    found = [func.count(), *(_sum(looked.c[name]) for name in ("reserves", "now", "soon", "later"))]
    if standard is None:
        return found
    reserves = looked.c.reserves
    counts = looked.c.kind == STANDARD_KIND
    stands = {standing: and_(counts, stand) for standing, stand in _stands(reserves, standard).items()}
    return [
        *found,
        _sum(case((stands[Standing.SHORT], 1), else_=0)),
        _sum(case((stands[Standing.SHORT], standard.least - reserves), else_=0)),
        _sum(case((stands[Standing.RIGHT], 1), else_=0)),
        _sum(case((stands[Standing.OVER], 1), else_=0)),
        _sum(case((stands[Standing.OVER], reserves - standard.most), else_=0)),
    ]


def _sum(column: Any) -> ColumnElement[Any]:
    return func.coalesce(func.sum(column), 0)


def _sums(query: Select[Any]) -> list[StandingSum]:
    found = []
    for street_id, name, *numbers in db.session.execute(query):
        numbers = [int(number) for number in numbers]
        found.append(StandingSum(street_id, name or "", *numbers, *[0] * (10 - len(numbers))))
    return found


def _added(streets: Sequence[StandingSum]) -> StandingSum:
    names = StandingSum.__dataclass_fields__.keys() - {"id", "name"}
    return StandingSum(None, "", **{name: sum(getattr(one, name) for one in streets) for name in names})


def _keys(looked: Any, sort: str) -> list[SortKey]:
    keys = [SortKey(looked.c.code)]
    return keys if sort == "code" else [SortKey(looked.c.reserves, descending=sort.startswith("-")), *keys]


def _marks(sort: str) -> Any:
    return (lambda row: (row.code,)) if sort == "code" else (lambda row: (row.reserves, row.code))


def _line(row: Any, edition: TalentPoolEdition | None) -> StandingLine:
    count = standing_of(edition, row.reserves) if edition is not None and row.kind is STANDARD_KIND else None
    return StandingLine(
        row.id,
        row.name,
        row.street,
        row.reserves,
        row.now,
        row.soon,
        row.later,
        count.standing if count is not None else None,
        count.by if count is not None else 0,
    )
