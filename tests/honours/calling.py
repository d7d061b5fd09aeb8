"""A district that calls for honours, with those who act in it and people who may be nominated."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.honours.models import HonourCall, HonourNominee
from careerpath.honours.operations import (
    CallGiven,
    ChoiceGiven,
    GrantGiven,
    NomineeGiven,
    announce_call,
    choose_nominees,
    close_nominations_of_call,
    grant_honours,
    nominate_for_honour,
    open_call_notice,
    plan_call,
    refer_call,
)
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee

ANNOUNCED = date(2025, 12, 1)
CLOSES = date(2025, 12, 10)
DOCUMENT = "费社工发〔2025〕30号"
NOTICE = (date(2025, 12, 15), date(2025, 12, 19))
AFTER = date(2025, 12, 20)
MERITS = "牵头完成老旧小区加装电梯协商，居民满意。"


@contextmanager
def day(on: date) -> Iterator[None]:
    """The morning of a day."""
    with clock.Stopped(datetime.combine(on, time(2), UTC)):
        yield


class Calling:
    """A district of two streets."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.stranger = make_actor(Role.STREET_HR, self.town.other_street)

    def person(self, name: str, unit: Unit | None = None, **changes: Any) -> Employee:
        """Somebody who serves in a community of the street."""
        return make_employee(None, unit or self.town.community, name=name, **changes)

    def given(self, **changes: Any) -> CallGiven:
        """What is called for."""
        given: dict[str, Any] = {
            "name": "2025年度费县最美社工评选",
            "year": 2025,
            "kind": "model_worker",
            "level": "county",
            "title": "费县最美社工",
            "granted_by": "中共费县县委社会工作部",
            "places": 2,
            "closes_on": CLOSES,
        }
        return CallGiven(**(given | changes))

    def planned(self, **changes: Any) -> HonourCall:
        """A call that is planned."""
        return call_of(plan_call(self.district, self.town.district.id, self.given(**changes)))

    def announced(self, **changes: Any) -> HonourCall:
        """A call in which streets nominate."""
        call = self.planned(**changes)
        announce_call(self.district, call.id, DOCUMENT, ANNOUNCED)
        return call

    def nominate(self, call: HonourCall, person: Employee, **changes: Any) -> int:
        """A nomination by the street."""
        given = NomineeGiven(employee_id=person.id, **({"merits": MERITS} | changes))
        return nominate_for_honour(self.street, call.id, given)

    def shown(self, *people: Employee, **changes: Any) -> tuple[HonourCall, list[int]]:
        """A call whose nominees are all chosen and shown to the public, and their ids."""
        call = self.announced(**changes)
        ids = [self.nominate(call, one) for one in people]
        close_nominations_of_call(self.district, call.id)
        choices = {one: ChoiceGiven(chosen=True, rank=place) for place, one in enumerate(ids, start=1)}
        choose_nominees(self.district, call.id, choices)
        open_call_notice(self.district, call.id, *NOTICE)
        return call, ids

    def concluded(self, *people: Employee, **changes: Any) -> tuple[HonourCall, list[int]]:
        """A call that has been granted to all of them the day after the notice."""
        call, ids = self.shown(*people, **changes)
        with day(AFTER):
            if call.outside:
                refer_call(self.district, call.id)
            ends_on = changes.get("kind") == "party_delegate"
            given = GrantGiven(
                granted_on=AFTER, document="费委〔2025〕9号", term_ends_on=date(2030, 12, 31) if ends_on else None
            )
            grant_honours(self.district, call.id, given)
        return call, ids


def call_of(call_id: int) -> HonourCall:
    """A call as it stands."""
    return db.session.get_one(HonourCall, call_id)


def nominee_of(nominee_id: int) -> HonourNominee:
    """A nominee as they stand."""
    return db.session.get_one(HonourNominee, nominee_id)
