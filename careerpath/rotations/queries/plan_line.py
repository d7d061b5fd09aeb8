"""One line of an open plan with the hosts that could be chosen, how well each suits, and what needs a reason."""

from dataclasses import dataclass

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.rotation import Stay, Suit
from careerpath.rotations.models import PlanLine, PlanState, RotationPlan
from careerpath.rotations.queries.plan_facts import HostFact, best_suit, facts_of, hosts_for
from careerpath.rotations.queries.rules import frozen_rules
from careerpath.words import Message, NotFound

MOST_SUITABLE = 15
MOST_BEYOND = 5


@dataclass(frozen=True, slots=True)
class Suitable:
    """A host for somebody with the places left beside the others of the plan; the suit where the rule allows it."""

    host: HostFact
    suit: Suit | None

    @property
    def needs_reason(self) -> bool:
        """Whether choosing this host needs a reason."""
        return self.suit is None or self.host.free <= 0


@dataclass(frozen=True, slots=True)
class PlanLinePage:
    """One line with what may be chosen: hosts with places, best first, then those that need a reason."""

    line: PlanLine
    plan: RotationPlan
    name: str
    number: str
    unit_name: str
    turn: Message | None
    gaps: tuple[str, ...]
    blocked: Message | None
    suitable: tuple[Suitable, ...]
    beyond: tuple[Suitable, ...]


def plan_line_page(actor: Actor, plan_line_id: int) -> PlanLinePage:
    """One line of an open plan with the hosts that could be chosen, or ``NotFound``. Eight queries."""
    query = (
        select(PlanLine, RotationPlan, Employee, Unit.short_name, Unit.path)
        .join(RotationPlan, RotationPlan.id == PlanLine.plan_id)
        .join(Employee, Employee.id == PlanLine.employee_id)
        .join(Unit, Unit.id == PlanLine.unit_id)
        .where(
            PlanLine.id == plan_line_id,
            RotationPlan.state == PlanState.OPEN,
            within(actor, RotationPlan.unit_id, Permission.ROTATION_PROPOSE),
            within(actor, PlanLine.unit_id, Permission.ROTATION_PROPOSE),
        )
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    line, plan, employee, unit_name, path = found
    edition, stay = frozen_rules(plan.edition), Stay(plan.kind, plan.starts_on, plan.ends_on)
    row = (employee.id, employee.unit_id, employee.joined_community_on, path)
    facts = facts_of([row], edition, stay, clock.today())
    person = facts.found[employee.id]
    hosts = []
    for host in hosts_for(actor, stay, facts.names, plan.host_ids, plan_id=plan.id, but=line.id).values():
        if host.at_unit_id != person.unit_id:
            best = best_suit(edition, plan.kind, plan.starts_on, person, host)
            hosts.append(Suitable(host, best[1] if best else None))
    hosts.sort(key=lambda one: (one.suit is None, -(one.suit.points if one.suit else 0), one.host.id))
    good = [one for one in hosts if not one.needs_reason][:MOST_SUITABLE]
    rest = [one for one in hosts if one.needs_reason]
    if line.host_id is not None and line.host_id not in {one.host.id for one in good}:
        rest.sort(key=lambda one: one.host.id != line.host_id)
    return PlanLinePage(
        line=line,
        plan=plan,
        name=employee.name,
        number=employee.number,
        unit_name=unit_name,
        turn=person.turn.reason.message if person.turn is not None else None,
        gaps=tuple(sorted(person.gaps)),
        blocked=person.blocked.message if person.blocked is not None else None,
        suitable=tuple(good),
        beyond=tuple(rest[:MOST_BEYOND]),
    )
