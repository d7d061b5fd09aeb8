"""Hosts, rotations of any state, reports and wishes, written down directly for what comes after."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from careerpath.access.models import Unit
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.policy.edition import to_plain
from careerpath.rotations.models import Host, HostKind, Rotation, RotationReport, RotationState, RotationWish
from careerpath.rotations.queries.rules import shipped_rules

NOW = datetime(2025, 12, 1, 8, tzinfo=UTC)
RULES = shipped_rules()[0]
_serials = count(1)


def make_host(unit: Unit, **changes: Any) -> Host:
    """A department that a street or district keeps in its list."""
    given: dict[str, Any] = {"kind": HostKind.DEPARTMENT, "name": f"党群工作办公室（{next(_serials)}）", "places": 2}
    with writing() as session:
        host = Host(unit_id=unit.id, **(given | changes))
        session.add(host)
    return host


def make_rotation(
    employee: Employee | None, host: Host, state: RotationState = RotationState.APPROVED, **changes: Any
) -> Rotation:
    """Somebody seconded from September 2025 to August 2026; without a file give ``person_name`` and ``unit_id``."""
    code = changes.get("kind", "secondment")
    kind = RULES.kind(code)
    assert kind is not None
    given: dict[str, Any] = {
        "employee_id": employee.id if employee is not None else None,
        "unit_id": employee.unit_id if employee is not None else None,
        "home_name": "费城街道 东关社区 社区工作者",
        "host_post": "党群工作办公室干事",
        "kind": code,
        "direction": kind.direction,
        "full_time": kind.full_time,
        "starts_on": date(2025, 9, 1),
        "ends_on": date(2026, 8, 31),
        "tasks": "参与党建工作。",
    }
    with writing() as session:
        rotation = Rotation(host_id=host.id, edition=to_plain(RULES), state=state, **(given | changes))
        session.add(rotation)
    return rotation


def make_report(rotation: Rotation, on: date = date(2025, 11, 30), **changes: Any) -> RotationReport:
    """What somebody away reported."""
    given: dict[str, Any] = {"text": "参与走访和台账整理。", "by": "经办", "at": NOW}
    with writing() as session:
        report = RotationReport(rotation_id=rotation.id, on=on, **(given | changes))
        session.add(report)
    return report


def make_wish(employee: Employee, **changes: Any) -> RotationWish:
    """An open wish for a secondment."""
    given: dict[str, Any] = {"unit_id": employee.unit_id, "kind": "secondment", "wished_on": date(2025, 11, 1)}
    with writing() as session:
        wish = RotationWish(employee_id=employee.id, **(given | changes))
        session.add(wish)
    return wish
