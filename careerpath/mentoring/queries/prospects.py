"""Who could mentor somebody from a day on: the mentors with how well each suits, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import Home, homes_of
from careerpath.mentoring.models import Mentor
from careerpath.mentoring.queries.matching_facts import (
    MentorFact,
    district_path,
    mentees_of,
    mentors_for,
    names_of_lines,
)
from careerpath.mentoring.queries.reach import meet_mentor
from careerpath.mentoring.queries.rules import rules_or_none
from careerpath.policy.mentoring import Fit, MentoringEdition, cap_of, fit, free_places, usual_end

MOST_PROSPECTS = 8


@dataclass(frozen=True, slots=True)
class Prospect:
    """A mentor in force with the places left, and how well they suit; none where the rule forbids or says nothing."""

    id: int
    name: str
    post: str
    mentees: int
    cap: int
    free: int
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """Somebody who is to be mentored, the mentor chosen, and others who would suit, best first."""

    employee: Employee
    home: Home
    mentor: Mentor | None
    chosen: Prospect | None
    others: tuple[Prospect, ...]
    ends_on: date | None


def outlook(actor: Actor, employee_id: int, mentor_id: int | None, starts_on: date, wanted: Collection[str]) -> Outlook:
    """What is known before two are paired. Some ten queries, however many mentors there are."""
    employee = fetch(actor, Employee, employee_id, Permission.MENTORING_KEEP)
    mentor = meet_mentor(actor, mentor_id, Permission.MENTORING_KEEP) if mentor_id is not None else None
    home = homes_of([employee_id], starts_on)[employee_id]
    edition = rules_or_none(starts_on)
    if edition is None:
        return Outlook(employee, home, mentor, None, (), None)
    path = district_path(home.unit_path)
    names = names_of_lines(path)
    mentee = mentees_of([Employee.id == employee_id])[employee_id].suits([names.get(one, one) for one in wanted])
    # A mentor whose term is shorter than usual may still take somebody for less than a year.
    found = mentors_for(path, starts_on, starts_on, names)
    prospects = {
        one.id: _prospect(edition, one, fit(edition, mentee, one.suits))
        for one in found
        if one.employee_id != employee_id
    }
    chosen = prospects.get(mentor.id) if mentor is not None else None
    suiting = [one for one in prospects.values() if one.fit is not None and one.free and one is not chosen]
    suiting.sort(key=lambda one: (-one.fit.points if one.fit else 0, one.id))
    return Outlook(employee, home, mentor, chosen, tuple(suiting[:MOST_PROSPECTS]), usual_end(edition, starts_on))


def _prospect(edition: MentoringEdition, fact: MentorFact, found: Fit | None) -> Prospect:
    return Prospect(
        id=fact.id,
        name=fact.name,
        post=fact.post,
        mentees=fact.suits.mentees,
        cap=cap_of(edition, fact.suits),
        free=free_places(edition, fact.suits),
        fit=found,
    )
