"""Records of tries and degree courses for the small world, and samples of their operations."""

from collections.abc import Mapping
from datetime import date

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact
from careerpath.training.models import TryState
from careerpath.training.operations.studies import StudyGiven
from careerpath.training.operations.tries import Renewal, TryGiven, TryResult
from tests.architecture.sample import Sample, near, own
from tests.factories.employees import CLERK
from tests.factories.studies import make_study, make_try

DAY = date(2025, 11, 1)
_TRY = TryGiven("intermediate", 2025, date(2025, 3, 20))
_RESULT = TryResult(TryState.FAILED, date(2025, 9, 10))
_STUDY = StudyGiven("14", "山东大学", "社会学", date(2025, 9, 1), date(2028, 7, 1))

SAMPLES: dict[str, Sample] = {
    "register_try": near("employee_id", given=_TRY),
    "change_try": near("try_id", given=_TRY, version=1),
    "record_try": near("try_id", result=_RESULT),
    "reopen_try": near("try_id"),
    "drop_try": near("try_id"),
    "withdraw_own_try": own("try_id", Role.WORKER),
    "renew_registration": near("employee_id", "certificate_id", given=Renewal(DAY, date(2028, 10, 31))),
    "support_study": near("employee_id", given=_STUDY),
    "change_study": near("study_id", given=_STUDY, version=1),
    "mark_study_paid": near("study_id", paid=True),
    "finish_study": near("study_id", ended_on=DAY),
    "give_up_study": near("study_id", ended_on=DAY, reason="工作调动"),
    "reopen_study": near("study_id"),
    "drop_study": near("study_id"),
}


def records(
    districts: Mapping[str, Unit], communities: Mapping[str, Unit], people: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """By place: a try, a degree course and a registered certificate of the person of that place."""
    found = {}
    certificate = NewCertificate(
        grade="junior",
        obtained_on=date(2022, 9, 1),
        registered_on=date(2023, 1, 5),
        registered_until=date(2026, 1, 4),
    )
    for place in districts:
        certificate_id = add_fact(CLERK, people[place], certificate)
        employee = db.session.get_one(Employee, people[place])
        attempt, study = make_try(employee), make_study(employee)
        found[place] = {"try_id": attempt.id, "study_id": study.id, "certificate_id": certificate_id}
    return found
