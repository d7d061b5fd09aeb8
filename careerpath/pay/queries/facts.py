"""From the personnel files to the facts of the pay rule: everybody of a unit at once, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, or_, select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import days_of_service
from careerpath.pay.queries.dated import Approved, Dated, dated_facts
from careerpath.policy.codes import Post
from careerpath.policy.pay import Held, PayEdition, PayFacts, Placed, Span


@dataclass(frozen=True, slots=True)
class Worker:
    """One person with all that pay looks at. ``facts`` have no approved level: ``facts_on`` adds that of a day."""

    employee_id: int
    number: str
    name: str
    sex: str
    born_on: date
    joined_work_on: date | None
    joined_on: date
    left_on: date | None
    facts: PayFacts
    placements: tuple[Approved, ...]
    """Approved levels as known now, oldest first."""
    bases: tuple[tuple[date, Decimal], ...]
    """Declared contribution bases, oldest first."""
    homes: tuple["Home", ...]
    """Main postings, oldest first."""

    def home_on(self, day: date) -> "Home | None":
        """The unit and title of a day; the latest one begun where the person has just left."""
        held = [home for home in self.homes if home.starts_on <= day and (home.ends_on is None or day <= home.ends_on)]
        return held[-1] if held else None

    def served_in(self, first: date, last: date) -> bool:
        """Whether some day of these was one of service."""
        return any(
            span.starts_on <= last and (span.ends_on is None or span.ends_on >= first) for span in self.facts.service
        )

    def placement_on(self, day: date) -> Approved | None:
        """The approved level that holds on a day."""
        held = [one for one in self.placements if one.starts_on <= day]
        return held[-1] if held else None

    def base_on(self, day: date) -> Decimal | None:
        """The declared contribution base of a day."""
        held = [amount for starts_on, amount in self.bases if starts_on <= day]
        return held[-1] if held else None

    def facts_on(self, edition: PayEdition, day: date) -> PayFacts:
        """The facts as they hold on a day: the approved level, and what the unit tells of the facts of the edition."""
        placement, home = self.placement_on(day), self.home_on(day)
        placed = None
        if placement is not None:
            placed = Placed(placement.level, placement.tier, placement.starts_on, placement.document)
        other = {}
        for declared in edition.facts:
            value = "" if home is None else declared.of_unit(home.unit_code)
            if value:
                other[declared.code] = value
        return replace(self.facts, on=day, placed=placed, other=other)


@dataclass(frozen=True, slots=True)
class Home:
    """A main posting with its unit."""

    unit_id: int
    unit_code: str
    unit_name: str
    unit_path: str
    post: str
    title: str
    starts_on: date
    ends_on: date | None


def workers_of(path: str, first: date, last: date) -> list[Worker]:
    """Everybody whose main posting lay at or below a unit path on some day from ``first`` to ``last``, by number."""
    serving = serving_ids(path, first, last)
    return _workers(Employee.id.in_(serving), serving, last)


def serving_ids(path: str, first: date, last: date) -> Select[Any]:
    """Who served at or below a unit path on some day from ``first`` to ``last``, as a part of other queries."""
    query: Any = select(Posting.employee_id)
    return cast(
        "Select[Any]",
        query.join(Unit, Unit.id == Posting.unit_id)
        .join(Employee, Employee.id == Posting.employee_id)
        .where(
            Unit.path.startswith(path, autoescape=True),
            Posting.superseded_at.is_(None),
            Posting.main.is_(True),
            Posting.starts_on <= last,
            or_(Posting.ends_on.is_(None), Posting.ends_on >= first),
            Employee.joined_community_on <= last,
            or_(Employee.left_on.is_(None), Employee.left_on >= first),
        ),
    )


def workers_named(employee_ids: Iterable[int], on: date) -> list[Worker]:
    """Some people by id, in or out of service."""
    ids = sorted(set(employee_ids))
    chosen = select(Employee.id).where(Employee.id.in_(ids))
    return _workers(Employee.id.in_(ids), chosen, on)


def _workers(wanted: ColumnElement[bool], ids: Select[Any], on: date) -> list[Worker]:
    postings = _postings(ids)
    dated = dated_facts(ids)
    people = db.session.execute(
        select(
            Employee.id,
            Employee.number,
            Employee.name,
            Employee.sex,
            Employee.born_on,
            Employee.joined_work_on,
            Employee.joined_community_on,
            Employee.left_on,
            Employee.military_months,
        )
        .where(wanted)
        .order_by(Employee.number)
    )
    found = []
    for row in people:
        held, known = postings.get(row.id, _Postings()), dated.get(row.id, Dated())
        facts = PayFacts(
            on=on,
            service=tuple(
                Span(*days)
                for days in days_of_service(
                    row.joined_community_on, row.left_on, [(home.starts_on, home.ends_on) for home in held.homes]
                )
            ),
            posts=tuple(held.posts),
            studies=tuple(known.studies) or None,
            certificates=tuple(known.certificates),
            appraisals=known.grades,
            probation_until=known.probation_until,
            military_months=row.military_months,
        )
        found.append(
            Worker(
                employee_id=row.id,
                number=row.number,
                name=row.name,
                sex=row.sex,
                born_on=row.born_on,
                joined_work_on=row.joined_work_on,
                joined_on=row.joined_community_on,
                left_on=row.left_on,
                facts=facts,
                placements=tuple(known.approved),
                bases=tuple(known.bases),
                homes=tuple(held.homes),
            )
        )
    return found


class _Postings:
    def __init__(self) -> None:
        self.posts: list[Held] = []
        self.homes: list[Home] = []


def _postings(ids: Select[Any]) -> dict[int, _Postings]:
    rows = db.session.execute(
        select(
            Posting.employee_id,
            Posting.post,
            Posting.title,
            Posting.main,
            Posting.dual_head,
            Posting.elected,
            Posting.starts_on,
            Posting.ends_on,
            Unit.id.label("unit_id"),
            Unit.code,
            Unit.short_name,
            Unit.path,
        )
        .join(Unit, Unit.id == Posting.unit_id)
        .where(Posting.employee_id.in_(ids), Posting.superseded_at.is_(None))
        .order_by(Posting.starts_on, Posting.id)
    )
    found: dict[int, _Postings] = defaultdict(_Postings)
    for row in rows:
        person = found[row.employee_id]
        person.posts.append(Held(Post(row.post), row.starts_on, row.ends_on, row.main, row.dual_head, row.elected))
        if row.main:
            person.homes.append(
                Home(
                    row.unit_id,
                    row.code,
                    row.short_name,
                    row.path,
                    row.post,
                    row.title,
                    row.starts_on,
                    row.ends_on,
                )
            )
    return found
