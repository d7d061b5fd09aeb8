"""The register of mentors as of a day: what each can teach, how many people they have, whether there is a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.mentoring.queries.reach import in_district
from careerpath.mentoring.queries.rules import rules_or_none
from careerpath.policy.mentoring import MentoringEdition
from careerpath.skills.queries.lines import lines_of_many, names_line
from careerpath.words import Message, msg


class InTerm(StrEnum):
    """Whether mentors whose appointment is in force are listed, those with a place left, others, or all."""

    YES = "yes"
    FREE = "free"
    FULL = "full"
    NO = "no"
    ALL = "all"


IN_TERM_WORDS: Mapping[InTerm, Message] = {
    InTerm.YES: msg("在聘"),
    InTerm.FREE: msg("还可带教"),
    InTerm.FULL: msg("已满员"),
    InTerm.NO: msg("未在聘"),
    InTerm.ALL: msg("全部"),
}


@dataclass(frozen=True, slots=True)
class MentorFilters:
    """What the register is narrowed to; ``line`` is a code of a line of work, ``own`` leaves out other streets."""

    on: date
    q: str = ""
    unit: str = ""
    unit_id: int | None = None
    kind: str = ""
    line: str = ""
    in_term: InTerm = InTerm.YES
    own: bool = False
    sort: str = "unit"

    @property
    def narrow(self) -> bool:
        """Whether anything but the day and the order was chosen."""
        return self != MentorFilters(self.on, sort=self.sort)


@dataclass(frozen=True, slots=True)
class MentorLine:
    """A mentor on a day. ``mentees`` are those with whom they are paired on it, ``cap`` how many they take."""

    id: int
    employee_id: int | None
    number: str
    name: str
    post: str
    unit_name: str
    kind: str
    expertise: tuple[str, ...]
    mentees: int
    cap: int
    starts_on: date
    ends_on: date | None
    in_term: bool

    @property
    def free(self) -> int:
        """How many more people they may take."""
        return max(self.cap - self.mentees, 0) if self.in_term else 0


def filters_of(args: Mapping[str, str]) -> MentorFilters:
    """What an address asks for; what makes no sense is left out."""
    in_term, sort = args.get("term", ""), args.get("sort", "")
    return MentorFilters(
        on=read_day(args.get("on", "")) or clock.today(),
        q=args.get("q", "").strip()[:64],
        unit=args.get("unit", "").strip()[:80],
        unit_id=whole_number(args.get("unit_id", "")),
        kind=args.get("kind", "")[:40],
        line=args.get("line", "")[:24],
        in_term=InTerm(in_term) if in_term in set(InTerm) else InTerm.YES,
        own=args.get("own") == "yes",
        sort=sort if sort.removeprefix("-") in ("unit", "name", "mentees", "starts") else "unit",
    )


def mentor_lines(
    actor: Actor,
    filters: MentorFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[MentorLine]:
    """One page of the mentors of the actor's district. Four queries at the most."""
    edition = rules_or_none(filters.on)
    load, cap = mentees_on(filters.on), cap_of(edition)
    columns: tuple[Any, ...] = (
        Mentor,
        Unit.code.label("unit_code"),
        Unit.short_name.label("unit_name"),
        Unit.path.label("unit_path"),
        load.label("mentees"),
        cap.label("most"),
    )
    query = select(*columns).join(Unit, Unit.id == Mentor.unit_id).where(*conditions(actor, filters, load, cap))
    keys = _keys(filters.sort, load)
    page = keyset_page(query, [key for key, _ in keys], lambda row: [mark(row) for _, mark in keys],
                       after=after, before=before, size=size)  # fmt: skip
    lines = lines_of_many({row.unit_path for row in page.rows}, retired=True)
    names = {path: {line.code: line.name for line in found} for path, found in lines.items()}
    rows = [_line(row, names[row.unit_path], edition, filters.on) for row in page.rows]
    return Page(rows, page.total, page.after, page.before)


def conditions(
    actor: Actor, filters: MentorFilters, load: ColumnElement[int], cap: ColumnElement[int]
) -> list[ColumnElement[bool]]:
    """The filter of a list over ``Mentor``: those of the district, narrowed."""
    reach = within if filters.own else in_district
    found = [reach(actor, Mentor.unit_id, Permission.MENTORING_VIEW)]
    if filters.q:
        typed = filters.q
        named = select(Employee.id).where(Employee.initials.startswith(typed.lower(), autoescape=True))
        found.append(
            or_(
                Mentor.name.contains(typed, autoescape=True),
                Mentor.post.contains(typed, autoescape=True),
                Mentor.number == typed,
                Mentor.employee_id.in_(named),
            )
        )
    if filters.unit_id is not None or filters.unit:
        found.append(below_unit(Mentor.unit_id, filters.unit, filters.unit_id))
    if filters.kind:
        found.append(Mentor.kind == filters.kind)
    if filters.line:
        found.append(names_line(Mentor.expertise, filters.line))
    if filters.in_term is InTerm.ALL:
        return found
    if filters.in_term is InTerm.NO:
        return [*found, ~in_force_on(filters.on)]
    found.append(in_force_on(filters.on))
    if filters.in_term is InTerm.FREE:
        found.append(load < cap)
    elif filters.in_term is InTerm.FULL:
        found.append(load >= cap)
    return found


def in_force_on(on: date) -> ColumnElement[bool]:
    """The condition "this mentor's appointment is in force on a day"."""
    return (Mentor.starts_on <= on) & or_(Mentor.ends_on.is_(None), Mentor.ends_on >= on)


def runs_on(on: date) -> ColumnElement[bool]:
    """The condition "the two are paired on a day"."""
    last = func.coalesce(Pairing.ended_on, Pairing.ends_on)
    return (Pairing.state != PairingState.DROPPED) & (Pairing.starts_on <= on) & (last >= on)


def mentees_on(on: date) -> ColumnElement[int]:
    """How many people a mentor is paired with on a day, as a column of a query over ``Mentor``."""
    counted = select(func.count()).where(Pairing.mentor_id == Mentor.id, runs_on(on))
    return counted.correlate(Mentor).scalar_subquery()


def cap_of(edition: MentoringEdition | None) -> ColumnElement[int]:
    """How many people a mentor takes at the most, as a column of a query over ``Mentor``."""
    kinds = [(Mentor.kind == kind.code, literal(kind.cap)) for kind in edition.mentors] if edition else []
    usual: ColumnElement[int] = case(*kinds, else_=literal(0)) if kinds else literal(0)
    return func.coalesce(Mentor.cap, usual)


def below_unit(column: Any, text: str, unit_id: int | None) -> ColumnElement[bool]:
    """The filter "lies at or below the unit that was chosen, or below one that is called so", on a column of ids."""
    top = aliased(Unit)
    wanted = top.id == unit_id
    if unit_id is None:
        wanted = or_(top.name.contains(text, autoescape=True), top.code == text)
    inside = select(Unit.id).join(top, Unit.path.like(top.path.concat("%"))).where(wanted)
    found: ColumnElement[bool] = column.in_(inside)
    return found


def kind_names(edition: MentoringEdition | None) -> dict[str, str]:
    """The kinds of mentors by code, as the rule calls them."""
    return {kind.code: kind.name for kind in edition.mentors} if edition is not None else {}


def kinds_for(on: date, *, outside: bool) -> dict[str, str]:
    """The kinds in which somebody with a file, or from outside, is appointed on a day: names by code."""
    edition = rules_or_none(on)
    return {kind.code: kind.name for kind in edition.mentors if kind.outside or not outside} if edition else {}


def _keys(sort: str, load: ColumnElement[int]) -> list[tuple[SortKey, Any]]:
    down = sort.startswith("-")
    by_id = (SortKey(Mentor.id, down), lambda row: row[0].id)
    match sort.removeprefix("-"):
        case "name":
            return [(SortKey(Mentor.name, down), lambda row: row[0].name), by_id]
        case "mentees":
            return [(SortKey(load, down), lambda row: row.mentees), by_id]
        case "starts":
            return [(SortKey(cast(Mentor.starts_on, String), down), lambda row: row[0].starts_on.isoformat()), by_id]
    return [(SortKey(Unit.code, down), lambda row: row.unit_code),
            (SortKey(Mentor.number, down), lambda row: row[0].number), by_id]  # fmt: skip


def _line(row: Any, names: Mapping[str, str], edition: MentoringEdition | None, on: date) -> MentorLine:
    mentor: Mentor = row[0]
    return MentorLine(
        id=mentor.id,
        employee_id=mentor.employee_id,
        number=mentor.number,
        name=mentor.name,
        post=mentor.post,
        unit_name=row.unit_name,
        kind=kind_names(edition).get(mentor.kind, mentor.kind),
        expertise=tuple(names.get(code, code) for code in mentor.expertise),
        mentees=row.mentees,
        cap=row.most,
        starts_on=mentor.starts_on,
        ends_on=mentor.ends_on,
        in_term=mentor.starts_on <= on and (mentor.ends_on is None or mentor.ends_on >= on),
    )
