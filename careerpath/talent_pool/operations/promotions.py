"""Promotions from the proposal of a street to the approval of the district."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.operations.facts import TITLES, NewPosting, check_length, checked_code
from careerpath.employees.operations.history import check_unit
from careerpath.employees.queries.homes import home_names
from careerpath.employees.queries.serving import held_on
from careerpath.policy.codes import Post
from careerpath.policy.edition import to_plain
from careerpath.policy.talent_pool import Rung, TalentPoolEdition
from careerpath.talent_pool.models import PoolEntry, Promotion, PromotionState
from careerpath.talent_pool.operations.promotion_steps import (
    fail_promotion,
    move_promotion,
    promotion_in,
    read_document,
    read_opinion,
    serving,
)
from careerpath.talent_pool.queries.promotion_rules import (
    eligibility_for,
    in_words,
    kept_items,
    leads_to,
    rules_of_promotion,
    rungs_above,
)
from careerpath.talent_pool.queries.rules import rules_on
from careerpath.talent_pool.queries.words import PROMOTION_STATES
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_REASON = 2000
OPEN_STATES = (
    PromotionState.PROPOSED,
    PromotionState.SUBMITTED,
    PromotionState.RETURNED,
    PromotionState.APPROVED,
    PromotionState.NOTICE,
)
"""A promotion that is under way."""
WRITABLE = (PromotionState.PROPOSED, PromotionState.RETURNED)
"""The street still has it in hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionGiven:
    """Who is proposed for which post at which unit.

    ``post`` is ``chief``, ``deputy`` or ``staff``; without a title the usual one of the post. ``checked`` is what was
    found of conditions in words, by code. Without ``entry_id`` the person's entry of the pool is found by the rung.
    """

    employee_id: int
    unit_id: int
    rung: str
    post: str
    title: str = ""
    party_role: str = ""
    dual_head: bool = False
    main: bool = True
    relieved_of: str = ""
    reason: str = ""
    checked: Mapping[str, bool] = field(default_factory=dict)
    entry_id: int | None = None


@operation(Permission.POOL_NOMINATE)
def propose_promotion(actor: Actor, given: PromotionGiven) -> int:
    """Propose somebody for a post of one's units; gives the promotion's id. The street goes on by submitting it.

    The person may come from anywhere the actor sees reserves. Refuses a post that is not of the rung, a second open
    proposal of the same person for the same rung, and a post that the person holds already.
    """
    edition = rules_on(clock.today())
    employee = _employee(actor, given.employee_id)
    rung = _rung(edition, given.rung)
    values = _read(actor, edition, rung, given)
    _refuse_second(employee, given, None)
    entry_id = _entry(actor, given)
    promotion = Promotion(
        employee_id=employee.id,
        entry_id=entry_id,
        edition=to_plain(edition),
        elected=rung.elected,
        former_post=home_names([employee.id])[employee.id][:120],
        proposed_on=clock.today(),
        **values,
    )
    session_add(promotion)
    move_promotion(actor, promotion, PromotionState.PROPOSED)
    return promotion.id


@operation(Permission.POOL_NOMINATE)
def change_promotion(actor: Actor, promotion_id: int, given: PromotionGiven, version: int) -> None:
    """Change what is proposed, while the street has it in hand. The person stays: another one is another proposal.

    Raises ``Conflict`` when ``version`` is no longer the present one.
    """
    promotion = promotion_in(actor, promotion_id, Permission.POOL_NOMINATE, *WRITABLE)
    if promotion.version != version:
        raise Conflict(
            msg("这项晋升任用刚刚被其他人修改，请核对两份内容后再保存。"),
            typed=_texts(given),
            current=_texts(given_of(promotion)),
        )
    if given.employee_id != promotion.employee_id:
        raise Refused(msg("拟任人选不能更换，请撤回后另行提出。"), field="employee_id")
    edition = rules_of_promotion(promotion)
    rung = _rung(edition, given.rung)
    employee = _employee(actor, promotion.employee_id)
    values = _read(actor, edition, rung, given)
    _refuse_second(employee, given, promotion.id)
    for name, value in values.items():
        setattr(promotion, name, value)
    promotion.elected, promotion.entry_id = rung.elected, _entry(actor, given)


@operation(Permission.POOL_NOMINATE)
def submit_promotion(actor: Actor, promotion_id: int, opinion: str = "") -> None:
    """Submit a proposal to the district, with the checklist of the rung as it stands today.

    Refuses one without a reason, one with a condition in words that nobody has judged, and one that does not meet the
    conditions without an opinion that says why all the same.
    """
    promotion = promotion_in(actor, promotion_id, Permission.POOL_NOMINATE, *WRITABLE)
    employee = serving(db.session.get_one(Employee, promotion.employee_id))
    if not promotion.reason:
        raise Refused(msg("请先填写任免理由，再上报。"), field="reason")
    told = read_opinion(opinion)
    edition = rules_of_promotion(promotion)
    found = eligibility_for(edition, promotion.rung, employee.id, clock.today(), promotion.checked)
    if found is not None:
        if found.to_check:
            names = {one.code: one.name for one in in_words(edition, promotion.rung)}
            raise Refused(
                msg(
                    "还有条件没有核对：%(names)s。请先修改提名，填写核对结果。",
                    names="、".join(names[one] for one in found.to_check),
                ),
                field="opinion",
            )
        if found.eligible is not True and not told:
            lacking = "、".join(item.name for item in found.items if item.holds is not True)
            raise Refused(
                msg(
                    "%(name)s尚不符合“%(lacking)s”，如确需上报，请在意见中说明理由。",
                    name=employee.name,
                    lacking=lacking,
                ),
                field="opinion",
            )
        promotion.eligible, promotion.eligibility = found.eligible, kept_items(found)
    move_promotion(actor, promotion, PromotionState.SUBMITTED, told)


@operation(Permission.POOL_NOMINATE)
def withdraw_promotion(actor: Actor, promotion_id: int, reason: str) -> None:
    """Take a proposal back before the district has approved it."""
    promotion = promotion_in(actor, promotion_id, Permission.POOL_NOMINATE, *WRITABLE, PromotionState.SUBMITTED)
    told = read_opinion(reason, "reason", required=True)
    promotion.ended_reason = told[:200]
    move_promotion(actor, promotion, PromotionState.WITHDRAWN, told)


@operation(Permission.POOL_DECIDE)
def return_promotion(actor: Actor, promotion_id: int, opinion: str) -> None:
    """Send a proposal back to the street, saying what is lacking."""
    promotion = promotion_in(actor, promotion_id, Permission.POOL_DECIDE, PromotionState.SUBMITTED)
    move_promotion(actor, promotion, PromotionState.RETURNED, read_opinion(opinion, required=True))


@operation(Permission.POOL_DECIDE)
def approve_promotion(actor: Actor, promotion_id: int, document: str, opinion: str, on: date) -> None:
    """Approve a proposal by a document of a day: the public notice is next, or the election."""
    approve_promotions(actor, [promotion_id], document, opinion, on)


@operation(Permission.POOL_DECIDE)
def approve_promotions(actor: Actor, promotion_ids: Sequence[int], document: str, opinion: str, on: date) -> int:
    """Approve several proposals by one document, all or none; gives how many. See ``approve_promotion``."""
    number, told = read_document(document), read_opinion(opinion)
    ids = list(dict.fromkeys(promotion_ids))
    if not ids:
        raise Refused(msg("请先勾选人员。"))
    for promotion_id in ids:
        promotion = promotion_in(actor, promotion_id, Permission.POOL_DECIDE, PromotionState.SUBMITTED)
        serving(db.session.get_one(Employee, promotion.employee_id))
        if not promotion.proposed_on <= on <= clock.today():
            raise Refused(
                msg("批准日期应在提出日期 %(first)s 至今天之间，请核对。", first=promotion.proposed_on), field="on"
            )
        promotion.document, promotion.approved_on = number, on
        move_promotion(actor, promotion, PromotionState.APPROVED, told)
    return len(ids)


@operation(Permission.POOL_DECIDE)
def reject_promotion(actor: Actor, promotion_id: int, reason: str) -> None:
    """Refuse a proposal, or stop an approved one before anybody was appointed or elected."""
    states = (PromotionState.SUBMITTED, PromotionState.APPROVED, PromotionState.NOTICE)
    promotion = promotion_in(actor, promotion_id, Permission.POOL_DECIDE, *states)
    fail_promotion(actor, promotion, read_opinion(reason, "reason", required=True))


def given_of(promotion: Promotion) -> PromotionGiven:
    """A kept promotion as what it would be given as, to show it in a form."""
    return PromotionGiven(**{item.name: getattr(promotion, item.name) for item in fields(PromotionGiven)})


def _texts(given: PromotionGiven) -> dict[str, object]:
    shown = ("title", "party_role", "relieved_of", "reason")
    return {name: getattr(given, name) for name in shown}


def _employee(actor: Actor, employee_id: int) -> Employee:
    return serving(fetch(actor, Employee, employee_id, Permission.POOL_VIEW))


def _rung(edition: TalentPoolEdition, code: str) -> Rung:
    found = next((rung for rung in rungs_above(edition) if rung.code == code), None)
    if found is None:
        known = "、".join(rung.name for rung in rungs_above(edition))
        raise Refused(msg("请选择拟任的台阶：%(known)s。", known=known), field="rung")
    return found


def _read(actor: Actor, edition: TalentPoolEdition, rung: Rung, given: PromotionGiven) -> dict[str, object]:
    """The columns that come from what was given, checked."""
    unit = fetch_unit(actor, given.unit_id, Permission.POOL_NOMINATE)
    post = checked_code(Post, given.post, "post", msg("岗位层级"))
    clean = replace(
        given,
        title=given.title.strip() or TITLES[post],
        party_role=given.party_role.strip(),
        relieved_of=given.relieved_of.strip(),
        reason=given.reason.strip(),
    )
    check_length(clean.title, 60, "title", msg("职务名称"))
    check_length(clean.party_role, 40, "party_role", msg("党内职务"))
    check_length(clean.relieved_of, 120, "relieved_of", msg("拟免职务"))
    check_length(clean.reason, LONGEST_REASON, "reason", msg("任免理由"))
    _check_place(unit, clean)
    if not leads_to(rung, clean.post, clean.title, clean.party_role):
        raise Refused(
            msg(
                "“%(title)s”不在“%(rung)s”这一台阶（%(needed)s），请核对岗位层级、职务名称和党内职务。",
                title=clean.title,
                rung=rung.name,
                needed=_needed(rung),
            ),
            field="title" if rung.roles else "post",
        )
    known = {one.code for one in in_words(edition, rung.code)}
    return {
        "unit_id": unit.id,
        "rung": rung.code,
        "post": clean.post,
        "title": clean.title,
        "party_role": clean.party_role,
        "dual_head": clean.dual_head,
        "main": clean.main,
        "relieved_of": clean.relieved_of,
        "reason": clean.reason,
        "checked": {code: holds for code, holds in clean.checked.items() if code in known},
    }


def _check_place(unit: Unit, given: PromotionGiven) -> None:
    check_unit(unit, NewPosting(unit_id=unit.id, post=given.post, starts_on=clock.today()))


def _needed(rung: Rung) -> str:
    posts = "、".join(post.zh for post in rung.posts)
    roles = "、".join(rung.roles)
    return "；".join(one for one in (posts, roles) if one)


def _refuse_second(employee: Employee, given: PromotionGiven, own_id: int | None) -> None:
    """One open proposal for a rung at a time, and none for a post that is held already."""
    query = select(Promotion).where(
        Promotion.employee_id == employee.id,
        Promotion.rung == given.rung,
        Promotion.state.in_(OPEN_STATES),
        Promotion.id != (own_id or 0),
    )
    other = db.session.scalars(query).first()
    if other is not None:
        raise Refused(
            msg(
                "%(name)s已有一项“%(title)s”的晋升任用正在办理（%(state)s），请在原项目上办理。",
                name=employee.name,
                title=other.title,
                state=PROMOTION_STATES[other.state],
            ),
            field="employee_id",
        )
    held = select(Posting.id).where(
        Posting.employee_id == employee.id,
        Posting.unit_id == given.unit_id,
        Posting.post == given.post,
        Posting.title == (given.title.strip() or TITLES[given.post]),
        *held_on(clock.today()),
    )
    if db.session.scalars(held).first() is not None:
        raise Refused(msg("%(name)s现在就担任这一职务，请核对。", name=employee.name), field="title")


def _entry(actor: Actor, given: PromotionGiven) -> int | None:
    """The entry of the pool that the person comes from: the one named, else an open one for the rung."""
    if given.entry_id is not None:
        entry = fetch(actor, PoolEntry, given.entry_id, Permission.POOL_VIEW)
        if entry.employee_id != given.employee_id:
            raise NotFound
        return entry.id
    query = select(PoolEntry.id).where(
        PoolEntry.employee_id == given.employee_id, PoolEntry.rung == given.rung, PoolEntry.left_on.is_(None)
    )
    return db.session.scalars(query.order_by(PoolEntry.id)).first()
