"""Records of rotations for the small world, and samples of the operations of that room."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.rotations.models import HostKind
from careerpath.rotations.operations.evaluations import RotationJudged
from careerpath.rotations.operations.hosts import HostGiven
from careerpath.rotations.operations.plans import PlanGiven
from careerpath.rotations.operations.rotations import RotationGiven
from careerpath.rotations.operations.wishes import WishGiven
from tests.architecture.sample import Sample, near, own
from tests.factories.plans import make_plan, make_plan_line
from tests.factories.rotations import make_host, make_report, make_rotation, make_wish

DAY = date(2025, 12, 1)
HOST = HostGiven(kind=HostKind.DEPARTMENT, name="综治中心", places=1)
GIVEN = RotationGiven(
    kind="secondment", host_id=1, host_post="干事", starts_on=DAY, ends_on=date(2026, 8, 31), employee_id=1
)
JUDGED = RotationJudged(grade="good", host_opinion="同意。", on=DAY)


def _many(operation_role: Role, **rest: Any) -> Sample:
    return Sample(operation_role, {}, {"rotation_ids": (10**9,)} | rest)


SAMPLES: dict[str, Sample] = {
    "order_rotation_papers": own("unit_id"),
    "keep_host": own("unit_id", given=HOST),
    "change_host": near("host_id", given=HOST, version=1),
    "retire_host": near("host_id"),
    "restore_host": near("host_id"),
    "host_of_unit": own("unit_id"),
    "change_rotation": near("rotation_id", given=GIVEN, version=1),
    "approve_rotation": own("rotation_id", Role.DISTRICT_HR, document="费组字〔2025〕7号", on=DAY),
    "approve_rotations": _many(Role.DISTRICT_HR, document="费组字〔2025〕7号", on=DAY),
    "cancel_rotation": near("rotation_id", reason="另有安排"),
    "extend_rotation": own("rotation_id", Role.DISTRICT_HR, ends_on=DAY, reason=""),
    "return_rotation": own("rotation_id", Role.DISTRICT_HR, returned_on=DAY, reason="工作需要"),
    "undo_return": own("rotation_id", Role.DISTRICT_HR, reason="登记有误"),
    "write_report": near("rotation_id", on=DAY, text="参与走访。"),
    "write_own_report": own("rotation_id", Role.WORKER, on=DAY, text="参与走访。"),
    "change_report": near("report_id", on=DAY, text="参与走访。", version=1),
    "change_own_report": own("report_id", Role.WORKER, on=DAY, text="参与走访。", version=1),
    "drop_report": near("report_id"),
    "drop_own_report": own("report_id", Role.WORKER),
    "summarise_rotation": near("rotation_id", work="走访", summary="有收获。"),
    "summarise_own_rotation": own("rotation_id", Role.WORKER, work="走访", summary="有收获。"),
    "evaluate_rotation": own("rotation_id", Role.DISTRICT_HR, given=JUDGED),
    "reopen_rotation": own("rotation_id", Role.DISTRICT_HR, reason="意见有误"),
    "wish_rotation": near("employee_id", given=WishGiven(kind="secondment")),
    "withdraw_wish": near("wish_id"),
    "withdraw_own_wish": own("wish_id", Role.WORKER),
    "restore_wish": near("wish_id"),
    "solve_plan": near("unit_id", given=PlanGiven("计划", "secondment", DAY, date(2026, 8, 31))),
    "solve_plan_again": near("plan_id"),
    "change_plan_line": near("plan_line_id", host_id=None, left_out=True, reason="请假", version=1),
    "carry_out_plan": near("plan_id", host_post="干事"),
    "drop_plan": near("plan_id"),
    "restore_plan": near("plan_id"),
}


def records(
    districts: Mapping[str, Unit], communities: Mapping[str, Unit], people: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """By place: the ids of one record of each kind, under the names that addresses and operations use."""
    found = {}
    for place in districts:
        street = db.session.get_one(Unit, communities[place].parent_id)
        employee = db.session.get_one(Employee, people[place])
        host = make_host(street)
        rotation, plan = make_rotation(employee, host), make_plan(street)
        found[place] = {
            "host_id": host.id,
            "rotation_id": rotation.id,
            "report_id": make_report(rotation).id,
            "wish_id": make_wish(employee).id,
            "plan_id": plan.id,
            "plan_line_id": make_plan_line(plan, employee, communities[place], host).id,
        }
    return found
