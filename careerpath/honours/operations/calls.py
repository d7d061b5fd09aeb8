"""A call as a whole: planned, announced, nominations extended, cancelled."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.employees.operations.facts import check_length, checked_code
from careerpath.honours.models import CallState, HonourCall, HonourStep
from careerpath.honours.operations.steps import call_in, move_on, read_document
from careerpath.policy.codes import REPRESENTATION, HonourKind, HonourLevel, UnitKind
from careerpath.words import Conflict, Refused, msg

LONGEST_NAME = 80
LONGEST_CONDITIONS = 4000
MOST_PLACES = 1000
MOST_YEARS = 40
HOLDERS = frozenset({UnitKind.DISTRICT, UnitKind.CITY})
"""Units that call for honours."""
OWN_LEVELS = {
    UnitKind.DISTRICT: (HonourLevel.STREET, HonourLevel.COUNTY),
    UnitKind.CITY: (HonourLevel.STREET, HonourLevel.COUNTY, HonourLevel.CITY),
}
"""Levels of honours that such a unit grants itself; whatever is higher is granted outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallGiven:
    """What a district calls for. ``outside``: a body above grants it, and the names only go up."""

    name: str
    year: int
    kind: str
    """``HonourKind``."""
    level: str
    """``HonourLevel``."""
    title: str
    granted_by: str
    places: int
    closes_on: date
    """The last day of nominations, included."""
    outside: bool = False
    conditions: str = ""
    """One a line, as the announcement prints them."""
    least_years: int = 0
    """Full years of service asked for by ``closes_on``."""


@operation(Permission.HONOUR_DECIDE)
def plan_call(actor: Actor, unit_id: int, given: CallGiven) -> int:
    """Plan a call of a district or city; gives its id. Refuses a name that is taken and contradictions."""
    unit = fetch_unit(actor, unit_id, Permission.HONOUR_DECIDE, lock=True)
    if unit.kind not in HOLDERS:
        raise Refused(msg("评选表彰由区（县）或市拟定，请选择区（县）级或市级单位。"), field="unit_id")
    _check(unit, given)
    call = HonourCall(unit_id=unit.id, **_values(given))
    session_add(call)
    move_on(actor, call, CallState.PLANNED)
    return call.id


@operation(Permission.HONOUR_DECIDE)
def change_call(actor: Actor, call_id: int, given: CallGiven, version: int) -> None:
    """Change what is planned. Refused once announced; ``Conflict`` where somebody else was first."""
    call = call_in(actor, call_id, CallState.PLANNED)
    if call.version != version:
        typed = asdict(given)
        raise Conflict(
            msg("“%(name)s”刚刚被其他人修改，请核对后重新提交。", name=call.name),
            typed=typed,
            current={name: getattr(call, name) for name in typed},
        )
    _check(fetch_unit(actor, call.unit_id, Permission.HONOUR_DECIDE), given, call)
    for name, value in _values(given).items():
        setattr(call, name, value)


@operation(Permission.HONOUR_DECIDE)
def drop_call(actor: Actor, call_id: int) -> None:
    """Take a planned call back. What has been announced is cancelled instead."""
    call = call_in(actor, call_id, CallState.PLANNED)
    for step in db.session.scalars(select(HonourStep).where(HonourStep.call_id == call.id)):
        db.session.delete(step)
    # No relationship tells the order of deletion.
    db.session.flush()
    db.session.delete(call)


@operation(Permission.HONOUR_DECIDE)
def announce_call(actor: Actor, call_id: int, document: str, announced_on: date) -> None:
    """Announce it under the number of a document: from then on streets nominate."""
    call = call_in(actor, call_id, CallState.PLANNED)
    document = read_document(document, msg("请填写通知的文号或编号，公示和表彰决定都要引用。"))
    if announced_on > clock.today():
        raise Refused(msg("发布日期 %(on)s 晚于今天，请核对。", on=announced_on), field="announced_on")
    if call.closes_on < max(announced_on, clock.today()):
        raise Refused(msg("推荐截止日 %(day)s 已过，发布后无人可以推荐，请先修改计划。", day=call.closes_on))
    call.document, call.announced_on = document, announced_on
    move_on(actor, call, CallState.NOMINATION)


@operation(Permission.HONOUR_DECIDE)
def extend_call(actor: Actor, call_id: int, closes_on: date, reason: str) -> None:
    """Move the last day of nominations back, for a reason that stays; from the review it takes nominations up again."""
    call = call_in(actor, call_id, CallState.NOMINATION, CallState.REVIEW)
    if closes_on <= call.closes_on or closes_on < clock.today():
        raise Refused(
            msg("推荐截止日只能推后，应晚于原定的 %(day)s，且不早于今天。", day=call.closes_on), field="closes_on"
        )
    reason = read_reason(reason)
    call.closes_on = closes_on
    move_on(actor, call, CallState.NOMINATION, reason)


@operation(Permission.HONOUR_DECIDE)
def cancel_call(actor: Actor, call_id: int, reason: str) -> None:
    """Cancel an announced call, for a reason. What has been granted is not taken away by this: refused then."""
    open_states = (CallState.NOMINATION, CallState.REVIEW, CallState.NOTICE, CallState.REFERRED)
    call = call_in(actor, call_id, *open_states)
    reason = read_reason(reason)
    call.concluded_on = clock.today()
    move_on(actor, call, CallState.CANCELLED, reason)


def _check(unit: Unit, given: CallGiven, call: HonourCall | None = None) -> None:
    values = _values(given)
    for field, what, missing in (
        ("name", msg("名称"), msg("请填写名称。")),
        ("title", msg("荣誉名称"), msg("请填写荣誉名称，证书和表彰决定照此印制。")),
        ("granted_by", msg("授予单位"), msg("请填写授予单位。")),
    ):
        text = str(values[field])
        if not text:
            raise Refused(missing, field=field)
        check_length(text, LONGEST_NAME, field, what)
    taken = select(HonourCall.id).where(HonourCall.unit_id == unit.id, HonourCall.name == values["name"])
    if call is not None:
        taken = taken.where(HonourCall.id != call.id)
    if db.session.scalar(taken) is not None:
        message = msg("%(unit)s已有名为“%(name)s”的评选，请换一个名称。", unit=unit.short_name, name=values["name"])
        raise Refused(message, field="name")
    if not 2000 <= given.year <= 2100:
        raise Refused(msg("年度应在 2000 至 2100 之间，请改正。"), field="year")
    if not 1 <= given.places <= MOST_PLACES:
        raise Refused(msg("名额应为 1 至 %(most)s，请改正。", most=MOST_PLACES), field="places")
    if not 0 <= given.least_years <= MOST_YEARS:
        raise Refused(msg("任职年限应为 0 至 %(most)s 年，请改正。", most=MOST_YEARS), field="least_years")
    check_length(str(values["conditions"]), LONGEST_CONDITIONS, "conditions", msg("评选条件"))
    _check_granting(unit, given)


def _check_granting(unit: Unit, given: CallGiven) -> None:
    kind = checked_code(HonourKind, given.kind, "kind", msg("荣誉类别"))
    level = checked_code(HonourLevel, given.level, "level", msg("荣誉级别"))
    if given.outside:
        return
    if kind in REPRESENTATION:
        raise Refused(msg("%(kind)s由选举或协商产生，这里只能推荐，请勾选由上级授予。", kind=kind), field="outside")
    if level not in OWN_LEVELS.get(unit.kind, ()):
        raise Refused(
            msg("%(unit)s不能授予%(level)s荣誉，请勾选由上级授予，或改正级别。", unit=unit.short_name, level=level),
            field="outside",
        )


def _values(given: CallGiven) -> dict[str, object]:
    tidy = {name: " ".join(getattr(given, name).split()) for name in ("name", "title", "granted_by")}
    lines = (line.strip() for line in given.conditions.splitlines())
    return asdict(given) | tidy | {"conditions": "\n".join(line for line in lines if line)}
