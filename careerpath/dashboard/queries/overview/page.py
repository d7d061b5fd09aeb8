"""The overview of a unit: its parts, the measures over them, the picture of one measure."""

from dataclasses import dataclass
from decimal import Decimal

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.core import clock
from careerpath.core.charts import Area, Chart, TreeMap
from careerpath.core.web.language import say
from careerpath.dashboard.queries.overview.measures import (
    SIGNS,
    STANDINGS,
    Cell,
    Column,
    Standing,
    complete_column,
    target_columns,
    vacancy_column,
)
from careerpath.dashboard.queries.overview.parts import Division, Part, divide
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.people import PeopleFilters
from careerpath.employees.queries.soundness import complete_by_unit
from careerpath.figures.queries.dimensions import DIMENSIONS
from careerpath.figures.queries.showing import Showing
from careerpath.figures.queries.tables import CrossTable, count_people
from careerpath.figures.queries.targets import count_targets
from careerpath.policy.edition import EditionHead
from careerpath.recruitment.queries.staffing import staffing_lines
from careerpath.words import Refused, msg

PALETTE = {Standing.MET: 2, Standing.NEAR: 1, Standing.FAR: 3, Standing.UNKNOWN: 4}
"""Looks of the charts: green lines across, ochre lines upwards, red lines crossed, grey without lines."""


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """What the page shows. ``unit`` is the one that was asked for; none for all of the actor's."""

    unit: Unit | None
    edition: EditionHead | None
    """The targets in force."""
    parts: tuple[Part, ...]
    left_out: int
    """Parts of which there is nothing to say: villages where nobody serves and nobody is to."""
    people: dict[int, int]
    """By part: people in service."""
    columns: tuple[Column, ...]
    chosen: Column | None
    ages: CrossTable
    education: CrossTable

    @property
    def total(self) -> int:
        """Everybody in service."""
        return self.ages.total.people

    def map(self) -> Chart | None:
        """The parts as large as their people, in the look of the chosen measure; none for a single part."""
        column = self.chosen
        if column is None or len(self.parts) < 2 or not any(self.people.values()):
            return None
        order = list(STANDINGS)
        areas = tuple(
            Area(
                name=part.name,
                size=Decimal(self.people[part.id]),
                look=order.index(column.cells[part.id].standing),
                note=_note(column.cells[part.id]),
                url=column.cells[part.id].url,
            )
            for part in self.parts
        )
        return TreeMap(
            title=say(msg("%(measure)s：各单位情况", measure=column.title)),
            areas=areas,
            looks=tuple(f"{SIGNS[one]} {say(word)}" for one, word in STANDINGS.items()),
            palette=tuple(PALETTE[one] for one in order),
            unit=say(msg("人")),
            description=say(msg("面积为在职人数，图案为%(measure)s的情况，数字见下表。", measure=column.title)),
        )

    def charts(self) -> list[tuple[str, Chart]]:
        """Ages and education of everybody, as pictures with their titles."""
        found = []
        for table, title in ((self.ages, msg("年龄与性别")), (self.education, msg("学历"))):
            chart = Showing(table, "number").chart(title)
            if chart is not None:
                found.append((say(title), chart))
        return found


def overview_page(actor: Actor, as_of: AsOf, unit_id: int | None, measure: str = "") -> OverviewPage:
    """The overview over a unit, or over all that the actor may see people of. Sixteen queries at the most.

    Vacancies are there for those who may see them, complete files for today alone: files keep no past of that.
    """
    unit = None if unit_id is None else fetch_unit(actor, unit_id, Permission.EMPLOYEE_VIEW)
    path = "" if unit is None else unit.path
    past = None if as_of.on == clock.today() else as_of.on
    counted = count_targets(actor, as_of, path)
    division = divide(counted.places)
    columns = _vacancies(actor, as_of, path, division) if actor.has(Permission.RECRUITMENT_VIEW) else []
    columns += target_columns(division, counted, past)
    if past is None:
        columns.append(complete_column(division, complete_by_unit(actor, as_of.on, path)))
    only = PeopleFilters(unit_id=unit_id)
    people = {
        part_id: sum(counted.serving[one] for one in ids) for part_id, ids in division.gathered(counted.serving).items()
    }
    told = [part for part in division.parts if people[part.id] or _is_told(part, columns)]
    return OverviewPage(
        unit=unit,
        edition=None if counted.edition is None else counted.edition.head,
        parts=tuple(told),
        left_out=len(division.parts) - len(told),
        people=people,
        columns=tuple(columns),
        chosen=next((one for one in columns if one.code == measure), columns[0] if columns else None),
        ages=count_people(actor, as_of, DIMENSIONS["ages"], DIMENSIONS["sex"], only),
        education=count_people(actor, as_of, DIMENSIONS["education"], None, only),
    )


def _vacancies(actor: Actor, as_of: AsOf, path: str, division: Division) -> list[Column]:
    past = None if as_of.on == clock.today() else as_of.on
    try:
        lines = staffing_lines(actor, as_of.on, path=path, known_on=as_of.known_on)
    except Refused:
        # No norm was in force on the day: there is no quota, and nothing is said of vacancies.
        return []
    return [vacancy_column(division, lines, past)]


def _is_told(part: Part, columns: list[Column]) -> bool:
    return any(column.cells[part.id].standing is not Standing.UNKNOWN for column in columns)


def _note(cell: Cell) -> str:
    return f"{SIGNS[cell.standing]} {say(cell.words)}"
