"""Invented careers in columns, as many as wanted: nobody's, drawn from a seed."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from careerpath.population import People
from careerpath.population.days import ABSENT, FIRST_OF, MONTH, NEVER, YEAR, Ints, month_of_year
from careerpath.population.people import Approved, Bases, Certificates, Grades, Posts, Spans, Studies

FIRST_YEAR, LAST_YEAR = 2004, 2026
UNITS = 160
EXCELLENT, COMPETENT, BASIC, INCOMPETENT = 1, 2, 3, 4


def careers(count: int, seed: int = 1) -> People:
    """People of one city in the year 2026, with a share of everything that moves pay.

    Of a hundred: 4 begin and 4 leave within 2025 and 2026, 30 have changed post once, 25 hold a certificate, 55 a
    degree, 6 have failed a year, 20 have had two excellent years running. Service has no break.
    """
    rng = np.random.default_rng(seed)
    joined = _days(rng, count, FIRST_YEAR, 2024)
    late = rng.random(count) < 0.04
    joined = np.where(late, _days(rng, count, 2025, LAST_YEAR), joined).astype(np.int32)
    nobody = np.zeros(count, np.int32)
    left = np.where(rng.random(count) < 0.04, np.maximum(_days(rng, count, 2025, LAST_YEAR), joined + 30), NEVER)
    return People(
        ids=np.arange(1, count + 1, dtype=np.int64),
        units=tuple(f"{number:03}" for number in range(UNITS)),
        unit=rng.integers(0, UNITS, count, dtype=np.int32),
        born=_days(rng, count, 1977, 2001),
        sex=rng.choice(np.array([1, 2], np.int32), count, p=[0.3, 0.7]),
        spans=Spans(joined[None], left.astype(np.int32)[None]),
        posts=_posts(rng, joined),
        studies=_studies(rng, count),
        certificates=_certificates(rng, count),
        grades=_grades(rng, joined),
        probation_until=np.where(rng.random(count) < 0.5, joined + 180, ABSENT).astype(np.int32),
        military=nobody,
        placed=Approved(nobody, nobody, np.full(count, ABSENT, np.int32)),
        bases=Bases(np.zeros((1, count), np.int32), rng.integers(250_000, 900_000, (1, count), dtype=np.int64)),
        codes=("210202001",),
        code=nobody,
    )


def with_breaks(people: People, share: float = 0.03, seed: int = 2) -> People:
    """The same people, a share of whom left once and came back."""
    rng = np.random.default_rng(seed)
    spans = people.spans
    away = np.minimum(spans.starts[0] + rng.integers(200, 1500, people.count), spans.ends[0] - 1)
    back = away + rng.integers(30, 700, people.count)
    breaks = (rng.random(people.count) < share) & (back < spans.ends[0]) & (back < FIRST_OF[month_of_year(LAST_YEAR)])
    starts = np.stack([spans.starts[0], np.where(breaks, back, NEVER)]).astype(np.int32)
    ends = np.stack([np.where(breaks, away, spans.ends[0]), np.where(breaks, spans.ends[0], NEVER)]).astype(np.int32)
    return replace(people, spans=Spans(starts, ends))


def _days(rng: np.random.Generator, count: int, first: int, last: int) -> Ints:
    begin, after = FIRST_OF[month_of_year(first)], FIRST_OF[month_of_year(last + 1)]
    return rng.integers(begin, after, count, dtype=np.int32)


def _posts(rng: np.random.Generator, joined: Ints) -> Posts:
    count = len(joined)
    first = rng.choice(np.array([1, 2, 3], np.int32), count, p=[0.8, 0.15, 0.05])
    changed = _days(rng, count, 2012, LAST_YEAR)
    changes = (rng.random(count) < 0.3) & (changed > joined + 365)
    second = np.where(changes, rng.integers(1, 4, count, dtype=np.int32), 0).astype(np.int32)
    nothing = np.zeros((2, count), np.bool_)
    return Posts(
        rank=np.stack([first, second]),
        starts=np.stack([joined, np.where(changes, changed, NEVER)]).astype(np.int32),
        ends=np.stack([np.where(changes, changed - 1, NEVER), np.where(changes, NEVER, ABSENT)]).astype(np.int32),
        main=~nothing,
        dual_head=np.stack([first == 3, second == 3]) & (rng.random((2, count)) < 0.6),
        elected=nothing,
    )


def _studies(rng: np.random.Generator, count: int) -> Studies:
    diploma = rng.choice(np.array([3, 4, 5, 6], np.int32), count, p=[0.4, 0.5, 0.09, 0.01])
    held = rng.random(count)
    degree = np.where((diploma >= 4) & (held < 0.9), diploma, 0).astype(np.int32)
    return Studies(_days(rng, count, 2006, LAST_YEAR)[None], diploma[None], degree[None], np.ones(count, np.bool_))


def _certificates(rng: np.random.Generator, count: int) -> Certificates:
    chances = np.array([0.25, 0.12, 0.02])[:, None]
    days = np.stack([_days(rng, count, 2010, LAST_YEAR) for _ in range(3)])
    registered = np.where(rng.random((3, count)) < chances, days, NEVER).astype(np.int32)
    return Certificates(np.where(registered == NEVER, NEVER, registered - 40).astype(np.int32), registered)


def _grades(rng: np.random.Generator, joined: Ints) -> Grades:
    years = np.arange(FIRST_YEAR, LAST_YEAR)[:, None]
    begun = MONTH[joined] // YEAR + 1900
    drawn: npt.NDArray[np.int32] = rng.choice(
        np.array([EXCELLENT, COMPETENT, BASIC, INCOMPETENT], np.int32),
        (len(years), len(joined)),
        p=[0.18, 0.795, 0.02, 0.005],
    )
    # The year of entry is never failed: nobody is appraised after a few months.
    drawn = np.where((years == begun) & (drawn == INCOMPETENT), COMPETENT, drawn)
    return Grades(FIRST_YEAR, np.where(years >= begun, drawn, 0).astype(np.int32))
