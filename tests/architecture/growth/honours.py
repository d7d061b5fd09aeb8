"""Records of calls for honours for the small world, and samples of the operations of that room."""

from collections.abc import Mapping
from datetime import date

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.honours.operations import CallGiven, GrantGiven, HonourObjectionGiven, NomineeChange, NomineeGiven
from tests.architecture.sample import Sample, near, own
from tests.factories.honours import make_call, make_honour_objection, make_nominee

DAY = date(2025, 12, 1)
HR = Role.DISTRICT_HR
GIVEN = CallGiven(
    name="评选",
    year=2025,
    kind="model_worker",
    level="county",
    title="最美社工",
    granted_by="县委",
    places=1,
    closes_on=DAY,
)

SAMPLES: dict[str, Sample] = {
    "order_honour_forms": own("call_id", HR),
    "plan_call": own("unit_id", HR, given=GIVEN),
    "change_call": own("call_id", HR, given=GIVEN, version=1),
    "drop_call": own("call_id", HR),
    "announce_call": own("call_id", HR, document="1号", announced_on=DAY),
    "extend_call": own("call_id", HR, closes_on=DAY, reason="推迟"),
    "cancel_call": own("call_id", HR, reason="取消"),
    "close_nominations_of_call": own("call_id", HR),
    "choose_nominees": own("call_id", HR, choices={}),
    "open_call_notice": own("call_id", HR, starts_on=DAY, ends_on=DAY),
    "return_call_to_review": own("call_id", HR, reason="重新评审"),
    "record_honour_objection": own("nominee_id", HR, given=HonourObjectionGiven(DAY, True, "不实")),
    "answer_honour_objection": own("honour_objection_id", HR, upheld=False, answer="查无此事", on=DAY),
    "refer_call": own("call_id", HR),
    "grant_honours": own("call_id", HR, given=GrantGiven(granted_on=DAY, document="2号")),
    "reopen_call": own("call_id", HR, reason="更正"),
    "nominate_for_honour": near("call_id", given=NomineeGiven(employee_id=1, merits="事迹")),
    "nominate_many_for_honour": near("call_id", rows=[NomineeGiven(employee_id=1, merits="事迹")]),
    "change_nominee": near("nominee_id", given=NomineeChange(merits="事迹"), version=1),
    "withdraw_nominee": near("nominee_id", reason="本人不愿参评"),
}


def records(
    districts: Mapping[str, Unit], communities: Mapping[str, Unit], people: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """By place: the ids of one record of each kind, under the names that addresses and operations use."""
    calls = {unit.id: make_call(unit) for unit in districts.values()}
    found = {}
    for place, district in districts.items():
        call = calls[district.id]
        nominee = make_nominee(call, db.session.get_one(Employee, people[place]), communities[place])
        found[place] = {
            "call_id": call.id,
            "nominee_id": nominee.id,
            "honour_objection_id": make_honour_objection(nominee).id,
        }
    return found
