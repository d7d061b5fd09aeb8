"""轮岗锻炼: who was sent up or down or beside, who is away on the day, and how the hosts judged them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select, type_coerce

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Counts, Listing, count_grouped
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import ChartKind, Words
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import Column, group_table, part_table
from careerpath.annual_reports.queries.sections.reckoning import part_figure
from careerpath.employees.models import Employee
from careerpath.policy.rotation import Direction
from careerpath.rotations.models import Host, HostKind, Rotation
from careerpath.rotations.queries.names import grade_names, kind_names
from careerpath.rotations.queries.rules import known_rules
from careerpath.rotations.queries.standing import WENT, Standing, away_on, stands
from careerpath.rotations.queries.words import HOST_KINDS
from careerpath.words import Message, msg

TIMES = msg("人次")
_VIEW = Permission.ROTATION_VIEW


def _kind(code: str) -> str:
    return kind_names([code])[code]


def _grade(code: str) -> str:
    return grade_names().get(code, code)


def _host_kind(code: str) -> Words:
    return HOST_KINDS[HostKind(code)] if code in set(HostKind) else code


def _stays(scope: Scope, day: Any, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Rotations that take place, on a day of theirs.

    A cadre sent down may have no file: then the name at the home unit says who it is.
    """
    return (
        select(
            Rotation.id,
            Rotation.employee_id,
            Rotation.unit_id,
            day.label("on"),
            func.coalesce(Employee.name, Rotation.person_name).label("name"),
            (Host.name + "　" + Rotation.host_post).label("detail"),
            func.coalesce(
                cast(Rotation.employee_id, String), Rotation.person_name + "/" + cast(Rotation.unit_id, String)
            ).label("who"),
            Rotation.kind,
            Rotation.grade,
            type_coerce(Host.kind, String).label("host_kind"),
        )
        .outerjoin(Employee, Employee.id == Rotation.employee_id)
        .join(Host, Host.id == Rotation.host_id)
        .where(scope.inside(Rotation.unit_id), Rotation.state.in_(WENT), *conditions)
    )


def _sent(scope: Scope, on: date, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Whoever was approved: they count in the year in which they begin, though it be after the day of the report."""
    return _stays(scope, Rotation.starts_on, Rotation.starts_on <= date(on.year, 12, 31), *conditions)


def _up(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _sent(scope, on, Rotation.direction == Direction.UP)


def _down(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _sent(scope, on, Rotation.direction == Direction.DOWN)


def _beside(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _sent(scope, on, Rotation.direction == Direction.BESIDE)


def _away(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _stays(scope, Rotation.starts_on, away_on(on))


def _overdue(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _stays(scope, Rotation.ends_on, stands(Standing.OVERDUE, on))


def _returned(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _stays(scope, Rotation.returned_on, Rotation.returned_on <= on)


def _evaluated(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _stays(scope, Rotation.evaluated_on, Rotation.evaluated_on <= on)


def _to_evaluate(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    not_yet = or_(Rotation.evaluated_on.is_(None), Rotation.evaluated_on > on)
    return _stays(scope, Rotation.returned_on, Rotation.returned_on <= on, not_yet)


def _listing(code: str, name: Message, rows: Any, **more: Any) -> Listing:
    return Listing(
        code, name, _VIEW, rows, page="rotations.rotation", key="rotation_id", detail=msg("接收单位及岗位"), **more
    )


_KINDS = {"kind": _kind, "host_kind": _host_kind}

UP = _listing("rotations_up", msg("上挂锻炼人数"), _up, people=True)
DOWN = _listing("rotations_down", msg("下派人数"), _down, people=True)
BESIDE = _listing("rotations_beside", msg("平级轮岗人数"), _beside, people=True)
SENT = _listing("rotations_sent", msg("选派锻炼人次"), _sent, unit=TIMES, groups=_KINDS)
AWAY = _listing("rotations_away", msg("在外锻炼人数"), _away, people=True, dated=False, groups=_KINDS)
OVERDUE = _listing("rotations_overdue", msg("逾期未归人数"), _overdue, people=True, dated=False)
RETURNED = _listing("rotations_returned", msg("锻炼期满返岗人次"), _returned, unit=TIMES)
EVALUATED = _listing("rotations_evaluated", msg("锻炼鉴定人次"), _evaluated, unit=TIMES, groups={"grade": _grade})
TO_EVALUATE = _listing("rotations_to_evaluate", msg("返岗待鉴定人次"), _to_evaluate, unit=TIMES, dated=False)


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    """Three queries."""
    editions = known_rules()
    kinds = {kind.code: kind.name for edition in editions for kind in edition.kinds}
    grades = {grade.code: grade.name for edition in editions for grade in edition.grades}
    best = {edition.grades[0].code for edition in editions if edition.grades}
    by_kind, by_host, by_grade = count_grouped(scope, (SENT, "kind"), (SENT, "host_kind"), (EVALUATED, "grade"))
    evaluated = counts[EVALUATED.code]
    excellent = Counts.of_all(numbers for code, numbers in by_grade.items() if code in best)
    figures = (part_figure("rotations_best_share", msg("锻炼鉴定优秀率"), EVALUATED, excellent, evaluated),)
    tables = (
        group_table(
            "rotations_by_kind", msg("锻炼方式"), msg("方式"), SENT, "kind", by_kind, kinds, counts[SENT.code],
            chart=ChartKind.BARS, words=kinds,
        ),
        group_table(
            "rotations_by_host", msg("接收单位类别"), msg("类别"), SENT, "host_kind", by_host,
            [one.value for one in HostKind], counts[SENT.code],
        ),
        group_table(
            "rotations_by_grade", msg("锻炼鉴定等次"), msg("等次"), EVALUATED, "grade", by_grade, grades, evaluated,
            chart=ChartKind.SHARES, words=grades,
        ),
        part_table(
            scope, "rotations_by_part", msg("轮岗锻炼情况"), [Column(one) for one in (UP, DOWN, BESIDE, AWAY, OVERDUE)]
        ),
    )  # fmt: skip
    return More(figures, tables)


SECTION = SectionSpec(
    code="rotations",
    title=msg("轮岗锻炼"),
    permission=_VIEW,
    listings=(UP, DOWN, BESIDE, SENT, AWAY, OVERDUE, RETURNED, EVALUATED, TO_EVALUATE),
    sentences=(
        Sentence(
            "本年选派社区工作者上挂锻炼{上挂锻炼人数}人，下派干部{下派人数}人，平级轮岗{平级轮岗人数}人；"
            "累计上挂锻炼{上挂锻炼人数·累计}人、下派{下派人数·累计}人。",
            needs=("rotations_up", "rotations_down", "rotations_beside"),
            otherwise="本年未开展轮岗锻炼。",
        ),
        Sentence("截至统计截止日，在外锻炼{在外锻炼人数}人，比上年{在外锻炼人数·增减}。", needs=("rotations_away",)),
        Sentence(
            "本年锻炼期满返岗{锻炼期满返岗人次}人次，接收单位鉴定{锻炼鉴定人次}人次，优秀率{锻炼鉴定优秀率}%。",
            needs=("rotations_evaluated",),
        ),
        Sentence(
            "逾期未归{逾期未归人数}人，应督促按期返岗或者办理延期手续。",
            needs=("rotations_overdue",),
        ),
        Sentence("返岗后尚待鉴定{返岗待鉴定人次}人次。", needs=("rotations_to_evaluate",)),
    ),
    more=_more,
    annexes=("rotations_sent",),
    notes=(
        msg(
            "上挂、下派、平级轮岗按派出单位统计，同一人在同一时期内多次锻炼的，人数只计一次；已批准、在本年内开始的计入本年。"
        ),
    ),
)
