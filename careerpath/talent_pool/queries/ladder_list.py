"""Who stands on which rung in the actor's units, and what each one has or lacks for the next step."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, listed_page
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.homes import home_names
from careerpath.employees.queries.people import PeopleFilters, conditions
from careerpath.employees.queries.serving import held_on
from careerpath.policy.codes import Post
from careerpath.policy.employment import add_months
from careerpath.policy.talent_pool import HeldPost, Person, Purpose, Rung, Span, TalentPoolEdition, check_gate
from careerpath.policy.talent_pool.ladder import next_rung, rung_on, stands_on, stood_since
from careerpath.policy.talent_pool.parts import Gate
from careerpath.talent_pool.models import PoolEntry
from careerpath.talent_pool.queries.checklists import KINDS, Verdict, verdict_of, verdict_words
from careerpath.talent_pool.queries.facts import persons
from careerpath.talent_pool.queries.rules import rules_on
from careerpath.words import Message, Refused, msg

NOBODY = "none"
"""As a filter: people who stand on no rung."""

MONTHS = (3, 6, 12, 24)
"""As a filter: who meets the conditions within so many months."""

STANDINGS: tuple[tuple[str, Message], ...] = (
    (Verdict.NOW.value, msg("现已符合")),
    *((str(months), msg("%(count)s 个月内符合", count=months)) for months in MONTHS),
    (Verdict.SOON.value, msg("只差时间")),
    (Verdict.LACKING.value, msg("尚不符合")),
    (Verdict.UNKNOWN.value, msg("资料不全")),
)
"""The filter of verdicts, in words."""

MOST_JUDGED = 6000
"""People whose conditions are looked at for one answer: a district; a city asks unit by unit."""


@dataclass(frozen=True, slots=True)
class LadderFilters:
    """What the list is narrowed to; empty means everything.

    ``gate`` is the code of the gate looked at; empty is that of each one's next rung. ``standing`` is a ``Verdict`` or
    a number of months within which the conditions will be met.
    """

    q: str = ""
    unit: str = ""
    rung: str = ""
    gate: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class RungCount:
    """How many people stand on a rung, under the other filters; the rung of none has no name."""

    code: str
    name: str
    elected: bool
    count: int


@dataclass(frozen=True, slots=True)
class LadderLine:
    """One person: the rung since when, the step looked at, and the verdict with its words."""

    employee_id: int
    number: str
    name: str
    home: str
    rung: str
    since: date | None
    aim: str
    verdict: Verdict | None
    words: Message
    kind: str
    reserve_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LadderList:
    """The rungs with their counts, and one page of the people."""

    edition: TalentPoolEdition
    on: date
    rungs: tuple[RungCount, ...]
    total: int
    page: Page[LadderLine]

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The gates that can be looked at: into the pool and to the rungs."""
        return tuple(gate for gate in self.edition.gates if gate.purpose is not Purpose.CHANNEL)


@dataclass(frozen=True, slots=True)
class _Somebody:
    id: int
    number: str
    name: str
    rung: Rung | None


@dataclass(frozen=True, slots=True)
class _Judged:
    somebody: _Somebody
    person: Person
    gate: Gate | None
    verdict: Verdict | None
    words: Message
    eligible_on: date | None


def ladder_lines(
    actor: Actor,
    filters: LadderFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> LadderList:
    """One page of the people in service in order of their numbers. Eleven queries, six of them facts of the rule.

    Raises ``Refused`` where no edition is in force, for an unknown gate, and where a filter of conditions would have
    to look at more than ``MOST_JUDGED`` people.
    """
    on = clock.today()
    edition = rules_on(on)
    if filters.gate:
        edition.gate(filters.gate)
    people = _people(actor, edition, filters, on)
    counts = Counter(one.rung.code if one.rung is not None else NOBODY for one in people)
    chosen = [one for one in people if not filters.rung or _code(one) == filters.rung]
    judged: Mapping[int, _Judged] | None = None
    if filters.standing:
        if len(chosen) > MOST_JUDGED:
            raise Refused(
                msg("按条件筛选一次最多查 %(most)s 人，现有 %(count)s 人，请先按单位或台阶缩小范围。",
                    most=MOST_JUDGED, count=len(chosen)),
                field="unit",
            )  # fmt: skip
        judged = _judge(edition, chosen, filters.gate, on)
        chosen = [one for one in chosen if _stands(judged[one.id], filters.standing, on)]
    page = listed_page(chosen, lambda one: one.number, after=after, before=before, size=size)
    if judged is None:
        judged = _judge(edition, page.rows, filters.gate, on)
    lines = _lines(actor, edition, [judged[one.id] for one in page.rows], on)
    rungs = tuple(RungCount(rung.code, rung.name, rung.elected, counts[rung.code]) for rung in edition.rungs)
    if counts[NOBODY]:
        rungs = (RungCount(NOBODY, "", False, counts[NOBODY]), *rungs)
    return LadderList(edition, on, rungs, len(people), Page(lines, page.total, page.after, page.before))


def _code(one: _Somebody) -> str:
    return one.rung.code if one.rung is not None else NOBODY


def _people(actor: Actor, edition: TalentPoolEdition, filters: LadderFilters, on: date) -> list[_Somebody]:
    """Everybody in service with the highest rung that a post of today stands on, in order of number. One query."""
    query = (
        select(Employee.id, Employee.number, Employee.name, Posting.post, Posting.title, Posting.party_role)
        .outerjoin(Posting, and_(Posting.employee_id == Employee.id, *held_on(on)))
        .where(
            within(actor, Employee.unit_id, Permission.POOL_VIEW),
            *conditions(actor, PeopleFilters(q=filters.q, unit=filters.unit)),
        )
    )
    places: dict[tuple[str, str], int] = {}
    found: dict[int, tuple[str, str, int]] = {}
    for employee_id, number, name, post, title, party_role in db.session.execute(query):
        role = " ".join(one for one in (title, party_role) if one)
        if (post, role) not in places:
            places[post, role] = _place(edition, post, role, on)
        place = places[post, role]
        if employee_id in found:
            place = max(place, found[employee_id][2])
        found[employee_id] = (number, name, place)
    return [
        _Somebody(employee_id, number, name, edition.rungs[place] if place >= 0 else None)
        for employee_id, (number, name, place) in sorted(found.items(), key=lambda one: one[1][0])
    ]


def _place(edition: TalentPoolEdition, post: str | None, role: str, on: date) -> int:
    """The highest rung that a post stands on, by its place in the edition; -1 for none."""
    if not post:
        return -1
    held = HeldPost(Post(post), role, Span(on))
    return max((place for place, rung in enumerate(edition.rungs) if stands_on(rung, held)), default=-1)


def _judge(edition: TalentPoolEdition, people: Sequence[_Somebody], gate: str, on: date) -> dict[int, _Judged]:
    facts = persons([one.id for one in people], edition) if people else {}
    return {one.id: _judged(edition, one, facts[one.id], gate, on) for one in people}


def _judged(edition: TalentPoolEdition, somebody: _Somebody, person: Person, code: str, on: date) -> _Judged:
    if code:
        gate: Gate | None = edition.gate(code)
    else:
        coming = next_rung(edition, somebody.rung)
        if coming is None:
            return _Judged(somebody, person, None, None, msg("已在最高台阶"), None)
        gate = edition.gate_to(coming.code, Purpose.RUNG)
    if gate is None:
        return _Judged(somebody, person, None, None, msg("没有规定条件"), None)
    if _reached(edition, gate, somebody.rung):
        return _Judged(somebody, person, gate, None, msg("已在这一台阶或以上"), None)
    found = check_gate(edition, gate.code, person, on)
    verdict = verdict_of(found)
    return _Judged(somebody, person, gate, verdict, verdict_words(found, verdict), found.eligible_on)


def _reached(edition: TalentPoolEdition, gate: Gate, rung: Rung | None) -> bool:
    codes = [one.code for one in edition.rungs]
    return rung is not None and bool(gate.rung) and codes.index(gate.rung) <= codes.index(rung.code)


def _stands(judged: _Judged, standing: str, on: date) -> bool:
    if standing.isdecimal():
        return judged.eligible_on is not None and judged.eligible_on <= add_months(on, int(standing))
    return judged.verdict is not None and judged.verdict.value == standing


def _lines(actor: Actor, edition: TalentPoolEdition, judged: Sequence[_Judged], on: date) -> tuple[LadderLine, ...]:
    ids = [one.somebody.id for one in judged]
    homes = home_names(ids) if ids else {}
    reserves = _reserves(actor, edition, ids, on) if ids else {}
    return tuple(
        LadderLine(
            employee_id=one.somebody.id,
            number=one.somebody.number,
            name=one.somebody.name,
            home=homes[one.somebody.id],
            rung=one.somebody.rung.name if one.somebody.rung is not None else "",
            since=_since(edition, one, on),
            aim=one.gate.name if one.gate is not None else "",
            verdict=one.verdict,
            words=one.words,
            kind=KINDS[one.verdict] if one.verdict is not None else "",
            reserve_for=tuple(reserves.get(one.somebody.id, ())),
        )
        for one in judged
    )


def _since(edition: TalentPoolEdition, one: _Judged, on: date) -> date | None:
    rung = rung_on(edition, one.person, on)
    return stood_since(one.person, rung, on) if rung is not None else None


def _reserves(actor: Actor, edition: TalentPoolEdition, employee_ids: Sequence[int], on: date) -> dict[int, list[str]]:
    """The rungs for which some people are in the pool on a day. One query."""
    names = {rung.code: rung.name for rung in edition.rungs}
    query = select(PoolEntry.employee_id, PoolEntry.rung).where(
        PoolEntry.employee_id.in_(employee_ids),
        PoolEntry.entered_on <= on,
        or_(PoolEntry.left_on.is_(None), PoolEntry.left_on >= on),
        within(actor, PoolEntry.unit_id, Permission.POOL_VIEW),
    )
    found: dict[int, list[str]] = {}
    for employee_id, rung in db.session.execute(query.order_by(PoolEntry.id)):
        found.setdefault(employee_id, []).append(names.get(rung, rung))
    return found
