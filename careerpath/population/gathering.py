"""From persons to columns, and from columns back to the facts of one person."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

import numpy as np

from careerpath.policy.codes import Certificate, Education, Grade, Post, Sex, degree_level
from careerpath.policy.pay import Certified, Held, PayFacts, Placed, Span, Study
from careerpath.population.days import ABSENT, NEVER, Flags, Ints, day_of, fits, number_of
from careerpath.population.people import (
    Approved,
    Bases,
    Certificates,
    Grades,
    Other,
    People,
    Person,
    Posts,
    Spans,
    Studies,
)

GRADES = tuple(Grade)
POSTS = (Post.STAFF, Post.DEPUTY, Post.CHIEF)
"""Posts by rank, which begins at 1."""
CERTIFICATES = (Certificate.JUNIOR, Certificate.INTERMEDIATE, Certificate.SENIOR)
SEXES = (Sex.UNKNOWN, Sex.MALE, Sex.FEMALE, Sex.UNSTATED)
DEGREES = {"2": 6, "3": 5, "4": 4}
DIPLOMAS = {one.value: one.rank for one in Education}
DIPLOMA_CODES = {6: "11", 5: "14", 4: "21", 3: "31", 2: "41", 1: "71", 0: ""}
DEGREE_CODES = {6: "2", 5: "3", 4: "4", 0: ""}

MOST_ROWS = 8
"""Whoever has more posts, spans or studies goes one by one, so that nobody's long history widens all columns."""

Row = TypeVar("Row")


def gather(persons: Sequence[Person]) -> People:
    """The columns of some people, in their order. What the columns cannot hold exactly goes into ``singly``."""
    singly = {place: person.facts for place, person in enumerate(persons) if not _holds(person.facts)}
    blank = PayFacts(on=date(FIRST_SHOWN, 1, 1))
    facts = [blank if place in singly else person.facts for place, person in enumerate(persons)]
    units = {unit: place for place, unit in enumerate(dict.fromkeys(person.unit for person in persons))}
    codes = {code: place for place, code in enumerate(dict.fromkeys(one.unit for one in facts))}
    return People(
        ids=np.fromiter((person.id for person in persons), np.int64, len(persons)),
        units=tuple(units),
        unit=_column((units[person.unit] for person in persons), len(persons)),
        born=_column((_born(person) for person in persons), len(persons)),
        sex=_column((SEXES.index(person.sex) for person in persons), len(persons)),
        spans=_spans(facts),
        posts=_posts(facts),
        studies=_studies(facts),
        certificates=_certificates(facts),
        grades=_grades(facts),
        probation_until=_column((_day(one.probation_until, ABSENT) for one in facts), len(facts)),
        military=_column((one.military_months for one in facts), len(facts)),
        placed=_placed(facts),
        bases=_bases(persons),
        codes=tuple(codes),
        code=_column((codes[one.unit] for one in facts), len(facts)),
        other=_other(facts),
        exempt=_exempt(persons),
        singly=singly,
        known=persons,
    )


FIRST_SHOWN = 2000


def facts_of(people: People, place: int, on: date) -> PayFacts:
    """The facts of one person, looked at on a day."""
    if people.known is not None:
        return people.known[place].facts
    if place in people.singly:
        return people.singly[place]
    posts, studies, spans, grades = people.posts, people.studies, people.spans, people.grades
    level, tier = int(people.placed.level[place]), int(people.placed.tier[place])
    since = int(people.placed.since[place])
    obtained, registered = people.certificates.obtained[:, place], people.certificates.registered[:, place]
    held = [
        Held(
            POSTS[posts.rank[row, place] - 1],
            day_of(posts.starts[row, place]),
            _open(posts.ends[row, place]),
            bool(posts.main[row, place]),
            bool(posts.dual_head[row, place]),
            bool(posts.elected[row, place]),
        )
        for row in range(len(posts.rank))
        if posts.rank[row, place]
    ]
    studied = [
        Study(
            DIPLOMA_CODES[int(studies.diploma[row, place])],
            DEGREE_CODES[int(studies.degree[row, place])],
            None if studies.day[row, place] == ABSENT else day_of(studies.day[row, place]),
        )
        for row in range(len(studies.day))
        if studies.day[row, place] != NEVER
    ]
    return PayFacts(
        on=on,
        service=tuple(
            Span(day_of(start), _open(end))
            for start, end in zip(spans.starts[:, place], spans.ends[:, place], strict=True)
            if start != NEVER
        ),
        posts=tuple(held),
        studies=tuple(studied) if studies.known[place] else None,
        certificates=tuple(
            Certified(grade, _open(obtained[row]), _open(registered[row]))
            for row, grade in enumerate(CERTIFICATES)
            if min(obtained[row], registered[row]) != NEVER
        ),
        appraisals={
            grades.first_year + row: GRADES[code - 1] for row, code in enumerate(grades.grade[:, place]) if code
        },
        probation_until=None if people.probation_until[place] == ABSENT else day_of(people.probation_until[place]),
        military_months=int(people.military[place]),
        placed=Placed(level, tier or None, None if since == ABSENT else day_of(since)) if level else None,
        other={
            name: column.values[column.place[place] - 1] for name, column in people.other.items() if column.place[place]
        },
        unit=people.codes[people.code[place]],
    )


def _holds(facts: PayFacts) -> bool:
    """Whether the columns can hold a history: few rows, days within the tables, spans in order and apart."""
    if max(len(facts.service), len(facts.posts), len(facts.studies or ())) > MOST_ROWS:
        return False
    if any(after.starts_on <= (before.ends_on or date.max) for before, after in pairwise(facts.service)):
        return False
    days = [
        facts.probation_until,
        facts.placed.since if facts.placed else None,
        *(day for span in facts.service for day in (span.starts_on, span.ends_on)),
        *(day for held in facts.posts for day in (held.starts_on, held.ends_on)),
        *(study.graduated_on for study in facts.studies or ()),
        *(day for one in facts.certificates for day in (one.obtained_on, one.registered_on)),
        *(date(year, 12, 31) for year in facts.appraisals),
    ]
    return all(day is None or fits(day) for day in days)


def _born(person: Person) -> int:
    return ABSENT if person.born_on is None or not fits(person.born_on) else number_of(person.born_on)


def _day(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else number_of(day)


def _open(number: int) -> date | None:
    return None if number == NEVER else day_of(number)


def _column(values: Iterable[int], count: int) -> Ints:
    return np.fromiter(values, np.int32, count)


def _table(
    facts: Sequence[PayFacts],
    rows_of: Callable[[PayFacts], Sequence[Row]],
    blank: tuple[int, ...],
    told: Callable[[Row], tuple[int, ...]],
) -> list[Ints]:
    """One ``(row, person)`` array for each value that ``told`` gives of a row; ``blank`` where there is no row."""
    most = max((len(rows_of(one)) for one in facts), default=0)
    columns = [np.full((max(most, 1), len(facts)), value, np.int32) for value in blank]
    for place, one in enumerate(facts):
        for number, row in enumerate(rows_of(one)):
            for column, value in zip(columns, told(row), strict=True):
                column[number, place] = value
    return columns


def _spans(facts: Sequence[PayFacts]) -> Spans:
    told = _table(
        facts,
        lambda one: one.service,
        (NEVER, NEVER),
        lambda span: (number_of(span.starts_on), _day(span.ends_on, NEVER)),
    )
    return Spans(*told)


def _posts(facts: Sequence[PayFacts]) -> Posts:
    rank, starts, ends, *marks = _table(
        facts,
        lambda one: one.posts,
        (0, NEVER, ABSENT, 0, 0, 0),
        lambda held: (
            POSTS.index(held.post) + 1,
            number_of(held.starts_on),
            _day(held.ends_on, NEVER),
            held.main,
            held.dual_head,
            held.elected,
        ),
    )
    main, dual_head, elected = (mark.astype(np.bool_) for mark in marks)
    return Posts(rank, starts, ends, main, dual_head, elected)


def _studies(facts: Sequence[PayFacts]) -> Studies:
    day, diploma, degree = _table(
        facts,
        lambda one: one.studies or (),
        (NEVER, 0, 0),
        lambda study: (_day(study.graduated_on, ABSENT), _diploma(study), _degree(study)),
    )
    known: Flags = np.fromiter((one.studies is not None for one in facts), np.bool_, len(facts))
    return Studies(day, diploma, degree, known)


def _diploma(study: Study) -> int:
    return DIPLOMAS[study.education] if study.education else 0


def _degree(study: Study) -> int:
    level = degree_level(study.degree) if study.degree else None
    return 0 if level is None else DEGREES[level.value]


def _certificates(facts: Sequence[PayFacts]) -> Certificates:
    obtained = np.full((len(CERTIFICATES), len(facts)), NEVER, np.int32)
    registered = obtained.copy()
    for place, one in enumerate(facts):
        for certified in one.certificates:
            row = CERTIFICATES.index(certified.grade)
            obtained[row, place] = min(obtained[row, place], _day(certified.obtained_on, NEVER))
            registered[row, place] = min(registered[row, place], _day(certified.registered_on, NEVER))
    return Certificates(obtained, registered)


def _grades(facts: Sequence[PayFacts]) -> Grades:
    years = [year for one in facts for year in one.appraisals]
    first, last = min(years, default=FIRST_SHOWN), max(years, default=FIRST_SHOWN)
    grade = np.zeros((last - first + 1, len(facts)), np.int32)
    places = {one: number for number, one in enumerate(GRADES, start=1)}
    for place, one in enumerate(facts):
        for year, given in one.appraisals.items():
            grade[year - first, place] = places[given]
    return Grades(first, grade)


def _placed(facts: Sequence[PayFacts]) -> Approved:
    placed = [one.placed or Placed(0) for one in facts]
    return Approved(
        _column((one.tier or 0 for one in placed), len(facts)),
        _column((one.level for one in placed), len(facts)),
        _column((_day(one.since, ABSENT) for one in placed), len(facts)),
    )


def _bases(persons: Sequence[Person]) -> Bases:
    most = max((len(person.bases) for person in persons), default=0)
    since = np.full((most, len(persons)), NEVER, np.int32)
    cents = np.zeros((most, len(persons)), np.int64)
    for place, person in enumerate(persons):
        for row, (day, amount) in enumerate(sorted(person.bases)):
            since[row, place] = number_of(max(day, date(FIRST_SHOWN - 100, 1, 1)))
            cents[row, place] = to_cents(amount)
    return Bases(since, cents)


def to_cents(amount: Decimal) -> int:
    """An amount of whole cents as their number; raises ``ValueError`` for one that has a fraction of a cent."""
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(amount)
    return int(cents)


def _other(facts: Sequence[PayFacts]) -> dict[str, Other]:
    found = {}
    for name in sorted({name for one in facts for name in one.other}):
        told = [one.other.get(name, "") for one in facts]
        values = tuple(sorted({value for value in told if value}))
        places = {"": 0} | {value: place for place, value in enumerate(values, start=1)}
        column = _column((places[value] for value in told), len(facts))
        found[name] = Other(values, column)
    return found


def _exempt(persons: Sequence[Person]) -> dict[str, Flags]:
    codes = sorted({code for person in persons for code in person.exempt})
    return {code: np.fromiter((code in person.exempt for person in persons), np.bool_, len(persons)) for code in codes}
