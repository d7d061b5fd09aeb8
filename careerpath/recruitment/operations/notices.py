"""The public notice of those to be appointed, and what is brought forward against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.recruitment import Leaving, RecruitmentEdition
from careerpath.recruitment.models import Appointment, BatchState, Objection, RecruitmentBatch
from careerpath.recruitment.operations.checks import WAITING, DepartureGiven, depart
from careerpath.recruitment.operations.steps import batch_in, move_on
from careerpath.recruitment.queries.final import final_rows
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.standing import Standing, standings
from careerpath.recruitment.queries.words import CHECK_KINDS
from careerpath.rulebook.queries.notices import NoticeRule, check_notice, notice_words
from careerpath.words import Message, NotFound, Refused, msg

LONGEST_TEXT = 2000
SHOWN = 5


@dataclass(frozen=True, slots=True)
class ObjectionGiven:
    """What somebody brought forward, against one person or (``application_id`` is None) against the batch."""

    application_id: int | None
    received_on: date
    named: bool
    text: str


@operation(Permission.RECRUITMENT_DECIDE)
def open_notice(
    actor: Actor,
    batch_id: int,
    starts_on: date,
    ends_on: date,
    *,
    application_ids: Sequence[int] | None = None,
) -> int:
    """Name those to be appointed to the public from a day to a day, both included; gives how many are named.

    Without ``application_ids`` everybody proposed who was not named yet; with them, only these, so that one who waits
    for a re-examination holds up nobody. Refuses whoever lacks a passed check, and a notice shorter than the working
    days that the rules ask for, by the calendar of public holidays.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_DECIDE, BatchState.CHECKS, BatchState.NOTICE)
    unnamed = [one for one in standings(batch.id, lock=True) if one.waiting and one.row.line.notice_ends_on is None]
    if application_ids is not None:
        known = {one.id for one in unnamed}
        if any(number not in known for number in application_ids):
            raise Refused(msg("所选人员中有人不在拟聘用名单或已经公示，请刷新页面。"))
        unnamed = [one for one in unnamed if one.id in set(application_ids)]
    if not unnamed:
        raise Refused(msg("没有需要公示的人员。"))
    _refuse_unchecked(unnamed)
    _check_days(rules_of(batch), unnamed, starts_on, ends_on)
    for one in unnamed:
        one.row.line.notice_ends_on = ends_on
    batch.notice_starts_on, batch.notice_ends_on = starts_on, ends_on
    if batch.state is BatchState.CHECKS:
        move_on(actor, batch, BatchState.NOTICE)
    return len(unnamed)


@operation(Permission.RECRUITMENT_DECIDE)
def record_objection(actor: Actor, batch_id: int, given: ObjectionGiven) -> int:
    """Keep what was brought forward during a notice; gives its id. Whom it concerns is not appointed until answered."""
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_DECIDE, BatchState.NOTICE)
    rows = final_rows(batch.id)
    if given.application_id is not None and given.application_id not in {row.application.id for row in rows}:
        raise NotFound
    if rows and given.received_on < rows[0].line.published_on:
        raise Refused(msg("收到日期早于名单公布日期，请核对。"), field="received_on")
    if given.received_on > clock.today():
        raise Refused(msg("收到日期 %(on)s 晚于今天，请核对。", on=given.received_on), field="received_on")
    text = given.text.strip()
    if not text:
        raise Refused(msg("请填写反映的内容。"), field="text")
    _check_text(text, "text")
    objection = Objection(
        batch_id=batch.id,
        application_id=given.application_id,
        received_on=given.received_on,
        named=given.named,
        text=text,
        received_by=actor.display_name,
    )
    session_add(objection)
    return objection.id


@operation(Permission.RECRUITMENT_DECIDE)
def answer_objection(actor: Actor, objection_id: int, upheld: bool, answer: str, on: date) -> None:
    """Keep what became of an objection. One upheld against a person takes them off the list."""
    batch_id = db.session.scalar(select(Objection.batch_id).where(Objection.id == objection_id))
    if batch_id is None:
        raise NotFound
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_DECIDE, BatchState.NOTICE)
    objection = db.session.get_one(Objection, objection_id, with_for_update=True)
    if objection.answered_on is not None:
        raise Refused(msg("这条异议已于 %(on)s 答复，不能再改。", on=objection.answered_on))
    text = answer.strip()
    if not text:
        raise Refused(msg("请填写核查情况和答复意见。"), field="answer")
    _check_text(text, "answer")
    if not objection.received_on <= on <= clock.today():
        raise Refused(msg("答复日期应在收到日期 %(on)s 至今天之间。", on=objection.received_on), field="on")
    objection.upheld, objection.answer, objection.answered_on = upheld, text, on
    objection.answered_by = actor.display_name
    if upheld and objection.application_id is not None:
        _take_off(actor, batch, objection, on)


def notice_warnings(edition: RecruitmentEdition, starts_on: date, ends_on: date) -> tuple[Message, ...]:
    """What a person should look at before a notice goes out: words, never a refusal."""
    return notice_words(starts_on, ends_on, _rule(edition)) if edition.notice is not None else ()


def _rule(edition: RecruitmentEdition) -> NoticeRule | None:
    rule = edition.notice
    return None if rule is None else NoticeRule.of(edition.head, rule.working_days, rule.citation)


def _check_days(edition: RecruitmentEdition, named: Sequence[Standing], starts_on: date, ends_on: date) -> None:
    published = max(one.row.line.published_on for one in named)
    if starts_on < published:
        raise Refused(
            msg("公示开始日期早于名单公布日期 %(published)s，请核对。", published=published), field="starts_on"
        )
    check_notice(starts_on, ends_on, _rule(edition))


def _refuse_unchecked(named: Sequence[Standing]) -> None:
    lacking = [
        f"{one.row.application.name}（{'、'.join(str(CHECK_KINDS[kind]) for kind in one.unchecked())}）"
        for one in named
        if one.unchecked()
    ]
    if lacking:
        raise Refused(
            msg(
                "还有 %(count)s 人缺少合格的体检或考察结论：%(names)s。",
                count=len(lacking),
                names="、".join(lacking[:SHOWN]) + ("等" if len(lacking) > SHOWN else ""),
            )
        )


def _check_text(text: str, field: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Refused(msg("内容最多 %(most)s 字，请缩短。", most=LONGEST_TEXT), field=field)


def _take_off(actor: Actor, batch: RecruitmentBatch, objection: Objection, on: date) -> None:
    row = next(row for row in final_rows(batch.id, lock=True) if row.application.id == objection.application_id)
    if row.line.outcome not in WAITING:
        return
    appointed = select(Appointment.id).where(Appointment.application_id == objection.application_id)
    if db.session.scalars(appointed).first() is not None:
        raise Refused(
            msg(
                "%(name)s已经聘用，请先撤销聘用，或在人员档案办理离职并登记放弃，再答复异议。",
                name=row.application.name,
            )
        )
    depart(actor, row, DepartureGiven(Leaving.BACKGROUND, on, "公示期间的异议经核查成立"))
