"""What is brought forward during a public notice: of those selected, and of those who are to be promoted."""

from dataclasses import dataclass
from datetime import date

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import (
    PoolObjection,
    Promotion,
    PromotionState,
    SelectionEntrant,
    SelectionState,
)
from careerpath.talent_pool.operations.promotion_steps import fail_promotion, promotion_in
from careerpath.talent_pool.operations.steps import selection_in
from careerpath.words import Message, Refused, msg

LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class PoolObjectionGiven:
    """What somebody brought forward about one person; who they are is not kept."""

    received_on: date
    named: bool
    text: str


@operation(Permission.POOL_DECIDE)
def record_entrant_objection(actor: Actor, entrant_id: int, given: PoolObjectionGiven) -> int:
    """Keep what was brought forward about somebody selected; gives its id. Until it is answered nobody enters the pool.

    Raises ``Refused`` outside the notice and about somebody who is not on it.
    """
    entrant = _entrant(actor, entrant_id)
    selection = selection_in(actor, entrant.selection_id, Permission.POOL_DECIDE, SelectionState.NOTICE)
    if entrant.outcome is not Outcome.SELECTED:
        raise Refused(msg("此人不在公示的入选名单中，不能登记反映。"))
    return _record(actor, given, selection.notice_starts_on, entrant.unit_id, entrant_id=entrant.id)


@operation(Permission.POOL_DECIDE)
def record_promotion_objection(actor: Actor, promotion_id: int, given: PoolObjectionGiven) -> int:
    """Keep what was brought forward about somebody to be promoted; gives its id. Raises ``Refused`` outside the notice.

    Until it is answered the appointment waits.
    """
    promotion = promotion_in(actor, promotion_id, Permission.POOL_DECIDE, PromotionState.NOTICE)
    return _record(actor, given, promotion.notice_starts_on, promotion.unit_id, promotion_id=promotion.id)


@operation(Permission.POOL_DECIDE)
def answer_pool_objection(actor: Actor, objection_id: int, upheld: bool, answer: str, on: date) -> None:
    """Keep what became of an objection. One that is upheld takes the selection from the entrant, or ends the promotion.

    Raises ``Refused`` once the notice has been concluded, and where it is answered already.
    """
    about = fetch(actor, PoolObjection, objection_id, Permission.POOL_DECIDE)
    entrant: SelectionEntrant | None = None
    promotion: Promotion | None = None
    if about.entrant_id is not None:
        entrant = _entrant(actor, about.entrant_id)
        selection_in(actor, entrant.selection_id, Permission.POOL_DECIDE, SelectionState.NOTICE)
    elif about.promotion_id is not None:
        promotion = promotion_in(actor, about.promotion_id, Permission.POOL_DECIDE, PromotionState.NOTICE)
    objection = fetch(actor, PoolObjection, objection_id, Permission.POOL_DECIDE, lock=True)
    if objection.answered_on is not None:
        raise Refused(msg("这条反映已于 %(on)s 答复，不能再改。", on=objection.answered_on))
    text = _read_text(answer, "answer", msg("请填写核查情况和答复意见。"))
    if not objection.received_on <= on <= clock.today():
        raise Refused(msg("答复日期应在收到日期 %(on)s 至今天之间。", on=objection.received_on), field="on")
    objection.upheld, objection.answer, objection.answered_on = upheld, text, on
    objection.answered_by = actor.display_name
    if upheld and entrant is not None:
        lose_selection(entrant, on)
    if upheld and promotion is not None:
        fail_promotion(actor, promotion, str(msg("公示期间的反映经核查属实")))


def lose_selection(entrant: SelectionEntrant, on: date) -> None:
    """Take the selection from an entrant, with a last line of reasons that says why."""
    entrant.outcome = Outcome.OUT
    line = {
        "rule": "talent_pool.objection",
        "document": "",
        "input": {"on": on.isoformat()},
        "value": Outcome.OUT.value,
        "text": str(msg("公示期间的反映经核查属实，%(on)s 取消入选。", on=on)),
    }
    entrant.because = [*entrant.because, line]


def _entrant(actor: Actor, entrant_id: int) -> SelectionEntrant:
    """An entrant of the actor's units. The selection is locked after it: it is what every act on it locks first."""
    return fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_DECIDE)


def _record(
    actor: Actor,
    given: PoolObjectionGiven,
    since: date | None,
    unit_id: int,
    *,
    entrant_id: int | None = None,
    promotion_id: int | None = None,
) -> int:
    if since is not None and given.received_on < since:
        raise Refused(msg("收到日期早于公示开始日期 %(since)s，请核对。", since=since), field="received_on")
    if given.received_on > clock.today():
        raise Refused(msg("收到日期 %(on)s 晚于今天，请核对。", on=given.received_on), field="received_on")
    objection = PoolObjection(
        entrant_id=entrant_id,
        promotion_id=promotion_id,
        unit_id=unit_id,
        received_on=given.received_on,
        named=given.named,
        text=_read_text(given.text, "text", msg("请填写反映的内容。")),
        received_by=actor.display_name,
    )
    session_add(objection)
    return objection.id


def _read_text(text: str, field: str, missing: Message) -> str:
    found = text.strip()
    if not found:
        raise Refused(missing, field=field)
    if len(found) > LONGEST_TEXT:
        raise Refused(msg("内容最多 %(most)s 字，请缩短。", most=LONGEST_TEXT), field=field)
    return found
