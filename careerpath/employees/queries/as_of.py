"""Everybody in service as of a day: where, in which post, with which diploma and certificate; as known now or then."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select, true

from careerpath.access.models import Unit
from careerpath.core.clock import OFFICE_ZONE
from careerpath.employees.models import Certificate, Education, Employee, Posting
from careerpath.employees.models.facts import Fact
from careerpath.policy import codes

GRADES = tuple(codes.Certificate)
"""Lowest first: the place in it is the height of a certificate."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day; with ``known_on``, what was known at the end of that day, without what was entered or mended later."""

    on: date
    known_on: date | None = None

    @property
    def until(self) -> datetime | None:
        """The first moment that is too late."""
        if self.known_on is None:
            return None
        return datetime.combine(self.known_on + timedelta(days=1), time(), OFFICE_ZONE)


def known(fact: type[Fact], as_of: AsOf) -> ColumnElement[bool]:
    """The condition "this fact holds as it was known": now, or at the moment that is asked for."""
    until = as_of.until
    if until is None:
        return fact.superseded_at.is_(None)
    return and_(fact.known_at < until, or_(fact.superseded_at.is_(None), fact.superseded_at >= until))


def standing(as_of: AsOf) -> Subquery:
    """One row for everybody in service on the day, for lists, headcounts and statistics; aggregated in the database.

    Columns: ``id``, ``number``, ``name``, ``initials``, ``sex``, ``born_on``, ``political`` (of the day), ``channel``,
    ``source``, ``joined_on``, ``unit_id``, ``unit_name``, ``path``, ``post``, ``title``, ``party_role``, ``elected``,
    ``dual_head``, ``since`` (of the main post), ``education`` (the highest, GB/T 4658) and ``certificate`` (the highest
    grade), both empty where there is none. Who has no main post on the day stands nowhere and is left out.
    """
    on = as_of.on
    # The codes of GB/T 4658 fall as the level rises.
    education = (
        select(Education.employee_id, func.min(Education.level).label("level"))
        .where(known(Education, as_of), or_(Education.graduated_on.is_(None), Education.graduated_on <= on))
        .group_by(Education.employee_id)
        .subquery()
    )
    height = case({grade.value: place for place, grade in enumerate(GRADES)}, value=Certificate.grade, else_=-1)
    certificate = (
        select(Certificate.employee_id, func.max(height).label("height"))
        .where(known(Certificate, as_of), Certificate.obtained_on <= on)
        .group_by(Certificate.employee_id)
        .subquery()
    )
    grade = case({place: one.value for place, one in enumerate(GRADES)}, value=certificate.c.height, else_="")
    held = and_(
        Posting.employee_id == Employee.id,
        Posting.main.is_(True),
        known(Posting, as_of),
        Posting.starts_on <= on,
        or_(Posting.ends_on.is_(None), Posting.ends_on >= on),
    )
    query = (
        select(
            Employee.id,
            Employee.number,
            Employee.name,
            Employee.initials,
            Employee.sex,
            Employee.born_on,
            _political(on).label("political"),
            Employee.channel,
            Employee.source,
            Employee.joined_community_on.label("joined_on"),
            Posting.unit_id,
            Unit.short_name.label("unit_name"),
            Unit.path,
            Posting.post,
            Posting.title,
            Posting.party_role,
            Posting.elected,
            Posting.dual_head,
            Posting.starts_on.label("since"),
            func.coalesce(education.c.level, "").label("education"),
            grade.label("certificate"),
        )
        .join(Posting, held)
        .join(Unit, Unit.id == Posting.unit_id)
        .outerjoin(education, education.c.employee_id == Employee.id)
        .outerjoin(certificate, certificate.c.employee_id == Employee.id)
        .where(Employee.joined_community_on <= on, _serving(as_of))
    )
    return query.subquery("standing")


def _serving(as_of: AsOf) -> ColumnElement[bool]:
    # The last day is no dated fact. As known then, the postings say it: leaving ends them.
    if as_of.known_on is not None:
        return true()
    return or_(Employee.left_on.is_(None), Employee.left_on >= as_of.on)


def _political(on: date) -> ColumnElement[Any]:
    """Who joined later was of the masses on the day; who became a full member later was on probation."""
    member, probation, masses = (
        codes.Political.PARTY_MEMBER.value,
        codes.Political.PROBATIONARY_MEMBER.value,
        codes.Political.MASSES.value,
    )
    later = Employee.political_full_since > on
    return case(
        (Employee.political_since > on, masses),
        (and_(Employee.political == member, later), probation),
        else_=Employee.political,
    )
