"""One person's career as of a day: everything of it as one timeline, by year, as known now or as it was known then."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.career_file.queries.facts import POSTING, FactRow, FileFacts, GradeRow, file_facts, grade_rows
from careerpath.career_file.queries.file_lines import file_lines, grade_lines, level_lines, levels_known
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
from careerpath.career_file.queries.standing import (
    Ladder,
    Training,
    certificate_on,
    education_on,
    ladder_on,
    main_post,
    political_on,
    serving_on,
    training_on,
)
from careerpath.career_file.queries.waiting import Coming, Waiting, coming_of, waiting_of
from careerpath.core import clock
from careerpath.employees.models import Employee
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.person import PersonHead
from careerpath.pay.queries.levels import HeldLevel, LevelPage, level_page, own_level_page
from careerpath.policy.codes import Certificate, Education, Political
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
class Stand:
    """Where somebody stands on the day; what the reader may not see is ``None``.

    ``page`` has amounts and the next step as things are known now; it is left out of what was known then.
    """

    serving: bool
    post: FactRow | None
    political: Political | None
    education: Education | None
    certificate: Certificate | None
    sees_pay: bool
    level: HeldLevel | None
    page: LevelPage | None
    grade: GradeRow | None
    ladder: Ladder | None
    training: Training | None


@dataclass(frozen=True, slots=True)
class Career:
    """A person's timeline and standing as of ``as_of``, for one reader."""

    as_of: AsOf
    own: bool
    lines: tuple[Line, ...]
    """Newest first; those of later days are left out."""
    linked: bool
    """Whether the reader meets the records: a person who came from elsewhere has some that stayed there."""
    stand: Stand
    grades: tuple[GradeRow, ...]
    """The appraisals that the reader may see, newest first; with those that are not decided."""
    coming: tuple[Coming, ...]
    waiting: tuple[Waiting, ...]
    """What is open; nothing on an earlier day."""

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
    path, on, person = head.path, as_of.on, head.record

    def may(permission: Permission) -> bool:
        return own or actor.can(permission, path)

    facts, every = file_facts(head.id, as_of), grade_rows(head.id, on)
    grades = tuple(row for row in every if own or actor.can(Permission.APPRAISAL_VIEW, row.path))
    lines = gathered(person, as_of, facts, grades, may)
    page = _level(actor, head, on, own) if may(Permission.PAY_VIEW) else None
    levels = levels_known(page.history, on, as_of.known_on) if page is not None else ()
    lines += level_lines(levels)
    linked = not own and all(actor.can(Permission.EMPLOYEE_VIEW, row.path) for row in facts.of(POSTING))
    now, serving = as_of.known_on is None, serving_on(person, on)
    training = training_on(person, facts, on) if serving and may(Permission.TRAINING_VIEW) else None
    told = in_order(lines, on)
    waits = serving and on == clock.today()
    return Career(
        as_of=as_of,
        own=own,
        lines=told,
        linked=linked,
        stand=Stand(
            serving=serving,
            post=main_post(facts, on),
            political=political_on(person, on),
            education=education_on(facts, on),
            certificate=certificate_on(facts, on, registered=False),
            sees_pay=page is not None,
            level=next(iter(levels), None),
            page=page if now else None,
            grade=next((row for row in grades if row.decided), None),
            ladder=ladder_on(person, facts, every, on) if may(Permission.POOL_VIEW) else None,
            training=training,
        ),
        grades=grades,
        coming=coming_of(facts, told, page.step if page is not None and now else None, on) if serving else (),
        waiting=waiting_of(actor, person, path, facts, grades, told if own or linked else (), training, on, own=own)
        if waits
        else (),
    )


def gathered(
    person: Employee, as_of: AsOf, facts: FileFacts, grades: Iterable[GradeRow], may: Callable[[Permission], bool]
) -> list[Line]:
    """The lines of the file and of the rooms that ``may`` lets through, in no order; levels are not among them."""
    lines = [*file_lines(person, facts, as_of.on), *grade_lines(grades)]
    for permission, find in ROOMS:
        if may(permission):
            lines += find(person.id, as_of.on)
    if may(Permission.HONOUR_VIEW):
        lines += honour_lines(person.id, as_of.on, as_of.known_on)
    return lines


def in_order(lines: Iterable[Line], on: date) -> tuple[Line, ...]:
    """The lines that had begun by a day, newest first; a promotion and the post that it came to are one line."""
    return tuple(sorted((one for one in _joined(lines) if one.on <= on), key=_order, reverse=True))


ORDER = {kind: place for place, kind in enumerate(LineKind)}
"""On one day, who came first is told first."""


def _order(line: Line) -> tuple[date, int]:
    return line.on, ORDER[line.kind]


def _level(actor: Actor, head: PersonHead, on: date, own: bool) -> LevelPage:
    return own_level_page(actor, on) if own else level_page(actor, head.id, on)


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
