"""The numbers of the team: people in service, their months of birth and of joining, and how many are of each kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from careerpath.annual_reports.queries.scope import Part, Scope
from careerpath.annual_reports.queries.sections.reckoning import added, average_years, by_part
from careerpath.annual_reports.queries.sections.team.lists import CONDITIONS, people_in
from careerpath.core.db import db
from careerpath.employees.queries.as_of import AsOf
from careerpath.figures.queries.bands import months_of


@dataclass(frozen=True, slots=True)
class TeamSums:
    """Some people in service on a day: how many, months added up, and how many of them are of each kind."""

    people: int
    born: int
    joined: int
    kinds: Mapping[str, int]

    @classmethod
    def read(cls, numbers: Iterable[int]) -> "TeamSums":
        """The sums as ``_columns`` has them."""
        people, born, joined, *kinds = numbers
        return cls(people, born, joined, dict(zip(CONDITIONS, kinds, strict=True)))

    @classmethod
    def of_all(cls, sums: Iterable["TeamSums"]) -> "TeamSums":
        """Some sums together."""
        return cls.read(added([(one.people, one.born, one.joined, *one.kinds.values()) for one in sums], WIDTH))

    def of(self, kind: str) -> int:
        """How many are of a kind, by the code of its listing."""
        return self.kinds[kind]

    def age(self, on: date) -> Decimal | None:
        """Their average age in years, by months."""
        return average_years(self.born, self.people, on)

    def service(self, on: date) -> Decimal | None:
        """Their average years in communities, by months."""
        return average_years(self.joined, self.people, on)


WIDTH = 3 + len(CONDITIONS)


def sums_of(scope: Scope, as_of: AsOf) -> TeamSums:
    """Everybody of the report's unit on a day. One query."""
    people, inside = people_in(scope, as_of)
    row = db.session.execute(select(*_columns(people, as_of.on)).where(inside)).one()
    return TeamSums.read(int(one) for one in row)


def sums_by_part(scope: Scope) -> dict[Part | None, TeamSums]:
    """Those of the report's day for each part that has anybody, and for the unit itself. One query."""
    people, inside = people_in(scope, scope.as_of)
    query: Select[Any] = select(people.path, *_columns(people, scope.on)).where(inside).group_by(people.path)
    return {part: TeamSums.read(numbers) for part, numbers in by_part(scope, db.session.execute(query).all()).items()}


def _columns(people: Any, on: date) -> list[ColumnElement[Any]]:
    months = [func.coalesce(func.sum(months_of(people[day])), 0) for day in ("born_on", "joined_on")]
    kinds = [func.coalesce(func.sum(case((condition(people, on), 1), else_=0)), 0) for condition in CONDITIONS.values()]
    return [func.count(people.id), *months, *kinds]
