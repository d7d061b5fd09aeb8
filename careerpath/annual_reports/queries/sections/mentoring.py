"""导师帮带: mentors in office, people paired with them, what they did together, and how it was judged at the end."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Select, or_, select, type_coerce

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Counts, Listing, count_grouped, sum_listing
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import ChartKind, Figure
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import Column, behind_all, group_table, part_table
from careerpath.annual_reports.queries.sections.reckoning import part_figure
from careerpath.annual_reports.queries.sections.rows import person_rows
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, MentoringLog, MentoringReview, Pairing, PairingState
from careerpath.mentoring.queries.mentors import in_force_on, runs_on
from careerpath.mentoring.queries.rules import known_rules
from careerpath.words import msg

PAIRS, TIMES, HOURS = msg("对"), msg("次"), msg("小时")
MENTOR_PAGE, PAIRING_PAGE = "mentoring.mentor", "mentoring.pairing"


def _kind(code: str) -> str:
    return _kinds().get(code, code)


def _kinds() -> dict[str, str]:
    """The name of each kind of mentor by its code, of all editions here; the latest one wins. One query."""
    return {kind.code: kind.name for edition in known_rules() for kind in edition.mentors}


def _grade(code: str) -> str:
    return {grade.code: grade.name for edition in known_rules() for grade in edition.grades}.get(code, code)


def _mentors(scope: Scope, day: Any) -> Select[*tuple[Any, ...]]:
    return select(
        Mentor.id,
        Mentor.employee_id,
        Mentor.unit_id,
        Mentor.starts_on.label("on"),
        Mentor.name,
        Mentor.post.label("detail"),
        Mentor.kind,
    ).where(scope.inside(Mentor.unit_id), day)


def _in_office(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _mentors(scope, in_force_on(on))


def _appointed(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _mentors(scope, Mentor.starts_on <= on)


def _pairings(scope: Scope, day: Any, *conditions: Any) -> Select[*tuple[Any, ...]]:
    """Pairings by the mentee's name, on a day of theirs."""
    return (
        person_rows(scope, Pairing, day, Mentor.name, Pairing.mentee_grade.label("grade"))
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .where(Pairing.state != PairingState.DROPPED, *conditions)
    )


def _running(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _pairings(scope, Pairing.starts_on, runs_on(on))


def _begun(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _pairings(scope, Pairing.starts_on, Pairing.starts_on <= on)


def _completed(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _pairings(scope, Pairing.completed_on, Pairing.completed_on <= on)


def _ended(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _pairings(scope, Pairing.ended_on, Pairing.ended_on <= on)


def _to_evaluate(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    open_then = or_(Pairing.completed_on.is_(None), Pairing.completed_on > on)
    return _pairings(scope, Pairing.ends_on, Pairing.ends_on < on, Pairing.ended_on.is_(None), open_then)


def _logs(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            MentoringLog.id,
            Pairing.employee_id,
            Pairing.unit_id,
            MentoringLog.on,
            Employee.name,
            MentoringLog.topic.label("detail"),
            type_coerce(MentoringLog.hours, Integer).label("hours"),
        )
        .join(Pairing, Pairing.id == MentoringLog.pairing_id)
        .join(Employee, Employee.id == Pairing.employee_id)
        .where(scope.inside(Pairing.unit_id), MentoringLog.on <= on)
    )


def _reviews(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            MentoringReview.id,
            Pairing.employee_id,
            Pairing.unit_id,
            MentoringReview.on,
            Employee.name,
            Mentor.name.label("detail"),
        )
        .join(Pairing, Pairing.id == MentoringReview.pairing_id)
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .where(scope.inside(Pairing.unit_id), MentoringReview.on <= on)
    )


_VIEW = Permission.MENTORING_VIEW
_POST, _MENTOR = msg("单位及职务"), msg("导师")

MENTORS = Listing(
    "mentors", msg("在聘导师人数"), _VIEW, _in_office, dated=False, page=MENTOR_PAGE, key="mentor_id", detail=_POST,
    groups={"kind": _kind},
)  # fmt: skip
APPOINTED = Listing(
    "mentors_appointed", msg("新聘导师人数"), _VIEW, _appointed, page=MENTOR_PAGE, key="mentor_id", detail=_POST
)
RUNNING = Listing(
    "pairings", msg("在帮结对数"), _VIEW, _running, PAIRS, dated=False, page=PAIRING_PAGE, key="pairing_id",
    detail=_MENTOR,
)  # fmt: skip
MENTEES = Listing(
    "mentees", msg("帮带对象人数"), _VIEW, _running, dated=False, people=True, page=PAIRING_PAGE, key="pairing_id",
    detail=_MENTOR,
)  # fmt: skip
BEGUN = Listing(
    "pairings_begun", msg("新结对数"), _VIEW, _begun, PAIRS, page=PAIRING_PAGE, key="pairing_id", detail=_MENTOR
)
COMPLETED = Listing(
    "pairings_completed", msg("期满评价结对数"), _VIEW, _completed, PAIRS, page=PAIRING_PAGE, key="pairing_id",
    detail=_MENTOR, groups={"grade": _grade},
)  # fmt: skip
ENDED = Listing(
    "pairings_ended", msg("提前结束结对数"), _VIEW, _ended, PAIRS, page=PAIRING_PAGE, key="pairing_id", detail=_MENTOR
)
TO_EVALUATE = Listing(
    "pairings_to_evaluate", msg("期满未评价结对数"), _VIEW, _to_evaluate, PAIRS, dated=False, page=PAIRING_PAGE,
    key="pairing_id", detail=_MENTOR,
)  # fmt: skip
LOGS = Listing("mentoring_logs", msg("帮带活动次数"), _VIEW, _logs, TIMES, detail=msg("主题"))
REVIEWS = Listing("mentoring_reviews", msg("季度评估次数"), _VIEW, _reviews, TIMES, detail=_MENTOR)


def _hours(scope: Scope) -> Figure:
    """The hours of all talks, visits and tasks. One query."""
    hours = sum_listing(scope, LOGS, "hours")
    return Figure(
        code="mentoring_hours",
        name=msg("帮带活动时长"),
        value=Decimal(hours.year) / 100,
        unit=HOURS,
        last=Decimal(hours.last) / 100,
        total=Decimal(hours.total) / 100,
        places=1,
        **behind_all(LOGS),
    )


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    """Four queries."""
    editions = known_rules()
    kinds = {kind.code: kind.name for edition in editions for kind in edition.mentors}
    grades = {grade.code: grade for edition in editions for grade in edition.grades}
    names = {code: grade.name for code, grade in grades.items()}
    by_kind, by_grade = count_grouped(scope, (MENTORS, "kind"), (COMPLETED, "grade"))
    passed = Counts.of_all(one for code, one in by_grade.items() if code in grades and grades[code].passes)
    completed = counts[COMPLETED.code]
    figures = (
        part_figure("mentoring_passed_share", msg("帮带合格率"), COMPLETED, passed, completed),
        _hours(scope),
    )
    columns = [Column(one) for one in (MENTORS, RUNNING, MENTEES, BEGUN, COMPLETED)]
    tables = (
        group_table(
            "mentors_by_kind", msg("在聘导师来源"), msg("导师类别"), MENTORS, "kind", by_kind, kinds,
            counts[MENTORS.code], chart=ChartKind.SHARES, words=kinds,
        ),
        group_table(
            "pairings_by_grade", msg("期满评价等次"), msg("等次"), COMPLETED, "grade", by_grade, names, completed,
            words=names,
        ),
        part_table(scope, "mentoring_by_part", msg("导师帮带情况"), columns, unit=None),
    )  # fmt: skip
    return More(figures, tables)


SECTION = SectionSpec(
    code="mentoring",
    title=msg("导师帮带"),
    permission=_VIEW,
    listings=(MENTORS, APPOINTED, RUNNING, MENTEES, BEGUN, COMPLETED, ENDED, TO_EVALUATE, LOGS, REVIEWS),
    sentences=(
        Sentence(
            "坚持选优配强导师队伍，截至统计截止日在聘导师{在聘导师人数}人，比上年{在聘导师人数·增减}，其中本年新聘{新聘导师人数}人；"
            "在帮结对{在帮结对数}对，帮带对象{帮带对象人数}人。",
            needs=("mentors", "pairings"),
            otherwise="本年未开展导师帮带。",
        ),
        Sentence(
            "本年新结对{新结对数}对，期满评价{期满评价结对数}对，提前结束{提前结束结对数}对；开展帮带活动{帮带活动次数}次，"
            "共{帮带活动时长}小时，组织季度评估{季度评估次数}次。",
            needs=("pairings_begun", "pairings_completed", "pairings_ended", "mentoring_logs"),
        ),
        Sentence("期满评价合格以上的占{帮带合格率}%。", needs=("mentoring_passed_share",)),
        Sentence("另有{期满未评价结对数}对帮带期满尚未评价，应抓紧办理。", needs=("pairings_to_evaluate",)),
    ),
    more=_more,
    annexes=("mentors",),
    notes=(
        msg("导师按聘任单位统计，结对和帮带活动按结对时帮带对象所在单位统计；同一帮带对象有多名导师的，人数只计一次。"),
    ),
)
