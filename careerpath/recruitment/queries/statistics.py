"""Who applied and how far they came, by channel, age, education and source; and how long each stage took.

Counted from live records, and from the counts that stay of applicants whose particulars are purged.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.forms.words import SOURCES
from careerpath.employees.models import Channel
from careerpath.policy.codes import Education
from careerpath.policy.employment import age_on
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    BatchState,
    BatchStep,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.nearby import near
from careerpath.recruitment.queries.reached import REACHED, Reached, applied, reached_column
from careerpath.recruitment.queries.words import BATCH_STATES, CHANNEL_NAMES, ENTRIES
from careerpath.words import Message, msg

STAGES = tuple(Reached)
UNKNOWN = msg("未填写")
BANDS: Sequence[tuple[int, Message]] = (
    (25, msg("25 岁及以下")),
    (30, msg("26—30 岁")),
    (35, msg("31—35 岁")),
    (40, msg("36—40 岁")),
    (200, msg("41 岁及以上")),
)
"""Bands of age by their upper end, as a report groups them."""

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Kind:
    """How many applicants of a kind there were; ``age`` is that on the last day of applications."""

    batch_id: int
    channel: Channel
    sex: str
    age: int | None
    education: str
    source: str
    entry: str
    reached: Reached
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One group of applicants: how many came to each stage, each stage holding those who came further."""

    title: Message
    counts: tuple[int, ...]
    places: int | None = None

    @property
    def share(self) -> str:
        """Appointed people for a hundred applicants."""
        return f"{self.counts[-1] * 100 / self.counts[0]:.1f}%" if self.counts[0] else "—"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Applicants by one thing; ``code`` names it for charts."""

    code: str
    title: Message
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long a batch stood in a stage: whole days; ``ends_on`` is empty while it stands there."""

    state: BatchState
    word: Message
    starts_on: date
    ends_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class BatchTimes:
    """The stages of one batch."""

    batch_id: int
    name: str
    stages: tuple[StageTime, ...]

    @property
    def days(self) -> int:
        """From the notice to the end, or to today."""
        return sum(stage.days for stage in self.stages if stage.state is not BatchState.PLANNED)

    def of(self, state: BatchState) -> int | None:
        """Days in a stage, over all times that the batch stood in it; ``None`` where it never did."""
        found = [stage.days for stage in self.stages if stage.state is state]
        return sum(found) if found else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """All figures of one batch or of several."""

    total: Row
    breakdowns: tuple[Breakdown, ...]
    times: tuple[BatchTimes, ...]
    ages: tuple[Decimal | None, Decimal | None]
    """The mean age of applicants and of those appointed, to a tenth."""
    years: tuple[int, ...] = ()
    purged: bool = False
    """Whether some figures come from counts alone."""

    @property
    def year_choices(self) -> list[tuple[int, Message]]:
        """The years to choose from."""
        return [(year, msg("%(year)s年", year=year)) for year in self.years]


def batch_statistics(actor: Actor, batch: RecruitmentBatch) -> Statistics:
    """The figures of one batch, as far as its applicants are the actor's. Four queries."""
    return _statistics(actor, [batch])


def all_statistics(actor: Actor, year: int | None = None) -> Statistics:
    """The figures of all batches that the actor meets, of one year if wanted. Five queries."""
    query = select(RecruitmentBatch).where(near(actor, Permission.RECRUITMENT_VIEW))
    batches = db.session.scalars(query.order_by(RecruitmentBatch.year, RecruitmentBatch.id)).all()
    years = tuple(sorted({batch.year for batch in batches}, reverse=True))
    wanted = [batch for batch in batches if year is None or batch.year == year]
    return _statistics(actor, wanted, years, by_batch=True)


def _statistics(
    actor: Actor, batches: Sequence[RecruitmentBatch], years: tuple[int, ...] = (), *, by_batch: bool = False
) -> Statistics:
    ids = [batch.id for batch in batches]
    closes = {batch.id: batch.closes_on for batch in batches}
    kept = _kept(actor, ids)
    kinds = [*_live(actor, ids, closes), *kept]
    places = _places(actor, ids)
    sources, entries = _by_value(SOURCES), _by_value(ENTRIES)
    breakdowns = [
        Breakdown("channel", msg("招聘方式"), _rows(kinds, lambda kind: kind.channel, [*CHANNEL_NAMES.items()])),
        Breakdown("age", msg("年龄"), _rows(kinds, _band, [*BANDS, (None, UNKNOWN)])),
        Breakdown("education", msg("学历"), _rows(kinds, lambda kind: kind.education, _educations())),
        Breakdown("source", msg("来源"), _rows(kinds, lambda kind: kind.source, sources)),
        Breakdown("entry", msg("报名途径"), _rows(kinds, lambda kind: kind.entry, entries)),
    ]
    if by_batch:
        names = [(batch.id, Message("%(name)s", {"name": batch.name})) for batch in batches]
        rows = _rows(kinds, lambda kind: kind.batch_id, names, places)
        breakdowns.insert(0, Breakdown("batch", msg("招聘批次"), rows))
    return Statistics(
        total=_row(msg("合计"), kinds, sum(places.values())),
        breakdowns=tuple(breakdowns),
        times=_times(batches),
        ages=(_mean_age(kinds), _mean_age([kind for kind in kinds if kind.reached is Reached.APPOINTED])),
        years=years,
        purged=bool(kept),
    )


def _live(actor: Actor, ids: Sequence[int], closes: Mapping[int, date | None]) -> list[Kind]:
    query = (
        select(
            Application.batch_id,
            RecruitmentPosition.channel,
            Application.sex,
            Application.born_on,
            Application.education,
            Application.source,
            Application.entry,
            reached_column(),
        )
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .where(
            Application.batch_id.in_(ids),
            within(actor, Application.unit_id, Permission.RECRUITMENT_VIEW),
            applied(),
        )
    )
    found = []
    for batch_id, channel, sex, born_on, education, source, entry, reached in db.session.execute(query):
        closes_on = closes[batch_id]
        age = age_on(born_on, closes_on) if born_on and closes_on else None
        found.append(Kind(batch_id, channel, sex, age, education, source.value, entry.value, Reached(reached), 1))
    return found


def _kept(actor: Actor, ids: Sequence[int]) -> list[Kind]:
    query = (
        select(ApplicantTally, RecruitmentPosition.channel)
        .join(RecruitmentPosition, RecruitmentPosition.id == ApplicantTally.position_id)
        .where(
            ApplicantTally.batch_id.in_(ids),
            within(actor, RecruitmentPosition.unit_id, Permission.RECRUITMENT_VIEW),
        )
    )
    return [
        Kind(
            one.batch_id,
            channel,
            one.sex,
            one.age,
            one.education,
            one.source,
            one.entry,
            Reached(one.reached),
            one.count,
        )
        for one, channel in db.session.execute(query)
    ]


def _places(actor: Actor, ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(RecruitmentPosition.batch_id, func.sum(RecruitmentPosition.places))
        .where(
            RecruitmentPosition.batch_id.in_(ids),
            within(actor, RecruitmentPosition.unit_id, Permission.RECRUITMENT_VIEW),
        )
        .group_by(RecruitmentPosition.batch_id)
    )
    return {batch_id: count for batch_id, count in db.session.execute(query)}


def _row(title: Message, kinds: Iterable[Kind], places: int | None = None) -> Row:
    reached: Counter[Reached] = Counter()
    for kind in kinds:
        reached[kind.reached] += kind.count
    return Row(title, tuple(sum(reached[one] for one in STAGES[number:]) for number in range(len(STAGES))), places)


Words = Sequence[tuple[object, Message]]
"""The words of values, in the order in which they are told."""


def _rows(
    kinds: Sequence[Kind], key: Callable[[Kind], object], words: Words, places: Mapping[int, int] | None = None
) -> tuple[Row, ...]:
    """One row for each word that somebody falls under, in the order of the words; others come last.

    With ``places`` the values are batches, and one that nobody applied for has a row as well.
    """
    groups: dict[object, list[Kind]] = {value: [] for value, _ in words}
    for kind in kinds:
        groups.setdefault(key(kind), []).append(kind)
    told = dict(words)
    found = []
    for value, group in groups.items():
        wanted = places.get(value, 0) if places is not None and isinstance(value, int) else None
        if group or wanted is not None:
            found.append(_row(told.get(value, UNKNOWN), group, wanted))
    return tuple(found)


def _band(kind: Kind) -> int | None:
    if kind.age is None:
        return None
    return next(end for end, _ in BANDS if kind.age <= end)


def _by_value(words: Mapping[Any, Message]) -> Words:
    return [(one.value, word) for one, word in words.items()]


def _educations() -> Words:
    return [(one.value, Message("%(name)s", {"name": one})) for one in Education]


def _mean_age(kinds: Iterable[Kind]) -> Decimal | None:
    years = people = 0
    for kind in kinds:
        if kind.age is not None:
            years, people = years + kind.age * kind.count, people + kind.count
    return (Decimal(years) / people).quantize(TENTH, ROUND_HALF_UP) if people else None


def _times(batches: Sequence[RecruitmentBatch]) -> tuple[BatchTimes, ...]:
    query = select(BatchStep).where(BatchStep.batch_id.in_([batch.id for batch in batches])).order_by(BatchStep.id)
    steps: dict[int, list[BatchStep]] = {}
    for step in db.session.scalars(query):
        reached = steps.setdefault(step.batch_id, [])
        if not reached or reached[-1].state is not step.state:
            reached.append(step)
    return tuple(BatchTimes(batch.id, batch.name, _stages(steps.get(batch.id, []))) for batch in batches)


def _stages(steps: Sequence[BatchStep]) -> tuple[StageTime, ...]:
    """The time between one stage and the next; what is concluded or cancelled takes no more time."""
    found = []
    for step, after in pairwise([*steps, None]):
        if step is None or step.state in (BatchState.CONCLUDED, BatchState.CANCELLED):
            continue
        starts_on = clock.office_time(step.at).date()
        ends_on = None if after is None else clock.office_time(after.at).date()
        days = ((ends_on or clock.today()) - starts_on).days
        found.append(StageTime(step.state, BATCH_STATES[step.state], starts_on, ends_on, days))
    return tuple(found)


def stage_words() -> tuple[Message, ...]:
    """What people call the stages that applicants come to."""
    return tuple(REACHED[one] for one in STAGES)
