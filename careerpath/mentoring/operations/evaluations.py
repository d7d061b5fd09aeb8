"""The end of a pairing: what each says of the other, the word of the unit that witnesses, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.mentoring.models import MentoringReview, Pairing, PairingState
from careerpath.mentoring.operations.own import Side, own_pairing
from careerpath.mentoring.operations.pairings.changing import check_state, pairing_in
from careerpath.mentoring.operations.texts import LONGEST_REASON, read_line, read_text
from careerpath.mentoring.queries.rules import frozen_rules
from careerpath.policy.mentoring import Pairing as Course
from careerpath.policy.mentoring import reviews_missing
from careerpath.words import Refused, msg


@dataclass(frozen=True, slots=True)
class EvaluationGiven:
    """What one says of the other: a grade by its code in the rule, and a few words."""

    grade: str
    opinion: str = ""


@operation(Permission.MENTORING_LOG)
def evaluate_mentee(actor: Actor, pairing_id: int, given: EvaluationGiven) -> None:
    """Enter what the mentor says of the mentee; entering it again replaces it until the pairing is completed."""
    _evaluate(pairing_in(actor, pairing_id, Permission.MENTORING_LOG), given, Side.MENTEE)


@operation(Permission.MENTORING_LOG)
def evaluate_mentor(actor: Actor, pairing_id: int, given: EvaluationGiven) -> None:
    """Enter what the mentee says of the mentor."""
    _evaluate(pairing_in(actor, pairing_id, Permission.MENTORING_LOG), given, Side.MENTOR)


@operation(Permission.OWN_GROWTH)
def evaluate_own_mentee(actor: Actor, pairing_id: int, given: EvaluationGiven) -> None:
    """Say what one thinks, as the mentor, of one's mentee."""
    pairing = own_pairing(actor, pairing_id, Side.MENTOR)
    check_state(pairing)
    _evaluate(pairing, given, Side.MENTEE)


@operation(Permission.OWN_GROWTH)
def evaluate_own_mentor(actor: Actor, pairing_id: int, given: EvaluationGiven) -> None:
    """Say what one thinks, as the mentee, of one's mentor."""
    pairing = own_pairing(actor, pairing_id, Side.MENTEE)
    check_state(pairing)
    _evaluate(pairing, given, Side.MENTOR)


@operation(Permission.MENTORING_KEEP)
def complete_pairing(actor: Actor, pairing_id: int, opinion: str, on: date) -> None:
    """Complete a pairing whose days are over and in which both have evaluated; ``opinion`` is the witnessing unit's.

    Where reviews are missing the opinion must say why.
    """
    pairing = pairing_in(actor, pairing_id, Permission.MENTORING_KEEP)
    if on > clock.today():
        raise Refused(msg("办结日期 %(on)s 晚于今天，请核对。", on=on), field="on")
    if on < pairing.ends_on:
        raise Refused(msg("帮带到 %(on)s 才期满，提前结束的请办理提前结束。", on=pairing.ends_on), field="on")
    if not pairing.mentee_grade:
        raise Refused(msg("导师尚未评价帮带对象，请先录入评价。"))
    if not pairing.mentor_grade:
        raise Refused(msg("帮带对象尚未评价导师，请先录入评价。"))
    text = read_text(opinion, "opinion")
    held = db.session.scalars(select(MentoringReview.on).where(MentoringReview.pairing_id == pairing.id)).all()
    missing = reviews_missing(frozen_rules(pairing.edition), _course(pairing, held), on)
    if missing and not text:
        raise Refused(msg("缺 %(count)s 次季度评估，请在见证单位意见中说明情况。", count=len(missing)), field="opinion")
    pairing.unit_opinion, pairing.completed_on = text, on
    pairing.state, pairing.end_reason = PairingState.COMPLETED, ""


@operation(Permission.MENTORING_KEEP)
def reopen_pairing(actor: Actor, pairing_id: int, reason: str) -> None:
    """Take up a completed pairing again, to set evaluations or logs right; the reason stays with it until then."""
    pairing = pairing_in(actor, pairing_id, Permission.MENTORING_KEEP, PairingState.COMPLETED)
    why = read_line(reason, "reason", LONGEST_REASON, msg("请写明恢复办理的原因。"))
    pairing.state, pairing.completed_on, pairing.end_reason = PairingState.AGREED, None, why


def _course(pairing: Pairing, held: Sequence[date]) -> Course:
    return Course(pairing.starts_on, pairing.ends_on, (), tuple(held))


def _evaluate(pairing: Pairing, given: EvaluationGiven, of: Side) -> None:
    if clock.today() < pairing.ends_on:
        raise Refused(msg("帮带到 %(on)s 才期满，期满当日起评价。", on=pairing.ends_on))
    grade = next((one for one in frozen_rules(pairing.edition).grades if one.code == given.grade), None)
    if grade is None:
        raise Refused(msg("请选择评价等次。"), field="grade")
    needed = None if grade.passes else msg("评价为“%(grade)s”的，请写明理由。", grade=grade.name)
    opinion = read_text(given.opinion, "opinion", needed)
    if of is Side.MENTEE:
        pairing.mentee_grade, pairing.mentee_opinion = grade.code, opinion
    else:
        pairing.mentor_grade, pairing.mentor_opinion = grade.code, opinion
