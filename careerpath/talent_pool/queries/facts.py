"""From the personnel files to the facts of the rule: many people at once, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select

from careerpath.appraisals.models import Appraisal, AppraisalYear
from careerpath.core.db import db
from careerpath.employees.models import Certificate, Discipline, Employee, Honour, Posting
from careerpath.employees.queries.serving import days_of_service
from careerpath.policy import codes
from careerpath.policy.appraisal_steps import State
from careerpath.policy.talent_pool import HeldPost, Person, Span, TalentPoolEdition
from careerpath.policy.talent_pool import Honour as HonourFact
from careerpath.policy.talent_pool.ladder import rungs_held

ONE_DAY = timedelta(days=1)


def persons(
    employee_ids: Iterable[int] | Select[Any], edition: TalentPoolEdition, honours: bool = True
) -> dict[int, Person]:
    """What the rule asks of some people, as known now, by id; ``employee_ids`` may be a query of ids. Six queries.

    What a person judged of conditions in words (``checked``) is added by whoever asks: it belongs to a selection or a
    promotion, not to the file.
    """
    ids = employee_ids if isinstance(employee_ids, Select) else sorted(set(employee_ids))
    postings = _postings(ids)
    grades = grades_of(ids)
    certificates = _certificates(ids)
    measures = _measures(ids)
    granted = _honours(ids) if honours else {}
    found = {}
    rows = db.session.execute(
        select(
            Employee.id,
            Employee.born_on,
            Employee.political,
            Employee.highest_education,
            Employee.joined_community_on,
            Employee.left_on,
        ).where(Employee.id.in_(ids))
    )
    for row in rows:
        posts, homes = postings.get(row.id, ((), ()))
        found[row.id] = Person(
            born_on=row.born_on,
            political=codes.Political(row.political) if row.political else None,
            education=codes.Education(row.highest_education) if row.highest_education else None,
            service=tuple(Span(*days) for days in days_of_service(row.joined_community_on, row.left_on, homes)),
            posts=posts,
            rungs=rungs_held(edition, posts),
            appraisals=grades.get(row.id, {}),
            certificate=certificates.get(row.id),
            disciplines=tuple(measures.get(row.id, ())),
            honours=tuple(granted.get(row.id, ())),
        )
    return found


def person(employee_id: int, edition: TalentPoolEdition) -> Person:
    """What the rule asks of one person."""
    return persons([employee_id], edition)[employee_id]


def _postings(ids: Any) -> dict[int, tuple[tuple[HeldPost, ...], tuple[tuple[date, date | None], ...]]]:
    query = select(
        Posting.employee_id,
        Posting.post,
        Posting.title,
        Posting.party_role,
        Posting.main,
        Posting.starts_on,
        Posting.ends_on,
    ).where(Posting.employee_id.in_(ids), Posting.superseded_at.is_(None))
    posts: dict[int, list[HeldPost]] = defaultdict(list)
    homes: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for row in db.session.execute(query.order_by(Posting.starts_on, Posting.id)):
        # Title and party role are looked through together: either may name the office.
        role = " ".join(one for one in (row.title, row.party_role) if one)
        posts[row.employee_id].append(HeldPost(codes.Post(row.post), role, Span(row.starts_on, row.ends_on)))
        if row.main:
            homes[row.employee_id].append((row.starts_on, row.ends_on))
    return {key: (tuple(held), tuple(homes[key])) for key, held in posts.items()}


def grades_of(ids: Any) -> dict[int, dict[int, codes.Grade]]:
    """The decided grades of some people by year; ``ids`` may be a query. One query."""
    query = (
        select(Appraisal.employee_id, AppraisalYear.year, Appraisal.grade)
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .where(Appraisal.employee_id.in_(ids), Appraisal.state == State.DECIDED)
    )
    found: dict[int, dict[int, codes.Grade]] = defaultdict(dict)
    for employee_id, year, grade in db.session.execute(query):
        found[employee_id][year] = codes.Grade(grade)
    return found


def _certificates(ids: Any) -> dict[int, codes.Certificate]:
    query = select(Certificate.employee_id, Certificate.grade).where(
        Certificate.employee_id.in_(ids), Certificate.superseded_at.is_(None), Certificate.registered_on.is_not(None)
    )
    order = tuple(codes.Certificate)
    found: dict[int, codes.Certificate] = {}
    for employee_id, value in db.session.execute(query):
        grade = codes.Certificate(value)
        found[employee_id] = max(grade, found.get(employee_id, grade), key=order.index)
    return found


def _measures(ids: Any) -> dict[int, list[Span]]:
    """Terms of measures, and open cases until they are closed or end in a measure."""
    query = select(Discipline).where(Discipline.employee_id.in_(ids), Discipline.superseded_at.is_(None))
    found: dict[int, list[Span]] = defaultdict(list)
    for row in db.session.scalars(query):
        if row.measure and row.starts_on is not None:
            found[row.employee_id].append(Span(row.starts_on, row.ends_on))
        if row.opened_on is not None:
            closed = row.closed_on or (row.starts_on - ONE_DAY if row.starts_on is not None else None)
            if closed is None or closed >= row.opened_on:
                found[row.employee_id].append(Span(row.opened_on, closed))
    return found


def _honours(ids: Any) -> dict[int, list[HonourFact]]:
    query = select(Honour.employee_id, Honour.level, Honour.granted_on).where(
        Honour.employee_id.in_(ids), Honour.superseded_at.is_(None)
    )
    found: dict[int, list[HonourFact]] = defaultdict(list)
    for employee_id, level, granted_on in db.session.execute(query):
        found[employee_id].append(HonourFact(level, granted_on))
    return found
