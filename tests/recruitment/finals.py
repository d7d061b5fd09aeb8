"""A batch whose interviews are over, and its way from the final list to the first working day."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.clock import Stopped
from careerpath.core.db import db, writing
from careerpath.employees.models import Channel
from careerpath.policy.recruitment import Leaving, Stage
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Attendance,
    BatchState,
    CheckKind,
    Departure,
    Examinee,
    InterviewGroup,
    InterviewMark,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.checks import CheckGiven, DepartureGiven, record_checks, record_departure
from careerpath.recruitment.operations.lists import DirectGiven, record_direct, release_final
from careerpath.recruitment.operations.notices import open_notice
from careerpath.recruitment.queries.terms import Terms
from tests.factories.access import Town, make_actor
from tests.factories.recruitment import make_application, make_batch, make_examinee, make_position

PUBLISHED = date(2026, 1, 20)
CHECKED = date(2026, 1, 26)
NOTICE = (date(2026, 1, 28), date(2026, 2, 3))
"""A Wednesday to the Tuesday after: five working days."""
APPOINTED = date(2026, 2, 5)
STARTS = date(2026, 3, 2)
TERMS = Terms(STARTS, date(2029, 3, 1), date(2026, 5, 1), document="费社工发〔2026〕3号")


def day(on: date) -> Stopped:
    """The morning of a day."""
    return clock.Stopped(datetime(on.year, on.month, on.day, 2, 0, tzinfo=UTC))


class Contest:
    """A district's batch after the interviews; candidates are told apart by short names."""

    def __init__(self, state: BatchState = BatchState.INTERVIEW, **changes: Any) -> None:
        self.town = Town()
        self.office = make_actor(Role.DISTRICT_HR, self.town.district, "office")
        self.clerk = make_actor(Role.STREET_HR, self.town.street, "clerk")
        self.batch_id = make_batch(self.town.district, state, **changes).id
        self.names: dict[str, int] = {}
        with writing() as session:
            group = InterviewGroup(batch_id=self.batch_id, number=1, place="县委党校", on=date(2026, 1, 10), judges=5)
            session.add(group)
        self.group_id = group.id

    @property
    def batch(self) -> RecruitmentBatch:
        """The batch as it stands."""
        return db.session.get_one(RecruitmentBatch, self.batch_id)

    def position(self, places: int = 1, **changes: Any) -> RecruitmentPosition:
        """A position at the first community."""
        return make_position(self.batch, changes.pop("unit", self.town.community), places, **changes)

    def candidate(
        self, name: str, position: RecruitmentPosition, written: str = "80", interview: str = "80", **changes: Any
    ) -> Application:
        """Somebody who was interviewed: all judges gave the same points."""
        application = make_application(position, ApplicationState.ADMITTED, name=name, **changes)
        examinee = make_examinee(
            application,
            {"": Decimal(written)},
            shortlisted=True,
            rechecked=True,
            interview_attendance=Attendance.PRESENT,
            interview_group_id=self.group_id,
        )
        with writing() as session:
            for judge in range(1, 6):
                session.add(
                    InterviewMark(
                        examinee_id=examinee.id, judge=judge, points=Decimal(interview), by="考务", at=clock.now()
                    )
                )
        self.names[name] = application.id
        return application

    def elected(self, name: str, position: RecruitmentPosition, **changes: Any) -> Application:
        """Somebody of a by-election or a transfer whose result is recorded as successful."""
        application = make_application(position, ApplicationState.ADMITTED, name=name, **changes)
        self.names[name] = application.id
        election = position.channel is Channel.BY_ELECTION
        votes = {"votes_for": 60, "votes_cast": 80} if election else {}
        with day(PUBLISHED):
            record_direct(
                self.office, application.id, DirectGiven(True, date(2026, 1, 8), document="选举结果报告单", **votes)
            )
        return application

    def release(self) -> int:
        """Publish the final list."""
        with day(PUBLISHED):
            return release_final(self.office, self.batch_id)

    def check(self, *names: str, on: date = CHECKED, but: Mapping[str, CheckKind] | None = None) -> None:
        """Record both checks of people as passed; ``but`` fails one check of somebody."""
        rows = {}
        for name in names:
            failed = (but or {}).get(name)
            rows[self.names[name]] = [
                CheckGiven(kind, kind is not failed, on, "费县人民医院", "未达标准" if kind is failed else "")
                for kind in CheckKind
            ][: 1 if failed is CheckKind.MEDICAL else 2]
        with day(max(on, CHECKED)):
            record_checks(self.office, self.batch_id, rows)

    def leave(self, name: str, on: date = CHECKED) -> None:
        """Let somebody give up."""
        with day(on):
            given = DepartureGiven(Leaving.WITHDRAWN, on, "本人书面声明")
            record_departure(self.office, self.names[name], given)

    def publish(self, first: date = NOTICE[0], last: date = NOTICE[1]) -> int:
        """Open the public notice."""
        with day(first):
            return open_notice(self.office, self.batch_id, first, last)

    def line(self, name: str) -> ListLine:
        """Somebody's line of the final list."""
        query = select(ListLine).where(ListLine.application_id == self.names[name], ListLine.stage == Stage.FINAL)
        return db.session.scalars(query).one()

    def departure(self, name: str) -> Departure:
        """How somebody left."""
        return db.session.scalars(select(Departure).where(Departure.application_id == self.names[name])).one()

    def number(self, name: str) -> str:
        """Somebody's exam number."""
        return db.session.scalars(select(Examinee).where(Examinee.application_id == self.names[name])).one().exam_number

    def outcomes(self) -> dict[str, str]:
        """What the list says of everybody now."""
        return {name: self.line(name).outcome.value for name in self.names}


def ready(*, reserves: int = 1) -> Contest:
    """One place with 甲 proposed and checked under a notice, and reserve candidates 乙, 丙 behind."""
    contest = Contest()
    position = contest.position()
    for place, name in enumerate("甲乙丙"[: 1 + reserves]):
        contest.candidate(name, position, str(85 - 3 * place), str(85 - 3 * place))
    contest.release()
    contest.check("甲")
    contest.publish()
    return contest
