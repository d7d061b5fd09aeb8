"""What the pages of planning show: usual values of a new batch, its positions, and what stands against publishing."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.language import say
from careerpath.policy.codes import Post, UnitKind
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    ApplicationState,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.reached import Reached, applied
from careerpath.recruitment.queries.rules import rules_on
from careerpath.recruitment.queries.words import CHANNEL_NAMES, EXAM_CHANNELS
from careerpath.words import Message, Refused, msg

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
DAYS = ("announced_on", "opens_on", "closes_on", "written_on", "interview_on")


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A position as lists show it."""

    id: int
    code: str
    title: str
    post: Post
    unit_id: int
    unit_name: str
    channel: Message
    exam: bool
    """Whether it leads through the exam."""
    group: str
    """What people call the group it is reserved for; empty for everybody."""
    places: int
    quota: int | None
    actual: int | None
    demand: str
    applied: int
    admitted: int

    @property
    def beyond(self) -> bool:
        """Whether there are more places than vacancies on the day they were counted."""
        return self.quota is not None and self.places > max(self.quota - (self.actual or 0), 0)


def districts(actor: Actor) -> list[tuple[int, str]]:
    """The districts for which the actor may plan."""
    query = select(Unit.id, Unit.short_name).where(
        within(actor, Unit.id, Permission.RECRUITMENT_PLAN), Unit.kind == UnitKind.DISTRICT
    )
    return [(unit_id, name) for unit_id, name in db.session.execute(query.order_by(Unit.code))]


def planned_batch(actor: Actor, batch_id: int) -> RecruitmentBatch:
    """A batch that the actor plans, or ``NotFound``."""
    return fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_PLAN)


def usual_plan(unit_id: int | None, unit_name: str, on: date | None = None) -> Mapping[str, object]:
    """What a new batch usually begins with: the next number, the rules in force and the days that they name."""
    today = clock.today()
    count = 1 + (
        db.session.scalar(select(func.count()).select_from(RecruitmentBatch).where(RecruitmentBatch.unit_id == unit_id))
        or 0
    )
    number = NUMERALS[count - 1] if count <= len(NUMERALS) else str(count)
    values: dict[str, object] = {
        "name": say(msg("第%(number)s批（%(year)s年）", number=number, year=today.year)),
        "title": say(msg("%(unit)s%(year)s年公开招聘社区工作者公告", unit=unit_name, year=today.year)),
        "year": today.year,
        "vacancies_on": on or today,
        "public": True,
        "keep_months": 6,
    }
    try:
        edition = rules_on(today)
    except Refused:
        # The form offers all rules there are; it is for a person to choose one.
        return values
    values["edition_key"] = edition.head.key
    if edition.calendar is not None:
        values |= {name: getattr(edition.calendar, name) for name in DAYS}
    return values


def positions_with_units(batch: RecruitmentBatch) -> Sequence[tuple[RecruitmentPosition, str]]:
    """The positions of a batch and the names of their units, in the order of codes."""
    query = (
        select(RecruitmentPosition, Unit.short_name)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .where(RecruitmentPosition.batch_id == batch.id)
        .order_by(RecruitmentPosition.code, RecruitmentPosition.id)
    )
    return [(position, name) for position, name in db.session.execute(query)]


Counts = Mapping[int, Mapping[ApplicationState, int]]
"""How many applications are in each state, by position."""


def application_counts(actor: Actor, batch_id: int) -> Counts:
    """How many applications of a batch that the actor sees are in each state, by position. Two queries.

    What was given up before it was submitted is left out. Of those who were purged is known whether they were
    admitted; the others count as rejected.
    """
    live = select(Application.position_id, Application.state, func.count()).where(
        Application.batch_id == batch_id,
        or_(applied(), Application.state == ApplicationState.DRAFT),
        within(actor, Application.unit_id, Permission.RECRUITMENT_VIEW),
    )
    found: dict[int, Counter[ApplicationState]] = {}
    for position_id, state, count in db.session.execute(live.group_by(Application.position_id, Application.state)):
        found.setdefault(position_id, Counter())[state] += count
    rejected = ApplicantTally.reached == Reached.APPLIED.value
    purged = (
        select(ApplicantTally.position_id, rejected, func.sum(ApplicantTally.count))
        .join(RecruitmentPosition, RecruitmentPosition.id == ApplicantTally.position_id)
        .where(
            ApplicantTally.batch_id == batch_id,
            within(actor, RecruitmentPosition.unit_id, Permission.RECRUITMENT_VIEW),
        )
        .group_by(ApplicantTally.position_id, rejected)
    )
    for position_id, out, count in db.session.execute(purged):
        state = ApplicationState.REJECTED if out else ApplicationState.ADMITTED
        found.setdefault(position_id, Counter())[state] += count
    return found


def all_counts(counts: Counts) -> Counter[ApplicationState]:
    """How many applications are in each state, over all positions."""
    found: Counter[ApplicationState] = Counter()
    for one in counts.values():
        found.update(one)
    return found


def position_lines(batch: RecruitmentBatch, edition: RecruitmentEdition | None, counts: Counts) -> list[PositionLine]:
    """The positions of a batch with how many applied and were admitted. One query."""
    nothing: Mapping[ApplicationState, int] = {}
    return [
        PositionLine(
            id=position.id,
            code=position.code,
            title=position.title,
            post=Post(position.post),
            unit_id=position.unit_id,
            unit_name=name,
            channel=CHANNEL_NAMES[position.channel],
            exam=position.channel in EXAM_CHANNELS,
            group=edition.group_name(position.group) if edition and position.group else position.group,
            places=position.places,
            quota=position.quota,
            actual=position.actual,
            demand=position.demand,
            applied=sum(
                n for state, n in counts.get(position.id, nothing).items() if state is not ApplicationState.DRAFT
            ),
            admitted=counts.get(position.id, nothing).get(ApplicationState.ADMITTED, 0),
        )
        for position, name in positions_with_units(batch)
    ]


def units_named(path: str, texts: Collection[str]) -> dict[str, list[int]]:
    """The ids that each name or code means among the open units below a path. One query."""
    query = select(Unit.id, Unit.code, Unit.name, Unit.short_name).where(
        Unit.path.startswith(path, autoescape=True),
        Unit.path != path,
        or_(Unit.ends_on.is_(None), Unit.ends_on >= clock.today()),
        or_(Unit.code.in_(texts), Unit.name.in_(texts), Unit.short_name.in_(texts)),
    )
    found: dict[str, list[int]] = {}
    for unit_id, *names in db.session.execute(query.order_by(Unit.id)):
        for name in set(names) & set(texts):
            found.setdefault(name, []).append(unit_id)
    return found


def notices_of(lines: Sequence[PositionLine], edition: RecruitmentEdition) -> list[Message]:
    """What somebody should look at before publishing, beside what labour law forbids."""
    said = []
    beyond = [line.code for line in lines if line.beyond]
    if beyond:
        codes = "、".join(beyond[:5])
        said.append(
            msg("岗位 %(codes)s 等 %(count)s 个的招聘人数多于空编，请核对。", codes=codes, count=len(beyond))
            if len(beyond) > 5
            else msg("岗位 %(codes)s 的招聘人数多于空编，请核对。", codes=codes)
        )
    unknown = sum(line.quota is None for line in lines)
    if unknown:
        said.append(msg("有 %(count)s 个岗位所在单位没有核定员额，请核对空编。", count=unknown))
    if edition.head.example:
        said.append(msg("所选规则含示例数据，不是正式规定，发布前请换用本地规则。"))
    return said
