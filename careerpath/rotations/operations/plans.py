"""Plans of a round: who would go where is reckoned from wishes, turns and gaps, changed by people, then proposed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.edition import to_plain
from careerpath.policy.rotation import Direction, RotationEdition, Stay, check_stay, kind_named
from careerpath.rotations.models import PlanLine, PlanState, RotationPlan
from careerpath.rotations.operations.placing import nobody, place
from careerpath.rotations.operations.rotations import LONGEST_POST, RotationGiven, propose_rotations
from careerpath.rotations.operations.texts import read_line, read_text
from careerpath.rotations.queries.plan_facts import (
    HostFact,
    People,
    PersonFact,
    best_suit,
    hosts_for,
    people_for,
    serving_on,
)
from careerpath.rotations.queries.rules import frozen_rules, rules_on
from careerpath.rotations.queries.words import PLAN_STATES
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_NAME = 60
LONGEST_REASON = 200
LONGEST_TASKS = 2000
MOST_PEOPLE = 5000


@dataclass(frozen=True, slots=True)
class PlanGiven:
    """A round of one kind: its days, and who takes part.

    ``employee_ids`` none for everybody of the unit in service who wishes for it or whose turn it is; ``host_ids`` none
    for all hosts that offer a place on these days.
    """

    name: str
    kind: str
    starts_on: date
    ends_on: date
    employee_ids: Sequence[int] | None = None
    host_ids: Sequence[int] | None = None


@operation(Permission.ROTATION_PROPOSE)
def solve_plan(actor: Actor, unit_id: int, given: PlanGiven) -> int:
    """Propose a host for each of the people of a unit and what lies below it, as a whole; gives the plan's id."""
    unit = fetch_unit(actor, unit_id, Permission.ROTATION_PROPOSE)
    edition = rules_on(clock.today())
    name = read_line(given.name, LONGEST_NAME, "name", msg("请填写计划名称，如“2026年上半年挂职锻炼计划”。"))
    kind = kind_named(edition, given.kind)
    if kind.direction is Direction.DOWN:
        raise Refused(msg("%(kind)s人员多为机关干部，没有人员档案，请逐一提出。", kind=kind.name), field="kind")
    check_stay(edition, Stay(given.kind, given.starts_on, given.ends_on))
    plan = RotationPlan(
        unit_id=unit.id,
        name=name,
        kind=given.kind,
        edition=to_plain(edition),
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        host_ids=sorted(set(given.host_ids or ())),
        solved_at=clock.now(),
        by=actor.display_name,
    )
    people, names = _people(actor, plan, unit, given.employee_ids)
    hosts = hosts_for(actor, _stay(plan), names, plan.host_ids)
    if given.host_ids is not None and (not given.host_ids or set(given.host_ids) - set(hosts)):
        raise NotFound(msg("有的接收单位已停用，或者不在您的管辖范围内，请重新选择。"))
    if not people:
        raise Refused(msg("没有可安排的人员：没有人提出意愿，也没有人轮到。可以指定人员。"), field="employee_ids")
    if len(people) > MOST_PEOPLE:
        raise Refused(msg("一次最多安排 %(most)s 人，请分街道办理。", most=MOST_PEOPLE), field="employee_ids")
    session_add(plan)
    lines = [PlanLine(plan_id=plan.id, employee_id=one.employee_id, unit_id=one.unit_id) for one in people.values()]
    _reckon(plan, edition, lines, people, hosts)
    session_add(*lines)
    return plan.id


@operation(Permission.ROTATION_PROPOSE)
def solve_plan_again(actor: Actor, plan_id: int) -> int:
    """Reckon an open plan anew with today's facts; what people chose stays. Gives how many have a host."""
    plan = _open_plan(actor, plan_id)
    lines = _lines(plan)
    facts = _facts(plan, [line.employee_id for line in lines])
    for line in lines:
        if line.employee_id not in facts.found and not line.left_out:
            _leave_out(line, str(msg("已不在岗。")))
    hosts = hosts_for(actor, _stay(plan), facts.names, plan.host_ids)
    _reckon(plan, frozen_rules(plan.edition), lines, facts.found, hosts)
    plan.solved_at, plan.by = clock.now(), actor.display_name
    return sum(line.host_id is not None for line in lines)


@operation(Permission.ROTATION_PROPOSE)
def change_plan_line(
    actor: Actor, plan_line_id: int, host_id: int | None, left_out: bool, reason: str, version: int
) -> None:
    """Choose a host for somebody, leave them out, or (with neither) give the choice back to the next reckoning.

    A host that is full, does not offer the kind or that nothing speaks for needs a reason; so does leaving somebody
    out. Raises ``Conflict`` when ``version`` is no longer the present one.
    """
    line = fetch(actor, PlanLine, plan_line_id, Permission.ROTATION_PROPOSE, lock=True)
    plan = _open_plan(actor, line.plan_id)
    if line.version != version:
        raise Conflict(
            msg("这一行刚刚被其他人修改，请核对后重新提交。"),
            typed={"host_id": host_id, "left_out": left_out, "reason": reason},
            current={"host_id": line.host_id, "left_out": line.left_out, "reason": line.reason},
        )
    if left_out:
        _leave_out(line, read_line(reason, LONGEST_REASON, "reason", msg("请写明这次不安排的原因。")))
        return
    line.reason, line.left_out = read_line(reason, LONGEST_REASON, "reason"), False
    if host_id is None:
        _clear(line)
        line.because = list(nobody(frozen_rules(plan.edition), msg("等待重新安排。")))
        return
    _choose(actor, plan, line, host_id)


@operation(Permission.ROTATION_PROPOSE)
def carry_out_plan(actor: Actor, plan_id: int, host_post: str, tasks: str = "", reason: str = "") -> list[int]:
    """Propose all rotations of an open plan, or none; gives their ids. Each waits for approval like any other.

    ``host_post`` and ``tasks`` stand in all of them and can be changed in each; ``reason`` where the rule warns.
    """
    plan = _open_plan(actor, plan_id)
    lines = [line for line in _lines(plan) if line.host_id is not None]
    if not lines:
        raise Refused(msg("计划中还没有安排任何人，请先调整或重新安排。"))
    post = read_line(host_post, LONGEST_POST, "host_post", msg("请填写锻炼岗位，如“业务科室干事”，以后可逐人修改。"))
    work = read_text(tasks, LONGEST_TASKS, "tasks")
    why = read_line(reason, LONGEST_REASON, "reason")
    rows = [
        RotationGiven(
            kind=plan.kind,
            host_id=line.host_id or 0,
            host_post=post,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            tasks=work,
            employee_id=line.employee_id,
            wish_id=line.wish_id,
            reason=line.reason or why,
        )
        for line in lines
    ]
    made = propose_rotations(actor, rows)
    for line, rotation_id in zip(lines, made, strict=True):
        line.rotation_id = rotation_id
    plan.state, plan.carried_out_on = PlanState.CARRIED_OUT, clock.today()
    return made


@operation(Permission.ROTATION_PROPOSE)
def drop_plan(actor: Actor, plan_id: int) -> None:
    """Put an open plan away; nothing came of it."""
    plan = _open_plan(actor, plan_id)
    plan.state = PlanState.DROPPED


@operation(Permission.ROTATION_PROPOSE)
def restore_plan(actor: Actor, plan_id: int) -> None:
    """Take up again a plan that was put away."""
    plan = fetch(actor, RotationPlan, plan_id, Permission.ROTATION_PROPOSE, lock=True)
    if plan.state is not PlanState.DROPPED:
        raise Refused(msg("这个计划现为“%(state)s”，无需恢复。", state=PLAN_STATES[plan.state]))
    plan.state = PlanState.OPEN


def _open_plan(actor: Actor, plan_id: int) -> RotationPlan:
    plan = fetch(actor, RotationPlan, plan_id, Permission.ROTATION_PROPOSE, lock=True)
    if plan.state is not PlanState.OPEN:
        raise Refused(msg("这个计划现为“%(state)s”，不能再改。", state=PLAN_STATES[plan.state]))
    return plan


def _lines(plan: RotationPlan) -> list[PlanLine]:
    """The lines of a plan, locked, in the order of units and people."""
    query = (
        select(PlanLine)
        .join(Unit, Unit.id == PlanLine.unit_id)
        .join(Employee, Employee.id == PlanLine.employee_id)
        .where(PlanLine.plan_id == plan.id)
        .order_by(Unit.code, Employee.number)
        .with_for_update(of=PlanLine)
    )
    return list(db.session.scalars(query))


def _stay(plan: RotationPlan) -> Stay:
    return Stay(plan.kind, plan.starts_on, plan.ends_on)


def _facts(plan: RotationPlan, employee_ids: Collection[int]) -> People:
    filters = (Employee.id.in_(list(employee_ids)), *serving_on(plan.starts_on))
    return people_for(filters, frozen_rules(plan.edition), _stay(plan), clock.today())


def _people(
    actor: Actor, plan: RotationPlan, unit: Unit, wished: Collection[int] | None
) -> tuple[dict[int, PersonFact], Mapping[str, str]]:
    """Who takes part, by id, and the names of lines."""
    filters = [
        within(actor, Employee.unit_id, Permission.ROTATION_PROPOSE),
        below(Employee.unit_id, unit.path),
        *serving_on(plan.starts_on),
    ]
    if wished is not None:
        filters.append(Employee.id.in_(list(wished)))
    facts = people_for(filters, frozen_rules(plan.edition), _stay(plan), clock.today())
    if wished is None:
        called = {one.employee_id: one for one in facts.found.values() if one.called and one.blocked is None}
        return called, facts.names
    if set(wished) - set(facts.found):
        raise NotFound(msg("有的人员届时不在岗，或者不在您的管辖范围内，请核对名单。"))
    return dict(facts.found), facts.names


def _reckon(
    plan: RotationPlan,
    edition: RotationEdition,
    lines: Iterable[PlanLine],
    people: Mapping[int, PersonFact],
    hosts: Mapping[int, HostFact],
) -> None:
    """Write the proposals into all lines that people did not decide."""
    kept: dict[int, int] = {}
    open_lines = []
    for line in lines:
        if line.kept and line.host_id is not None:
            kept[line.host_id] = kept.get(line.host_id, 0) + 1
        elif not line.left_out:
            open_lines.append(line)
    found = place(edition, plan.kind, plan.starts_on, [people[line.employee_id] for line in open_lines], hosts, kept)
    for line in open_lines:
        placed = found[line.employee_id]
        line.host_id, line.wish_id = placed.host_id, placed.wish_id
        line.points, line.because = placed.points, list(placed.because)


def _choose(actor: Actor, plan: RotationPlan, line: PlanLine, host_id: int) -> None:
    edition = frozen_rules(plan.edition)
    facts = _facts(plan, [line.employee_id])
    hosts = hosts_for(actor, _stay(plan), facts.names, [host_id], plan_id=plan.id, but=line.id)
    if host_id not in hosts:
        raise Refused(msg("这个接收单位已停用，或者不在您的管辖范围内，请改选。"), field="host_id")
    if line.employee_id not in facts.found:
        raise Refused(msg("这名人员届时不在岗，不能安排。"))
    host, person = hosts[host_id], facts.found[line.employee_id]
    if person.blocked is not None:
        raise Refused(person.blocked.message, field="host_id")
    if host.at_unit_id == person.unit_id:
        raise Refused(msg("不能派往本人所在的单位，请改选。"), field="host_id")
    found = best_suit(edition, plan.kind, plan.starts_on, person, host)
    if not line.reason:
        if host.free <= 0:
            raise Refused(
                msg("“%(host)s”可接收 %(places)s 人，已经排满，确需安排的请填写理由。", host=host.name,
                    places=host.places), field="reason"
            )  # fmt: skip
        if found is None:
            raise Refused(
                msg("“%(host)s”不接收这种方式，或本人要求以后再去，确需安排的请填写理由。", host=host.name),
                field="reason",
            )
    line.host_id, line.kept = host_id, True
    line.wish_id, line.points = (found[0], found[1].points) if found is not None else (None, None)
    reasons: list[Any] = [one.as_json() for one in found[1].reasons] if found is not None else []
    line.because = reasons


def _leave_out(line: PlanLine, reason: str) -> None:
    _clear(line)
    line.because, line.left_out, line.reason = [], True, reason


def _clear(line: PlanLine) -> None:
    line.host_id, line.wish_id, line.points, line.kept = None, None, None, False
