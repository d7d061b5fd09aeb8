"""Steps that all files of promotions take: one in the right state, the next state with the opinion given at it."""

from careerpath.access.actor import Actor
from careerpath.access.guard import session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import Promotion, PromotionState, PromotionStep
from careerpath.talent_pool.queries.words import PROMOTION_STATES
from careerpath.words import Refused, msg

LONGEST_OPINION = 400
LONGEST_DOCUMENT = 120
LONGEST_ENDING = 200


def promotion_in(actor: Actor, promotion_id: int, permission: Permission, *states: PromotionState) -> Promotion:
    """A promotion of the actor's units, locked until the commit. Raises ``Refused`` in another state than these."""
    promotion = fetch(actor, Promotion, promotion_id, permission, lock=True)
    check_promotion_state(promotion, *states)
    return promotion


def check_promotion_state(promotion: Promotion, *states: PromotionState) -> None:
    """Refuse what may not be done to a promotion where it stands."""
    if promotion.state not in states:
        raise Refused(
            msg(
                "这项晋升任用现为“%(state)s”，本项业务只能在“%(wanted)s”时办理，请刷新页面。",
                state=PROMOTION_STATES[promotion.state],
                wanted="、".join(str(PROMOTION_STATES[state]) for state in states),
            )
        )


def move_promotion(actor: Actor, promotion: Promotion, state: PromotionState, opinion: str = "") -> None:
    """Let a promotion reach a state, and keep when, by whom and with which opinion."""
    promotion.state = state
    step = PromotionStep(
        promotion_id=promotion.id,
        state=state,
        at=clock.now(),
        by=actor.display_name,
        opinion=opinion[:LONGEST_OPINION],
    )
    session_add(step)


def fail_promotion(actor: Actor, promotion: Promotion, reason: str) -> None:
    """End a promotion without a new post: not approved, not elected, or an objection that was upheld."""
    promotion.ended_reason = reason[:LONGEST_ENDING]
    move_promotion(actor, promotion, PromotionState.FAILED, reason)


def read_opinion(text: str, field: str = "opinion", *, required: bool = False) -> str:
    """An opinion without spaces to spare. Raises ``Refused`` for one that is too long, or missing where it is asked."""
    opinion = text.strip()
    if required and not opinion:
        raise Refused(msg("请填写意见或理由。"), field=field)
    if len(opinion) > LONGEST_OPINION:
        raise Refused(
            msg("意见最多 %(most)s 字，现为 %(now)s 字，请缩短。", most=LONGEST_OPINION, now=len(opinion)), field=field
        )
    return opinion


def read_document(text: str, field: str = "document") -> str:
    """The number of a document or the name of minutes. Raises ``Refused`` where it is missing or too long."""
    document = " ".join(text.split())
    if not document:
        raise Refused(msg("请填写文号或会议纪要名称。"), field=field)
    if len(document) > LONGEST_DOCUMENT:
        raise Refused(msg("文号最多 %(most)s 字，请缩短。", most=LONGEST_DOCUMENT), field=field)
    return document


def serving(employee: Employee) -> Employee:
    """The person, still in service. Raises ``Refused`` for one who has left."""
    if employee.left_on is not None and employee.left_on < clock.today():
        raise Refused(
            msg("%(name)s已于 %(on)s 离职，不能办理晋升任用。", name=employee.name, on=employee.left_on),
            field="employee_id",
        )
    return employee
