"""What somebody grew by, from all rooms, as of a day: in groups, and as one timeline."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.career_file.queries.lines import (
    KINDS,
    Line,
    LineKind,
    honour_lines,
    mentoring_lines,
    pool_lines,
    rotation_lines,
    skill_lines,
    study_lines,
    training_lines,
)
from careerpath.core.db import db
from careerpath.employees.models import Posting
from careerpath.employees.queries.person import PersonHead
from careerpath.words import Message

FINDERS: Mapping[LineKind, tuple[Permission, Callable[[int, date], Iterable[Line]]]] = {
    LineKind.MENTORING: (Permission.MENTORING_VIEW, mentoring_lines),
    LineKind.ROTATION: (Permission.ROTATION_VIEW, rotation_lines),
    LineKind.TRAINING: (Permission.TRAINING_VIEW, training_lines),
    LineKind.STUDY: (Permission.TRAINING_VIEW, study_lines),
    LineKind.SKILL: (Permission.SKILL_VIEW, skill_lines),
    LineKind.HONOUR: (Permission.HONOUR_VIEW, honour_lines),
    LineKind.POOL: (Permission.POOL_VIEW, pool_lines),
}
"""By kind, in the order in which the page shows them: who in the office may see it, and what finds it. The person sees
everything of their own."""


@dataclass(frozen=True, slots=True)
class GrowthGroup:
    """The lines of one kind, newest first."""

    kind: LineKind
    title: Message
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """Everything of one person as of ``on``."""

    on: date
    groups: tuple[GrowthGroup, ...]
    """In the order of the kinds; only those that the reader may see, empty ones as well."""
    linked: bool
    """Whether the reader meets the records: a person who came from elsewhere has some that stayed there."""

    @property
    def years(self) -> tuple[tuple[int, tuple[Line, ...]], ...]:
        """All lines by year, newest first."""
        lines = sorted((line for group in self.groups for line in group.lines), key=lambda line: line.on, reverse=True)
        found: dict[int, list[Line]] = {}
        for line in lines:
            found.setdefault(line.on.year, []).append(line)
        return tuple((year, tuple(those)) for year, those in found.items())

    @property
    def total(self) -> int:
        """How many lines there are."""
        return sum(len(group.lines) for group in self.groups)


def growth_of(actor: Actor, head: PersonHead, on: date, *, own: bool = False) -> Growth:
    """What one person grew by until a day. The caller has met the file; each room shows what its permission allows."""
    groups = []
    for kind, (permission, find) in FINDERS.items():
        if own or actor.can(permission, head.path):
            lines = sorted(find(head.id, on), key=lambda line: line.on, reverse=True)
            groups.append(GrowthGroup(kind, KINDS[kind], tuple(lines)))
    return Growth(on, tuple(groups), linked=not own and _met(actor, head.id))


def _met(actor: Actor, employee_id: int) -> bool:
    """Whether the actor may see every unit in which the person held a main post. One query."""
    query = (
        select(Unit.path)
        .join(Posting, Posting.unit_id == Unit.id)
        .where(Posting.employee_id == employee_id, Posting.main.is_(True), Posting.superseded_at.is_(None))
    )
    paths: Sequence[str] = db.session.scalars(query).all()
    return all(actor.can(Permission.EMPLOYEE_VIEW, path) for path in paths)
