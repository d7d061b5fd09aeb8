"""The final list: results recorded of by-elections and transfers, ties decided by people, and its publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Channel
from careerpath.policy.recruitment import Outcome, Ranked, Stage, rank
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    BatchState,
    DirectResult,
    Examinee,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.steps import batch_in, move_on
from careerpath.recruitment.queries.final import departures_of, final_rows, level_reserves
from careerpath.recruitment.queries.interviews import missing_sheets
from careerpath.recruitment.queries.kept import kept_scores
from careerpath.recruitment.queries.rule_candidates import candidates, facts_of
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.words import CHANNEL_NAMES, EXAM_CHANNELS
from careerpath.words import Refused, msg

LONGEST_DOCUMENT = 120
LONGEST_REASON = 200
SHOWN = 5
"""How many people a refusal names."""


@dataclass(frozen=True, slots=True)
class DirectGiven:
    """The result of a by-election or of a transfer, as its document says. Votes belong to an election only."""

    successful: bool
    held_on: date
    votes_for: int | None = None
    votes_cast: int | None = None
    document: str = ""


@operation(Permission.RECRUITMENT_DECIDE)
def record_direct(actor: Actor, application_id: int, given: DirectGiven) -> None:
    """Record how a by-election or a transfer ended for one person, or correct it until the final list is out.

    Nothing is decided here: the document is named, and no more people are successful than there are places.
    """
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_DECIDE)
    batch_in(actor, application.batch_id, Permission.RECRUITMENT_DECIDE, BatchState.EXAM, BatchState.INTERVIEW)
    position = db.session.get_one(RecruitmentPosition, application.position_id)
    if position.channel in EXAM_CHANNELS:
        raise Refused(msg("“%(title)s”通过考试录用，结果由成绩产生，不能直接登记。", title=position.title))
    if application.state is not ApplicationState.ADMITTED:
        raise Refused(msg("%(name)s没有通过资格审查，不能登记结果。", name=application.name))
    document = given.document.strip()
    _check_direct(given, position, document)
    if given.successful:
        _check_places(application, position)
    kept = db.session.scalars(select(DirectResult).where(DirectResult.application_id == application.id)).one_or_none()
    result = kept or DirectResult(application_id=application.id)
    result.successful, result.held_on, result.document = given.successful, given.held_on, document
    result.votes_for, result.votes_cast = given.votes_for, given.votes_cast
    result.by, result.at = actor.display_name, clock.now()
    if kept is None:
        session_add(result)


@operation(Permission.RECRUITMENT_DECIDE)
def decide_order(actor: Actor, batch_id: int, exam_numbers: Sequence[str], reason: str) -> None:
    """Keep the order that people decided between candidates whom no rule tells apart, best first, with the reason.

    Before the shortlist and the final list it enters the ranking; after them it settles which of several reserve
    candidates of one rank moves up first. All who are level must be named, and only they.
    """
    batch = batch_in(
        actor,
        batch_id,
        Permission.RECRUITMENT_DECIDE,
        BatchState.EXAM,
        BatchState.INTERVIEW,
        BatchState.CHECKS,
        BatchState.NOTICE,
    )
    numbers = [number.strip() for number in exam_numbers]
    if not reason.strip():
        raise Refused(msg("请写明决定先后的依据，如会议纪要、加试成绩。"), field="reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused(msg("依据最多 %(most)s 字，请缩短。", most=LONGEST_REASON), field="reason")
    query = select(Examinee).where(Examinee.batch_id == batch.id, Examinee.exam_number.in_(numbers))
    examinees = {one.exam_number: one for one in db.session.scalars(query.with_for_update())}
    unknown = [number for number in numbers if number not in examinees]
    if unknown or len(set(numbers)) < len(numbers) or not numbers:
        raise Refused(
            msg("准考证号%(numbers)s不在本批次或重复填写，请核对。", numbers="、".join(unknown or numbers)),
            field="exam_numbers",
        )
    for group in _level(batch, examinees):
        if set(group) == set(numbers):
            break
    else:
        raise Refused(msg("这些考生并非全部并列的人员，请把同一并列的考生全部列入。"), field="exam_numbers")
    for order, number in enumerate(numbers, start=1):
        examinees[number].decided_order, examinees[number].decided_reason = order, reason.strip()


@operation(Permission.RECRUITMENT_DECIDE)
def release_final(actor: Actor, batch_id: int) -> int:
    """Publish the final list and go on to the checks; gives the number of people who are to be appointed.

    Each line keeps its scores, its reasons and the facts they rest on. Refuses while a score sheet is missing, a tie
    waits for people's decision, or the result of a by-election or transfer is not recorded.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_DECIDE, BatchState.INTERVIEW, BatchState.EXAM)
    query = select(Application, RecruitmentPosition, Examinee, DirectResult)
    rows: list[Any] = list(
        db.session.execute(
            query.join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
            .outerjoin(Examinee, Examinee.application_id == Application.id)
            .outerjoin(DirectResult, DirectResult.application_id == Application.id)
            .where(Application.batch_id == batch.id)
            .order_by(RecruitmentPosition.code, Application.number)
        )
    )
    by_number = {row[2].exam_number: row[0] for row in rows if row[2] is not None}
    admitted = [row for row in rows if row[0].state is ApplicationState.ADMITTED]
    examined = [row for row in admitted if row[1].channel in EXAM_CHANNELS]
    if batch.state is BatchState.EXAM and (examined or by_number):
        raise Refused(msg("还有 %(count)s 名考生未公布笔试成绩，请先办理笔试和面试。", count=len(examined)))
    direct = [row for row in admitted if row[1].channel not in EXAM_CHANNELS]
    _refuse_unrecorded([row[0].name for row in direct if row[3] is None])
    ranked = _ranked(batch) if by_number else ()
    lines = [_line(batch, one, by_number[one.id]) for one in ranked]
    lines += [_direct_line(batch, application, position, result) for application, position, _, result in direct]
    session_add(*lines)
    move_on(actor, batch, BatchState.CHECKS)
    return sum(line.outcome is Outcome.PROPOSED for line in lines)


def _check_direct(given: DirectGiven, position: RecruitmentPosition, document: str) -> None:
    if not document:
        raise Refused(msg("请填写选举结果报告单或转隶批复的文号（名称）。"), field="document")
    if len(document) > LONGEST_DOCUMENT:
        raise Refused(msg("文号最多 %(most)s 字。", most=LONGEST_DOCUMENT), field="document")
    if given.held_on > clock.today():
        raise Refused(msg("日期 %(on)s 晚于今天，请核对。", on=given.held_on), field="held_on")
    votes = (given.votes_for, given.votes_cast)
    if votes == (None, None):
        return
    if position.channel is not Channel.BY_ELECTION:
        raise Refused(
            msg("%(channel)s没有投票，请勿填写票数。", channel=CHANNEL_NAMES[position.channel]), field="votes_for"
        )
    if given.votes_for is None or given.votes_cast is None:
        missing = "votes_for" if given.votes_for is None else "votes_cast"
        raise Refused(msg("得票数和参加投票人数请同时填写，或都不填。"), field=missing)
    if not 0 <= given.votes_for <= given.votes_cast:
        raise Refused(
            msg(
                "得票 %(votes)s 应在 0 至参加投票人数 %(cast)s 之间，请核对。",
                votes=given.votes_for,
                cast=given.votes_cast,
            ),
            field="votes_for",
        )


def _check_places(application: Application, position: RecruitmentPosition) -> None:
    others = db.session.scalar(
        select(func.count())
        .select_from(DirectResult)
        .join(Application, Application.id == DirectResult.application_id)
        .where(
            Application.position_id == position.id,
            Application.id != application.id,
            Application.state == ApplicationState.ADMITTED,
            DirectResult.successful.is_(True),
        )
    )
    if (others or 0) >= position.places:
        raise Refused(
            msg(
                "岗位 %(code)s 只有 %(places)s 个名额，已登记 %(others)s 人，请核对结果。",
                code=position.code,
                places=position.places,
                others=others,
            ),
            field="successful",
        )


def _refuse_unrecorded(names: Sequence[str]) -> None:
    if names:
        raise Refused(
            msg(
                "还有 %(count)s 人的补选或转隶结果没有登记：%(names)s。",
                count=len(names),
                names="、".join(names[:SHOWN]) + ("等" if len(names) > SHOWN else ""),
            )
        )


def _level(batch: RecruitmentBatch, examinees: dict[str, Examinee]) -> list[list[str]]:
    """The groups of candidates among whom people decide now, by exam number."""
    if batch.state in (BatchState.CHECKS, BatchState.NOTICE):
        gone = departures_of(batch.id)
        waiting = [row for row in final_rows(batch.id) if row.application.id not in gone]
        return [[row.number for row in group] for group in level_reserves(waiting)]
    # A decision may be made anew: those named are looked at as if there were none yet.
    for examinee in examinees.values():
        examinee.decided_order, examinee.decided_reason = None, ""
    db.session.flush()
    stage = Stage.SHORTLIST if batch.state is BatchState.EXAM else Stage.FINAL
    groups: dict[tuple[str, int | None], list[str]] = {}
    for one in rank(rules_of(batch), candidates(batch, stage), stage=stage):
        if one.rank is not None:
            groups.setdefault((one.position, one.rank), []).append(one.id)
    return [group for group in groups.values() if len(group) > 1]


def _ranked(batch: RecruitmentBatch) -> tuple[Ranked, ...]:
    missing = missing_sheets(batch)
    if missing:
        raise Refused(
            msg(
                "还有 %(count)s 名考生的面试评分没有录全或未登记到场：%(numbers)s。",
                count=len(missing),
                numbers="、".join(missing[:SHOWN]) + ("等" if len(missing) > SHOWN else ""),
            )
        )
    ranked = rank(rules_of(batch), candidates(batch, Stage.FINAL), stage=Stage.FINAL)
    tied = [one.id for one in ranked if one.outcome is Outcome.TIE]
    if tied:
        raise Refused(
            msg("考生 %(who)s 并列，规则分不出先后，请先登记决定的顺序。", who="、".join(tied)), field="exam_numbers"
        )
    return ranked


def _line(batch: RecruitmentBatch, one: Ranked, application: Application) -> ListLine:
    return ListLine(
        batch_id=batch.id,
        position_id=application.position_id,
        application_id=application.id,
        stage=Stage.FINAL,
        rank=one.rank,
        first_outcome=one.outcome,
        outcome=one.outcome,
        because=[reason.as_json() for reason in one.reasons],
        facts=facts_of(one.candidate),
        published_on=clock.today(),
        **kept_scores(rules_of(batch), one.marks),
    )


def _direct_line(
    batch: RecruitmentBatch, application: Application, position: RecruitmentPosition, result: DirectResult
) -> ListLine:
    outcome = Outcome.PROPOSED if result.successful else Outcome.NOT_SELECTED
    facts: dict[str, Any] = {"id": application.number, "position": position.code, "held_on": result.held_on.isoformat()}
    if result.votes_cast is not None:
        facts |= {"votes_for": result.votes_for, "votes_cast": result.votes_cast}
    text = _direct_words(position, result)
    reason = {"rule": "direct", "document": result.document, "input": facts, "value": outcome.value, "text": str(text)}
    return ListLine(
        batch_id=batch.id,
        position_id=position.id,
        application_id=application.id,
        stage=Stage.FINAL,
        rank=None,
        first_outcome=outcome,
        outcome=outcome,
        because=[reason],
        facts=facts,
        published_on=clock.today(),
    )


def _direct_words(position: RecruitmentPosition, result: DirectResult) -> str:
    told: dict[str, Any] = {"on": result.held_on, "votes": result.votes_for, "cast": result.votes_cast}
    if position.channel is not Channel.BY_ELECTION:
        sentence = msg("%(on)s 转隶获批。", **told) if result.successful else msg("%(on)s 转隶未获批。", **told)
    elif result.votes_cast is None:
        sentence = msg("%(on)s 补选当选。", **told) if result.successful else msg("%(on)s 补选未当选。", **told)
    elif result.successful:
        sentence = msg("%(on)s 补选当选，参加投票 %(cast)s 人，得票 %(votes)s。", **told)
    else:
        sentence = msg("%(on)s 补选未当选，参加投票 %(cast)s 人，得票 %(votes)s。", **told)
    return str(sentence)
