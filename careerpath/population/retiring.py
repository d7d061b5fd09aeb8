"""The last day of service of many people, by the retirement rule."""

from dataclasses import dataclass

import numpy as np

from careerpath.policy.codes import Post, Sex
from careerpath.policy.retirement import RetirementEdition
from careerpath.policy.retirement.edition import LastDay, Line
from careerpath.population.days import FIRST_OF, MONTH, NEVER, Flags, Ints, day_of, months_later
from careerpath.population.gathering import POSTS, SEXES
from careerpath.population.people import People


@dataclass(frozen=True, slots=True)
class Retiring:
    """The last day of service by age, ``NEVER`` where ``unknown``: no birthday, no sex, or a woman without a post."""

    last: Ints
    unknown: Flags


def retiring(edition: RetirementEdition, people: People, rank: Ints) -> Retiring:
    """When everybody retires, given the rank of the post that each holds (0 for none)."""
    last = np.full(people.count, NEVER, np.int32)
    unknown = np.ones(people.count, np.bool_)
    female = SEXES.index(Sex.FEMALE)
    known = np.flatnonzero((people.born >= 0) & ((people.sex == SEXES.index(Sex.MALE)) | (people.sex == female)))
    # The age depends on the month of birth, the sex and, for a woman, the post.
    women = people.sex[known] == female
    kind = np.where(women, rank[known], len(POSTS) + 1)
    keys, back = np.unique(MONTH[people.born[known]] * (len(POSTS) + 2) + kind, return_inverse=True)
    months = np.zeros(len(keys), np.int32)
    for number, key in enumerate(keys):
        month, by = divmod(int(key), len(POSTS) + 2)
        line = _line(edition, by)
        if line is not None:
            months[number] = edition.line(line).age_of(day_of(FIRST_OF[month])).total
    age = months[back]
    reached = months_later(people.born[known], age)
    if edition.service.last_day is LastDay.MONTH_END:
        reached = (FIRST_OF[MONTH[reached] + 1] - 1).astype(np.int32)
    last[known] = np.where(age > 0, reached, NEVER)
    unknown[known] = age == 0
    return Retiring(last, unknown)


def _line(edition: RetirementEdition, by: int) -> Line | None:
    if by == len(POSTS) + 1:
        return Line.MEN
    post: Post | None = POSTS[by - 1] if by else None
    return None if post is None else edition.women_line.of(post)
