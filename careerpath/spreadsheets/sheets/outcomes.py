"""What recruitment hands out at its end: the final list as it stands, and those who were appointed."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.sheets import SheetSpec
from careerpath.employees.models import Employee
from careerpath.policy.recruitment import RecruitmentEdition, Stage
from careerpath.recruitment.models import (
    Application,
    Appointment,
    CheckKind,
    Departure,
    Examinee,
    ListLine,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.sealed import opened
from careerpath.recruitment.sheets.results import APPOINTMENTS_SPEC, FINAL_SPEC
from careerpath.spreadsheets.sheets.batches import BatchDesk, pieces, where, wished
from careerpath.spreadsheets.sheets.checks import checks_of
from careerpath.spreadsheets.sheets.desk import Export, Wish
from careerpath.words import Message, Refused, msg

_P = Permission


class FinalDesk(BatchDesk):
    """The final list."""

    permission = _P.RECRUITMENT_VIEW

    def columns(self, edition: RecruitmentEdition | None) -> SheetSpec:
        """Always the same columns."""
        return FINAL_SPEC

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Every line for positions that the actor may see."""
        batch = wished(actor, wish, self.permission)
        query = (
            select(ListLine.id)
            .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
            .where(ListLine.batch_id == batch.id, ListLine.stage == Stage.FINAL, *where(actor, wish, self.permission))
        )
        ids = db.session.scalars(query.order_by(*_IN_ORDER)).all()
        if not ids:
            raise Refused(msg("“%(name)s”没有可以导出的最终名单。", name=batch.name), field="batch")
        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        line = self.line(actor, wish.about)
        return Export(FINAL_SPEC, f"{batch.name}最终名单", notes, pieces(ids), _lines, line)


_IN_ORDER = (RecruitmentPosition.code, ListLine.rank.is_(None), ListLine.rank, ListLine.id)


def _lines(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    other, other_seat = aliased(Application), aliased(Examinee)
    query = (
        select(
            ListLine,
            Application,
            RecruitmentPosition,
            Unit.short_name,
            Examinee.exam_number,
            Departure.on,
            other.number,
            other_seat.exam_number,
        )
        .join(Application, Application.id == ListLine.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .outerjoin(Examinee, Examinee.application_id == ListLine.application_id)
        .outerjoin(Departure, Departure.application_id == ListLine.application_id)
        .outerjoin(other, other.id == Departure.successor_id)
        .outerjoin(other_seat, other_seat.application_id == Departure.successor_id)
        .where(ListLine.id.in_(piece))
        .order_by(*_IN_ORDER)
    )
    found = db.session.execute(query).all()
    checks = checks_of([application.id for _, application, *_ in found])
    for line, application, position, unit, exam_number, left_on, successor, successor_seat in found:
        results = {kind.value: checks.get((application.id, kind)) for kind in CheckKind}
        yield {
            "position": position.code,
            "unit": unit,
            "title": position.title,
            "channel": position.channel,
            "number": exam_number or application.number,
            "name": application.name,
            "left_on": left_on,
            "successor": successor_seat or successor,
            **{name: getattr(line, name) for name in _OF_LINE},
            **{name: check.passed for name, check in results.items() if check is not None},
        }


_OF_LINE = ("rank", "written", "interview", "bonus", "total", "first_outcome", "outcome")


class AppointmentsDesk(BatchDesk):
    """Who was appointed."""

    permission = _P.RECRUITMENT_VIEW

    def columns(self, edition: RecruitmentEdition | None) -> SheetSpec:
        """Always the same columns."""
        return APPOINTMENTS_SPEC

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Everybody appointed to positions that the actor may see; full numbers only where the wish says so."""
        batch = wished(actor, wish, self.permission)
        query = (
            select(Appointment.id)
            .join(Application, Application.id == Appointment.application_id)
            .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
            .where(Appointment.batch_id == batch.id, *where(actor, wish, self.permission))
        )
        if wish.reveal:
            query = query.where(within(actor, Application.unit_id, _P.IDENTITY_REVEAL))
        ids = db.session.scalars(query.order_by(RecruitmentPosition.code, Appointment.id)).all()
        if not ids:
            raise Refused(msg("“%(name)s”没有可以导出的聘用人员。", name=batch.name), field="batch")

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            return _appointed(piece, wish.reveal)

        notes: tuple[Message, ...] = (msg("共 %(count)s 人。", count=len(ids)),)
        if not wish.reveal:
            notes += (msg("身份证号和手机号已遮盖。"),)
        line = self.line(actor, wish.about)
        return Export(APPOINTMENTS_SPEC, f"{batch.name}聘用人员名单", notes, pieces(ids), rows, line)


def _appointed(piece: Sequence[int], reveal: bool) -> Iterable[Mapping[str, object]]:
    query = (
        select(Appointment, Application, RecruitmentPosition, Unit.short_name, Employee.number)
        .join(Application, Application.id == Appointment.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .join(Employee, Employee.id == Appointment.employee_id)
        .where(Appointment.id.in_(piece))
        .order_by(RecruitmentPosition.code, Appointment.id)
    )
    for appointment, application, position, unit, number in db.session.execute(query):
        private = {"identity": application.identity_masked, "phone": application.phone_masked}
        if reveal:
            private = {name: opened(getattr(application, f"{name}_sealed"), name, application.uid) for name in private}
        yield {
            "employee": number,
            "name": application.name,
            "position": position.code,
            "unit": unit,
            "title": position.title,
            "channel": position.channel,
            **private,
            **{name: getattr(appointment, name) for name in _TERMS},
        }


_TERMS = ("starts_on", "contract_ends_on", "probation_ends_on", "document")
