"""Many people in columns: what the pay rules look at, one array for each fact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from careerpath.policy.codes import Sex
from careerpath.policy.pay import PayFacts
from careerpath.population.days import Flags, Ints, Longs, day_of

NO_BASE = -1
"""No contribution base is declared."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the files know them. ``bases``: declared contribution bases in yuan, each from a day on."""

    id: int
    facts: PayFacts
    born_on: date | None = None
    sex: Sex = Sex.UNKNOWN
    unit: str = ""
    bases: tuple[tuple[date, Decimal], ...] = ()
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans of service, ``(span, person)``, oldest first and apart; unused ones begin and end ``NEVER``."""

    starts: Ints
    ends: Ints


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts, ``(post, person)``: ``rank`` 0 none, 1 一般, 2 副职, 3 正职; unused ones begin ``NEVER``."""

    rank: Ints
    starts: Ints
    ends: Ints
    main: Flags
    dual_head: Flags
    elected: Flags


@dataclass(frozen=True, slots=True)
class Studies:
    """Courses of study, ``(study, person)``: ranks of diploma and degree, 0 where not held.

    ``day`` is that of graduation, ``ABSENT`` where it is not known and the study counts always. ``known`` is false for
    a person of whose education nothing is known.
    """

    day: Ints
    diploma: Ints
    degree: Ints
    known: Flags


@dataclass(frozen=True, slots=True)
class Certificates:
    """The first day of each certificate, ``(grade, person)``, junior first: ``NEVER`` where it is not held."""

    obtained: Ints
    registered: Ints


@dataclass(frozen=True, slots=True)
class Grades:
    """Appraisals, ``(year, person)`` from ``first_year`` on: one more than the place in ``Grade``; 0 for none."""

    first_year: int
    grade: Ints


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved level of each person, 0 where there is none, and its tier or 0; it holds from ``since`` on."""

    tier: Ints
    level: Ints
    since: Ints


@dataclass(frozen=True, slots=True)
class Bases:
    """Declared contribution bases, ``(base, person)``, oldest first: from which day, and cents."""

    since: Ints
    cents: Longs


@dataclass(frozen=True, slots=True)
class Other:
    """A fact that an edition declares: the place of each person's value in ``values`` and one; 0 where not told."""

    values: tuple[str, ...]
    place: Ints


@dataclass(frozen=True, slots=True)
class People:
    """Columns of ``count`` people; days are numbers (``days``), money is in cents.

    ``unit`` is where a person's pay is counted, ``code`` the code of the unit that may tell facts of the edition.

    ``singly`` has the facts of the people, by place, whose history the columns cannot hold exactly: their columns are
    blank, and the rule is asked for each of them. ``known`` keeps the persons that the columns were made of, for
    explanations; without it a person is written out of the columns.
    """

    ids: Longs
    units: tuple[str, ...]
    unit: Ints
    born: Ints
    sex: Ints
    spans: Spans
    posts: Posts
    studies: Studies
    certificates: Certificates
    grades: Grades
    probation_until: Ints
    military: Ints
    placed: Approved
    bases: Bases
    codes: tuple[str, ...]
    code: Ints
    other: Mapping[str, Other] = field(default_factory=dict)
    exempt: Mapping[str, Flags] = field(default_factory=dict)
    singly: Mapping[int, PayFacts] = field(default_factory=dict)
    known: Sequence[Person] | None = None

    @property
    def count(self) -> int:
        """How many people."""
        return len(self.ids)

    @property
    def bytes(self) -> int:
        """The memory of the columns."""
        return sum(array.nbytes for array in _arrays(self))

    def place_of(self, id: int) -> int:
        """The place of a person; raises ``KeyError`` for somebody else."""
        found = np.flatnonzero(self.ids == id)
        if not len(found):
            raise KeyError(id)
        return int(found[0])

    def base_on(self, day: int) -> Longs:
        """The declared contribution base of a day in cents, ``NO_BASE`` where there is none."""
        found = np.full(self.count, NO_BASE, np.int64)
        for since, cents in zip(self.bases.since, self.bases.cents, strict=True):
            found = np.where(since <= day, cents, found)
        return found

    def born_on(self, place: int) -> date | None:
        """The birthday of a person."""
        return None if self.born[place] < 0 else day_of(self.born[place])


def _arrays(value: object) -> Iterable[npt.NDArray[Any]]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _arrays(item)
    elif isinstance(value, (People, Spans, Posts, Studies, Certificates, Grades, Bases, Other, Approved)):
        for name in value.__slots__:
            yield from _arrays(getattr(value, name))
