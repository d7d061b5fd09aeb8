"""Tries at the national exam and degree courses, written down directly for what comes after."""

from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.training.models import CertificateTry, DegreeStudy, StudyState, TryState


def make_try(employee: Employee, state: TryState = TryState.REGISTERED, **changes: Any) -> CertificateTry:
    """A try at the junior exam of 2025."""
    given: dict[str, Any] = {
        "grade": "junior",
        "year": 2025,
        "registered_on": date(2025, 3, 20),
        "result_on": None if state is TryState.REGISTERED else date(2025, 9, 10),
    }
    with writing() as session:
        attempt = CertificateTry(employee_id=employee.id, state=state, **(given | changes))
        session.add(attempt)
    return attempt


def make_study(employee: Employee, state: StudyState = StudyState.STUDYING, **changes: Any) -> DegreeStudy:
    """A part-time course to a bachelor's diploma that the street supports."""
    given: dict[str, Any] = {
        "level": "21",
        "school": "临沂大学",
        "major": "社会工作",
        "starts_on": date(2024, 3, 1),
        "expected_on": date(2026, 7, 1),
        "support": "学费补助",
        "amount": Decimal(2000),
        "ended_on": None if state is StudyState.STUDYING else date(2025, 7, 1),
    }
    with writing() as session:
        study = DegreeStudy(employee_id=employee.id, state=state, **(given | changes))
        session.add(study)
    return study
