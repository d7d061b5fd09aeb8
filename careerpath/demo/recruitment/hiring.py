"""One batch as the office takes it: from the final list to the first working day, and months later to the last one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.demo.arrivals import open_own_accounts
from careerpath.demo.files import known_on, new_employee
from careerpath.demo.lines import known_lines
from careerpath.demo.office import Office
from careerpath.demo.pay import approve_round
from careerpath.demo.people import Person, Town
from careerpath.demo.recruitment.days import notice_end
from careerpath.demo.recruitment.operations import Completion, complete_files, record_departures
from careerpath.demo.recruitment.plan import Entrant, Part
from careerpath.demo.recruitment.work import BatchWork
from careerpath.policy.recruitment import Leaving
from careerpath.recruitment.models import Appointment, CheckKind
from careerpath.recruitment.operations.appointments import appoint_many
from careerpath.recruitment.operations.batches import conclude_batch
from careerpath.recruitment.operations.checks import CheckGiven, DepartureGiven, fill_places, record_checks
from careerpath.recruitment.operations.notices import ObjectionGiven, answer_objection, open_notice, record_objection
from careerpath.recruitment.queries.terms import Terms

ON_LIST = (
    Part.PROPOSED,
    Part.APPOINTED_LATE,
    Part.FAILS_MEDICAL,
    Part.FAILS_BACKGROUND,
    Part.GIVES_UP,
    Part.STAYS_AWAY,
)
"""Whoever is to be appointed when the final list is published."""
FAILED_MEDICAL = "血压、心电图两项指标不符合体检标准，复检结论相同"
FAILED_BACKGROUND = "档案核查发现工作经历与报名填写不一致"
GAVE_UP = "已与其他单位签订劳动合同，书面声明放弃拟聘用资格"
STAYED_AWAY = "未按通知报到，书面声明放弃聘用"
OBJECTION = "来电询问加分项的认定依据，以及笔试成绩是否可以复核。"
ANSWER = "经核查，加分证明材料齐全、认定符合公告规定；笔试成绩经两人分别录入核对无误，已向来电人说明。"


@dataclass(eq=False)
class Hiring:
    """What becomes of the final list of a batch."""

    work: BatchWork
    objection_id: int = 0

    @property
    def office(self) -> Office:
        """The office."""
        return self.work.office

    @property
    def town(self) -> Town:
        """The town of the plan."""
        return self.work.town

    @property
    def district(self) -> Actor:
        """Who decides."""
        return self.work.district

    def medical(self) -> None:
        """The medical examination of everybody on the final list."""
        self._check(self._by_exam(*ON_LIST), CheckKind.MEDICAL, self.work.batch.days.medical_on)

    def background(self) -> None:
        """The background checks of those who are left."""
        left = [one for one in self._by_exam(*ON_LIST) if one.part is not Part.FAILS_MEDICAL]
        self._check(left, CheckKind.BACKGROUND, self.work.batch.days.background_on)

    def fill(self) -> None:
        """Some give up; reserve candidates move up into the places of all who left, and are checked in their turn."""
        days = self.work.batch.days
        self._depart(Part.GIVES_UP, days.filled_on, GAVE_UP)
        if self.work.batch.having(Part.MOVED_UP):
            fill_places(self.district, self.work.batch_id, days.filled_on)

    def check_moved_up(self, part: Part, on: date) -> None:
        """The checks of those who moved up."""
        for kind in CheckKind:
            self._check(self.work.batch.having(part), kind, on)

    def notice(self) -> None:
        """Those to be appointed are shown to the public."""
        days = self.work.batch.days
        open_notice(self.district, self.work.batch_id, days.notice_starts_on, days.notice_ends_on)

    def object(self) -> None:
        """Somebody asks a question during the notice."""
        given = ObjectionGiven(None, self.work.batch.days.notice_starts_on + timedelta(days=3), False, OBJECTION)
        self.objection_id = record_objection(self.district, self.work.batch_id, given)

    def answer(self) -> None:
        """And is answered."""
        answer_objection(self.district, self.objection_id, False, ANSWER, self.work.batch.days.notice_ends_on)

    def begin(self) -> None:
        """The first day of service: a few do not come, all others are appointed."""
        days = self.work.batch.days
        self._depart(Part.STAYS_AWAY, days.starts_on, STAYED_AWAY)
        self._appoint(self.work.batch.having(Part.PROPOSED, Part.MOVED_UP))

    def fill_late(self) -> None:
        """The places that were given up on the first day are filled from the reserve."""
        if self.work.batch.having(Part.LATE):
            fill_places(self.district, self.work.batch_id, self.work.batch.days.late_filled_on)

    def notice_late(self) -> None:
        """Those who moved up are shown to the public as well."""
        if self.work.batch.having(Part.LATE):
            days = self.work.batch.days
            ends_on = notice_end(days.late_notice_on)
            open_notice(self.district, self.work.batch_id, days.late_notice_on, ends_on)

    def begin_late(self) -> None:
        """Their first day of service."""
        self._appoint(self.work.batch.having(Part.LATE, Part.APPOINTED_LATE))

    def conclude(self) -> None:
        """The batch is concluded."""
        conclude_batch(self.district, self.work.batch_id)

    def _by_exam(self, *parts: Part) -> list[Entrant]:
        return [
            entrant
            for opening in self.work.batch.openings
            if opening.by_exam
            for entrant in opening.entrants
            if entrant.part in parts
        ]

    def _check(self, entrants: Iterable[Entrant], kind: CheckKind, on: date) -> None:
        place, fails, note = f"{self.town.place.name}指定体检医院", Part.FAILS_MEDICAL, FAILED_MEDICAL
        if kind is CheckKind.BACKGROUND:
            place, fails, note = f"{self.town.place.name}社会工作部考察组", Part.FAILS_BACKGROUND, FAILED_BACKGROUND
        rows = {
            self.work.id_of(one): CheckGiven(kind, one.part is not fails, on, place, note if one.part is fails else "")
            for one in entrants
        }
        if rows:
            record_checks(self.district, self.work.batch_id, rows)

    def _depart(self, part: Part, on: date, reason: str) -> None:
        given = DepartureGiven(Leaving.WITHDRAWN, on, reason)
        record_departures(self.district, [(self.work.id_of(one), given) for one in self.work.batch.having(part)])

    def _appoint(self, entrants: Sequence[Entrant]) -> None:
        """Appoint people on their first day; the street completes their files, and the district approves their pay."""
        if not entrants:
            return
        contract = new_employee(self.town, entrants[0].person, _blank(entrants[0].person)).contracts[0]
        year = contract.starts_on.year
        terms = Terms(
            contract.starts_on,
            contract.ends_on,
            contract.probation_ends_on,
            document=f"{self.town.place.document}〔{year}〕{self.work.batch.batch + 30}号",
        )
        appoint_many(self.district, self.work.batch_id, self.work.ids_of(entrants), terms)
        people = {self.work.id_of(entrant): entrant.person for entrant in entrants}
        found = db.session.execute(
            select(Appointment.application_id, Appointment.employee_id, Appointment.round_id).where(
                Appointment.application_id.in_(people)
            )
        ).all()
        newcomers = [people[row.application_id] for row in found]
        self.office.learn_files(newcomers, [row.employee_id for row in found])
        open_own_accounts(self.office, newcomers)
        self._complete(newcomers)
        for round_id in sorted({row.round_id for row in found if row.round_id is not None}):
            approve_round(self.office, round_id, contract.starts_on)

    def _complete(self, people: Sequence[Person]) -> None:
        by_street: dict[str, list[Completion]] = defaultdict(list)
        for person in people:
            by_street[person.post.street.code].append(
                Completion(
                    self.office.files[person.key],
                    new_employee(self.town, person, self.office.units),
                    tuple(known_lines(self.town, person, known_on(self.town, person)))
                    if self.town.in_full(person)
                    else (),
                )
            )
        for code, given in by_street.items():
            complete_files(self.office.clerks[code], given)


def _blank(person: Person) -> dict[str, int]:
    return {person.post.row.code: 0}
