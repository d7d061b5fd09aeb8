"""One matching: its lines with reasons, what each mentor would have, and who else would suit a mentee."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches
from careerpath.mentoring.models import Matching, MatchingState, MatchLine, Mentor
from careerpath.mentoring.queries.matching_facts import mentees_of, mentors_for, names_of_lines
from careerpath.mentoring.queries.mentors import cap_of as cap_column
from careerpath.mentoring.queries.mentors import mentees_on
from careerpath.mentoring.queries.rules import frozen_rules
from careerpath.policy.codes import UnitKind
from careerpath.policy.mentoring import Fit, MentoringEdition, cap_of, fit
from careerpath.skills.queries.lines import lines_of
from careerpath.words import Message, NotFound, msg

MOST_FITTING = 15
MOST_BEYOND = 5

Street = aliased(Unit, name="street")
District = aliased(Unit, name="district")

SHOWN: dict[str, Message] = {
    "without": msg("没有导师"),
    "changed": msg("人工选定"),
    "left_out": msg("本次不安排"),
}
"""What the lines may be narrowed to."""


@dataclass(frozen=True, slots=True)
class MatchingHead:
    """A matching with its rule and figures; ``points`` is the sum over all who have a mentor by proposal."""

    record: Matching
    edition: MentoringEdition
    unit_name: str
    people: int
    matched: int
    left_out: int
    points: Decimal
    may_change: bool

    @property
    def without(self) -> int:
        """Who takes part and has no mentor."""
        return self.people - self.matched - self.left_out

    @property
    def mean(self) -> Decimal | None:
        """Points for each pair, with one decimal."""
        return (self.points / self.matched).quantize(Decimal("0.1")) if self.matched else None


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One mentee with the mentor proposed and the reasons, or why there is none."""

    id: int
    employee_id: int
    number: str
    name: str
    street: str
    unit_name: str
    wanted: tuple[str, ...]
    mentor_id: int | None
    mentor: str
    mentor_post: str
    points: Decimal | None
    because: tuple[str, ...]
    documents: tuple[str, ...]
    kept: bool
    left_out: bool
    reason: str
    pairing_id: int | None


@dataclass(frozen=True, slots=True)
class Load:
    """A mentor of a matching: people on its first day, people proposed, and the cap."""

    mentor_id: int
    name: str
    post: str
    running: int
    proposed: int
    cap: int

    @property
    def beyond(self) -> bool:
        """Whether they would have more than the cap."""
        return self.running + self.proposed > self.cap


@dataclass(frozen=True, slots=True)
class Fitting:
    """A mentor for a mentee: people with those proposed to others, the cap, and the fit where the rule allows it."""

    id: int
    name: str
    post: str
    load: int
    cap: int
    fit: Fit | None

    @property
    def needs_reason(self) -> bool:
        """Whether choosing this mentor needs a reason."""
        return self.fit is None or self.load >= self.cap


@dataclass(frozen=True, slots=True)
class MatchPage:
    """One line with what may be chosen: suitable mentors with places, best first, then those that need a reason."""

    line: MatchLine
    matching: Matching
    name: str
    number: str
    unit_name: str
    wanted: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    """Codes and names of the lines of work in use."""
    fitting: tuple[Fitting, ...]
    beyond: tuple[Fitting, ...]


def matching_head(actor: Actor, matching_id: int) -> MatchingHead:
    """A matching of the actor's units, or ``NotFound``. Two queries."""
    matching = fetch(actor, Matching, matching_id, Permission.MENTORING_VIEW)
    query = select(
        func.count(),
        func.count(MatchLine.mentor_id),
        func.coalesce(func.sum(case((MatchLine.left_out.is_(True), 1), else_=0)), 0),
        func.coalesce(func.sum(MatchLine.points), 0),
        select(Unit.short_name).where(Unit.id == matching.unit_id).scalar_subquery(),
        select(Unit.path).where(Unit.id == matching.unit_id).scalar_subquery(),
    ).where(MatchLine.matching_id == matching.id)
    people, matched, left_out, points, unit_name, path = db.session.execute(query).one()
    return MatchingHead(
        record=matching,
        edition=frozen_rules(matching.edition),
        unit_name=unit_name,
        people=people,
        matched=matched,
        left_out=left_out,
        points=Decimal(points),
        may_change=matching.state is MatchingState.OPEN and actor.can(Permission.MENTORING_KEEP, path),
    )


def match_rows(
    head: MatchingHead,
    *,
    show: str = "",
    q: str = "",
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[MatchRow]:
    """One page of a matching's lines, unit by unit. Three queries."""
    columns: tuple[Any, ...] = (
        MatchLine,
        Employee.number,
        Employee.name,
        Unit.code,
        Unit.path,
        Unit.short_name,
        Street.short_name.label("street"),
        Mentor.name.label("mentor"),
        Mentor.post,
    )
    query = (
        select(*columns)
        .join(Employee, Employee.id == MatchLine.employee_id)
        .join(Unit, Unit.id == MatchLine.unit_id)
        .outerjoin(Street, and_(Street.id == Unit.parent_id, Street.kind.in_(STREET_KINDS)))
        .outerjoin(Mentor, Mentor.id == MatchLine.mentor_id)
        .where(MatchLine.matching_id == head.record.id)
    )
    if show == "without":
        query = query.where(MatchLine.mentor_id.is_(None), MatchLine.left_out.is_(False))
    elif show == "changed":
        query = query.where(MatchLine.kept.is_(True))
    elif show == "left_out":
        query = query.where(MatchLine.left_out.is_(True))
    if q:
        query = query.where(matches(q))
    keys = [SortKey(Unit.code), SortKey(Employee.number), SortKey(MatchLine.id)]
    page = keyset_page(
        query, keys, lambda row: (row.code, row.number, row[0].id), after=after, before=before, size=size
    )
    names = names_of_lines(page.rows[0].path) if page.rows else {}
    return Page([_row(row, names) for row in page.rows], page.total, page.after, page.before)


def loads_of(head: MatchingHead) -> list[Load]:
    """The mentors to whom a matching gives somebody, those beyond the cap and with most people first. One query."""
    running, cap, proposed = mentees_on(head.record.starts_on), cap_column(head.edition), func.count(MatchLine.id)
    query = (
        select(Mentor.id, Mentor.name, Mentor.post, running, proposed, cap)
        .join(MatchLine, MatchLine.mentor_id == Mentor.id)
        .where(MatchLine.matching_id == head.record.id)
        .group_by(Mentor.id)
        .order_by((running + proposed - cap).desc(), proposed.desc(), Mentor.id)
    )
    # Who is paired already through this matching is not counted twice.
    done = head.record.state is MatchingState.CARRIED_OUT
    return [
        Load(mentor_id, name, post, max(have - given, 0) if done else have, given, most)
        for mentor_id, name, post, have, given, most in db.session.execute(query)
    ]


def match_page(actor: Actor, match_line_id: int) -> MatchPage:
    """One line of an open matching with the mentors who could be chosen, or ``NotFound``. Eight queries."""
    holds = select(District.path).where(District.kind == UnitKind.DISTRICT, Unit.path.like(District.path.concat("%")))
    district = holds.correlate(Unit).scalar_subquery()
    query = (
        select(MatchLine, Matching, Employee.name, Employee.number, Unit.short_name, Unit.path, district)
        .join(Matching, Matching.id == MatchLine.matching_id)
        .join(Employee, Employee.id == MatchLine.employee_id)
        .join(Unit, Unit.id == MatchLine.unit_id)
        .where(
            MatchLine.id == match_line_id,
            Matching.state == MatchingState.OPEN,
            within(actor, Matching.unit_id, Permission.MENTORING_KEEP),
            within(actor, MatchLine.unit_id, Permission.MENTORING_KEEP),
        )
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    line, matching, name, number, unit_name, path, top = found
    lines = lines_of(path, retired=True)
    names = {one.code: one.name for one in lines}
    wanted = tuple(names.get(code, code) for code in line.wanted)
    fitting = _fitting(matching, line, top or path, names, wanted)
    good = [one for one in fitting if not one.needs_reason]
    rest = [one for one in fitting if one.needs_reason]
    if line.mentor_id is not None and line.mentor_id not in {one.id for one in good[:MOST_FITTING]}:
        rest.sort(key=lambda one: one.id != line.mentor_id)
    return MatchPage(
        line=line,
        matching=matching,
        name=name,
        number=number,
        unit_name=unit_name,
        wanted=wanted,
        lines=tuple((one.code, one.name) for one in lines if one.active),
        fitting=tuple(good[:MOST_FITTING]),
        beyond=tuple(rest[:MOST_BEYOND]),
    )


def _fitting(
    matching: Matching, line: MatchLine, top: str, names: dict[str, str], wanted: Sequence[str]
) -> list[Fitting]:
    edition = frozen_rules(matching.edition)
    proposed = select(MatchLine.mentor_id, func.count()).where(
        MatchLine.matching_id == matching.id, MatchLine.mentor_id.is_not(None), MatchLine.id != line.id
    )
    taken = {mentor_id: count for mentor_id, count in db.session.execute(proposed.group_by(MatchLine.mentor_id))}
    mentee = mentees_of([Employee.id == line.employee_id])[line.employee_id].suits(wanted)
    found = []
    for one in mentors_for(top, matching.starts_on, matching.ends_on, names, matching.mentor_ids):
        if one.employee_id == line.employee_id or edition.mentor_kind(one.kind) is None:
            continue
        loaded = replace(one.suits, mentees=one.suits.mentees + taken.get(one.id, 0))
        cap = cap_of(edition, loaded)
        found.append(Fitting(one.id, one.name, one.post, loaded.mentees, cap, fit(edition, mentee, loaded)))
    found.sort(key=lambda one: (one.fit is None, -(one.fit.points if one.fit else 0), one.id))
    return found


def _row(row: Any, names: Mapping[str, str]) -> MatchRow:
    line: MatchLine = row[0]
    documents = dict.fromkeys(str(one.get("document", "")) for one in line.because)
    return MatchRow(
        id=line.id,
        employee_id=line.employee_id,
        number=row.number,
        name=row.name,
        street=row.street or "",
        unit_name=row.short_name,
        wanted=tuple(names.get(code, code) for code in line.wanted),
        mentor_id=line.mentor_id,
        mentor=row.mentor or "",
        mentor_post=row.post or "",
        points=line.points,
        because=tuple(str(one["text"]) for one in line.because),
        documents=tuple(one for one in documents if one),
        kept=line.kept,
        left_out=line.left_out,
        reason=line.reason,
        pairing_id=line.pairing_id,
    )
