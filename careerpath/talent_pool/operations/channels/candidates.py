"""Names that come into a channel: from the street or the district, from the rule's list, or from the person."""

from collections.abc import Sequence

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import homes_of
from careerpath.employees.queries.serving import own_employee
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound, ChannelState
from careerpath.talent_pool.operations.channels.steps import check_state
from careerpath.talent_pool.queries.channel_advice import advice_on
from careerpath.talent_pool.queries.channel_reach import near_channel
from careerpath.words import NotFound, Refused, msg

LONGEST_NOTE = 200
MOST_AT_ONCE = 500
MOST_NAMED = 5
OPEN_RESULTS = (ChannelResult.APPLIED, ChannelResult.ADMITTED, ChannelResult.REJECTED)
"""What still may change until the review is closed."""


@operation(Permission.POOL_NOMINATE)
def add_channel_candidate(actor: Actor, channel_id: int, employee_id: int, note: str = "") -> int:
    """Put a name into an announced channel; gives the candidate's id.

    Refuses after the last day, somebody who has left or serves in another district, and a name that is there already;
    one that was withdrawn stands again. Whether the conditions are met is looked at by the review.
    """
    channel = _open(actor, channel_id, Permission.POOL_NOMINATE)
    return _enter(actor, channel, [fetch(actor, Employee, employee_id, Permission.POOL_NOMINATE)], note)[0]


@operation(Permission.POOL_NOMINATE)
def add_eligible(actor: Actor, channel_id: int, employee_ids: Sequence[int]) -> list[int]:
    """Put in many whom the rule finds eligible on the day of reckoning, all or none; gives the candidates' ids.

    In the order of ``employee_ids``. Refuses anybody whom the rule does not find eligible, by name: they come in one by
    one, and the review decides. Few queries, however many people.
    """
    channel = _open(actor, channel_id, Permission.POOL_NOMINATE)
    wanted = list(dict.fromkeys(employee_ids))
    if not wanted:
        raise Refused(msg("请先勾选人员。"), field="ids")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(msg("一次最多办理 %(most)s 人，请分批勾选。", most=MOST_AT_ONCE), field="ids")
    query = visible(actor, Employee, Permission.POOL_NOMINATE).where(Employee.id.in_(wanted))
    found = {one.id: one for one in db.session.scalars(query)}
    if len(found) != len(wanted):
        raise NotFound
    advice = advice_on(channel, wanted)
    doubtful = [found[one].name for one in wanted if advice[one].eligible is not True]
    if doubtful:
        raise Refused(
            msg(
                "%(names)s等 %(count)s 人按规则不符合或资料不全，请取消勾选；确需列入的逐人添加，由区级审查决定。",
                names="、".join(doubtful[:MOST_NAMED]),
                count=len(doubtful),
            ),
            field="ids",
        )
    return _enter(actor, channel, [found[one] for one in wanted], "")


@operation(Permission.OWN_NOMINATE)
def apply_to_channel(actor: Actor, channel_id: int, note: str = "") -> int:
    """Put oneself into an announced channel of one's district; gives the candidate's id."""
    channel = _open(actor, channel_id, Permission.OWN_NOMINATE)
    return _enter(actor, channel, [_own_file(actor)], note)[0]


@operation(Permission.POOL_NOMINATE)
def withdraw_channel_candidate(actor: Actor, candidate_id: int, reason: str) -> None:
    """Take a name out for a reason that stays, until the review is closed."""
    candidate = fetch(actor, ChannelCandidate, candidate_id, Permission.POOL_NOMINATE, lock=True)
    check_state(db.session.get_one(ChannelRound, candidate.channel_id, with_for_update=True), ChannelState.OPEN)
    _withdraw(candidate, reason)


@operation(Permission.OWN_NOMINATE)
def withdraw_from_channel(actor: Actor, channel_id: int, reason: str) -> None:
    """Take oneself out of a channel, until the review is closed."""
    channel = near_channel(actor, channel_id, Permission.OWN_NOMINATE, lock=True)
    check_state(channel, ChannelState.OPEN)
    query = select(ChannelCandidate).where(
        ChannelCandidate.channel_id == channel.id, ChannelCandidate.employee_id == _own_file(actor).id
    )
    candidate = db.session.scalars(query.with_for_update()).one_or_none()
    if candidate is None:
        raise NotFound
    _withdraw(candidate, reason)


def _own_file(actor: Actor) -> Employee:
    employee = own_employee(actor)
    if employee is None:
        raise Refused(msg("您的账号没有关联人员档案，请联系街道关联后再办理。"))
    return employee


def _open(actor: Actor, channel_id: int, permission: Permission) -> ChannelRound:
    channel = near_channel(actor, channel_id, permission, lock=True)
    check_state(channel, ChannelState.OPEN)
    if clock.today() > channel.closes_on:
        raise Refused(msg("“%(name)s”已于 %(day)s 截止报名。", name=channel.name, day=channel.closes_on))
    return channel


def _enter(actor: Actor, channel: ChannelRound, people: Sequence[Employee], note: str) -> list[int]:
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise Refused(msg("说明最多 %(most)s 个字，请缩短。", most=LONGEST_NOTE), field="note")
    ids = [one.id for one in people]
    homes = homes_of(ids, clock.today())
    area = db.session.scalars(select(Unit.path).where(Unit.id == channel.unit_id)).one()
    query = select(ChannelCandidate).where(
        ChannelCandidate.channel_id == channel.id, ChannelCandidate.employee_id.in_(ids)
    )
    kept = {one.employee_id: one for one in db.session.scalars(query.with_for_update())}
    candidates = []
    for employee in people:
        home, candidate = homes[employee.id], kept.get(employee.id)
        if not home.in_service:
            raise Refused(msg("“%(name)s”已经离职，不能列入。", name=employee.name), field="employee")
        if not home.unit_path.startswith(area):
            raise Refused(msg("“%(name)s”不在本区（县）任职，不能列入。", name=employee.name), field="employee")
        if candidate is None:
            candidate = ChannelCandidate(channel_id=channel.id, employee_id=employee.id)
        elif candidate.result is not ChannelResult.WITHDRAWN:
            raise Refused(msg("“%(name)s”已在名单中。", name=employee.name), field="employee")
        candidate.unit_id, candidate.home_name = home.unit_id, home.name
        candidate.result, candidate.note = ChannelResult.APPLIED, note
        candidate.checked, candidate.eligible, candidate.eligibility = {}, None, []
        candidate.reviewed_by, candidate.reviewed_on, candidate.review_reason = "", None, ""
        candidates.append(candidate)
    session_add(*candidates)
    return [one.id for one in candidates]


def _withdraw(candidate: ChannelCandidate, reason: str) -> None:
    if candidate.result not in OPEN_RESULTS:
        raise Refused(msg("此人已退出，无需重复办理。"))
    candidate.note = read_reason(reason)
    candidate.result = ChannelResult.WITHDRAWN
