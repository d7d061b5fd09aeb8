"""A channel as a whole: planned, announced with its rules frozen, extended, cancelled, concluded."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import to_plain
from careerpath.policy.talent_pool import Purpose
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound, ChannelState, ChannelStep
from careerpath.talent_pool.operations.channels.steps import channel_in, check_state, move_on
from careerpath.talent_pool.queries.rules import rules_named
from careerpath.words import Conflict, Refused, msg

LONGEST_NAME = 80
LONGEST_DOCUMENT = 120
LONGEST_REMARK = 4000
MOST_PLACES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPlan:
    """What the district plans. ``gate`` is one for posts of institutions in the edition with ``edition_key``."""

    name: str
    year: int
    edition_key: str
    gate: str
    places: int
    reckoned_on: date
    """The day on which the conditions are looked at."""
    closes_on: date
    """The last day on which names come in, included."""
    remark: str = ""


@operation(Permission.POOL_DECIDE)
def plan_channel(actor: Actor, unit_id: int, given: ChannelPlan) -> int:
    """Plan a targeted recruitment of a district; gives its id. Refuses a name that is taken and a foreign gate."""
    unit = fetch_unit(actor, unit_id, Permission.POOL_DECIDE, lock=True)
    if unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("定向招聘由区（县）拟定，请选择区（县）级单位。"), field="unit_id")
    _check_plan(unit, given)
    channel = ChannelRound(unit_id=unit.id, **_values(given))
    session_add(channel)
    move_on(actor, channel, ChannelState.PLANNED)
    return channel.id


@operation(Permission.POOL_DECIDE)
def change_channel(actor: Actor, channel_id: int, given: ChannelPlan, version: int) -> None:
    """Change what is planned. Refused once announced; ``Conflict`` where somebody else was first."""
    channel = channel_in(actor, channel_id, Permission.POOL_DECIDE, ChannelState.PLANNED)
    if channel.version != version:
        typed = asdict(given)
        raise Conflict(
            msg("“%(name)s”刚刚被其他人修改，请核对后重新提交。", name=channel.name),
            typed=typed,
            current={name: getattr(channel, name) for name in typed},
        )
    _check_plan(fetch_unit(actor, channel.unit_id, Permission.POOL_DECIDE), given, channel)
    for name, value in _values(given).items():
        setattr(channel, name, value)


@operation(Permission.POOL_DECIDE)
def drop_channel(actor: Actor, channel_id: int) -> None:
    """Take a planned channel back. What has been announced is cancelled instead."""
    channel = channel_in(actor, channel_id, Permission.POOL_DECIDE, ChannelState.PLANNED)
    for step in db.session.scalars(select(ChannelStep).where(ChannelStep.channel_id == channel.id)):
        db.session.delete(step)
    # No relationship tells the order of deletion.
    db.session.flush()
    db.session.delete(channel)


@operation(Permission.POOL_DECIDE)
def announce_channel(actor: Actor, channel_id: int, document: str) -> None:
    """Announce it under the number of a document: the rules are frozen as they are now, and names come in."""
    channel = channel_in(actor, channel_id, Permission.POOL_DECIDE, ChannelState.PLANNED)
    document = document.strip()
    if not document:
        raise Refused(msg("请填写公告的文号或编号，名单和结果都要引用。"), field="document")
    if len(document) > LONGEST_DOCUMENT:
        raise Refused(msg("文号最多 %(most)s 个字，请缩短。", most=LONGEST_DOCUMENT), field="document")
    if channel.closes_on < clock.today():
        raise Refused(
            msg("报名截止日 %(day)s 已过，公告后无人可以报名，请先修改计划。", day=channel.closes_on), field="closes_on"
        )
    edition = rules_named(channel.edition_key)
    edition.gate(channel.gate)
    channel.document, channel.edition = document, to_plain(edition)
    move_on(actor, channel, ChannelState.OPEN)


@operation(Permission.POOL_DECIDE)
def extend_channel(actor: Actor, channel_id: int, closes_on: date, reason: str) -> None:
    """Move the last day of an announced channel back, for a reason that stays; never forward."""
    channel = channel_in(actor, channel_id, Permission.POOL_DECIDE, ChannelState.OPEN)
    if closes_on <= channel.closes_on:
        raise Refused(msg("报名截止日只能推后，应晚于公告的 %(day)s。", day=channel.closes_on), field="closes_on")
    reason = read_reason(reason)
    channel.closes_on = closes_on
    move_on(actor, channel, ChannelState.OPEN, reason)


@operation(Permission.POOL_DECIDE)
def cancel_channel(actor: Actor, channel_id: int, reason: str) -> None:
    """Cancel an announced channel, for a reason. Refused once somebody has been hired."""
    channel = channel_in(actor, channel_id, Permission.POOL_DECIDE, ChannelState.OPEN, ChannelState.RESULTS)
    reason = read_reason(reason)
    if _count(channel, ChannelResult.HIRED):
        raise Refused(msg("已有人员登记聘用，不能取消。没有其他人聘用的，请登记结果后办结。"))
    channel.concluded_on = clock.today()
    move_on(actor, channel, ChannelState.CANCELLED, reason)


@operation(Permission.POOL_DECIDE)
def conclude_channel(actor: Actor, channel_id: int) -> int:
    """Conclude a channel; gives how many were hired. Refuses while somebody admitted has no result."""
    channel = channel_in(actor, channel_id, Permission.POOL_DECIDE, ChannelState.RESULTS)
    waiting = _count(channel, ChannelResult.ADMITTED)
    if waiting:
        raise Refused(msg("还有 %(count)s 人没有登记结果（聘用或未聘用），请先登记。", count=waiting))
    channel.concluded_on = clock.today()
    move_on(actor, channel, ChannelState.CONCLUDED)
    return _count(channel, ChannelResult.HIRED)


@operation(Permission.POOL_DECIDE)
def reopen_channel(actor: Actor, channel_id: int, reason: str) -> None:
    """Take a concluded channel up again for a reason, as for somebody who was hired later."""
    channel = fetch(actor, ChannelRound, channel_id, Permission.POOL_DECIDE, lock=True)
    check_state(channel, ChannelState.CONCLUDED)
    channel.concluded_on = None
    move_on(actor, channel, ChannelState.RESULTS, read_reason(reason))


def _check_plan(unit: Unit, given: ChannelPlan, channel: ChannelRound | None = None) -> None:
    name = given.name.strip()
    if not name:
        raise Refused(msg("请填写名称。"), field="name")
    if len(name) > LONGEST_NAME:
        raise Refused(msg("名称最多 %(most)s 个字，请缩短。", most=LONGEST_NAME), field="name")
    taken = select(ChannelRound.id).where(ChannelRound.unit_id == unit.id, ChannelRound.name == name)
    if channel is not None:
        taken = taken.where(ChannelRound.id != channel.id)
    if db.session.scalar(taken) is not None:
        raise Refused(
            msg("%(unit)s已有名为“%(name)s”的定向招聘，请换一个名称。", unit=unit.short_name, name=name), field="name"
        )
    if not 2000 <= given.year <= 2100:
        raise Refused(msg("年度应在 2000 至 2100 之间，请改正。"), field="year")
    if not 1 <= given.places <= MOST_PLACES:
        raise Refused(msg("招聘人数应为 1 至 %(most)s，请改正。", most=MOST_PLACES), field="places")
    if len(given.remark) > LONGEST_REMARK:
        raise Refused(msg("说明最多 %(most)s 个字，请缩短。", most=LONGEST_REMARK), field="remark")
    gate = rules_named(given.edition_key).gate(given.gate)
    if gate.purpose is not Purpose.CHANNEL:
        raise Refused(msg("“%(gate)s”不是事业编招聘的资格条件，请重新选择。", gate=gate.name), field="gate")


def _values(given: ChannelPlan) -> dict[str, object]:
    return asdict(given) | {"name": given.name.strip(), "remark": given.remark.strip()}


def _count(channel: ChannelRound, result: ChannelResult) -> int:
    query = select(func.count()).where(ChannelCandidate.channel_id == channel.id, ChannelCandidate.result == result)
    return db.session.scalar(query.select_from(ChannelCandidate)) or 0
