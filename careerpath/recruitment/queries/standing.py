"""How far everybody on the final list is on the way to their first working day, and what they still lack."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.policy.recruitment import Outcome
from careerpath.recruitment.models import (
    Application,
    Appointment,
    CandidateCheck,
    CheckKind,
    Objection,
)
from careerpath.recruitment.queries.final import FinalRow, final_rows
from careerpath.recruitment.queries.words import CHECK_KINDS, EXAM_CHANNELS
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the final list with everything recorded for the person since."""

    row: FinalRow
    checks: tuple[CandidateCheck, ...]
    objections: tuple[Objection, ...]
    """About this person."""
    appointment: Appointment | None

    @property
    def id(self) -> int:
        """The application."""
        return self.row.application.id

    @property
    def proposed(self) -> bool:
        """Whether the person is to be appointed, or was."""
        return self.row.line.outcome is Outcome.PROPOSED

    @property
    def waiting(self) -> bool:
        """Whether the person is to be appointed and is not yet."""
        return self.proposed and self.appointment is None

    def check(self, kind: CheckKind) -> CandidateCheck | None:
        """The result of one check, if there is one."""
        return next((one for one in self.checks if one.kind is kind), None)

    def unchecked(self) -> list[CheckKind]:
        """The checks that have not been passed; by-elections and transfers rest on their document instead."""
        if self.row.position.channel not in EXAM_CHANNELS:
            return []
        return [kind for kind in CheckKind if (check := self.check(kind)) is None or not check.passed]

    def lacking(self, on: date, general: Sequence[Objection]) -> tuple[Message, ...]:
        """What stands between the person and the appointment on a day; ``general``: objections to the whole batch."""
        found = [msg("尚无合格的%(kind)s结论", kind=CHECK_KINDS[kind]) for kind in self.unchecked()]
        ends_on = self.row.line.notice_ends_on
        if ends_on is None:
            found.append(msg("尚未公示"))
        elif on <= ends_on:
            found.append(msg("公示至 %(ends)s", ends=ends_on))
        if any(one.answered_on is None for one in self.objections):
            found.append(msg("对本人的异议尚未答复"))
        if any(one.answered_on is None for one in general):
            found.append(msg("对本批次的异议尚未答复"))
        return tuple(found)


def standings(batch_id: int, *, lock: bool = False, told: Sequence[Objection] | None = None) -> list[Standing]:
    """Everybody on the final list of a batch: four queries, one fewer with the objections at hand."""
    checks: dict[int, list[CandidateCheck]] = defaultdict(list)
    query = select(CandidateCheck).join(Application, Application.id == CandidateCheck.application_id)
    for check in db.session.scalars(query.where(Application.batch_id == batch_id).order_by(CandidateCheck.id)):
        checks[check.application_id].append(check)
    objections: dict[int | None, list[Objection]] = defaultdict(list)
    for objection in objections_of(batch_id) if told is None else told:
        objections[objection.application_id].append(objection)
    appointed = {
        one.application_id: one
        for one in db.session.scalars(select(Appointment).where(Appointment.batch_id == batch_id))
    }
    return [
        Standing(
            row,
            tuple(checks[row.application.id]),
            tuple(objections[row.application.id]),
            appointed.get(row.application.id),
        )
        for row in final_rows(batch_id, lock=lock)
    ]


def objections_of(batch_id: int) -> Sequence[Objection]:
    """Everything that was brought forward against a batch, oldest first: one query."""
    query = select(Objection).where(Objection.batch_id == batch_id).order_by(Objection.received_on, Objection.id)
    return db.session.scalars(query).all()


def general_objections(batch_id: int) -> list[Objection]:
    """Those against the batch as a whole."""
    return [one for one in objections_of(batch_id) if one.application_id is None]
