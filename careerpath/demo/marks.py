"""How a database is known as a demo: two entries of its trail, which nothing can remove."""

from dataclasses import dataclass

from sqlalchemy import select

from careerpath.access.models import AuditEntry, Unit, User
from careerpath.core.db import db
from careerpath.demo.operations import BEGIN, FINISH
from careerpath.demo.places import PLACES, Place


@dataclass(frozen=True, slots=True)
class Mark:
    """What a demo was built with, and whether the building came to its end."""

    place: Place
    employees: int
    seed: int
    complete: bool = False

    @property
    def note(self) -> str:
        """As it stands in the trail."""
        return f"{self.place.key} {self.employees} {self.seed}"


def find_mark() -> Mark | None:
    """The mark of this database; ``None`` for one that was never a demo."""
    entries = select(AuditEntry.operation, AuditEntry.note).where(
        AuditEntry.operation.in_((BEGIN, FINISH)), AuditEntry.result == "done"
    )
    notes = {row.operation: row.note for row in db.session.execute(entries)}
    if BEGIN not in notes:
        return None
    place, employees, seed = notes[BEGIN].split()
    return Mark(PLACES[place], int(employees), int(seed), FINISH in notes)


def is_blank() -> bool:
    """Whether nothing was ever kept here: neither units nor accounts."""
    kept = db.session.scalar(select(Unit.id).limit(1)), db.session.scalar(select(User.id).limit(1))
    return kept == (None, None)
