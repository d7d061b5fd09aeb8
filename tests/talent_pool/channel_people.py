"""A district with people whose posts are told span by span, for what a channel asks of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewEducation, NewHonour, NewPosting
from careerpath.employees.operations.people import register_employee
from careerpath.talent_pool.models import ChannelRound
from careerpath.talent_pool.operations.channels import ChannelPlan, announce_channel, plan_channel
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_identity, make_new

DOCUMENT = "人社发〔2025〕3号"
RECKONED = date(2025, 12, 1)
CLOSES = date(2025, 12, 10)
TITLES = {"chief": "社区党组织书记", "deputy": "社区党组织副书记", "staff": "社区工作者"}

Served = tuple[str, date, date | None]
"""A post with its first and last day."""


class Channels:
    """A district of two streets with those who act in it."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.stranger = make_actor(Role.STREET_HR, self.town.other_street)

    def person(
        self,
        name: str,
        served: Sequence[Served],
        *,
        unit: Unit | None = None,
        born: date = date(1985, 4, 12),
        honour: tuple[str, date] | None = None,
        level: str = "31",
        **changes: Any,
    ) -> Employee:
        """Somebody with these posts, a diploma, and an honour of a level on a day."""
        home = unit or self.town.community
        postings = tuple(
            NewPosting(unit_id=home.id, post=post, title=TITLES[post], starts_on=first, ends_on=last)
            for post, first, last in served
        )
        given = {"name": name, "identity": make_identity(born), "joined_community_on": served[0][1], "political": "01"}
        more: dict[str, Any] = {"postings": postings, "educations": (NewEducation(level=level),)}
        if honour is not None:
            more["honours"] = (NewHonour(kind="model_worker", level=honour[0], granted_on=honour[1]),)
        employee_id = register_employee(CLERK, make_new(home, **given, **more, **changes))
        return db.session.get_one(Employee, employee_id)

    def plan(self, **changes: Any) -> ChannelPlan:
        """A plan by the rules of 鸡西."""
        given: dict[str, Any] = {
            "name": "2025年定向招聘",
            "year": 2025,
            "edition_key": "jixi-2021",
            "gate": "institution",
            "places": 2,
            "reckoned_on": RECKONED,
            "closes_on": CLOSES,
        }
        return ChannelPlan(**(given | changes))

    def planned(self, **changes: Any) -> ChannelRound:
        """A channel that is planned."""
        return db.session.get_one(
            ChannelRound, plan_channel(self.district, self.town.district.id, self.plan(**changes))
        )

    def announced(self, **changes: Any) -> ChannelRound:
        """A channel into which names come."""
        channel = self.planned(**changes)
        announce_channel(self.district, channel.id, DOCUMENT)
        return channel
