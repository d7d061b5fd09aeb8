"""What a page with script is told after a row was saved, or when somebody else was first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.operations.reckoning import row_values
from careerpath.appraisals.operations.street import missing
from careerpath.appraisals.queries.editions import edition_of
from careerpath.appraisals.queries.street import Totals, totals
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.language import say
from careerpath.employees.models import Employee
from careerpath.words import Message


@dataclass(frozen=True, slots=True)
class SavedRow:
    """One row as it now stands, with the sum line of its street."""

    record: Appraisal
    lacking: Sequence[Message]
    totals: Totals
    counted_at: datetime
    """After the row was saved and before the sums were read: of several answers the latest one holds all of them."""

    def as_json(self, at: str) -> dict[str, Any]:
        """For the page: version, computed cells, what is lacking, the sum line."""
        record, totals = self.record, self.totals
        return {
            "version": record.version,
            "shown": {
                "total": "" if record.total is None else format(record.total, "f"),
                "suggested": record.suggested_grade,
            },
            "state": "saved" if record.complete else "incomplete",
            "lacking": [say(message) for message in self.lacking],
            "summary": {
                "filled": totals.filled,
                "expected": totals.expected,
                "excellent": totals.excellent,
                "quota": totals.quota.allowed,
                "left": totals.quota.allowed - totals.excellent,
            },
            "counted_at": self.counted_at.timestamp(),
            "saved_at": at,
        }

    def as_conflict(self) -> dict[str, Any]:
        """For the page when it came second: what stands, and who wrote it when."""
        values = row_values(self.record)
        version = int(values.pop("version"))
        return {
            "version": version,
            "values": values,
            "by": self.record.touched_by,
            "at": "" if self.record.touched_at is None else clock.office_time(self.record.touched_at).strftime("%H:%M"),
        }


@dataclass(frozen=True, slots=True)
class LackingRow:
    """A person whose record cannot be submitted yet, and why."""

    id: int
    place: int
    name: str
    begun: bool
    """Whether the street has written in the row: what is lacking is then a thing to mend, not work not yet done."""
    lacking: Sequence[Message]


def row_as_saved(actor: Actor, appraisal_id: int) -> SavedRow:
    """One row as it now stands, or ``NotFound``."""
    counted_at = clock.now()
    db.session.expire_all()
    record = fetch(actor, Appraisal, appraisal_id, Permission.APPRAISAL_FILL)
    year = db.session.get_one(AppraisalYear, record.year_id)
    part = db.session.get_one(StreetAppraisal, record.street_appraisal_id)
    edition = edition_of(year)
    return SavedRow(record, missing(record, year, edition), totals(part, edition), counted_at)


def lacking_rows(actor: Actor, street_id: int) -> list[LackingRow]:
    """Everybody of a street who cannot be submitted yet: for the page before submission."""
    part = fetch(actor, StreetAppraisal, street_id, Permission.APPRAISAL_FILL)
    year = db.session.get_one(AppraisalYear, part.year_id)
    edition = edition_of(year)
    rows = db.session.execute(
        select(Appraisal, Employee.name)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .where(Appraisal.street_appraisal_id == part.id, Appraisal.complete.is_(False))
        .order_by(Appraisal.roster_order)
    )
    return [
        LackingRow(record.id, record.roster_order, name, _begun(record), missing(record, year, edition))
        for record, name in rows
    ]


def _begun(record: Appraisal) -> bool:
    return bool(record.scores or record.satisfaction is not None or record.street_grade or record.street_opinion)
