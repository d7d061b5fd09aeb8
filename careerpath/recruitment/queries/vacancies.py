"""The page of quota and vacancies: what is looked for, in which order, and the sums by street."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from careerpath.access.actor import Actor
from careerpath.core import clock
from careerpath.core.web.as_of import KNOWN, THEN
from careerpath.core.web.fields import read_day
from careerpath.core.web.paths import whole_number
from careerpath.policy.edition import EditionHead
from careerpath.recruitment.queries.rules import norms_on
from careerpath.recruitment.queries.staffing import StaffingLine, staffing_lines
from careerpath.words import Message, msg

MOST_ROWS = 600
"""Lines of one page; whoever meets more chooses a street."""


class Standing(StrEnum):
    """How a community stands to its quota."""

    VACANT = "vacant"
    EXCESS = "excess"
    FULL = "full"
    MISSING = "missing"


STANDINGS: Mapping[Standing, Message] = {
    Standing.VACANT: msg("空编"),
    Standing.EXCESS: msg("超编"),
    Standing.FULL: msg("满编"),
    Standing.MISSING: msg("缺户数或人口"),
}
STANDING_KINDS = {Standing.VACANT: "primary", Standing.EXCESS: "danger", Standing.FULL: "", Standing.MISSING: "warning"}

SORTS: Mapping[str, Callable[[StaffingLine], Any]] = {
    "code": lambda line: line.code,
    "households": lambda line: line.households or 0,
    "quota": lambda line: line.quota or 0,
    "actual": lambda line: line.actual,
    "vacant": lambda line: line.vacant or 0,
    "excess": lambda line: line.excess or 0,
    "plan": lambda line: line.to_plan,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; ``sort`` begins with a hyphen where it goes down."""

    on: date
    q: str = ""
    street_id: int | None = None
    standing: Standing | None = None
    sort: str = "code"
    streets: bool = False
    """One line for each street instead of each community."""
    known_on: date | None = None
    """Count people as they were known at the end of this day."""

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.street_id or self.standing)


@dataclass(frozen=True, slots=True)
class StaffingSum:
    """Figures of several communities; quota and vacancies are those of communities whose quota is known."""

    name: str
    street_id: int | None
    communities: int
    households: int
    quota: int
    actual: int
    vacant: int
    excess: int
    recruiting: int
    missing: int

    @property
    def filled(self) -> str:
        """People for a hundred places, without decimals."""
        return f"{self.actual * 100 // self.quota}%" if self.quota else "—"


@dataclass(frozen=True, slots=True)
class VacancyPage:
    """What the page shows: lines as wanted, their sum, the streets to choose from with their sums."""

    edition: EditionHead
    lines: tuple[StaffingLine, ...]
    left_out: int
    total: StaffingSum
    streets: tuple[StaffingSum, ...]
    choices: tuple[tuple[int, str], ...]


def wanted_of(args: Mapping[str, str]) -> Wanted:
    """What an address asks for; what cannot be read is as if it were not there."""
    standing, sort = args.get("standing", ""), args.get("sort", "")
    on = read_day(args.get("on", "")) or clock.today()
    return Wanted(
        on=on,
        q=args.get("q", "").strip(),
        street_id=whole_number(args.get("street", "")),
        standing=Standing(standing) if standing in set(Standing) else None,
        sort=sort if sort.removeprefix("-") in SORTS else "code",
        streets=args.get("by") == "street",
        known_on=on if args.get(KNOWN) == THEN and on < clock.today() else None,
    )


def vacancy_page(actor: Actor, wanted: Wanted, most: int = MOST_ROWS) -> VacancyPage:
    """Quota and vacancies as somebody wants to see them. Raises ``Refused`` where no norm is in force on the day."""
    edition = norms_on(wanted.on)
    every = staffing_lines(actor, wanted.on, edition=edition, known_on=wanted.known_on)
    lines = sorted(
        (line for line in every if _fits(line, wanted)),
        key=SORTS[wanted.sort.removeprefix("-")],
        reverse=wanted.sort.startswith("-"),
    )
    choices = {line.street_id: line.street_name for line in every if line.street_id is not None}
    return VacancyPage(
        edition=edition.head,
        lines=tuple(lines[:most]),
        left_out=max(len(lines) - most, 0),
        total=sum_of(lines),
        streets=_by_street(lines),
        choices=tuple(choices.items()),
    )


def standing_of(line: StaffingLine) -> Standing:
    """How a community stands to its quota."""
    if line.quota is None:
        return Standing.MISSING
    if line.vacant:
        return Standing.VACANT
    return Standing.EXCESS if line.excess else Standing.FULL


def sum_of(lines: Iterable[StaffingLine], name: str = "", street_id: int | None = None) -> StaffingSum:
    """The sum of some communities."""
    found = StaffingSum(name, street_id, 0, 0, 0, 0, 0, 0, 0, 0)
    for line in lines:
        found = replace(
            found,
            communities=found.communities + 1,
            households=found.households + (line.households or 0),
            quota=found.quota + (line.quota or 0),
            actual=found.actual + line.actual,
            vacant=found.vacant + (line.vacant or 0),
            excess=found.excess + (line.excess or 0),
            recruiting=found.recruiting + line.recruiting,
            missing=found.missing + (line.quota is None),
        )
    return found


def _by_street(lines: Iterable[StaffingLine]) -> tuple[StaffingSum, ...]:
    streets: dict[int | None, list[StaffingLine]] = {}
    for line in sorted(lines, key=SORTS["code"]):
        streets.setdefault(line.street_id, []).append(line)
    return tuple(sum_of(group, group[0].street_name, street_id) for street_id, group in streets.items())


def _fits(line: StaffingLine, wanted: Wanted) -> bool:
    if wanted.street_id is not None and line.street_id != wanted.street_id:
        return False
    if wanted.standing is not None and standing_of(line) is not wanted.standing:
        return False
    letters = wanted.q.lower()
    return not letters or wanted.q in line.name or line.initials.startswith(letters) or line.code.startswith(letters)
