"""Matchings: who would suit whom is solved for many at once, changed by people, and becomes pairings."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Matching, MatchingState, MatchLine
from careerpath.mentoring.operations.lines import KnownLines
from careerpath.mentoring.operations.pairings import PairingGiven, agree_pairings
from careerpath.mentoring.operations.proposing import nobody, propose
from careerpath.mentoring.operations.texts import LONGEST_NUMBER, LONGEST_REASON, read_line
from careerpath.mentoring.queries.matching_facts import (
    MenteeFact,
    MentorFact,
    district_path,
    mentees_of,
    mentors_for,
    names_of_lines,
    wanted_by_gaps,
    without_mentor,
)
from careerpath.mentoring.queries.rules import frozen_rules, rules_on
from careerpath.mentoring.queries.words import MATCHING_STATES
from careerpath.policy.edition import to_plain
from careerpath.policy.mentoring import MentoringEdition, check_place, fit, usual_end
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_NAME = 60
MOST_MENTEES = 5000
COUNTING = re.compile(r"(.*?)(\d+)(\D*)")


@dataclass(frozen=True, slots=True)
class MatchingGiven:
    """What is to be solved: the days of the pairings (``ends_on`` empty for the usual term), and who takes part.

    ``mentees`` with the codes of what each wants to learn, none for what the gaps of their unit propose; none at all
    for everybody of the unit in service who has no mentor then and mentors nobody. ``mentor_ids`` none for all
    mentors of the district with a place left.
    """

    name: str
    starts_on: date
    ends_on: date | None = None
    mentees: Sequence[tuple[int, Sequence[str] | None]] | None = None
    mentor_ids: Sequence[int] | None = None


@operation(Permission.MENTORING_KEEP)
def solve_matching(actor: Actor, unit_id: int, given: MatchingGiven) -> int:
    """Propose a mentor for each mentee of a unit and what lies below it, solved as a whole; gives the matching's id."""
    unit = fetch_unit(actor, unit_id, Permission.MENTORING_KEEP)
    edition = rules_on(given.starts_on)
    name = read_line(given.name, "name", LONGEST_NAME, msg("请填写匹配名称，如“2026年新进人员导师匹配”。"))
    ends_on = given.ends_on or usual_end(edition, given.starts_on)
    if ends_on < given.starts_on:
        raise Refused(msg("期满日期早于开始日期，请核对。"), field="ends_on")
    wished = dict(given.mentees) if given.mentees is not None else None
    mentees = _mentees(actor, unit, given.starts_on, ends_on, wished)
    if not mentees:
        raise Refused(msg("没有需要匹配导师的人员：都已结对，或不在岗。"), field="mentees")
    if len(mentees) > MOST_MENTEES:
        raise Refused(msg("一次最多匹配 %(most)s 人，请分街道办理。", most=MOST_MENTEES), field="mentees")
    matching = Matching(
        unit_id=unit.id,
        name=name,
        edition=to_plain(edition),
        starts_on=given.starts_on,
        ends_on=ends_on,
        mentor_ids=_mentor_ids(unit, given),
        solved_at=clock.now(),
        by=actor.display_name,
    )
    session_add(matching)
    wanted = _wanted(mentees, wished or {})
    lines = [
        MatchLine(
            matching_id=matching.id, employee_id=one.employee_id, unit_id=one.unit_id, wanted=wanted[one.employee_id]
        )
        for one in mentees.values()
    ]
    _solve(matching, unit, edition, lines, mentees)
    session_add(*lines)
    return matching.id


@operation(Permission.MENTORING_KEEP)
def solve_matching_again(actor: Actor, matching_id: int) -> int:
    """Solve an open matching with today's mentors; what people chose stays. Gives how many have a mentor now.

    Who has left since is left out with that reason.
    """
    matching, unit = _open_matching(actor, matching_id)
    lines = _lines(matching)
    ids = [line.employee_id for line in lines]
    mentees = mentees_of((Employee.id.in_(ids), *_serving(matching.starts_on)))
    for line in lines:
        if line.employee_id not in mentees and not line.left_out:
            _leave_out(line, str(msg("已不在岗。")))
    _solve(matching, unit, frozen_rules(matching.edition), lines, mentees)
    matching.solved_at, matching.by = clock.now(), actor.display_name
    return sum(line.mentor_id is not None for line in lines)


@operation(Permission.MENTORING_KEEP)
def change_match(
    actor: Actor, match_line_id: int, mentor_id: int | None, left_out: bool, reason: str, version: int
) -> None:
    """Choose a mentor for a mentee, leave the mentee out, or (with neither) give the choice back to the next solving.

    A mentor beyond the cap, or one whom the rule forbids, needs a reason; so does leaving somebody out. Raises
    ``Conflict`` when ``version`` is no longer the present one.
    """
    line = fetch(actor, MatchLine, match_line_id, Permission.MENTORING_KEEP, lock=True)
    matching, unit = _open_matching(actor, line.matching_id)
    if line.version != version:
        raise Conflict(
            msg("这一行刚刚被其他人修改，请核对后重新提交。"),
            typed={"mentor_id": mentor_id, "left_out": left_out, "reason": reason},
            current={"mentor_id": line.mentor_id, "left_out": line.left_out, "reason": line.reason},
        )
    if left_out:
        _leave_out(line, read_line(reason, "reason", LONGEST_REASON, msg("请写明这次不安排导师的原因。")))
        return
    line.reason, line.left_out = read_line(reason, "reason", LONGEST_REASON), False
    if mentor_id is None:
        edition = frozen_rules(matching.edition)
        line.kept, line.mentor_id, line.points = False, None, None
        line.because = list(nobody(edition, msg("等待重新匹配。")))
        return
    _choose(matching, unit, line, mentor_id)


@operation(Permission.MENTORING_KEEP)
def change_match_wanted(actor: Actor, match_line_id: int, wanted: Sequence[str], version: int) -> None:
    """Set what a mentee wants to learn, by code; the next solving looks at it. Raises ``Conflict``."""
    line = fetch(actor, MatchLine, match_line_id, Permission.MENTORING_KEEP, lock=True)
    _open_matching(actor, line.matching_id)
    if line.version != version:
        raise Conflict(
            msg("这一行刚刚被其他人修改，请核对后重新提交。"),
            typed={"wanted": list(wanted)},
            current={"wanted": list(line.wanted)},
        )
    path = db.session.get_one(Unit, line.unit_id).path
    line.wanted = KnownLines([path]).check(wanted, path, "wanted")


@operation(Permission.MENTORING_KEEP)
def carry_out_matching(actor: Actor, matching_id: int, numbers_from: str) -> list[int]:
    """Agree on all pairings that an open matching proposes, or none; gives their ids.

    ``numbers_from`` is the number of the first agreement; the last digits in it are counted on, in the order of units
    and people. Who has no mentor stays without one.
    """
    matching, _ = _open_matching(actor, matching_id)
    lines = [line for line in _lines(matching) if line.mentor_id is not None]
    if not lines:
        raise Refused(msg("还没有人匹配到导师，请先调整或重新匹配。"))
    rows = [
        PairingGiven(
            mentor_id=line.mentor_id or 0,
            employee_id=line.employee_id,
            number=number,
            starts_on=matching.starts_on,
            ends_on=matching.ends_on,
            wanted=tuple(line.wanted),
            cap_reason=line.reason,
        )
        for line, number in zip(lines, _numbers(numbers_from, len(lines)), strict=True)
    ]
    made = agree_pairings(actor, rows, {line.employee_id: line.because for line in lines})
    for line, pairing_id in zip(lines, made, strict=True):
        line.pairing_id = pairing_id
    matching.state, matching.carried_out_on = MatchingState.CARRIED_OUT, clock.today()
    return made


@operation(Permission.MENTORING_KEEP)
def drop_matching(actor: Actor, matching_id: int) -> None:
    """Put an open matching away; nothing came of it."""
    matching, _ = _open_matching(actor, matching_id)
    matching.state = MatchingState.DROPPED


@operation(Permission.MENTORING_KEEP)
def restore_matching(actor: Actor, matching_id: int) -> None:
    """Take up again a matching that was put away."""
    matching = fetch(actor, Matching, matching_id, Permission.MENTORING_KEEP, lock=True)
    if matching.state is not MatchingState.DROPPED:
        raise Refused(msg("这次匹配现为“%(state)s”，无需恢复。", state=MATCHING_STATES[matching.state]))
    matching.state = MatchingState.OPEN


def _open_matching(actor: Actor, matching_id: int) -> tuple[Matching, Unit]:
    matching = fetch(actor, Matching, matching_id, Permission.MENTORING_KEEP, lock=True)
    if matching.state is not MatchingState.OPEN:
        raise Refused(msg("这次匹配现为“%(state)s”，不能再改。", state=MATCHING_STATES[matching.state]))
    return matching, db.session.get_one(Unit, matching.unit_id)


def _lines(matching: Matching) -> list[MatchLine]:
    """The lines of a matching, locked, in the order of units and people."""
    query = (
        select(MatchLine)
        .join(Unit, Unit.id == MatchLine.unit_id)
        .join(Employee, Employee.id == MatchLine.employee_id)
        .where(MatchLine.matching_id == matching.id)
        .order_by(Unit.code, Employee.number)
        .with_for_update(of=MatchLine)
    )
    return list(db.session.scalars(query))


def _serving(on: date) -> tuple[ColumnElement[bool], ...]:
    return Employee.joined_community_on <= on, or_(Employee.left_on.is_(None), Employee.left_on >= on)


def _mentees(
    actor: Actor, unit: Unit, starts_on: date, ends_on: date, wished: Mapping[int, object] | None
) -> dict[int, MenteeFact]:
    filters = [within(actor, Employee.unit_id, Permission.MENTORING_KEEP), below(Employee.unit_id, unit.path)]
    if wished is None:
        return mentees_of([*filters, *_serving(starts_on), *without_mentor(starts_on, ends_on)])
    found = mentees_of([*filters, Employee.id.in_(list(wished))])
    if set(wished) - set(found):
        raise NotFound(msg("有的人员不在所选单位，或者不在您的管辖范围内，请核对名单。"))
    serving = set(db.session.scalars(select(Employee.id).where(Employee.id.in_(list(wished)), *_serving(starts_on))))
    gone = db.session.scalars(select(Employee.name).where(Employee.id.in_(set(wished) - serving))).all()
    if gone:
        raise Refused(
            msg("%(names)s在 %(on)s 不在岗，请从名单中去掉。", names="、".join(gone), on=starts_on), field="mentees"
        )
    return found


def _mentor_ids(unit: Unit, given: MatchingGiven) -> list[int]:
    if given.mentor_ids is None:
        return []
    wanted = set(given.mentor_ids)
    ends_on = given.ends_on or usual_end(rules_on(given.starts_on), given.starts_on)
    found = mentors_for(district_path(unit.path), given.starts_on, ends_on, {}, wanted)
    if not wanted or wanted - {one.id for one in found}:
        raise Refused(msg("有的导师不在本区（县）在聘，或聘期不够，请重新选择。"), field="mentor_ids")
    return sorted(wanted)


def _wanted(mentees: Mapping[int, MenteeFact], wished: Mapping[int, Sequence[str] | None]) -> dict[int, list[str]]:
    open_ones = [one for one in mentees.values() if wished.get(one.employee_id) is None]
    proposed = wanted_by_gaps(open_ones, clock.today()) if open_ones else {}
    lines = KnownLines({one.unit_path for one in mentees.values()})
    found = {}
    for one in mentees.values():
        own = wished.get(one.employee_id)
        codes = proposed[one.employee_id] if own is None else own
        found[one.employee_id] = lines.check(codes, one.unit_path, "mentees")
    return found


def _mentors(matching: Matching, unit: Unit, edition: MentoringEdition, names: dict[str, str]) -> list[MentorFact]:
    """The mentors among whom a matching is solved, of kinds that the rule knows."""
    found = mentors_for(district_path(unit.path), matching.starts_on, matching.ends_on, names, matching.mentor_ids)
    return [one for one in found if edition.mentor_kind(one.kind) is not None]


def _solve(
    matching: Matching,
    unit: Unit,
    edition: MentoringEdition,
    lines: Iterable[MatchLine],
    mentees: Mapping[int, MenteeFact],
) -> None:
    """Write the proposals into all lines that people did not decide."""
    names = names_of_lines(unit.path)
    open_lines, kept = [], []
    for line in lines:
        if line.kept:
            kept.append(line)
        elif not line.left_out:
            open_lines.append(line)
    proposals = propose(
        edition,
        [mentees[line.employee_id].suits(_named(line.wanted, names)) for line in open_lines],
        [one.suits for one in _mentors(matching, unit, edition, names)],
        _taken(kept),
    )
    for line in open_lines:
        proposal = proposals[line.employee_id]
        line.mentor_id, line.points, line.because = proposal.mentor_id, proposal.points, list(proposal.because)


def _choose(matching: Matching, unit: Unit, line: MatchLine, mentor_id: int) -> None:
    edition, names = frozen_rules(matching.edition), names_of_lines(unit.path)
    found = mentors_for(district_path(unit.path), matching.starts_on, matching.ends_on, names, [mentor_id])
    if not found:
        raise Refused(msg("这名导师不在本区（县）在聘，或聘期不够，请改选。"), field="mentor_id")
    mentor = found[0]
    mentee = mentees_of([Employee.id == line.employee_id])[line.employee_id]
    if mentor.employee_id == line.employee_id:
        raise Refused(msg("导师和帮带对象不能是同一人。"), field="mentor_id")
    others = select(MatchLine).where(
        MatchLine.matching_id == matching.id, MatchLine.mentor_id == mentor_id, MatchLine.id != line.id
    )
    proposed = len(db.session.scalars(others).all())
    loaded = replace(mentor.suits, mentees=mentor.suits.mentees + proposed)
    place = check_place(edition, loaded, line.reason)
    suited = fit(edition, mentee.suits(_named(line.wanted, names)), loaded)
    if suited is None and not line.reason:
        raise Refused(
            msg("按现行办法不能安排这名导师（曾经结对、直接领导或相隔过远），确需安排的请填写理由。"), field="reason"
        )
    line.mentor_id, line.kept = mentor_id, True
    line.points = suited.points if suited is not None else None
    reasons: list[Any] = [one.as_json() for one in suited.reasons] if suited is not None else []
    line.because = [*reasons, place.as_json()]


def _leave_out(line: MatchLine, reason: str) -> None:
    line.mentor_id, line.points, line.because = None, None, []
    line.left_out, line.kept, line.reason = True, False, reason


def _taken(lines: Iterable[MatchLine]) -> dict[int, int]:
    """How many lines of a matching give each mentor somebody."""
    found: dict[int, int] = {}
    for line in lines:
        if line.mentor_id is not None:
            found[line.mentor_id] = found.get(line.mentor_id, 0) + 1
    return found


def _named(codes: Collection[str], names: Mapping[str, str]) -> list[str]:
    return [names.get(code, code) for code in codes]


def _numbers(first: str, count: int) -> list[str]:
    """The first number and those that follow it: 费帮〔2026〕009号, 费帮〔2026〕010号 …"""
    text = read_line(first, "numbers_from", LONGEST_NUMBER, msg("请填写第一份协议的编号，其余依次递增。"))
    parts = COUNTING.fullmatch(text)
    if parts is None:
        raise Refused(msg("编号“%(number)s”中没有数字，无法依次递增，请改正。", number=text), field="numbers_from")
    head, digits, tail = parts.groups()
    found = [f"{head}{int(digits) + place:0{len(digits)}d}{tail}" for place in range(count)]
    if len(found[-1]) > LONGEST_NUMBER:
        raise Refused(msg("编号最多 %(most)s 字，请缩短。", most=LONGEST_NUMBER), field="numbers_from")
    return found
