"""Those chosen are shown to the public: the notice, what is brought forward in it, and the way up to the body above."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.honours.models import CallState, HonourCall, HonourNominee, HonourObjection, NomineeState
from careerpath.honours.operations.steps import (
    call_in,
    check_notice_over,
    check_state,
    count_nominees,
    move_on,
    read_text,
)
from careerpath.rulebook.queries.notices import check_notice
from careerpath.words import Refused, msg

LONGEST_TEXT = 2000
USUAL_NOTICE = 5
"""Working days that a notice usually has; no document that we know of names a number."""


@dataclass(frozen=True, slots=True)
class HonourObjectionGiven:
    """What somebody brought forward about one person; who they are is not kept."""

    received_on: date
    named: bool
    text: str


@operation(Permission.HONOUR_DECIDE)
def open_call_notice(actor: Actor, call_id: int, starts_on: date, ends_on: date) -> int:
    """Show those chosen to the public from a day to a day, both included; gives how many.

    Everybody else who was nominated is not chosen from then on. Refused while nobody is chosen.
    """
    call = call_in(actor, call_id, CallState.REVIEW)
    chosen = count_nominees(call, (NomineeState.CHOSEN,))
    if not chosen:
        raise Refused(msg("还没有确定入选人员，请先评审确定。"))
    if call.decided_on is not None and starts_on < call.decided_on:
        raise Refused(msg("公示开始日期早于研究确定日期 %(on)s，请核对。", on=call.decided_on), field="starts_on")
    check_notice(starts_on, ends_on, None)
    left = select(HonourNominee).where(HonourNominee.call_id == call.id, HonourNominee.state == NomineeState.NOMINATED)
    for nominee in db.session.scalars(left.with_for_update()):
        nominee.state = NomineeState.NOT_CHOSEN
    call.notice_starts_on, call.notice_ends_on = starts_on, ends_on
    move_on(actor, call, CallState.NOTICE)
    return chosen


@operation(Permission.HONOUR_DECIDE)
def return_call_to_review(actor: Actor, call_id: int, reason: str) -> None:
    """Take the notice back for a reason, so that others may be chosen; a new notice follows."""
    call = call_in(actor, call_id, CallState.NOTICE)
    reason = read_reason(reason)
    call.notice_starts_on = call.notice_ends_on = None
    move_on(actor, call, CallState.REVIEW, reason)


@operation(Permission.HONOUR_DECIDE)
def record_honour_objection(actor: Actor, nominee_id: int, given: HonourObjectionGiven) -> int:
    """Keep what was brought forward about somebody chosen; gives its id. Until it is answered nothing is granted.

    Raises ``Refused`` outside the notice and about somebody who is not on it.
    """
    nominee = fetch(actor, HonourNominee, nominee_id, Permission.HONOUR_DECIDE)
    call = call_in(actor, nominee.call_id, CallState.NOTICE)
    if nominee.state is not NomineeState.CHOSEN:
        raise Refused(msg("此人不在公示的名单中，不能登记反映。"))
    if call.notice_starts_on is not None and given.received_on < call.notice_starts_on:
        raise Refused(
            msg("收到日期早于公示开始日期 %(since)s，请核对。", since=call.notice_starts_on), field="received_on"
        )
    if given.received_on > clock.today():
        raise Refused(msg("收到日期 %(on)s 晚于今天，请核对。", on=given.received_on), field="received_on")
    objection = HonourObjection(
        nominee_id=nominee.id,
        unit_id=nominee.unit_id,
        received_on=given.received_on,
        named=given.named,
        text=read_text(given.text, "text", LONGEST_TEXT, msg("请填写反映的内容。")),
        received_by=actor.display_name,
    )
    session_add(objection)
    return objection.id


@operation(Permission.HONOUR_DECIDE)
def answer_honour_objection(actor: Actor, honour_objection_id: int, upheld: bool, answer: str, on: date) -> None:
    """Keep what became of an objection. One that is upheld takes the person off the list.

    Raises ``Refused`` once the notice is over, and where it is answered already.
    """
    about = fetch(actor, HonourObjection, honour_objection_id, Permission.HONOUR_DECIDE)
    nominee = db.session.get_one(HonourNominee, about.nominee_id)
    check_state(db.session.get_one(HonourCall, nominee.call_id, with_for_update=True), CallState.NOTICE)
    objection = fetch(actor, HonourObjection, honour_objection_id, Permission.HONOUR_DECIDE, lock=True)
    if objection.answered_on is not None:
        raise Refused(msg("这条反映已于 %(on)s 答复，不能再改。", on=objection.answered_on))
    text = read_text(answer, "answer", LONGEST_TEXT, msg("请填写核查情况和答复意见。"))
    if not objection.received_on <= on <= clock.today():
        raise Refused(msg("答复日期应在收到日期 %(on)s 至今天之间。", on=objection.received_on), field="on")
    objection.upheld, objection.answer, objection.answered_on = upheld, text, on
    objection.answered_by = actor.display_name
    if upheld and nominee.state is NomineeState.CHOSEN:
        nominee.state, nominee.rank = NomineeState.NOT_CHOSEN, None
        nominee.reason = str(msg("公示期间的反映经核查属实，%(on)s 取消入选。", on=on))


@operation(Permission.HONOUR_DECIDE)
def refer_call(actor: Actor, call_id: int) -> int:
    """Send the names up to the body that grants, after the notice; gives how many. For calls granted outside only."""
    call = call_in(actor, call_id, CallState.NOTICE)
    if not call.outside:
        raise Refused(msg("“%(name)s”由本级授予，公示期满后直接登记表彰决定。", name=call.name))
    check_notice_over(call, clock.today())
    count = count_nominees(call, (NomineeState.CHOSEN,))
    if not count:
        raise Refused(msg("公示名单中已没有人选，请退回评审重新确定，或取消本次评选。"))
    move_on(actor, call, CallState.REFERRED)
    return count
