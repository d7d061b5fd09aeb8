"""Nominations for a selection: by the organisation, by oneself, by colleagues; and taking one back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import RowRefused
from careerpath.employees.queries.homes import home_names
from careerpath.employees.queries.serving import own_employee
from careerpath.talent_pool.models import (
    EntrantState,
    Nomination,
    PoolEntry,
    Selection,
    SelectionEntrant,
    SelectionState,
)
from careerpath.talent_pool.operations.steps import shared_selection
from careerpath.talent_pool.queries.selections import places_of, rules_of
from careerpath.talent_pool.queries.words import ENTRANT_STATES
from careerpath.words import NotFound, Refused, msg

LONGEST_STATEMENT = 2000
LONGEST_NOMINATOR = 120
MOST_SUPPORTERS = 9999
MOST_AT_ONCE = 1000

OPEN_TO_WITHDRAW = (SelectionState.NOMINATION, SelectionState.STAGES, SelectionState.DECISION)


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationGiven:
    """One nomination. Without ``unit_id`` the person stands for their home community.

    ``nominated_by``: the unit that recommends, or who signed; without it the actor's unit, for the organisation.
    ``supporters``: how many people signed a nomination by colleagues.
    """

    employee_id: int
    unit_id: int | None = None
    nomination: Nomination = Nomination.ORGANISATION
    nominated_by: str = ""
    supporters: int = 0
    statement: str = ""


@operation(Permission.POOL_NOMINATE)
def nominate_person(actor: Actor, selection_id: int, given: NominationGiven) -> int:
    """Bring somebody of one's units forward; gives the entrant's id.

    Until the last day of nominations, that day included. Refuses who is not in service, who stands in this selection
    already, who is in the pool for the same rung, and a unit without places. Somebody who withdrew may come again.
    """
    selection = shared_selection(actor, selection_id, Permission.POOL_NOMINATE, SelectionState.NOMINATION)
    try:
        return _enter(actor, selection, [given], Permission.POOL_NOMINATE)[0]
    except RowRefused as refused:
        raise refused.why from None


@operation(Permission.POOL_NOMINATE)
def nominate_many(actor: Actor, selection_id: int, rows: Sequence[NominationGiven]) -> list[int]:
    """Bring many forward, all or none; gives their ids in order. Raises ``RowRefused``. A fixed number of queries."""
    selection = shared_selection(actor, selection_id, Permission.POOL_NOMINATE, SelectionState.NOMINATION)
    if len(rows) > MOST_AT_ONCE:
        raise Refused(msg("一次最多推荐 %(most)s 人，请分批办理。", most=MOST_AT_ONCE))
    return _enter(actor, selection, rows, Permission.POOL_NOMINATE) if rows else []


@operation(Permission.OWN_NOMINATE)
def nominate_oneself(actor: Actor, selection_id: int, statement: str, unit_id: int | None = None) -> int:
    """Put oneself forward, for one's home community or another one that has places; gives the entrant's id."""
    selection = shared_selection(actor, selection_id, Permission.OWN_NOMINATE, SelectionState.NOMINATION)
    own = _own(actor)
    given = NominationGiven(
        employee_id=own.id, unit_id=unit_id, nomination=Nomination.SELF, nominated_by=own.name, statement=statement
    )
    try:
        return _enter(actor, selection, [given], None)[0]
    except RowRefused as refused:
        raise refused.why from None


@operation(Permission.OWN_NOMINATE)
def nominate_colleague(actor: Actor, selection_id: int, employee_number: str, statement: str, supporters: int) -> int:
    """Put a colleague of one's own community forward together with others; gives the entrant's id.

    ``supporters``: how many people signed, oneself included.
    """
    selection = shared_selection(actor, selection_id, Permission.OWN_NOMINATE, SelectionState.NOMINATION)
    query = select(Employee).where(
        Employee.number == employee_number.strip().upper(), within(actor, Employee.unit_id, Permission.OWN_NOMINATE)
    )
    colleague = db.session.scalars(query).one_or_none()
    if colleague is None:
        raise Refused(
            msg("本社区没有编号为“%(number)s”的社区工作者，请核对编号。", number=employee_number.strip()),
            field="employee_number",
        )
    if actor.user_id is not None and colleague.user_id == actor.user_id:
        raise Refused(msg("这是您本人的编号，本人报名请用“个人自荐”。"), field="employee_number")
    given = NominationGiven(
        employee_id=colleague.id,
        nomination=Nomination.PEERS,
        nominated_by=actor.display_name,
        supporters=supporters,
        statement=statement,
    )
    try:
        return _enter(actor, selection, [given], None)[0]
    except RowRefused as refused:
        raise refused.why from None


@operation(Permission.POOL_NOMINATE)
def withdraw_nomination(actor: Actor, entrant_id: int, reason: str) -> None:
    """Take a nomination back, at the person's wish or the unit's; until the district has decided."""
    entrant = fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_NOMINATE)
    shared_selection(actor, entrant.selection_id, Permission.POOL_NOMINATE, *OPEN_TO_WITHDRAW)
    entrant = fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_NOMINATE, lock=True)
    _withdraw(entrant, reason)


@operation(Permission.OWN_NOMINATE)
def withdraw_oneself(actor: Actor, selection_id: int, reason: str) -> None:
    """Step back from a selection oneself, whoever made the nomination; until the district has decided."""
    selection = shared_selection(actor, selection_id, Permission.OWN_NOMINATE, *OPEN_TO_WITHDRAW)
    query = select(SelectionEntrant).where(
        SelectionEntrant.selection_id == selection.id, SelectionEntrant.employee_id == _own(actor).id
    )
    entrant = db.session.scalars(query.with_for_update()).one_or_none()
    if entrant is None:
        raise NotFound
    _withdraw(entrant, reason)


def _withdraw(entrant: SelectionEntrant, reason: str) -> None:
    if entrant.state not in (EntrantState.NOMINATED, EntrantState.ADMITTED):
        raise Refused(msg("这名人选现为“%(state)s”，无需退出。", state=ENTRANT_STATES[entrant.state]))
    if entrant.outcome is not None:
        raise Refused(msg("竞岗结果已经研究确定，不能再退出；本人放弃的，请向区级主管部门说明。"))
    entrant.review_reason = read_reason(reason)
    entrant.state = EntrantState.WITHDRAWN
    audit.note(entrant.review_reason)


def _own(actor: Actor) -> Employee:
    own = own_employee(actor)
    if own is None:
        raise Refused(msg("您的账号没有关联个人档案，请联系街道经办办理。"))
    return own


@dataclass(frozen=True, slots=True)
class _Round:
    """What all rows of one call are held against."""

    selection: Selection
    today: date
    district: str
    people: Mapping[int, Employee]
    paths: Mapping[int, str]
    """Paths of the units that people serve in or stand for."""
    places: Mapping[int, int]
    entrants: Mapping[int, SelectionEntrant]
    in_pool: frozenset[int]
    reach: Callable[[str], bool]
    """Whether the actor may bring forward for the unit at a path."""


def _enter(
    actor: Actor, selection: Selection, rows: Sequence[NominationGiven], permission: Permission | None
) -> list[int]:
    """Keep nominations; ``permission`` bounds people and units, ``None`` where the caller has found the person."""
    today = clock.today()
    if today > selection.closes_on:
        raise Refused(msg("推荐报名已于 %(day)s 截止。", day=selection.closes_on))
    round_ = _round(actor, selection, rows, permission, today)
    names = home_names(round_.people)
    kept: list[SelectionEntrant] = []
    seen: set[int] = set()
    for number, row in enumerate(rows):
        try:
            if row.employee_id in seen:
                raise Refused(msg("同一人出现两次，请删去重复的一行。"), field="employee_id")
            seen.add(row.employee_id)
            kept.append(_entrant(actor, round_, row, names))
        except (Refused, NotFound) as why:
            raise RowRefused(number, why) from None
    try:
        session_add(*(one for one in kept if one not in db.session))
    except IntegrityError as error:
        raise Refused(msg("同一人的推荐刚刚由其他人提交，请刷新后核对。")) from error
    return [one.id for one in kept]


def _round(
    actor: Actor,
    selection: Selection,
    rows: Sequence[NominationGiven],
    permission: Permission | None,
    today: date,
) -> _Round:
    wanted = {row.employee_id for row in rows}
    people = select(Employee).where(Employee.id.in_(wanted))
    if permission is not None:
        people = people.where(within(actor, Employee.unit_id, permission))
    found = {one.id: one for one in db.session.scalars(people)}
    units = {one.unit_id for one in found.values()} | {row.unit_id for row in rows if row.unit_id is not None}
    paths = {
        unit_id: path
        for unit_id, path in db.session.execute(
            select(Unit.id, Unit.path).where(Unit.id.in_(units | {selection.unit_id}))
        )
    }
    entrants = select(SelectionEntrant).where(
        SelectionEntrant.selection_id == selection.id, SelectionEntrant.employee_id.in_(wanted)
    )
    district, edition = paths[selection.unit_id], rules_of(selection)
    in_pool = select(PoolEntry.employee_id).where(
        PoolEntry.employee_id.in_(wanted),
        PoolEntry.rung == edition.gate(selection.gate).rung,
        or_(PoolEntry.left_on.is_(None), PoolEntry.left_on >= today),
    )
    return _Round(
        selection=selection,
        today=today,
        district=district,
        people=found,
        paths=paths,
        places=places_of(selection.id),
        entrants={one.employee_id: one for one in db.session.scalars(entrants.with_for_update())},
        in_pool=frozenset(db.session.scalars(in_pool)),
        reach=lambda path: path.startswith(district) if permission is None else actor.can(permission, path),
    )


def _entrant(actor: Actor, held: _Round, row: NominationGiven, names: Mapping[int, str]) -> SelectionEntrant:
    person = held.people.get(row.employee_id)
    if person is None:
        raise NotFound
    unit_id = person.unit_id if row.unit_id is None else row.unit_id
    path = held.paths.get(unit_id, "")
    if not path or not held.reach(path):
        raise NotFound
    _check_person(held, person)
    if unit_id not in held.places:
        raise Refused(
            msg("本次竞岗没有给这个单位分配后备名额，请改选有名额的单位。"),
            field="unit_id",
        )
    entrant = held.entrants.get(person.id)
    if entrant is not None and entrant.state is not EntrantState.WITHDRAWN:
        raise Refused(
            msg("“%(name)s”已参加本次竞岗，现为“%(state)s”。", name=person.name, state=ENTRANT_STATES[entrant.state]),
            field="employee_id",
        )
    values = _read(actor, row) | {
        "unit_id": unit_id,
        "home_name": names[person.id][:120],
        "nominated_on": held.today,
        "state": EntrantState.NOMINATED,
    }
    if entrant is None:
        return SelectionEntrant(selection_id=held.selection.id, employee_id=person.id, **values)
    cleared: dict[str, object] = {
        "checked": {},
        "eligible": None,
        "eligibility": [],
        "reviewed_by": "",
        "reviewed_on": None,
    }
    for name, value in (values | cleared | {"review_reason": ""}).items():
        setattr(entrant, name, value)
    return entrant


def _check_person(held: _Round, person: Employee) -> None:
    serving = person.joined_community_on <= held.today and (person.left_on is None or person.left_on >= held.today)
    if not serving:
        raise Refused(msg("“%(name)s”不在岗，不能参加竞岗。", name=person.name), field="employee_id")
    if not held.paths[person.unit_id].startswith(held.district):
        raise Refused(msg("“%(name)s”不在组织竞岗的区（县）任职。", name=person.name), field="employee_id")
    if person.id in held.in_pool:
        raise Refused(msg("“%(name)s”已是同一台阶的在库后备，无需再次竞岗。", name=person.name), field="employee_id")


def _read(actor: Actor, row: NominationGiven) -> dict[str, object]:
    statement = row.statement.strip()
    if not statement:
        raise Refused(msg("请填写推荐（自荐）理由。"), field="statement")
    if len(statement) > LONGEST_STATEMENT:
        raise Refused(
            msg("理由最多 %(most)s 字，现为 %(now)s 字，请删减。", most=LONGEST_STATEMENT, now=len(statement)),
            field="statement",
        )
    by = " ".join(row.nominated_by.split())
    if not by and row.nomination is Nomination.ORGANISATION:
        by = actor.unit_name
    if not by and row.nomination is not Nomination.SELF:
        raise Refused(msg("请填写推荐单位或联名推荐人。"), field="nominated_by")
    if len(by) > LONGEST_NOMINATOR:
        raise Refused(msg("推荐单位或推荐人最多 %(most)s 字，请缩短。", most=LONGEST_NOMINATOR), field="nominated_by")
    peers = row.nomination is Nomination.PEERS
    if peers and not 1 <= row.supporters <= MOST_SUPPORTERS:
        raise Refused(msg("请填写联名推荐的人数，至少 1 人。"), field="supporters")
    return {
        "nomination": row.nomination,
        "nominated_by": by,
        "supporters": row.supporters if peers else 0,
        "statement": statement,
    }
