"""What the section of training counts, each as a list of rows."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    cast,
    false,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Listing
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Words
from careerpath.annual_reports.queries.sections.rows import NOBODY, person_rows
from careerpath.annual_reports.queries.sections.serving import serving_on
from careerpath.employees.models import Certificate as CertificateFact
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.as_of import AsOf, standing
from careerpath.employees.queries.serving import main_posting_on
from careerpath.policy.codes import Certificate
from careerpath.policy.training import Requirement, Tier, TrainingEdition
from careerpath.training.models import (
    CertificateTry,
    ClassState,
    Course,
    DegreeStudy,
    Enrolment,
    EnrolmentState,
    StudyState,
    TrainingClass,
    TryState,
)
from careerpath.training.queries.required import asked_of, met_by
from careerpath.training.queries.rules import RULES, known_rules
from careerpath.training.queries.trained import trained_in
from careerpath.words import Message, msg

MOST_RULES = 100
"""Requirements of one edition, by which rows are told apart."""

CLASSES_UNIT, TIMES = msg("期"), msg("人次")
_VIEW = Permission.TRAINING_VIEW
_CLASS = msg("培训班")

Rows = Select[*tuple[Any, ...]]


def _tier(code: str) -> Words:
    return Tier(code) if code in set(Tier) else code


def _grade(code: str) -> Words:
    return Certificate(code) if code in set(Certificate) else code


def _requirement(code: str) -> str:
    return {rule.code: rule.name for edition in known_rules() for rule in edition.requirements}.get(code, code)


def _held(scope: Scope, on: date) -> Rows:
    """Classes that are settled, by the unit that held them."""
    tier = type_coerce(TrainingClass.tier, String)
    return (
        select(
            TrainingClass.id,
            NOBODY,
            TrainingClass.unit_id,
            TrainingClass.ends_on.label("on"),
            TrainingClass.name,
            tier.label("detail"),
            tier.label("tier"),
            Course.category,
        )
        .join(Course, Course.id == TrainingClass.course_id)
        .where(
            scope.inside(TrainingClass.unit_id), TrainingClass.state == ClassState.CLOSED, TrainingClass.ends_on <= on
        )
    )


def _took_part(scope: Scope, on: date) -> Rows:
    """People who took part in classes that are settled, whoever held them, by their unit at the time."""
    return (
        person_rows(
            scope,
            Enrolment,
            TrainingClass.ends_on,
            TrainingClass.name,
            type_coerce(TrainingClass.tier, String).label("tier"),
            type_coerce(Enrolment.hours, Integer).label("hours"),
        )
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.state == EnrolmentState.ATTENDED,
            TrainingClass.state == ClassState.CLOSED,
            TrainingClass.ends_on <= on,
        )
    )


def is_trained(edition: TrainingEdition | None, people: Any, on: date) -> ColumnElement[bool]:
    """The filter "this person counts as trained in the year of the day".

    Without a target whoever took part in anything does.
    """
    if edition is not None and edition.target is not None:
        query = trained_in(edition, on.year, on)
    else:
        query = (
            select(Enrolment.employee_id)
            .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
            .where(
                Enrolment.state == EnrolmentState.ATTENDED,
                TrainingClass.state == ClassState.CLOSED,
                TrainingClass.ends_on.between(date(on.year, 1, 1), on),
            )
        )
    # Person by person: few have more than a dozen, and the index finds them.
    return query.where(Enrolment.employee_id == people.id).correlate(people.id.table).exists()


def _serving(
    scope: Scope, on: date, *more: Any, wanted: Callable[[Any], ColumnElement[bool]], place: int | None = None
) -> Rows:
    people = standing(AsOf(on)).c
    columns = (
        # Who stands in a list once for each requirement has as many rows, each with a number of its own.
        people.id if place is None else (people.id * MOST_RULES + place).label("id"),
        people.id.label("employee_id"),
        people.unit_id,
        people.joined_on.label("on"),
        people.name,
        *(more or (people.title.label("detail"),)),
    )
    return select(*columns).where(scope.inside(people.unit_id), wanted(people))


def _trained(scope: Scope, on: date) -> Rows:
    edition = scope.edition(RULES, on)
    return _serving(scope, on, wanted=lambda people: is_trained(edition, people, on))


def _untrained(scope: Scope, on: date) -> Rows:
    edition = scope.edition(RULES, on)
    return _serving(scope, on, wanted=lambda people: ~is_trained(edition, people, on))


def _by_requirement(scope: Scope, on: date, *, met: bool | None) -> Rows:
    """People in service, once for each requirement that holds for them in the year; with ``met`` those who did, or
    did not."""
    edition = scope.edition(RULES, on)

    def fits(rule: Requirement, people: Any) -> ColumnElement[bool]:
        if edition is None or met is None:
            return asked_of(rule, people, on)
        reached = met_by(edition, rule, people, on)
        return and_(asked_of(rule, people, on), reached if met else ~reached)

    rules = edition.requirements if edition is not None else ()
    queries = []
    for place, rule in enumerate(rules):
        code, name = cast(rule.code, String).label("requirement"), cast(rule.name, String).label("detail")
        queries.append(
            _serving(scope, on, name, code, wanted=lambda people, one=rule: fits(one, people), place=place)  # type: ignore[misc]
        )
    if not queries:
        nothing = cast(null(), String)
        return _serving(scope, on, nothing.label("detail"), nothing.label("requirement"), wanted=lambda people: false())
    return select(union_all(*queries).subquery())


def _asked(scope: Scope, on: date) -> Rows:
    return _by_requirement(scope, on, met=None)


def _lacking(scope: Scope, on: date) -> Rows:
    return _by_requirement(scope, on, met=False)


def _of_file(scope: Scope, record: Any, day: Any, detail: Any, on: date, *more: Any) -> Rows:
    """Something of a person's file, on a day of it, by the unit where the main post was on that day."""
    return (
        select(
            record.id,
            record.employee_id,
            Posting.unit_id,
            day.label("on"),
            Employee.name,
            detail.label("detail"),
            *more,
        )
        .join(Employee, Employee.id == record.employee_id)
        .join(Posting, and_(*main_posting_on(day)))
        .where(scope.inside(Posting.unit_id), day <= on)
    )


def _obtained(scope: Scope, on: date) -> Rows:
    fact = CertificateFact
    rows = _of_file(scope, fact, fact.obtained_on, fact.grade, on, fact.grade.label("grade"))
    return rows.where(fact.superseded_at.is_(None), fact.grade.in_([one.value for one in Certificate]))


def _sat(scope: Scope, on: date) -> Rows:
    rows = _of_file(scope, CertificateTry, CertificateTry.result_on, CertificateTry.grade, on)
    return rows.where(CertificateTry.state.in_([TryState.PASSED, TryState.FAILED]))


def _passed(scope: Scope, on: date) -> Rows:
    rows = _of_file(scope, CertificateTry, CertificateTry.result_on, CertificateTry.grade, on)
    return rows.where(CertificateTry.state == TryState.PASSED)


def _studying(scope: Scope, on: date) -> Rows:
    people = serving_on(scope, on)
    return (
        select(
            DegreeStudy.id,
            DegreeStudy.employee_id,
            people.c.unit_id,
            DegreeStudy.starts_on.label("on"),
            people.c.name,
            DegreeStudy.school.label("detail"),
        )
        .join(people, people.c.id == DegreeStudy.employee_id)
        .where(
            DegreeStudy.starts_on <= on,
            or_(DegreeStudy.ended_on.is_(None), DegreeStudy.ended_on > on),
        )
    )


def _finished(scope: Scope, on: date) -> Rows:
    rows = _of_file(scope, DegreeStudy, DegreeStudy.ended_on, DegreeStudy.school, on)
    return rows.where(DegreeStudy.state == StudyState.FINISHED)


def _listing(code: str, name: Message, rows: Callable[[Scope, date], Rows], **more: Any) -> Listing:
    return Listing(code, name, _VIEW, rows, **more)


_TITLE, _SCHOOL = msg("职务"), msg("就读学校")

CLASSES = _listing(
    "training_classes", msg("举办培训班"), _held, unit=CLASSES_UNIT, page="training.training_class", key="class_id",
    detail=msg("层级"), said=_tier, groups={"tier": _tier, "category": lambda name: name or msg("未分类")},
)  # fmt: skip
TRAINED = _listing("trained", msg("年度参训人数"), _trained, people=True, dated=False, detail=_TITLE)
UNTRAINED = _listing("untrained", msg("年度未参训人数"), _untrained, people=True, dated=False, detail=_TITLE)
ATTENDANCES = _listing(
    "attendances", msg("参训人次"), _took_part, unit=TIMES, detail=_CLASS, groups={"tier": _tier}
)  # fmt: skip
TOOK_PART = _listing(
    "took_part", msg("参加培训班人数"), _took_part, people=True, detail=_CLASS, groups={"tier": _tier}
)  # fmt: skip
ASKED = _listing(
    "training_asked", msg("有培训要求人数"), _asked, people=True, dated=False, detail=msg("培训要求"),
    groups={"requirement": _requirement},
)  # fmt: skip
LACKING = _listing(
    "training_lacking", msg("未达到培训要求人数"), _lacking, people=True, dated=False, detail=msg("培训要求"),
    groups={"requirement": _requirement},
)  # fmt: skip
OBTAINED = _listing(
    "certificates_obtained", msg("新取得职业资格证书人数"), _obtained, people=True, detail=msg("证书"), said=_grade,
    groups={"grade": _grade},
)  # fmt: skip
SAT = _listing("certificate_tries", msg("参加职业资格考试人次"), _sat, unit=TIMES, detail=msg("证书"), said=_grade)
PASSED = _listing(
    "certificate_passed", msg("职业资格考试通过人次"), _passed, unit=TIMES, detail=msg("证书"), said=_grade
)
STUDYING = _listing("studying", msg("在读学历人数"), _studying, people=True, dated=False, detail=_SCHOOL)
FINISHED = _listing("studies_finished", msg("学历提升毕业人数"), _finished, people=True, detail=_SCHOOL)
