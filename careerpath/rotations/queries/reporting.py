"""Which reports of a rotation are due, which came, and which are missing on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from careerpath.policy.rotation import RotationEdition, Stay, reports_due


@dataclass(frozen=True, slots=True)
class ReportDue:
    """One report that the rule asks for: the day by which, and the day of the one that came."""

    due_on: date
    came_on: date | None

    def missing(self, on: date) -> bool:
        """Whether it should be there by now."""
        return self.came_on is None and self.due_on < on

    @property
    def late(self) -> bool:
        """Whether it came after its day."""
        return self.came_on is not None and self.came_on > self.due_on


def reports_asked(edition: RotationEdition, stay: Stay, days: Sequence[date]) -> tuple[ReportDue, ...]:
    """Each report that is due beside the one that answers it, out of the ``days`` of those that came.

    A report answers one day: the earliest that came after the day before it, so that two of one time do not make up
    for the next one.
    """
    if edition.kind(stay.kind) is None:
        return ()
    left, found, before = sorted(days), [], date.min
    for due_on in reports_due(edition, stay):
        came = next((day for day in left if day > before), None)
        left = [day for day in left if came is None or day > came]
        found.append(ReportDue(due_on, came))
        before = due_on
    return tuple(found)
