"""One person's career as of a day: everything of it as one timeline, by year, as known now or as it was known then."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import true

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.appraisals.models import Appraisal
from careerpath.career_file.queries.facts import FileFacts, GradeRow, file_facts, grade_rows
from careerpath.career_file.queries.file_lines import file_lines, grade_lines, level_lines
from careerpath.career_file.queries.lines import (
    Line,
    LineKind,
    honour_lines,
    mentoring_lines,
    pool_lines,
    rotation_lines,
    study_lines,
    training_lines,
)
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.person import PersonHead
from careerpath.pay.queries.levels import LevelPage, level_page, own_level_page
from careerpath.words import Message, msg


class Theme(StrEnum):
    """What the timeline is narrowed to."""

    SERVICE = "service"
    STUDIES = "studies"
    GROWTH = "growth"
    POOL = "pool"
    RESULTS = "results"
    HONOURS = "honours"


THEMES: Mapping[Theme, Message] = {
    Theme.SERVICE: msg("任职"),
    Theme.STUDIES: msg("学历资格"),
    Theme.GROWTH: msg("培养锻炼"),
    Theme.POOL: msg("后备晋升"),
    Theme.RESULTS: msg("考核薪酬"),
    Theme.HONOURS: msg("奖惩"),
}

THEME_OF: Mapping[LineKind, Theme] = {
    LineKind.ENTRY: Theme.SERVICE,
    LineKind.POSTING: Theme.SERVICE,
    LineKind.CONTRACT: Theme.SERVICE,
    LineKind.PARTY: Theme.STUDIES,
    LineKind.DIPLOMA: Theme.STUDIES,
    LineKind.STUDY: Theme.STUDIES,
    LineKind.MENTORING: Theme.GROWTH,
    LineKind.ROTATION: Theme.GROWTH,
    LineKind.TRAINING: Theme.GROWTH,
    LineKind.SKILL: Theme.GROWTH,
    LineKind.POOL: Theme.POOL,
    LineKind.APPRAISAL: Theme.RESULTS,
    LineKind.PAY: Theme.RESULTS,
    LineKind.HONOUR: Theme.HONOURS,
    LineKind.DISCIPLINE: Theme.HONOURS,
}

ROOMS: tuple[tuple[Permission, Callable[[int, date], Iterable[Line]]], ...] = (
    (Permission.MENTORING_VIEW, mentoring_lines),
    (Permission.ROTATION_VIEW, rotation_lines),
    (Permission.TRAINING_VIEW, training_lines),
    (Permission.TRAINING_VIEW, study_lines),
    (Permission.POOL_VIEW, pool_lines),
)
"""Who in the office may see a room's lines, and what finds them. What somebody can do has a page of its own."""


@dataclass(frozen=True, slots=True)
class Career:
    """A person's timeline as of ``as_of``, for one reader; ``level`` is left out for who may not see pay."""

    as_of: AsOf
    own: bool
    lines: tuple[Line, ...]
    """Newest first; those of later days are left out."""
    linked: bool
    """Whether the reader meets the records: a person who came from elsewhere has some that stayed there."""
    facts: FileFacts
    grades: tuple[GradeRow, ...]
    level: LevelPage | None

    def years(self, theme: Theme | None = None) -> tuple[tuple[int, tuple[Line, ...]], ...]:
        """The lines by year, newest first, of one theme or of all."""
        found: dict[int, list[Line]] = {}
        for line in self.lines:
            if theme is None or THEME_OF[line.kind] is theme:
                found.setdefault(line.on.year, []).append(line)
        return tuple((year, tuple(those)) for year, those in found.items())

    @property
    def counts(self) -> Mapping[Theme, int]:
        """How many lines each theme has."""
        return {theme: sum(THEME_OF[line.kind] is theme for line in self.lines) for theme in Theme}


def career_of(actor: Actor, head: PersonHead, as_of: AsOf, *, own: bool = False) -> Career:
    """The career of a person whose file the caller has met; each room brings what its permission allows.

    Facts of the file, honours and levels are told as they were known; records of other rooms by their days.
    """
    path = path_of(head)
    on = as_of.on
    facts = file_facts(head.id, as_of)
    scope = true() if own else within(actor, Appraisal.unit_id, Permission.APPRAISAL_VIEW)
    grades = grade_rows(head.id, on, scope)
    lines = [*file_lines(head.record, facts, on), *grade_lines(grades)]
    for permission, find in ROOMS:
        if own or actor.can(permission, path):
            lines += find(head.id, on)
    if own or actor.can(Permission.HONOUR_VIEW, path):
        lines += honour_lines(head.id, on, as_of.known_on)
    level = _level(actor, head, path, on, own)
    if level is not None:
        lines += level_lines(level.history, on, as_of.known_on)
    told = (line for line in _joined(lines) if line.on <= on)
    return Career(
        as_of=as_of,
        own=own,
        lines=tuple(sorted(told, key=lambda line: (line.on, ORDER[line.kind]), reverse=True)),
        linked=not own and all(actor.can(Permission.EMPLOYEE_VIEW, row.path) for row in facts.of("posting")),
        facts=facts,
        grades=grades,
        level=level,
    )


def path_of(head: PersonHead) -> str:
    """The path of the home unit."""
    return "".join(f"{unit_id}/" for unit_id, _ in head.units)


ORDER = {kind: place for place, kind in enumerate(LineKind)}
"""On one day, who came first is told first."""


def _level(actor: Actor, head: PersonHead, path: str, on: date, own: bool) -> LevelPage | None:
    if own:
        return own_level_page(actor, on)
    return level_page(actor, head.id, on) if actor.can(Permission.PAY_VIEW, path) else None


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with each promotion and the post that it came to told once."""
    found = list(lines)
    promoted = {line.on: line for line in found if line.endpoint == "talent_pool.promotion"}
    taken = {line.on for line in found if line.kind is LineKind.POSTING}
    for line in found:
        if line.kind is LineKind.POSTING and line.on in promoted:
            by = promoted[line.on]
            yield replace(line, kind=by.kind, detail=by.detail, endpoint=by.endpoint, ids=by.ids)
        elif line.endpoint != "talent_pool.promotion" or line.on not in taken:
            yield line
