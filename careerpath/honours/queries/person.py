"""What one person was nominated for and holds, for the file's tab and the career file."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from careerpath.core.db import db
from careerpath.employees.models import Honour
from careerpath.employees.queries.as_of import AsOf, known
from careerpath.honours.models import CallState, HonourCall, HonourNominee, NomineeState
from careerpath.honours.queries.words import NOMINEE_STATES
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class HonourLine:
    """An honour that is held, or a nomination that has not come to one."""

    on: date
    """The day it was granted, or the day of the nomination."""
    title: str
    detail: str
    """Who granted it and under which document; for a nomination the name of the call."""
    state: Message
    granted: bool
    kind: str
    """``HonourKind``."""
    level: str
    """``HonourLevel``."""
    ends_on: date | None = None
    """The last day of a mandate's term."""
    call_id: int | None = None
    nominee_id: int | None = None


def person_lines(employee_id: int, on: date, known_on: date | None = None) -> tuple[HonourLine, ...]:
    """What a person was nominated for and was granted by a day, newest first. Two queries.

    Honours as known now, or as known at the end of ``known_on``. A nomination that came to an honour is told by the
    honour alone.
    """
    granted = (
        select(Honour, HonourNominee.call_id, HonourNominee.id)
        .outerjoin(HonourNominee, HonourNominee.honour_id == Honour.id)
        .where(Honour.employee_id == employee_id, known(Honour, AsOf(on, known_on)), Honour.granted_on <= on)
    )
    lines = [_granted(honour, call_id, nominee_id, on) for honour, call_id, nominee_id in db.session.execute(granted)]
    nominated = (
        select(HonourNominee, HonourCall)
        .join(HonourCall, HonourCall.id == HonourNominee.call_id)
        .where(
            HonourNominee.employee_id == employee_id,
            HonourNominee.nominated_on <= on,
            or_(
                HonourNominee.state != NomineeState.GRANTED,
                and_(HonourNominee.state == NomineeState.GRANTED, HonourCall.granted_on > on),
            ),
        )
    )
    for nominee, call in db.session.execute(nominated):
        # What became of it later was not known on an earlier day, and until the notice it is nobody's business.
        later = call.concluded_on is not None and call.concluded_on > on
        inside = call.state is CallState.REVIEW and nominee.state is not NomineeState.WITHDRAWN
        state = NOMINEE_STATES[NomineeState.NOMINATED if later or inside else nominee.state]
        lines.append(
            HonourLine(
                nominee.nominated_on,
                call.title,
                call.name,
                state,
                False,
                call.kind,
                call.level,
                call_id=call.id,
                nominee_id=nominee.id,
            )
        )
    return tuple(sorted(lines, key=lambda line: line.on, reverse=True))


def _granted(honour: Honour, call_id: int | None, nominee_id: int | None, on: date) -> HonourLine:
    over = honour.ends_on is not None and honour.ends_on < on
    return HonourLine(
        honour.granted_on,
        honour.title,
        " ".join(part for part in (honour.granted_by, honour.document) if part),
        msg("任期已满") if over else msg("任期内") if honour.ends_on is not None else msg("已授予"),
        True,
        honour.kind,
        honour.level,
        honour.ends_on,
        call_id,
        nominee_id,
    )
