"""What follows an approval: the public notice and the appointment, or the recorded result of an election."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.history import add_fact, change_post
from careerpath.talent_pool.models import Leaving, PoolEntry, PoolObjection, Promotion, PromotionState
from careerpath.talent_pool.operations.notice_days import check_notice_days
from careerpath.talent_pool.operations.pool import LeavingGiven, leave_pool
from careerpath.talent_pool.operations.promotion_steps import (
    fail_promotion,
    move_promotion,
    promotion_in,
    read_document,
    serving,
)
from careerpath.talent_pool.queries.promotion_rules import rules_of_promotion
from careerpath.words import NotFound, Refused, Unmet, msg

AHEAD = timedelta(days=366)
ONE_DAY = timedelta(days=1)
NOT_ELECTED = "未当选"


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionGiven:
    """The result of an election as its report says: whether elected, the day, the votes if they are told.

    ``document`` is the report or the minutes; ``starts_on``, the first day in the post, is asked of who was elected.
    """

    elected: bool
    held_on: date
    document: str
    votes_for: int | None = None
    votes_cast: int | None = None
    starts_on: date | None = None


@operation(Permission.POOL_DECIDE)
def open_promotion_notice(actor: Actor, promotion_id: int, starts_on: date, ends_on: date) -> None:
    """Name somebody to the public before the appointment, from a day to a day, both included."""
    open_promotion_notices(actor, [promotion_id], starts_on, ends_on)


@operation(Permission.POOL_DECIDE)
def open_promotion_notices(actor: Actor, promotion_ids: Sequence[int], starts_on: date, ends_on: date) -> int:
    """Name several people to the public in one notice, all or none; gives how many.

    Refuses elected posts, where the election itself decides, and a notice shorter than the rules ask for.
    """
    ids = list(dict.fromkeys(promotion_ids))
    if not ids:
        raise Refused(msg("请先勾选人员。"))
    for promotion_id in ids:
        promotion = promotion_in(actor, promotion_id, Permission.POOL_DECIDE, PromotionState.APPROVED)
        employee = serving(db.session.get_one(Employee, promotion.employee_id))
        if promotion.elected:
            raise Refused(msg("%(name)s拟任职务由选举产生，请登记选举结果，不作任前公示。", name=employee.name))
        since = promotion.approved_on or promotion.proposed_on
        check_notice_days(rules_of_promotion(promotion), starts_on, ends_on, since)
        promotion.notice_starts_on, promotion.notice_ends_on = starts_on, ends_on
        move_promotion(actor, promotion, PromotionState.NOTICE)
    return len(ids)


@operation(Permission.POOL_DECIDE)
def appoint_promotion(actor: Actor, promotion_id: int, starts_on: date) -> int:
    """Appoint somebody whose notice has run out without an open objection; gives the id of the posting in the file.

    A main post follows on the present one, which ends the day before; another is held beside it. Entries of the pool
    for this rung or a lower one end with it.
    """
    promotion = promotion_in(actor, promotion_id, Permission.POOL_DECIDE, PromotionState.NOTICE)
    employee = serving(db.session.get_one(Employee, promotion.employee_id))
    _check_notice(promotion, employee, starts_on)
    posting_id = _take_up(actor, promotion, starts_on, elected=False)
    move_promotion(actor, promotion, PromotionState.CONCLUDED)
    return posting_id


@operation(Permission.POOL_DECIDE)
def appoint_promotions(actor: Actor, promotion_ids: Sequence[int], starts_on: date) -> list[int]:
    """Appoint several people from one day on, all or none; gives the ids of their postings in order."""
    ids = list(dict.fromkeys(promotion_ids))
    if not ids:
        raise Refused(msg("请先勾选人员。"))
    return [appoint_promotion(actor, promotion_id, starts_on) for promotion_id in ids]


@operation(Permission.POOL_DECIDE)
def record_election(actor: Actor, promotion_id: int, given: ElectionGiven) -> int | None:
    """Record the result of an election; gives the id of the posting of who was elected.

    Nothing is decided here: who was not elected stays where they are, and the promotion ends.
    """
    promotion = promotion_in(actor, promotion_id, Permission.POOL_DECIDE, PromotionState.APPROVED)
    employee = serving(db.session.get_one(Employee, promotion.employee_id))
    if not promotion.elected:
        raise Refused(msg("%(name)s拟任职务不是选举产生的，请先作任前公示。", name=employee.name))
    document = read_document(given.document)
    _check_election(promotion, given)
    promotion.held_on, promotion.votes_for, promotion.votes_cast = given.held_on, given.votes_for, given.votes_cast
    if not given.elected:
        fail_promotion(actor, promotion, f"{NOT_ELECTED}（{document}）")
        return None
    if given.starts_on is None:
        raise Refused(msg("请填写任职开始日期。"), field="starts_on")
    if given.starts_on < given.held_on:
        raise Refused(msg("任职开始日期早于选举日期 %(held)s，请核对。", held=given.held_on), field="starts_on")
    _check_ahead(given.starts_on)
    posting_id = _take_up(actor, promotion, given.starts_on, elected=True)
    move_promotion(actor, promotion, PromotionState.CONCLUDED, document)
    return posting_id


@operation(Permission.POOL_DECIDE)
def record_elections(actor: Actor, rows: Mapping[int, ElectionGiven]) -> int:
    """Record the results of several elections by the promotion's id, all or none; gives how many were elected."""
    if not rows:
        raise Refused(msg("请先勾选人员。"))
    return sum(record_election(actor, promotion_id, given) is not None for promotion_id, given in rows.items())


def _check_notice(promotion: Promotion, employee: Employee, starts_on: date) -> None:
    ends_on = promotion.notice_ends_on
    if ends_on is None or clock.today() <= ends_on:
        raise Refused(msg("%(name)s的任前公示至 %(ends)s，期满后方可任职。", name=employee.name, ends=ends_on or "—"))
    waiting = select(PoolObjection.id).where(
        PoolObjection.promotion_id == promotion.id, PoolObjection.answered_on.is_(None)
    )
    if db.session.scalars(waiting).first() is not None:
        raise Refused(msg("对%(name)s的公示反映尚未答复，请先核查答复。", name=employee.name))
    if starts_on <= ends_on:
        raise Refused(msg("任职日期应在公示结束（%(ends)s）之后。", ends=ends_on), field="starts_on")
    _check_ahead(starts_on)


def _check_ahead(starts_on: date) -> None:
    if starts_on > clock.today() + AHEAD:
        raise Refused(msg("任职日期 %(on)s 在一年之后，请核对。", on=starts_on), field="starts_on")


def _check_election(promotion: Promotion, given: ElectionGiven) -> None:
    approved = promotion.approved_on
    if given.held_on > clock.today():
        raise Refused(msg("选举日期 %(on)s 晚于今天，请核对。", on=given.held_on), field="held_on")
    if approved is not None and given.held_on < approved:
        raise Refused(msg("选举日期早于批准日期 %(approved)s，请核对。", approved=approved), field="held_on")
    votes_for, votes_cast = given.votes_for, given.votes_cast
    if (votes_for is None) != (votes_cast is None):
        missing = "votes_for" if votes_for is None else "votes_cast"
        raise Refused(msg("得票数和投票总数请一并填写，或者都不填。"), field=missing)
    if votes_for is None or votes_cast is None:
        return
    if votes_for < 0 or votes_cast <= 0:
        raise Refused(msg("得票数应为 0 以上，投票总数应为 1 以上，请改正。"), field="votes_cast")
    if votes_for > votes_cast:
        raise Refused(
            msg("得票 %(votes)s 张多于投票总数 %(cast)s 张，请核对。", votes=votes_for, cast=votes_cast),
            field="votes_for",
        )


def _take_up(actor: Actor, promotion: Promotion, starts_on: date, *, elected: bool) -> int:
    """Let the post stand in the personnel file from a day on, and let the pool follow."""
    posting = NewPosting(
        unit_id=promotion.unit_id,
        post=promotion.post,
        title=promotion.title,
        starts_on=starts_on,
        elected=elected,
        party_role=promotion.party_role,
        dual_head=promotion.dual_head,
        main=promotion.main,
    )
    write = change_post if promotion.main else add_fact
    try:
        posting_id = write(actor, promotion.employee_id, posting)
    except NotFound:
        raise Refused(msg("此人的档案或拟任单位不在您的管辖范围内，请先联系其上级主管部门办理调入。")) from None
    except Unmet as unmet:
        # The file speaks of fields of its own form; here the first day is all that is typed.
        raise Refused(unmet.message, field="starts_on") from unmet
    promotion.starts_on, promotion.posting_id = starts_on, posting_id
    _leave_pool(actor, promotion, starts_on)
    return posting_id


def _leave_pool(actor: Actor, promotion: Promotion, starts_on: date) -> None:
    """End the entries for rungs that are reached now; one for a higher rung goes on."""
    order = [rung.code for rung in rules_of_promotion(promotion).rungs]
    reached = order[: order.index(promotion.rung) + 1]
    query = visible(actor, PoolEntry, Permission.POOL_DECIDE).where(
        PoolEntry.employee_id == promotion.employee_id, PoolEntry.rung.in_(reached), PoolEntry.left_on.is_(None)
    )
    for entry in db.session.scalars(query).all():
        left_on = max(entry.entered_on, min(starts_on - ONE_DAY, clock.today()))
        given = LeavingGiven(Leaving.APPOINTED, left_on, promotion.title, promotion.document)
        leave_pool(actor, entry.id, given)
