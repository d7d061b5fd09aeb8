"""Where somebody stands on a day: post, ladder with the next step, level, last grade, and the training of the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from careerpath.career_file.queries.facts import (
    CERTIFICATE,
    DISCIPLINE,
    EDUCATION,
    HONOUR,
    POSTING,
    FactRow,
    FileFacts,
    GradeRow,
)
from careerpath.employees.models import Employee
from careerpath.employees.queries.serving import days_of_service
from careerpath.policy import codes
from careerpath.policy.talent_pool import HeldPost, Honour, Person, Rung, Span, TalentPoolEdition
from careerpath.policy.talent_pool.ladder import next_rung, rung_on, rungs_held, stood_since
from careerpath.policy.training import Need, Trainee, TrainingEdition, needs_of
from careerpath.talent_pool.queries.checklists import Checklist, checklist
from careerpath.talent_pool.queries.ladder import Step, gates_ahead, steps_of
from careerpath.talent_pool.queries.rules import rules_or_none as pool_rules
from careerpath.training.queries.attendance import attended_of
from careerpath.training.queries.rules import rules_or_none as training_rules
from careerpath.training.queries.trainees import courses_in

ZERO = Decimal(0)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs with their days, the one somebody stands on, and what leads to the next.

    ``next`` is ``None`` at the top and for who does not serve; ``gate`` where no rule asks for anything.
    """

    edition: TalentPoolEdition
    steps: tuple[Step, ...]
    rung: Rung | None
    since: date | None
    next: Rung | None
    gate: Checklist | None


@dataclass(frozen=True, slots=True)
class Training:
    """The training of the year as of a day: hours had, and what the rules ask for."""

    year: int
    hours: Decimal
    classes: int
    needs: tuple[Need, ...]

    @property
    def lacking(self) -> tuple[Need, ...]:
        """The requirements that are not met."""
        return tuple(need for need in self.needs if not need.is_met)


def serving_on(person: Employee, on: date) -> bool:
    """Whether somebody is in service on a day."""
    return person.joined_community_on <= on and (person.left_on is None or person.left_on >= on)


def main_post(facts: FileFacts, on: date) -> FactRow | None:
    """The main post of a day."""
    return next((row for row in facts.of(POSTING) if row.main and row.on is not None and _holds(row, on)), None)


def political_on(person: Employee, on: date) -> codes.Political | None:
    """The political standing of a day: who joined later was of the masses, who became full later was on probation."""
    if not person.political:
        return None
    if person.political_since is not None and person.political_since > on:
        return codes.Political.MASSES
    full = person.political_full_since
    if person.political == codes.Political.PARTY_MEMBER and full is not None and full > on:
        return codes.Political.PROBATIONARY_MEMBER
    return codes.Political(person.political)


def education_on(facts: FileFacts, on: date) -> codes.Education | None:
    """The highest diploma of a day; the codes fall as the level rises."""
    levels = [row.code for row in facts.of(EDUCATION) if row.on is None or row.on <= on]
    return codes.Education(min(levels)) if levels else None


def certificate_on(facts: FileFacts, on: date, *, registered: bool) -> codes.Certificate | None:
    """The highest certificate of a day: obtained, or registered as well."""
    order = tuple(codes.Certificate)
    found = [
        codes.Certificate(row.code)
        for row in facts.of(CERTIFICATE)
        if (day := row.also_on if registered else row.on) is not None and day <= on
    ]
    return max(found, key=order.index, default=None)


def ladder_on(person: Employee, facts: FileFacts, grades: Sequence[GradeRow], on: date) -> Ladder | None:
    """The ladder of a day, from the facts as they were known; ``None`` without rules on that day. One query."""
    edition = pool_rules(on)
    if edition is None:
        return None
    told = _person(edition, person, facts, grades, on)
    rung = rung_on(edition, told, on)
    serving = serving_on(person, on)
    first = gates_ahead(edition, rung)[0] if serving else None
    return Ladder(
        edition=edition,
        steps=steps_of(edition, told, on),
        rung=rung,
        since=stood_since(told, rung, on) if rung is not None else None,
        next=next_rung(edition, rung) if serving else None,
        gate=checklist(edition, first, told, on) if first is not None else None,
    )


def training_on(person: Employee, facts: FileFacts, on: date) -> Training:
    """The training of the year of a day. Two queries."""
    edition: TrainingEdition | None = training_rules(on)
    year, joined_on = on.year, person.joined_community_on
    # Who begins in January was trained in December: the days before the first one count as well.
    attended = attended_of([person.id], None if joined_on.year == year else year, on).get(person.id, [])
    courses = courses_in(attended, year)
    if edition is None:
        return Training(year, sum((one.hours for one in courses), ZERO), len(courses), ())
    posts = tuple((codes.Post(row.code), row.on, row.ends_on) for row in facts.of(POSTING) if row.on is not None)
    trainee = Trainee(joined_on, person.left_on, posts, tuple(attended))
    hours = sum((one.hours or (one.days or ZERO) * edition.hours_per_day for one in courses), ZERO)
    return Training(year, hours, len(courses), needs_of(edition, trainee, year, on))


def _person(
    edition: TalentPoolEdition, person: Employee, facts: FileFacts, grades: Sequence[GradeRow], on: date
) -> Person:
    # Title and party role are looked through together: either may name the office.
    posts = tuple(
        HeldPost(codes.Post(row.code), f"{row.name} {row.more}".strip(), Span(row.on, row.ends_on))
        for row in facts.of(POSTING)
        if row.on is not None
    )
    homes = [(row.on, row.ends_on) for row in facts.of(POSTING) if row.main and row.on is not None]
    return Person(
        born_on=person.born_on,
        political=political_on(person, on),
        education=education_on(facts, on),
        service=tuple(Span(*days) for days in days_of_service(person.joined_community_on, person.left_on, homes)),
        posts=posts,
        rungs=rungs_held(edition, posts),
        appraisals={row.year: codes.Grade(row.grade) for row in grades if row.grade},
        certificate=certificate_on(facts, on, registered=True),
        disciplines=tuple(span for row in facts.of(DISCIPLINE) for span in _measures(row)),
        honours=tuple(Honour(row.code, row.on) for row in facts.of(HONOUR) if row.on is not None and row.on <= on),
    )


def _measures(row: FactRow) -> list[Span]:
    """The term of a measure, and an open case until it is closed or ends in a measure."""
    found = []
    if row.name and row.on is not None:
        found.append(Span(row.on, row.ends_on))
    if row.also_on is not None:
        closed = row.closed_on or (row.on - ONE_DAY if row.on is not None else None)
        if closed is None or closed >= row.also_on:
            found.append(Span(row.also_on, closed))
    return found


def _holds(row: FactRow, on: date) -> bool:
    return row.on is not None and row.on <= on and (row.ends_on is None or row.ends_on >= on)
