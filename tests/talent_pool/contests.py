"""A selection whose nominations are closed, and its way from the first points to the pool; entrants have short names.

Two communities of one district: ``书苑`` with one place and ``文昌`` with two. Stages of the example edition:
recommendation (30 %, the best three for a place go on), speech (30 %), interview (40 %, at least 60).
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionState
from careerpath.talent_pool.operations.selecting import conclude_selection, decide_selection, open_selection_notice
from careerpath.talent_pool.operations.stages import PointsGiven, finish_stages, put_points
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee
from tests.factories.talent_pool import make_entrant, make_places, make_selection

STAGES = ("recommendation", "speech", "interview")
HELD = date(2025, 12, 20)
DECIDED = date(2025, 12, 24)
NOTICE = (date(2025, 12, 25), date(2025, 12, 31))
"""A Thursday to the Wednesday after: five working days."""
ENTERED = date(2026, 1, 4)
DOCUMENT = "区委组织部部务会〔2025〕18号"


def day(on: date) -> clock.Stopped:
    """The morning of a day."""
    return clock.Stopped(datetime(on.year, on.month, on.day, 2, 0, tzinfo=UTC))


def given(points: str | None, version: int | None = None) -> PointsGiven:
    """Points as they are typed."""
    return PointsGiven(points=None if points is None else Decimal(points), version=version)


class Contest:
    """A selection in its stages."""

    def __init__(self, state: SelectionState = SelectionState.STAGES, **changes: Any) -> None:
        self.town = Town()
        self.office = make_actor(Role.DISTRICT_HR, self.town.district, "office")
        self.clerk = make_actor(Role.STREET_HR, self.town.street, "clerk")
        self.selection_id = make_selection(self.town.district, state, **changes).id
        self.units = {"书苑": self.town.community, "文昌": self.town.foreign}
        for name, places in (("书苑", 1), ("文昌", 2)):
            make_places(self.selection, self.units[name], places)
        self.ids: dict[str, int] = {}

    @property
    def selection(self) -> Selection:
        """As it now stands."""
        return db.session.get_one(Selection, self.selection_id, populate_existing=True)

    def enter(self, name: str, unit: str = "书苑", state: EntrantState = EntrantState.ADMITTED) -> int:
        """Somebody who was admitted, for a community by the first characters of its name."""
        place: Unit = self.units[unit]
        employee = make_employee(None, place, name=f"林{name}")
        self.ids[name] = make_entrant(self.selection, employee, place, state).id
        return self.ids[name]

    def one(self, name: str) -> SelectionEntrant:
        """An entrant as they now stand."""
        return db.session.get_one(SelectionEntrant, self.ids[name], populate_existing=True)

    def put(self, stage: str, points: Mapping[str, str | None]) -> int:
        """Keep points by name on the day of the stages."""
        with day(HELD):
            return put_points(
                self.office, self.selection_id, stage, {self.ids[name]: given(text) for name, text in points.items()}
            )

    def pass_stages(self, points: Mapping[str, str]) -> None:
        """Give everybody named the same points in every stage, which are then also the total; and end the stages."""
        for stage in STAGES:
            self.put(stage, points)
        with day(HELD):
            finish_stages(self.office, self.selection_id)

    def decide(self) -> int:
        """The district decides."""
        with day(DECIDED):
            return decide_selection(self.office, self.selection_id, DOCUMENT, DECIDED)

    def to_notice(self, points: Mapping[str, str]) -> None:
        """From the points to the notice."""
        self.pass_stages(points)
        self.decide()
        with day(DECIDED):
            open_selection_notice(self.office, self.selection_id, *NOTICE)

    def conclude(self, on: date = ENTERED) -> list[int]:
        """Everybody selected enters the pool on a day."""
        with day(on):
            return self.conclude_on(on)

    def conclude_on(self, entered_on: date) -> list[int]:
        """Everybody selected enters the pool, today, as of a day."""
        return conclude_selection(self.office, self.selection_id, entered_on)
