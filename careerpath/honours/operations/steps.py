"""Steps that all files of a call take: one in the right state, the next state with its moment, sound texts."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import check_stage
from careerpath.honours.models import CallState, HonourCall, HonourNominee, HonourObjection, HonourStep, NomineeState
from careerpath.honours.queries.words import CALL_STATES
from careerpath.words import Message, Refused, msg

LONGEST_DOCUMENT = 120


def call_in(actor: Actor, call_id: int, *states: CallState) -> HonourCall:
    """A call of the actor's units, locked until the commit. Raises ``Refused`` in another state than these."""
    call = fetch(actor, HonourCall, call_id, Permission.HONOUR_DECIDE, lock=True)
    check_state(call, *states)
    return call


def check_state(call: HonourCall, *states: CallState) -> None:
    """Refuse what may not be done to a call where it stands."""
    check_stage(call.name, call.state, CALL_STATES, states)


def move_on(actor: Actor, call: HonourCall, state: CallState, note: str = "") -> None:
    """Let a call reach a state, and keep when and by whom."""
    call.state = state
    session_add(HonourStep(call_id=call.id, state=state, at=clock.now(), by=actor.display_name, note=note[:200]))


def read_document(text: str, missing: Message) -> str:
    """The number of a document; refused where it is empty or too long."""
    document = " ".join(text.split())
    if not document:
        raise Refused(missing, field="document")
    if len(document) > LONGEST_DOCUMENT:
        raise Refused(msg("文号最多 %(most)s 个字，请缩短。", most=LONGEST_DOCUMENT), field="document")
    return document


def read_text(text: str, field: str, most: int, missing: Message) -> str:
    """A long text; refused where it is empty or too long."""
    found = text.strip()
    if not found:
        raise Refused(missing, field=field)
    if len(found) > most:
        raise Refused(msg("内容最多 %(most)s 字，请缩短。", most=most), field=field)
    return found


def count_nominees(call: HonourCall, states: Collection[NomineeState]) -> int:
    """How many nominees of a call stand in these states."""
    query = select(func.count(HonourNominee.id)).where(
        HonourNominee.call_id == call.id, HonourNominee.state.in_(list(states))
    )
    return db.session.scalar(query) or 0


def check_notice_over(call: HonourCall, on: date) -> None:
    """Refuse what waits for the end of the public notice, and for the answer to everything brought forward in it."""
    if call.notice_ends_on is None or on <= call.notice_ends_on:
        raise Refused(msg("公示到 %(ends)s 结束（含当日），期满后办理。", ends=call.notice_ends_on))
    query = (
        select(func.count(HonourObjection.id))
        .join(HonourNominee, HonourNominee.id == HonourObjection.nominee_id)
        .where(HonourNominee.call_id == call.id, HonourObjection.answered_on.is_(None))
    )
    waiting = db.session.scalar(query) or 0
    if waiting:
        raise Refused(msg("还有 %(count)s 条公示反映没有答复，请先核查答复。", count=waiting))
