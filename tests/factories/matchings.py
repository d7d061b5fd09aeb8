"""Open matchings and their lines, written down directly for what comes after."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from careerpath.access.models import Unit
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Matching, MatchLine, Mentor
from careerpath.mentoring.queries.rules import shipped_rules
from careerpath.policy.edition import to_plain


def make_matching(unit: Unit, **changes: Any) -> Matching:
    """An open matching of a unit for pairings from the next year on."""
    given: dict[str, Any] = {
        "name": "2026年新进人员导师匹配",
        "edition": to_plain(shipped_rules()[0]),
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "solved_at": datetime(2025, 12, 1, 8, tzinfo=UTC),
        "by": "街道经办",
    }
    with writing() as session:
        matching = Matching(unit_id=unit.id, **(given | changes))
        session.add(matching)
    return matching


def make_match(
    matching: Matching, employee: Employee, unit: Unit, mentor: Mentor | None = None, **changes: Any
) -> MatchLine:
    """A mentee of a matching with the mentor proposed, or with nobody."""
    given: dict[str, Any] = {"points": Decimal("66.70") if mentor else None, "mentor_id": mentor.id if mentor else None}
    with writing() as session:
        line = MatchLine(matching_id=matching.id, employee_id=employee.id, unit_id=unit.id, **(given | changes))
        session.add(line)
    return line
