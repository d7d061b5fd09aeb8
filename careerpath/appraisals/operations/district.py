"""The district's part: decide or return what a street submitted, within the quota of 优秀."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.operations.reckoning import facts_of_record, grade_code, is_graded, open_year_of
from careerpath.appraisals.queries.editions import edition_of
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.appraisal import AppraisalEdition, check_street_grade, quota
from careerpath.policy.appraisal_steps import State
from careerpath.policy.codes import Grade
from careerpath.words import Message, NotFound, Refused, msg

LONGEST_COMMENT = 500
LONGEST_DOCUMENT = 120


@dataclass(frozen=True, slots=True)
class Decision:
    """Which records are decided; ``grades`` names those whose grade departs from the street's, with a reason."""

    appraisal_ids: tuple[int, ...]
    grades: Mapping[int, str]
    comment: str = ""


@operation(Permission.APPRAISAL_DECIDE)
def decide_records(actor: Actor, street_id: int, given: Decision) -> int:
    """Decide submitted records of one street; gives how many were decided now.

    The street's row is locked while the quota of 优秀 is counted, so that two decisions at the same moment cannot
    exceed it together. Refuses beyond the quota unless an approval document is recorded. A record that is already
    decided with the same grade stays as it is; with another grade it is refused.
    """
    part, year, edition = _locked(actor, street_id)
    _check_comment(given.comment)
    records = {record.id: record for record in _records(part)}
    chosen = [records[number] for number in given.appraisal_ids if number in records]
    if len(chosen) != len(given.appraisal_ids):
        raise NotFound
    decided = 0
    for record in chosen:
        grade = _grade(record, given, edition)
        if record.state is State.DECIDED and record.grade == grade:
            continue
        if record.state is not State.SUBMITTED:
            raise Refused(_not_waiting(record))
        _check_rules(record, year, edition, grade)
        if grade != (record.special or record.street_grade) and not given.comment.strip():
            raise Refused(msg("改变街道建议的等次，请写明理由。"), field="comment")
        record.grade = grade
        record.decision = given.comment.strip() or f"同意评定为{edition.name(Grade(grade))}等次。"
        record.decided_by, record.decided_on = actor.display_name, clock.today()
        record.state = State.DECIDED
        decided += 1
    _check_quota(part, edition, list(records.values()))
    return decided


@operation(Permission.APPRAISAL_DECIDE)
def return_records(actor: Actor, street_id: int, appraisal_ids: tuple[int, ...], comment: str) -> int:
    """Give submitted records back to the street with a comment; gives how many went back."""
    part, _, _ = _locked(actor, street_id)
    if not comment.strip():
        raise Refused(msg("请写明退回原因，街道据此修改。"), field="comment")
    _check_comment(comment)
    records = {record.id: record for record in _records(part)}
    returned = 0
    for number in appraisal_ids:
        if number not in records:
            raise NotFound
        record = records[number]
        if record.state is State.RETURNED and record.return_comment == comment.strip():
            continue
        if record.state is not State.SUBMITTED:
            raise Refused(_not_waiting(record))
        record.state = State.RETURNED
        record.return_comment = comment.strip()
        returned += 1
    return returned


@operation(Permission.APPRAISAL_DECIDE)
def revoke_decision(actor: Actor, appraisal_id: int, reason: str) -> None:
    """Take a decision back while the year is open; the record waits for a decision again."""
    record = fetch(actor, Appraisal, appraisal_id, Permission.APPRAISAL_DECIDE, lock=True)
    open_year_of(record.year_id)
    if record.state is not State.DECIDED:
        raise Refused(msg("这份考核尚未审定，无需撤销。"))
    if not reason.strip():
        raise Refused(msg("请写明撤销审定的理由。"), field="comment")
    _check_comment(reason)
    record.state = State.SUBMITTED
    record.grade, record.decision, record.decided_by, record.decided_on = "", "", "", None
    record.signed_off, record.own_opinion = False, ""
    record.return_comment = reason.strip()


@operation(Permission.APPRAISAL_DECIDE)
def approve_larger_quota(actor: Actor, street_id: int, document: str) -> None:
    """Record the document that approves the larger share of 优秀 for a street; an empty one takes it back."""
    part, _, edition = _locked(actor, street_id)
    if edition.quota is None or edition.quota.with_approval_share is None:
        raise Refused(msg("本年度办法没有经批准提高优秀比例的规定。"))
    if len(document.strip()) > LONGEST_DOCUMENT:
        raise Refused(msg("批准文件最多 %(most)s 字。", most=LONGEST_DOCUMENT), field="document")
    part.quota_document = document.strip()
    _check_quota(part, edition, _records(part))


def _check_comment(comment: str) -> None:
    if len(comment) > LONGEST_COMMENT:
        raise Refused(
            msg("意见最多 %(most)s 字，现为 %(now)s 字，请删减。", most=LONGEST_COMMENT, now=len(comment)),
            field="comment",
        )


def _locked(actor: Actor, street_id: int) -> tuple[StreetAppraisal, AppraisalYear, AppraisalEdition]:
    # The year first, then the street: in the order in which an enrolment holds them.
    mine = visible(actor, StreetAppraisal, Permission.APPRAISAL_DECIDE).where(StreetAppraisal.id == street_id)
    year_id = db.session.scalar(mine.with_only_columns(StreetAppraisal.year_id))
    if year_id is None:
        raise NotFound
    year = open_year_of(year_id)
    part = fetch(actor, StreetAppraisal, street_id, Permission.APPRAISAL_DECIDE, lock=True)
    return part, year, edition_of(year)


def _records(part: StreetAppraisal) -> list[Appraisal]:
    query = select(Appraisal).where(Appraisal.street_appraisal_id == part.id).order_by(Appraisal.roster_order)
    return list(db.session.scalars(query.with_for_update()))


def _grade(record: Appraisal, given: Decision, edition: AppraisalEdition) -> str:
    if record.id in given.grades:
        return grade_code(given.grades[record.id], edition).value
    return record.special or record.street_grade


def _check_rules(record: Appraisal, year: AppraisalYear, edition: AppraisalEdition, grade: str) -> None:
    if not grade:
        raise Refused(msg("第 %(row)s 号没有建议等次，请先退回街道。", row=record.roster_order))
    against = check_street_grade(edition, facts_of_record(record, year, edition), Grade(grade), year.reference_on)
    if against:
        raise Refused(msg("第 %(row)s 号：%(why)s", row=record.roster_order, why=against[0]))


def _check_quota(part: StreetAppraisal, edition: AppraisalEdition, records: list[Appraisal]) -> None:
    graded = sum(is_graded(record) for record in records)
    excellent = sum(r.state is State.DECIDED and r.grade == Grade.EXCELLENT.value for r in records)
    found = quota(edition, graded, excellent, with_approval=bool(part.quota_document))
    if found.problem is not None:
        raise Refused(found.problem, field="quota")


def _not_waiting(record: Appraisal) -> Message:
    if record.state is State.DECIDED:
        return msg("第 %(row)s 号已由 %(by)s 审定，请刷新页面核对。", row=record.roster_order, by=record.decided_by)
    return msg("第 %(row)s 号尚未由街道提交，不能办理。", row=record.roster_order)
