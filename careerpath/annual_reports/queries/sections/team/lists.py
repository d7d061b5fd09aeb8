"""What the section on the team counts: people in service of a kind, and those who entered and left."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Listing
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Words
from careerpath.employees.forms.words import CHANNELS
from careerpath.employees.models import Channel, Employee, Posting
from careerpath.employees.queries.as_of import AsOf, standing
from careerpath.employees.queries.serving import main_posting_on
from careerpath.policy.codes import Certificate, Education, Political, Sex
from careerpath.policy.employment import add_months
from careerpath.words import Message, msg

YOUNG = 35
"""Up to this age an office speaks of young cadres in its statistics."""
COLLEGE, BACHELOR = 3, 4
"""Heights of education (``Education.rank``)."""

MEMBERS = (Political.PARTY_MEMBER, Political.PROBATIONARY_MEMBER)

Condition = Callable[[Any, date], ColumnElement[bool]]


def _educated(height: int) -> Condition:
    codes = [one.value for one in Education if one.rank >= height]

    def condition(people: Any, on: date) -> ColumnElement[bool]:
        held: ColumnElement[bool] = people.education.in_(codes)
        return held

    return condition


def _women(people: Any, on: date) -> ColumnElement[bool]:
    held: ColumnElement[bool] = people.sex == Sex.FEMALE.value
    return held


def _young(people: Any, on: date) -> ColumnElement[bool]:
    held: ColumnElement[bool] = people.born_on > add_months(on, -12 * (YOUNG + 1))
    return held


def _members(people: Any, on: date) -> ColumnElement[bool]:
    held: ColumnElement[bool] = people.political.in_([one.value for one in MEMBERS])
    return held


def _certified(people: Any, on: date) -> ColumnElement[bool]:
    held: ColumnElement[bool] = people.certificate != ""
    return held


CONDITIONS: Mapping[str, Condition] = {
    "team_women": _women,
    "team_young": _young,
    "team_college": _educated(COLLEGE),
    "team_bachelor": _educated(BACHELOR),
    "team_members": _members,
    "team_certified": _certified,
}
"""Of which people in service each figure is the number: the figure and its list both ask here."""


def people_in(scope: Scope, as_of: AsOf) -> tuple[Any, ColumnElement[bool]]:
    """The columns of everybody in service on a day, and the filter for those of the report's unit."""
    people = standing(as_of)
    return people.c, people.c.path.startswith(scope.path, autoescape=True)


def _rows(condition: Condition | None, detail: str) -> Callable[[Scope, date], Select[*tuple[Any, ...]]]:
    def rows(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
        people, inside = people_in(scope, AsOf(on))
        return select(
            people.id,
            people.id.label("employee_id"),
            people.unit_id,
            people.joined_on.label("on"),
            people.name,
            people[detail].label("detail"),
        ).where(inside, true() if condition is None else condition(people, on))

    return rows


def _listing(code: str, name: Message, detail: str, head: Message, said: Callable[[str], Words] = str) -> Listing:
    rows = _rows(CONDITIONS.get(code), detail)
    return Listing(code, name, Permission.EMPLOYEE_VIEW, rows, dated=False, detail=head, said=said)


SERVING = _listing("team_serving", msg("在岗人数"), "title", msg("职务"))
WOMEN = _listing("team_women", msg("女性人数"), "title", msg("职务"))
YOUNG_PEOPLE = _listing("team_young", msg("35岁及以下人数"), "title", msg("职务"))
COLLEGE_PEOPLE = _listing("team_college", msg("大专及以上学历人数"), "education", msg("学历"), Education)
BACHELORS = _listing("team_bachelor", msg("本科及以上学历人数"), "education", msg("学历"), Education)
PARTY = _listing("team_members", msg("中共党员人数"), "political", msg("政治面貌"), Political)
CERTIFIED = _listing("team_certified", msg("持证人数"), "certificate", msg("证书等级"), Certificate)


def _events(day: Any, detail: Any) -> Callable[[Scope, date], Select[*tuple[Any, ...]]]:
    """People by a day of their service, at the unit of the main post that they held on it."""
    unit_id: Any = func.coalesce(Posting.unit_id, Employee.unit_id)

    def rows(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
        return (
            select(
                Employee.id,
                Employee.id.label("employee_id"),
                unit_id.label("unit_id"),
                day.label("on"),
                Employee.name,
                detail.label("detail"),
            )
            .outerjoin(Posting, and_(*main_posting_on(day)))
            .where(scope.inside(unit_id), day <= on)
        )

    return rows


ENTERED = Listing(
    "team_entered",
    msg("新进人数"),
    Permission.EMPLOYEE_VIEW,
    _events(Employee.joined_community_on, Employee.channel),
    people=True,
    total=False,
    detail=msg("进入方式"),
    said=lambda code: CHANNELS[Channel(code)],
)
LEFT = Listing(
    "team_left",
    msg("离职人数"),
    Permission.EMPLOYEE_VIEW,
    _events(Employee.left_on, Employee.left_reason),
    people=True,
    total=False,
    detail=msg("离职原因"),
    groups={"detail": lambda reason: reason or msg("未填写")},
)
