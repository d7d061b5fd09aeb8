"""What people of the plan write into their applications: what was true and known on the day of applying."""

from dataclasses import replace
from datetime import date

from careerpath.demo.chance import Chance
from careerpath.demo.files import new_employee
from careerpath.demo.lines import lines
from careerpath.demo.people import Person, Town
from careerpath.demo.recruitment.plan import GROUPS, Entrant
from careerpath.demo.recruitment.rivals import Trait
from careerpath.employees.models import Source
from careerpath.employees.operations.facts import NewEducation
from careerpath.employees.operations.lines import NewCareerLine, NewFamilyMember
from careerpath.policy.codes import Certificate, Education, Political
from careerpath.policy.employment import add_months
from careerpath.recruitment.operations.particulars import Particulars

GRID_MONTHS = (14, 70)
"""Months of work on a grid of those who come from it."""
GRADUATE_YEARS = 2
"""So many years after the diploma somebody still counts as a new graduate."""
ELSEWHERE = ("山东省枣庄市", "山东省济宁市", "江苏省徐州市", "河北省邢台市")
BEFORE_PARTY = {Political.PARTY_MEMBER: Political.MASSES, Political.PROBATIONARY_MEMBER: Political.LEAGUE_MEMBER}


def particulars(town: Town, entrant: Entrant, on: date) -> Particulars:
    """The application of a person on a day: what comes later, such as a first day of work, is left out."""
    person = entrant.person
    file = new_employee(town, person, {person.post.row.code: 0})
    details = file.details
    chance = person.chance(town.seed, "application")
    given = Particulars(
        name=details.name,
        identity=details.identity,
        phone=details.phone,
        address=details.address,
        ethnic=details.ethnic,
        native_place=details.native_place,
        marital=details.marital,
        household_place=details.household_place,
        political=details.political,
        political_since=details.political_since,
        joined_work_on=_until(details.joined_work_on, on),
        experience_months=chance.randint(*GRID_MONTHS) if person.source is Source.GRID_WORKER else None,
        military_months=details.military_months,
        source=person.source,
        groups=entrant.groups,
        bonus=entrant.bonus,
        accepts_transfer=chance.happens(60),
    )
    if entrant.certified:
        year = on.year - 1
        number = f"{town.place.division[:2]}{year}{person.key:06d}"
        given = replace(
            given, certificate=Certificate.JUNIOR.value, certificate_number=number, certified_on=date(year, 6, 18)
        )
    given = _with_studies(given, file.educations, on)
    if given.graduated_on is not None and given.graduated_on.year < on.year - GRADUATE_YEARS:
        given = replace(given, groups=tuple(code for code in given.groups if code != GROUPS[Source.GRADUATE]))
    if given.political_since is not None and given.political_since > on:
        given = replace(given, political=BEFORE_PARTY[Political(given.political)].value, political_since=None)
    if town.in_full(person):
        given = _with_lines(town, person, given, on)
    return _unfit(given, entrant.trait, chance)


def _with_studies(given: Particulars, educations: tuple[NewEducation, ...], on: date) -> Particulars:
    """The highest diploma; that of this summer counts for those who are about to graduate."""
    soon = add_months(on, 6)
    known = [one for one in educations if one.graduated_on is None or one.graduated_on <= soon]
    best = max(known, key=lambda one: Education(one.level).rank)
    return replace(
        given,
        education=best.level,
        degree=best.degree,
        full_time=best.full_time,
        school=best.school,
        major=best.major,
        graduated_on=best.graduated_on,
    )


def _with_lines(town: Town, person: Person, given: Particulars, on: date) -> Particulars:
    resume, family = [], []
    for line in lines(town, person):
        if isinstance(line, NewCareerLine) and line.starts_on <= on:
            ends = line.ends_on if line.ends_on is not None and line.ends_on <= on else None
            resume.append(replace(line, ends_on=ends))
        elif isinstance(line, NewFamilyMember) and (line.born_on is None or line.born_on <= on):
            family.append(line)
    return replace(given, resume=tuple(resume), family=tuple(family))


def _unfit(given: Particulars, trait: Trait, chance: Chance) -> Particulars:
    if trait is Trait.SCHOOL:
        return replace(given, education=Education.SENIOR_SECONDARY.value, degree="", school="县第一中学", major="")
    if trait is Trait.ELSEWHERE:
        return replace(given, household_place=chance.choice(ELSEWHERE))
    return given


def _until(day: date | None, on: date) -> date | None:
    return day if day is not None and day <= on else None
