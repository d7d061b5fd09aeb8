"""Records of a month for the small world: each district's December, confirmed, and a declared base in each street."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.pay.models import PayLine
from careerpath.pay.operations.bases import NewBase, declare_base
from careerpath.pay.operations.runs import NewRun, confirm_run, open_run, reckon_run

MONTH = date(2025, 12, 1)


def month_records(districts: list[Unit], people: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """A run, a register, a line and a base by place; the streets of a district share the run."""
    clerk = Actor(None, "clerk", "clerk", (Grant(Role.STREET_HR, ""),))
    bases = {place: declare_base(clerk, one, NewBase(MONTH, Decimal(5000))) for place, one in people.items()}
    runs: dict[int, tuple[int, PayLine]] = {}
    for district in districts:
        hr = Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, district.path),))
        run_id = open_run(hr, NewRun(district.id, MONTH))
        reckon_run(hr, run_id)
        confirm_run(hr, run_id)
        for line in db.session.scalars(select(PayLine)):
            runs.setdefault(line.employee_id, (run_id, line))
    return {
        place: {
            "run_id": runs[one][0],
            "register_id": runs[one][1].register_id,
            "pay_line_id": runs[one][1].id,
            "base_id": bases[place],
        }
        for place, one in people.items()
    }
