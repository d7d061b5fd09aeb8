"""Records of training for the small world, and samples of the operations of that room."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.training import Tier
from careerpath.training.operations.classes import ClassGiven
from careerpath.training.operations.courses import CourseGiven
from careerpath.training.operations.papers import add_class_paper
from tests.architecture.sample import Sample, near, own
from tests.employees.test_papers import make_image
from tests.factories.training import days_of_class, make_class, make_course, make_enrolment

_COURSE = CourseGiven(name="专题培训", tier=Tier.STREET, hours=Decimal(4))
_CLASS = ClassGiven(course_id=1, name="专题班", starts_on=date(2025, 12, 5), ends_on=date(2025, 12, 5))

SAMPLES: dict[str, Sample] = {
    "order_class_certificates": own("class_id"),
    "keep_course": near("unit_id", given=_COURSE),
    "change_course": own("course_id", given=_COURSE, version=1),
    "retire_course": own("course_id"),
    "restore_course": own("course_id"),
    "change_class": own("class_id", given=_CLASS, version=1),
    "open_class": own("class_id", document="号"),
    "cancel_class": own("class_id", reason="天气"),
    "restore_class": own("class_id"),
    "drop_class": own("class_id"),
    "renew_day_code": own("day_id"),
    "close_class": own("class_id", on=date(2025, 12, 6)),
    "reopen_class": own("class_id", reason="补录"),
    "enrol_people": own("class_id", employee_ids=(1,)),
    "enrol_by_rule": own("class_id"),
    "enrol_oneself": own("class_id", Role.WORKER),
    "withdraw_enrolment": own("enrolment_id", reason="请假"),
    "withdraw_oneself_from_class": own("class_id", Role.WORKER, reason="请假"),
    "mark_present": own("day_id", enrolment_ids=(1,), present=True),
    "put_results": own("class_id", results={}),
    "rate_own_class": own("class_id", Role.WORKER, rating=5),
    "add_class_paper": near("class_id", name="课件.jpg", body=make_image()),
    "remove_class_paper": own("class_paper_id"),
}


def records(
    districts: Mapping[str, Unit], communities: Mapping[str, Unit], people: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """By place: the ids of one record of each kind, under the names that addresses and operations use.

    The street of the place holds the course and the class, so that the next street does not meet them.
    """
    found = {}
    for place, community in communities.items():
        street = db.session.get_one(Unit, community.parent_id)
        course = make_course(street, Tier.STREET)
        held = make_class(course)
        clerk = Actor(None, "clerk", "clerk", (Grant(Role.STREET_HR, street.path),))
        enrolment = make_enrolment(held, db.session.get_one(Employee, people[place]), community)
        found[place] = {
            "course_id": course.id,
            "class_id": held.id,
            "day_id": days_of_class(held)[0].id,
            "enrolment_id": enrolment.id,
            "class_paper_id": add_class_paper(clerk, held.id, "讲义.jpg", make_image()),
        }
    return found
