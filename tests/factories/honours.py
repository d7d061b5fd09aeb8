"""Calls for honours of any state and nominees, written down directly for what comes after."""

from datetime import date
from itertools import count
from typing import Any

from careerpath.access.models import Unit
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.honours.models import CallState, HonourCall, HonourNominee, HonourObjection

_serials = count(1)


def make_call(unit: Unit, state: CallState = CallState.NOMINATION, **changes: Any) -> HonourCall:
    """A call of a district for its 最美社工."""
    planned = state is CallState.PLANNED
    given: dict[str, Any] = {
        "name": f"2025年度费县最美社工评选（{next(_serials)}）",
        "year": 2025,
        "kind": "model_worker",
        "level": "county",
        "title": "费县最美社工",
        "granted_by": "中共费县县委社会工作部",
        "places": 2,
        "closes_on": date(2025, 12, 10),
        "document": "" if planned else "费社工发〔2025〕30号",
        "announced_on": None if planned else date(2025, 12, 1),
    }
    with writing() as session:
        call = HonourCall(unit_id=unit.id, state=state, **(given | changes))
        session.add(call)
    return call


def make_nominee(call: HonourCall, employee: Employee, unit: Unit, **changes: Any) -> HonourNominee:
    """Somebody nominated in a call."""
    given: dict[str, Any] = {
        "home_name": "费城街道 书苑社区 社区工作者",
        "nominated_by": "费城街道",
        "nominated_on": date(2025, 12, 2),
        "merits": "牵头完成老旧小区加装电梯协商。",
    }
    with writing() as session:
        nominee = HonourNominee(call_id=call.id, employee_id=employee.id, unit_id=unit.id, **(given | changes))
        session.add(nominee)
    return nominee


def make_honour_objection(nominee: HonourNominee, **changes: Any) -> HonourObjection:
    """What somebody brought forward about a nominee, not answered yet."""
    given: dict[str, Any] = {
        "received_on": date(2025, 12, 3),
        "named": True,
        "text": "事迹与实际不符",
        "received_by": "区级经办",
    }
    with writing() as session:
        objection = HonourObjection(nominee_id=nominee.id, unit_id=nominee.unit_id, **(given | changes))
        session.add(objection)
    return objection
