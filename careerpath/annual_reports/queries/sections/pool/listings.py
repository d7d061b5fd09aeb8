"""What is counted of the reserve pool: selections, who entered them and was selected, who is in it and who left."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, String, case, cast, func, literal, null, or_, select

from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Listing
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Words
from careerpath.annual_reports.queries.sections.rows import NOBODY, person_rows, thing_rows
from careerpath.employees.models import Employee
from careerpath.policy.talent_pool import Outcome, Standing
from careerpath.talent_pool.models import (
    DevelopmentTask,
    EntrantState,
    Leaving,
    Nomination,
    PoolEntry,
    PoolReview,
    Readiness,
    Selection,
    SelectionEntrant,
    SelectionPlaces,
    SelectionState,
    TaskKind,
)
from careerpath.talent_pool.queries.names import rung_names
from careerpath.talent_pool.queries.reserves import in_pool_on
from careerpath.talent_pool.queries.rules import RULES
from careerpath.talent_pool.queries.standing import STANDARD_KIND
from careerpath.talent_pool.queries.words import LEAVINGS, NOMINATIONS, READINESS, STANDINGS, TASK_KINDS
from careerpath.words import Message, msg

VIEW = Permission.POOL_VIEW
TIMES, ITEMS, COMMUNITIES, CASES = msg("次"), msg("项"), msg("个"), msg("人次")
NO_STANDARD = "none"


def _selections(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    places = select(SelectionPlaces.selection_id).where(scope.inside(SelectionPlaces.unit_id))
    rows = thing_rows(scope, Selection, Selection.concluded_on, Selection.decision_document, places)
    return rows.where(*_concluded(on))


def _nominated(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """Everybody who was brought forward in selections that have been concluded, each in each."""
    way = cast(SelectionEntrant.nomination, String).label("way")
    rows = person_rows(scope, SelectionEntrant, Selection.concluded_on, Selection.name, way)
    return rows.join(Selection, Selection.id == SelectionEntrant.selection_id).where(*_concluded(on))


def _admitted(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _nominated(scope, on).where(SelectionEntrant.state == EntrantState.ADMITTED)


def _selected(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _nominated(scope, on).where(SelectionEntrant.outcome == Outcome.SELECTED)


def _chosen(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """Every unit for which anybody was selected up to a day, with how many people these are."""
    found = _selected(scope, on).subquery()
    each = (
        select(found.c.unit_id, func.count(found.c.employee_id.distinct()).label("people"))
        .group_by(found.c.unit_id)
        .subquery()
    )
    people = cast(each.c.people, String)
    return select(
        Unit.id,
        NOBODY,
        Unit.id.label("unit_id"),
        cast(null(), Date).label("on"),
        Unit.short_name.label("name"),
        people.label("detail"),
        people.label("selected"),
    ).join(each, each.c.unit_id == Unit.id)


def _concluded(on: date) -> tuple[ColumnElement[bool], ...]:
    return Selection.state == SelectionState.CONCLUDED, Selection.concluded_on <= on


def _reserves(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    readiness = _readiness_on(on)
    more = (PoolEntry.rung, readiness.label("readiness"), Employee.born_on, Employee.sex)
    return person_rows(scope, PoolEntry, PoolEntry.entered_on, readiness, *more).where(*in_pool_on(on))


def _readiness_on(on: date) -> ColumnElement[Any]:
    """As it stands, unless a review after the day changed it: then that of the last review before, if there is one."""
    mine = PoolReview.entry_id == PoolEntry.id
    later = select(PoolReview.id).where(mine, PoolReview.on > on).exists()
    before = (
        select(cast(PoolReview.readiness, String))
        .where(mine, PoolReview.on <= on)
        .order_by(PoolReview.on.desc())
        .limit(1)
        .scalar_subquery()
    )
    return case((later, func.coalesce(before, Readiness.SOON.value)), else_=cast(PoolEntry.readiness, String))


def _entered(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    way = case((PoolEntry.selection_id.is_not(None), "selection"), else_="document")
    rows = person_rows(scope, PoolEntry, PoolEntry.entered_on, way, PoolEntry.rung, way.label("way"))
    return rows.where(PoolEntry.entered_on <= on)


def _left(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    leaving = cast(PoolEntry.leaving, String)
    rows = person_rows(scope, PoolEntry, PoolEntry.left_on, leaving, leaving.label("leaving"))
    return rows.where(PoolEntry.left_on <= on)


def _reviews(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    passed = case((PoolReview.passed, "passed"), else_="failed")
    return (
        select(
            PoolReview.id,
            PoolEntry.employee_id,
            PoolEntry.unit_id,
            PoolReview.on.label("on"),
            Employee.name,
            passed.label("detail"),
            passed.label("passed"),
        )
        .join(PoolEntry, PoolEntry.id == PoolReview.entry_id)
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .where(scope.inside(PoolEntry.unit_id), PoolReview.on <= on)
    )


def _tasks(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            DevelopmentTask.id,
            PoolEntry.employee_id,
            PoolEntry.unit_id,
            DevelopmentTask.done_on.label("on"),
            Employee.name,
            DevelopmentTask.text.label("detail"),
            cast(DevelopmentTask.kind, String).label("kind"),
        )
        .join(PoolEntry, PoolEntry.id == DevelopmentTask.entry_id)
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .where(scope.inside(PoolEntry.unit_id), DevelopmentTask.done_on <= on)
    )


def _communities(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """Every community of the day, with the number of its reserves and how that stands to the standard of the day."""
    edition = scope.edition(RULES, on)
    standard = edition.standard if edition is not None else None
    counted = (
        select(PoolEntry.unit_id, func.count(PoolEntry.employee_id.distinct()).label("reserves"))
        .where(*in_pool_on(on))
        .group_by(PoolEntry.unit_id)
        .subquery()
    )
    reserves = func.coalesce(counted.c.reserves, 0)
    stands: ColumnElement[str] = literal(NO_STANDARD)
    if standard is not None:
        stands = case(
            (reserves < standard.least, Standing.SHORT.value),
            (reserves > standard.most, Standing.OVER.value),
            else_=Standing.RIGHT.value,
        )
    return (
        select(
            Unit.id,
            NOBODY,
            Unit.id.label("unit_id"),
            cast(null(), Date).label("on"),
            Unit.short_name.label("name"),
            cast(reserves, String).label("detail"),
            stands.label("standing"),
        )
        .outerjoin(counted, counted.c.unit_id == Unit.id)
        .where(
            Unit.kind == STANDARD_KIND,
            Unit.path.startswith(scope.path, autoescape=True),
            Unit.starts_on <= on,
            or_(Unit.ends_on.is_(None), Unit.ends_on >= on),
        )
    )


def _rung(code: str) -> Words:
    return rung_names(None, [code])[code]


def _readiness(value: str) -> Message:
    return READINESS[Readiness(value)]


def _leaving(value: str) -> Words:
    return LEAVINGS[Leaving(value)] if value else msg("未填写")


def _passed(value: str) -> Message:
    return msg("合格") if value == "passed" else msg("不合格")


def _way(value: str) -> Message:
    return msg("竞岗入库") if value == "selection" else msg("研究入库")


def _standing(value: str) -> Message:
    return msg("未规定标准") if value == NO_STANDARD else STANDINGS[Standing(value)]


def _people(count: str) -> Message:
    return msg("%(count)s人", count=count)


def _reserves_of(count: str) -> Message:
    return msg("后备%(count)s人", count=count)


SELECTIONS = Listing(
    "pool_selections", msg("办结竞岗次数"), VIEW, _selections, unit=TIMES, page="talent_pool.selection",
    key="selection_id", detail=msg("研究文件"), named=msg("名称"),
)  # fmt: skip
NOMINATED = Listing(
    "pool_nominated", msg("竞岗报名人数"), VIEW, _nominated, page="talent_pool.entrant", key="entrant_id",
    detail=msg("竞岗"), groups={"way": lambda value: NOMINATIONS[Nomination(value)]},
)  # fmt: skip
ADMITTED = Listing(
    "pool_entrants", msg("参加竞岗人数"), VIEW, _admitted, page="talent_pool.entrant", key="entrant_id",
    detail=msg("竞岗"),
)  # fmt: skip
SELECTED = Listing(
    "pool_selected", msg("竞岗入选人数"), VIEW, _selected, people=True, page="talent_pool.entrant", key="entrant_id",
    detail=msg("竞岗"),
)  # fmt: skip
CHOSEN = Listing(
    "pool_chosen", msg("有竞岗入选人员的社区数"), VIEW, _chosen, unit=COMMUNITIES, dated=False, of_units=True,
    named=msg("社区"), detail=msg("累计入选"), said=_people, groups={"selected": _people},
)  # fmt: skip
RESERVES = Listing(
    "pool_reserves", msg("在库后备人才数"), VIEW, _reserves, dated=False, people=True, page="talent_pool.entry",
    key="pool_entry_id", detail=msg("成熟度"), said=_readiness, groups={"readiness": _readiness, "rung": _rung},
)  # fmt: skip
ENTERED = Listing(
    "pool_entered", msg("后备入库人数"), VIEW, _entered, people=True, page="talent_pool.entry", key="pool_entry_id",
    detail=msg("入库方式"), said=_way, groups={"way": _way, "rung": _rung},
)  # fmt: skip
LEFT = Listing(
    "pool_left", msg("后备出库人数"), VIEW, _left, people=True, page="talent_pool.entry", key="pool_entry_id",
    detail=msg("出库原因"), said=_leaving, groups={"leaving": _leaving},
)  # fmt: skip
REVIEWED = Listing(
    "pool_reviewed", msg("后备评估人次"), VIEW, _reviews, unit=CASES, detail=msg("评估结果"), said=_passed,
    groups={"passed": _passed},
)  # fmt: skip
DONE = Listing(
    "pool_tasks_done", msg("完成培养任务数"), VIEW, _tasks, unit=ITEMS, detail=msg("培养任务"),
    groups={"kind": lambda value: TASK_KINDS[TaskKind(value)]},
)  # fmt: skip
UNITS = Listing(
    "pool_communities", msg("社区数（后备标准）"), VIEW, _communities, unit=COMMUNITIES, dated=False, of_units=True,
    named=msg("社区"), detail=msg("后备人数"), said=_reserves_of, groups={"standing": _standing},
)  # fmt: skip
