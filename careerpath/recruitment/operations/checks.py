"""After the final list: medical and background checks, those who leave, and those who move up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.recruitment import Leaving, Outcome
from careerpath.recruitment.models import (
    Application,
    Appointment,
    BatchState,
    CandidateCheck,
    CheckKind,
    Departure,
    Objection,
    RecruitmentBatch,
)
from careerpath.recruitment.operations.steps import batch_in
from careerpath.recruitment.queries.final import FinalRow, departures_of, filling, final_rows, open_places
from careerpath.recruitment.queries.words import CHECK_KINDS
from careerpath.words import NotFound, Refused, msg

LEAVING_BY = {CheckKind.MEDICAL: Leaving.MEDICAL, CheckKind.BACKGROUND: Leaving.BACKGROUND}
"""Why somebody leaves who fails a check."""

WAITING = (Outcome.PROPOSED, Outcome.RESERVE, Outcome.TIE)
"""The outcomes of those who may still be appointed."""

LONGEST_PLACE = 80
LONGEST_NOTE = 400
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class CheckGiven:
    """The result of a medical examination or a background check, with the hospital or who looked into it."""

    kind: CheckKind
    passed: bool
    on: date
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DepartureGiven:
    """Why somebody on the final list will not be appointed, and since when."""

    leaving: Leaving
    on: date
    reason: str = ""


@operation(Permission.RECRUITMENT_DECIDE)
def record_check(actor: Actor, application_id: int, given: CheckGiven) -> None:
    """Record a check of somebody who is to be appointed; a failed one ends it for them.

    A re-examination replaces the result, and who passes it is proposed again as long as nobody has moved up.
    """
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_DECIDE)
    batch = _batch(actor, application.batch_id)
    _Checking(actor, batch).record(application_id, given)


@operation(Permission.RECRUITMENT_DECIDE)
def record_checks(actor: Actor, batch_id: int, rows: Mapping[int, CheckGiven | Sequence[CheckGiven]]) -> int:
    """Record the checks of many by application, all or none; gives how many results were recorded or changed.

    Raises ``Refused`` that names the person, its field beginning with the id of the application.
    """
    checking = _Checking(actor, _batch(actor, batch_id))
    count = 0
    for application_id, given in rows.items():
        for one in [given] if isinstance(given, CheckGiven) else given:
            try:
                count += checking.record(application_id, one)
            except Refused as refused:
                message = msg("%(name)s：%(why)s", name=checking.name(application_id), why=refused.message)
                raise Refused(message, field=f"{application_id}.{refused.field}") from refused
    return count


@operation(Permission.RECRUITMENT_DECIDE)
def record_departure(actor: Actor, application_id: int, given: DepartureGiven) -> None:
    """Record that somebody on the final list gives up, or failed a check that is not kept here.

    Somebody who was appointed leaves only after their file says that they left. Refuses who is not on the list.
    """
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_DECIDE)
    batch = _batch(actor, application.batch_id)
    row = _row(final_rows(batch.id, lock=True), application_id)
    if given.leaving is Leaving.WITHDRAWN and not given.reason.strip():
        raise Refused(msg("请写明放弃的原因，如本人书面声明的日期。"), field="reason")
    appointment = db.session.scalars(
        select(Appointment).where(Appointment.application_id == application_id)
    ).one_or_none()
    if appointment is not None:
        left_on = db.session.get_one(Employee, appointment.employee_id).left_on
        if left_on is None:
            raise Refused(
                msg("%(name)s已经聘用，请先在人员档案办理离职，或在上岗前撤销聘用。", name=row.application.name)
            )
        if given.on < left_on:
            raise Refused(msg("日期早于离职日期 %(left)s，请核对。", left=left_on), field="on")
    depart(actor, row, given)


@operation(Permission.RECRUITMENT_DECIDE)
def undo_departure(actor: Actor, application_id: int, reason: str) -> None:
    """Take back a departure entered by mistake, as long as nobody has moved up into the place."""
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_DECIDE)
    batch = _batch(actor, application.batch_id)
    if not reason.strip():
        raise Refused(msg("请写明撤回的理由。"), field="reason")
    row = _row(final_rows(batch.id, lock=True), application_id)
    gone = departures_of(batch.id)
    departure = gone.get(application_id)
    if departure is None:
        raise Refused(msg("%(name)s没有放弃或不合格的记录。", name=row.application.name))
    failed = db.session.scalars(
        select(CandidateCheck).where(CandidateCheck.application_id == application_id, CandidateCheck.passed.is_(False))
    ).first()
    if failed is not None:
        raise Refused(
            msg(
                "%(name)s的%(kind)s结论为不合格，请登记复检结果。",
                name=row.application.name,
                kind=CHECK_KINDS[failed.kind],
            )
        )
    upheld = select(Objection.id).where(Objection.application_id == application_id, Objection.upheld.is_(True))
    if db.session.scalars(upheld).first() is not None:
        raise Refused(msg("对%(name)s的异议已认定成立，不能恢复。", name=row.application.name))
    _restore(row, departure, gone)


@operation(Permission.RECRUITMENT_DECIDE)
def fill_places(actor: Actor, batch_id: int, on: date) -> int:
    """Let reserve candidates move up into all places that were left; gives how many did.

    Where several are level nobody moves up until people have decided. Refuses outside the validity of the reserve
    list, naming the document, and without a reserve list.
    """
    batch = _batch(actor, batch_id)
    if on > clock.today():
        raise Refused(msg("递补日期 %(on)s 晚于今天，请核对。", on=on), field="on")
    rows, gone = final_rows(batch.id, lock=True), departures_of(batch.id)
    places = open_places(rows, gone)
    if not places:
        raise Refused(msg("没有需要递补的岗位。"))
    found = filling(batch, rows, gone, on)
    for row in rows:
        if row.line.outcome is Outcome.TIE:
            row.line.outcome = Outcome.RESERVE
    for row, reason in found.moved:
        departure = places[row.position.id].pop(0)
        departure.successor_id, departure.filled_on = row.application.id, on
        row.line.outcome = Outcome.PROPOSED
        row.line.because = [*row.line.because, reason.as_json()]
    for group in found.tied:
        for row in group:
            row.line.outcome = Outcome.TIE
    return len(found.moved)


def depart(actor: Actor, row: FinalRow, given: DepartureGiven) -> None:
    """Take somebody off the final list within the running operation; the line says why from now on."""
    if row.line.outcome not in WAITING:
        raise Refused(msg("%(name)s不在拟聘用或递补名单中，请刷新页面。", name=row.application.name))
    if given.on > clock.today():
        raise Refused(msg("日期 %(on)s 晚于今天，请核对。", on=given.on), field="on")
    if given.on < row.line.published_on:
        raise Refused(msg("日期早于名单公布日期 %(published)s，请核对。", published=row.line.published_on), field="on")
    if len(given.reason.strip()) > LONGEST_REASON:
        raise Refused(msg("原因最多 %(most)s 字，请缩短。", most=LONGEST_REASON), field="reason")
    row.line.outcome = given.leaving.outcome
    session_add(
        Departure(
            batch_id=row.line.batch_id,
            application_id=row.application.id,
            leaving=given.leaving,
            on=given.on,
            reason=given.reason.strip(),
            by=actor.display_name,
            at=clock.now(),
        )
    )


class _Checking:
    """The final list of a batch with all that was checked so far."""

    def __init__(self, actor: Actor, batch: RecruitmentBatch) -> None:
        self.actor = actor
        self.rows = {row.application.id: row for row in final_rows(batch.id, lock=True)}
        self.gone = departures_of(batch.id)
        query = (
            select(CandidateCheck)
            .join(Application, Application.id == CandidateCheck.application_id)
            .where(Application.batch_id == batch.id)
        )
        self.checks = {(one.application_id, one.kind): one for one in db.session.scalars(query)}
        query_appointed = select(Appointment.application_id).where(Appointment.batch_id == batch.id)
        self.appointed = set(db.session.scalars(query_appointed))

    def name(self, application_id: int) -> str:
        """What a refusal calls somebody."""
        row = self.rows.get(application_id)
        return str(application_id) if row is None else f"{row.application.name}（{row.number}）"

    def record(self, application_id: int, given: CheckGiven) -> bool:
        """Record one check; gives whether anything changed."""
        row = self.rows.get(application_id)
        if row is None:
            raise NotFound
        kept, departure = self.checks.get((application_id, given.kind)), self.gone.get(application_id)
        if kept is not None and _said(kept) == given:
            return False
        self._check(row, given, departure)
        check = kept or CandidateCheck(application_id=application_id, kind=given.kind)
        check.passed, check.on = given.passed, given.on
        check.place, check.note = given.place.strip(), given.note.strip()
        check.by, check.at = self.actor.display_name, clock.now()
        if kept is None:
            session_add(check)
            self.checks[application_id, given.kind] = check
        if not given.passed and departure is None:
            depart(
                self.actor, row, DepartureGiven(LEAVING_BY[given.kind], given.on, given.note.strip()[:LONGEST_REASON])
            )
            self.gone = departures_of(row.line.batch_id)
        elif given.passed and departure is not None:
            _restore(row, departure, self.gone)
            del self.gone[application_id]
        return True

    def _check(self, row: FinalRow, given: CheckGiven, departure: Departure | None) -> None:
        kind = CHECK_KINDS[given.kind]
        if row.application.id in self.appointed:
            raise Refused(msg("已经聘用，%(kind)s结论不能再改。", kind=kind))
        if departure is None and row.line.outcome is not Outcome.PROPOSED:
            raise Refused(msg("不在拟聘用名单中，无需%(kind)s。", kind=kind))
        if departure is not None and departure.leaving is not LEAVING_BY[given.kind]:
            raise Refused(msg("已于 %(on)s 退出名单，无需%(kind)s。", on=departure.on, kind=kind))
        if given.on > clock.today():
            raise Refused(msg("%(kind)s日期 %(on)s 晚于今天，请核对。", kind=kind, on=given.on), field="on")
        if given.on < row.line.published_on:
            published = row.line.published_on
            raise Refused(
                msg("%(kind)s日期早于名单公布日期 %(published)s，请核对。", kind=kind, published=published), field="on"
            )
        if len(given.place.strip()) > LONGEST_PLACE:
            raise Refused(msg("医院或考察单位最多 %(most)s 字。", most=LONGEST_PLACE), field="place")
        if len(given.note.strip()) > LONGEST_NOTE:
            raise Refused(msg("说明最多 %(most)s 字。", most=LONGEST_NOTE), field="note")
        if not given.passed and not given.note.strip():
            raise Refused(msg("%(kind)s不合格，请写明原因。", kind=kind), field="note")


def _said(check: CandidateCheck) -> CheckGiven:
    return CheckGiven(check.kind, check.passed, check.on, check.place, check.note)


def _restore(row: FinalRow, departure: Departure, gone: Mapping[int, Departure]) -> None:
    """Put somebody back where they stood on the list."""
    if departure.successor_id is not None:
        name = db.session.get_one(Application, departure.successor_id).name
        raise Refused(
            msg("%(name)s的名额已于 %(on)s 由%(other)s递补，不能恢复。", name=row.application.name,
                on=departure.filled_on, other=name)
        )  # fmt: skip
    moved_up = row.application.id in {one.successor_id for one in gone.values()}
    row.line.outcome = Outcome.PROPOSED if moved_up else row.line.first_outcome
    db.session.delete(departure)
    db.session.flush()


def _batch(actor: Actor, batch_id: int) -> RecruitmentBatch:
    return batch_in(actor, batch_id, Permission.RECRUITMENT_DECIDE, BatchState.CHECKS, BatchState.NOTICE)


def _row(rows: Sequence[FinalRow], application_id: int) -> FinalRow:
    row = next((one for one in rows if one.application.id == application_id), None)
    if row is None:
        raise Refused(msg("此人不在本批次的最终名单中。"))
    return row
