"""A report counted before it is written: while tens of thousands of records are counted, nobody waits for a lock."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from careerpath.access.actor import Actor
from careerpath.annual_reports.models import AnnualReport
from careerpath.annual_reports.queries.gathering import gather
from careerpath.annual_reports.queries.scope import scope_of
from careerpath.annual_reports.queries.section import as_plain
from careerpath.core import clock


@dataclass(frozen=True, slots=True)
class Counted:
    """What the sections of a unit said at an instant, as they are kept (``section.as_plain``)."""

    actor: Actor
    unit_id: int
    year: int
    on: date
    figures: dict[str, Any]
    at: datetime

    def fits(self, actor: Actor, report: AnnualReport) -> bool:
        """Whether it is what this actor would count for a report: its unit, year and day may have changed since."""
        return (self.actor, self.unit_id, self.year, self.on) == (actor, report.unit_id, report.year, report.on)


def count(actor: Actor, unit_id: int, year: int, on: date) -> Counted:
    """Count the sections of a unit for a year as of a day. Refuses units without reports. Some eighty queries."""
    at = clock.now()
    return Counted(actor, unit_id, year, on, as_plain(gather(scope_of(actor, unit_id, year, on))), at)


def count_report(actor: Actor, report: AnnualReport) -> Counted:
    """Count the sections of a report as they would be now."""
    return count(actor, report.unit_id, report.year, report.on)
