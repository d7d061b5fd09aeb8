"""What was granted becomes a fact of the personnel file, and nothing else: other rules read it there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.employees.models import Employee, Honour
from careerpath.employees.operations.facts import FactKind, NewHonour
from careerpath.employees.operations.history import add_fact, withdraw_fact
from careerpath.honours.models import CallState, HonourCall, HonourNominee, NomineeState
from careerpath.honours.operations.steps import call_in, check_notice_over, move_on, read_document
from careerpath.policy.codes import REPRESENTATION
from careerpath.words import Message, NotFound, Refused, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantGiven:
    """The decision. ``granted``: ids of the nominees to whom it was granted; None for everybody on the list.

    ``term_ends_on`` is the last day of a mandate's term: a delegate or deputy needs one, no other honour has one.
    """

    granted_on: date
    document: str
    term_ends_on: date | None = None
    granted: Collection[int] | None = None


@operation(Permission.HONOUR_DECIDE)
def grant_honours(actor: Actor, call_id: int, given: GrantGiven) -> int:
    """Conclude a call: the honour is written into the files of those to whom it was granted; gives how many.

    A call of one's own is concluded after the notice, with everybody on the list; one that is granted outside once
    the answer is there, and who is not in it was refused.
    """
    call = call_in(actor, call_id, CallState.NOTICE, CallState.REFERRED)
    if call.state is CallState.NOTICE:
        if call.outside:
            raise Refused(msg("“%(name)s”由上级授予，公示期满后请先上报，再登记批复。", name=call.name))
        check_notice_over(call, clock.today())
    _check(call, given)
    document = read_document(given.document, msg("请填写表彰决定或批复的文号。"))
    listed = _listed(call)
    wanted = set(listed) if given.granted is None else set(given.granted)
    if not wanted <= set(listed):
        raise NotFound
    if not call.outside and wanted != set(listed):
        raise Refused(
            msg("公示名单中的 %(count)s 人应全部授予；有人不授予的，请先退回评审。", count=len(listed)), field="granted"
        )
    fact = NewHonour(
        kind=call.kind,
        level=call.level,
        granted_on=given.granted_on,
        ends_on=given.term_ends_on,
        title=call.title,
        granted_by=call.granted_by,
        document=document,
    )
    for nominee, name in listed.values():
        if nominee.id in wanted:
            nominee.honour_id, nominee.state = _write(actor, nominee, name, fact), NomineeState.GRANTED
        else:
            nominee.state = NomineeState.REFUSED
    call.granted_on, call.term_ends_on, call.grant_document = given.granted_on, given.term_ends_on, document
    call.concluded_on = clock.today()
    move_on(actor, call, CallState.CONCLUDED)
    return len(wanted)


@operation(Permission.HONOUR_DECIDE)
def reopen_call(actor: Actor, call_id: int, reason: str) -> int:
    """Take a concluded call up again for a reason: the facts it wrote are withdrawn; gives how many.

    A fact that was corrected in the file since is left alone, and its person stays granted.
    """
    call = call_in(actor, call_id, CallState.CONCLUDED)
    reason = read_reason(reason)
    settled = (NomineeState.GRANTED, NomineeState.REFUSED)
    query = select(HonourNominee).where(HonourNominee.call_id == call.id, HonourNominee.state.in_(settled))
    nominees = db.session.scalars(query.with_for_update()).all()
    living = set(
        db.session.scalars(
            select(Honour.id).where(
                Honour.id.in_([one.honour_id for one in nominees if one.honour_id]), Honour.superseded_at.is_(None)
            )
        )
    )
    withdrawn = 0
    for nominee in nominees:
        if nominee.state is NomineeState.GRANTED:
            if nominee.honour_id not in living:
                continue
            withdraw_fact(actor, nominee.employee_id, nominee.honour_id or 0, FactKind.HONOUR)
            nominee.honour_id = None
            withdrawn += 1
        nominee.state = NomineeState.CHOSEN
    call.granted_on = call.term_ends_on = call.concluded_on = None
    call.grant_document = ""
    move_on(actor, call, CallState.REFERRED if call.outside else CallState.NOTICE, reason)
    return withdrawn


def _check(call: HonourCall, given: GrantGiven) -> None:
    if given.granted_on > clock.today():
        raise Refused(msg("授予日期 %(on)s 晚于今天，请核对。", on=given.granted_on), field="granted_on")
    if call.notice_starts_on is not None and given.granted_on < call.notice_starts_on:
        raise Refused(msg("授予日期早于公示开始日期 %(on)s，请核对。", on=call.notice_starts_on), field="granted_on")
    mandate = call.kind in REPRESENTATION
    if mandate and given.term_ends_on is None:
        raise Refused(msg("代表和委员有任期，请填写任期结束日期。"), field="term_ends_on")
    if not mandate and given.term_ends_on is not None:
        raise Refused(msg("这项荣誉没有任期，请删去任期结束日期。"), field="term_ends_on")


def _listed(call: HonourCall) -> dict[int, tuple[HonourNominee, str]]:
    query = (
        select(HonourNominee, Employee.name)
        .join(Employee, Employee.id == HonourNominee.employee_id)
        .where(HonourNominee.call_id == call.id, HonourNominee.state == NomineeState.CHOSEN)
        .order_by(HonourNominee.rank, HonourNominee.id)
        .with_for_update(of=HonourNominee)
    )
    found = {nominee.id: (nominee, name) for nominee, name in db.session.execute(query)}
    if not found:
        raise Refused(msg("公示名单中已没有人选，请退回评审重新确定，或取消本次评选。"))
    return found


def _write(actor: Actor, nominee: HonourNominee, name: str, fact: NewHonour) -> int:
    told: Message
    try:
        return add_fact(actor, nominee.employee_id, fact)
    except NotFound:
        told = msg("“%(name)s”已调出管辖范围，荣誉由现单位登记，请不要勾选此人。", name=name)
    except Refused as refused:
        told = msg("%(name)s：%(why)s", name=name, why=refused.message)
    raise Refused(told, field="granted")
