"""Open plans of a round and their lines, written down directly for what comes after."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from careerpath.access.models import Unit
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.policy.edition import to_plain
from careerpath.rotations.models import Host, PlanLine, RotationPlan
from careerpath.rotations.queries.rules import shipped_rules


def make_plan(unit: Unit, **changes: Any) -> RotationPlan:
    """An open plan of secondments for the first half of 2026."""
    given: dict[str, Any] = {
        "name": "2026年上半年挂职锻炼计划",
        "kind": "secondment",
        "edition": to_plain(shipped_rules()[0]),
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 6, 30),
        "solved_at": datetime(2025, 12, 1, 8, tzinfo=UTC),
        "by": "街道经办",
    }
    with writing() as session:
        plan = RotationPlan(unit_id=unit.id, **(given | changes))
        session.add(plan)
    return plan


def make_plan_line(
    plan: RotationPlan, employee: Employee, unit: Unit, host: Host | None = None, **changes: Any
) -> PlanLine:
    """Somebody in a plan with the host proposed, or with none."""
    given: dict[str, Any] = {"points": Decimal("40.00") if host else None, "host_id": host.id if host else None}
    with writing() as session:
        line = PlanLine(plan_id=plan.id, employee_id=employee.id, unit_id=unit.id, **(given | changes))
        session.add(line)
    return line
