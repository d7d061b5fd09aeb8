"""One batch as the office takes it: from the vacancies to the final list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from math import ceil

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.demo.chance import Chance
from careerpath.demo.office import Office
from careerpath.demo.people import BATCHES, Town
from careerpath.demo.recruitment.days import KEEP_MONTHS
from careerpath.demo.recruitment.operations import recheck_candidates, record_directs, set_photos
from careerpath.demo.recruitment.papers import particulars
from careerpath.demo.recruitment.plan import Batch, Entrant, Opening, Part
from careerpath.demo.recruitment.portraits import portrait
from careerpath.demo.recruitment.rivals import Trait
from careerpath.demo.recruitment.scores import JUDGES
from careerpath.employees.models import Channel
from careerpath.recruitment.models import Attendance, Entry, Examinee, RecruitmentPosition, Verdict
from careerpath.recruitment.operations.batches import BatchPlan, plan_batch, publish_batch
from careerpath.recruitment.operations.entering import enter_applications, withdraw_application
from careerpath.recruitment.operations.interviews import (
    NewGroup,
    draw_interviews,
    mark_interview_attendance,
    put_sheets,
)
from careerpath.recruitment.operations.lists import DirectGiven, release_final
from careerpath.recruitment.operations.positions import NewPosition, put_positions
from careerpath.recruitment.operations.review import Finding, close_review, review_applications
from careerpath.recruitment.operations.rooms import NewRoom, draw_numbers, mark_attendance
from careerpath.recruitment.operations.scores import release_written, settle_score, type_scores

LAST = len(BATCHES)
WAVES = (1, 4, 8)
"""Applications are entered on these days after the first one."""
SEATS = 30
GROUP_SIZE = 24
MOST_AT_ONCE = 500
SLIPS = 2
"""So many scores were typed wrongly by the second person."""
REASONS = {
    Trait.SCHOOL: "学历为高中（中专），不符合公告要求的大专及以上学历。",
    Trait.AGE: "年龄超过公告规定的上限。",
    Trait.ELSEWHERE: "户籍不在公告规定的范围内。",
    Trait.PAPERS: "所交材料与填报内容不一致，要求补正后未能说明。",
}
UNMENDED = "学历证书复印件不清晰，请重新提交并带原件核对。"
NEVER_MENDED = "逾期未补交学历证书，学历无法核实。"
WITHDRAWAL = "本人因工作安排放弃报名"
FAILED_RECHECK = "资格复审未能提供学历证书原件。"


@dataclass(frozen=True, slots=True)
class Seat:
    """What an examinee is known by."""

    exam_number: str
    secret_number: str
    shortlisted: bool | None


@dataclass(eq=False)
class BatchWork:
    """A batch of the plan and what it has become."""

    office: Office
    batch: Batch
    batch_id: int = 0
    positions: dict[str, int] = field(default_factory=dict)
    applications: dict[int, int] = field(default_factory=dict)
    """Ids of applications by the key of the person."""

    @property
    def town(self) -> Town:
        """The town of the plan."""
        return self.batch.town

    @property
    def district(self) -> Actor:
        """Who plans, reviews a second time and decides."""
        return self.office.staff["district"]

    @property
    def colleague(self) -> Actor:
        """Who types the scores a second time."""
        return self.office.staff["district-2"]

    @property
    def has_exam(self) -> bool:
        """Whether anybody sits the exam."""
        return bool(self._sitting())

    def id_of(self, entrant: Entrant) -> int:
        """The application of an entrant."""
        return self.applications[entrant.person.key]

    def ids_of(self, entrants: Iterable[Entrant]) -> list[int]:
        """The applications of entrants."""
        return [self.id_of(entrant) for entrant in entrants]

    def chance(self, *purpose: object) -> Chance:
        """A stream of the batch."""
        return Chance.of(self.town.seed, "batch", self.batch.batch, *purpose)

    def plan(self) -> None:
        """The district plans the batch from the vacancies."""
        place, days, units = self.town.place, self.batch.days, self.office.units
        year = days.starts_on.year
        self.batch_id = plan_batch(
            self.district,
            units[place.district],
            BatchPlan(
                name=self.town.batch_name(self.batch.batch),
                title=f"{place.name}{year}年公开招聘社区工作者公告",
                year=year,
                edition_key=place.recruitment,
                vacancies_on=days.vacancies_on,
                announced_on=days.announced_on,
                opens_on=days.opens_on,
                closes_on=days.closes_on,
                written_on=days.written_on,
                written_time="上午9:00—11:00",
                interview_on=days.interview_on,
                public=False,
                keep_months=KEEP_MONTHS,
                contact=f"{place.name}社会工作部社区工作者队伍建设科",
            ),
        )
        given = [
            NewPosition(
                unit_id=units[one.post.row.code],
                title=one.title,
                channel=one.channel,
                places=one.places,
                code=one.code,
                group=one.group,
            )
            for one in self.batch.openings
        ]
        put_positions(self.district, self.batch_id, given)
        query = select(RecruitmentPosition.code, RecruitmentPosition.id).where(
            RecruitmentPosition.batch_id == self.batch_id
        )
        self.positions = {row.code: row.id for row in db.session.execute(query)}

    def publish(self) -> None:
        """The notice is published and the rules are frozen."""
        year = self.batch.days.starts_on.year
        publish_batch(self.district, self.batch_id, f"{self.town.place.document}〔{year}〕{self.batch.batch + 5}号")

    def enter(self, wave: int) -> None:
        """The streets enter the applications of a few days."""
        on = self.batch.days.opens_on + timedelta(days=WAVES[wave])
        for street, entrants in self._streets():
            rows, chosen = [], []
            for opening, entrant in entrants:
                if self.chance("wave", entrant.person.key).randrange(len(WAVES)) == wave:
                    chosen.append(entrant)
                    rows.append((self.positions[opening.code], particulars(self.town, entrant, on)))
            if rows:
                clerk = self.office.clerks[street]
                ids = enter_applications(clerk, self.batch_id, rows, entry=Entry.STAFF)
                self.applications |= {one.person.key: found for one, found in zip(chosen, ids, strict=True)}
                if self.batch.batch == LAST and self.town.is_small:
                    photos = [(found, portrait(one.person)) for one, found in zip(chosen, ids, strict=True)]
                    set_photos(clerk, photos)

    def review_first(self) -> None:
        """The streets look at the papers; a few are sent back, and some people think better of it."""
        for street, entrants in self._streets():
            clerk = self.office.clerks[street]
            found: dict[tuple[Verdict, str, tuple[str, ...]], list[int]] = defaultdict(list)
            for _, entrant in entrants:
                found[_first_look(entrant)].append(self.id_of(entrant))
            for (verdict, reason, bonus), ids in found.items():
                for some in _portions(ids):
                    review_applications(clerk, self.batch_id, some, Finding(verdict, reason, bonus=bonus))
            for _, entrant in entrants:
                if entrant.part is Part.WITHDRAWN:
                    withdraw_application(clerk, self.id_of(entrant), WITHDRAWAL)

    def review_unmended(self) -> None:
        """What was sent back and never completed is judged as it stands."""
        for street, entrants in self._streets():
            ids = [self.id_of(entrant) for _, entrant in entrants if entrant.part is Part.UNMENDED]
            if ids:
                review_applications(
                    self.office.clerks[street], self.batch_id, ids, Finding(Verdict.FAILED, NEVER_MENDED)
                )

    def review_second(self) -> None:
        """The district decides on all of them."""
        found: dict[str, list[int]] = defaultdict(list)
        for entrant in self.batch.entrants:
            if entrant.part is not Part.WITHDRAWN:
                found[_why_refused(entrant)].append(self.id_of(entrant))
        for reason, ids in found.items():
            for some in _portions(ids):
                finding = Finding(Verdict.FAILED, reason) if reason else Finding(Verdict.PASSED)
                review_applications(self.district, self.batch_id, some, finding)

    def close_review(self) -> None:
        """The review is closed."""
        close_review(self.district, self.batch_id)

    def draw(self) -> None:
        """Exam numbers, seats and secret numbers are drawn."""
        count = ceil(len(self._sitting()) / SEATS)
        rooms = [NewRoom(self._room(number), SEATS) for number in range(1, count + 1)]
        draw_numbers(self.district, self.batch_id, rooms, chance=self.chance("numbers"))

    def sit(self) -> None:
        """The written exam: who came."""
        seats, marks = self._seats(), {}
        for entrant in self._sitting():
            mark = {Part.ABSENT: Attendance.ABSENT, Part.EXPELLED: Attendance.EXPELLED}.get(entrant.part)
            marks[seats[self.id_of(entrant)].exam_number] = mark or Attendance.PRESENT
        mark_attendance(self.district, self.batch_id, marks)

    def type_first(self) -> None:
        """The scores are typed by secret number."""
        type_scores(self.district, self.batch_id, 1, "", self._written())

    def type_second(self) -> None:
        """Another account types them again; where the two differ, the answer sheet decides."""
        written = self._written()
        slips = self.chance("slips").sample(sorted(written), min(SLIPS, len(written)))
        wrong = {secret: written[secret] - Decimal("0.5") for secret in slips}
        type_scores(self.colleague, self.batch_id, 2, "", written | wrong)
        for secret in slips:
            settle_score(self.district, self.batch_id, secret, "", written[secret])

    def release_written(self) -> None:
        """Scores and shortlist are published."""
        release_written(self.district, self.batch_id)

    def recheck(self) -> None:
        """The originals are looked at once more before the interviews."""
        given = [
            (self.id_of(one), one.part is not Part.FAILS_RECHECK, FAILED_RECHECK * (one.part is Part.FAILS_RECHECK))
            for one in self._shortlisted()
        ]
        recheck_candidates(self.district, given)

    def draw_interviews(self) -> None:
        """Panels and lots."""
        count = ceil(len(self._shortlisted()) / GROUP_SIZE)
        place, on = self.town.place.name, self.batch.days.interview_on
        groups = [
            NewGroup(f"{place}社会工作部第{number}面试室", on, "上午8:30", JUDGES) for number in range(1, count + 1)
        ]
        draw_interviews(self.district, self.batch_id, groups, chance=self.chance("interviews"))

    def interview(self) -> None:
        """Who came to the interview, and the score sheets."""
        seats, marks, sheets = self._seats(), {}, {}
        for entrant in self._shortlisted():
            if entrant.part is Part.FAILS_RECHECK:
                continue
            number = seats[self.id_of(entrant)].exam_number
            missing = entrant.part is Part.MISSES_INTERVIEW
            marks[number] = Attendance.ABSENT if missing else Attendance.PRESENT
            if not missing and entrant.points is not None:
                sheets[number] = dict(enumerate(entrant.points.judges, start=1))
        mark_interview_attendance(self.district, self.batch_id, marks)
        put_sheets(self.district, self.batch_id, sheets)

    def record_directs(self) -> None:
        """The results of by-elections and transfers, as their documents say."""
        given = []
        for opening in self.batch.openings:
            if opening.by_exam:
                continue
            for entrant in opening.entrants:
                given.append((self.id_of(entrant), self._direct(opening, entrant)))
        record_directs(self.district, given)

    def release_final(self) -> None:
        """The final list is published."""
        release_final(self.district, self.batch_id)

    def _direct(self, opening: Opening, entrant: Entrant) -> DirectGiven:
        days = self.batch.days
        successful = entrant.part is not Part.NOT_ELECTED
        if opening.channel is not Channel.BY_ELECTION:
            document = f"{self.town.place.document}〔{days.starts_on.year}〕{self.batch.batch + 20}号"
            return DirectGiven(successful, days.interview_on, document=document)
        cast = 60 + self.chance("votes", opening.code).randrange(90)
        share = 0.55 + 0.3 * self.chance("votes", entrant.person.key).random()
        votes = int(cast * (share if successful else 1 - share) * 0.9)
        document = f"{opening.post.name}居民委员会补选结果报告单"
        return DirectGiven(successful, days.interview_on, votes, cast, document)

    def _streets(self) -> Iterator[tuple[str, list[tuple[Opening, Entrant]]]]:
        found: dict[str, list[tuple[Opening, Entrant]]] = defaultdict(list)
        for opening in self.batch.openings:
            found[opening.post.street.code] += [(opening, entrant) for entrant in opening.entrants]
        yield from found.items()

    def _sitting(self) -> list[Entrant]:
        """Everybody who was admitted to the exam."""
        return [
            entrant
            for opening in self.batch.openings
            if opening.by_exam
            for entrant in opening.entrants
            if entrant.points is not None
        ]

    def _seats(self) -> dict[int, Seat]:
        query = select(
            Examinee.application_id, Examinee.exam_number, Examinee.secret_number, Examinee.shortlisted
        ).where(Examinee.batch_id == self.batch_id)
        return {
            row.application_id: Seat(row.exam_number, row.secret_number, row.shortlisted)
            for row in db.session.execute(query)
        }

    def _written(self) -> dict[str, Decimal]:
        seats = self._seats()
        return {
            seats[self.id_of(entrant)].secret_number: entrant.points.written
            for entrant in self._sitting()
            if entrant.points is not None and entrant.part not in (Part.ABSENT, Part.EXPELLED)
        }

    def _shortlisted(self) -> list[Entrant]:
        seats = self._seats()
        return [entrant for entrant in self._sitting() if seats[self.id_of(entrant)].shortlisted]

    def _room(self, number: int) -> str:
        floor, room = divmod(number - 1, 8)
        return f"{self.town.place.name}考点教学楼{floor + 1}0{room + 1}室"


def _first_look(entrant: Entrant) -> tuple[Verdict, str, tuple[str, ...]]:
    """What the street finds: verdict, reason, and the bonus it grants."""
    if entrant.part is Part.UNMENDED:
        return Verdict.RETURNED, UNMENDED, ()
    if entrant.part is Part.REJECTED:
        return Verdict.FAILED, REASONS[entrant.trait], ()
    return Verdict.PASSED, "", entrant.bonus


def _why_refused(entrant: Entrant) -> str:
    """Why the district refuses somebody; empty for those who are admitted."""
    if entrant.part is Part.UNMENDED:
        return NEVER_MENDED
    return REASONS[entrant.trait] if entrant.part is Part.REJECTED else ""


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), MOST_AT_ONCE):
        yield ids[start : start + MOST_AT_ONCE]
