"""What anybody may read of recruitment: open batches, their notices, and the lists that were published."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, or_, select

from careerpath.access.models import Unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.operations.identity import mask_name
from careerpath.policy.recruitment import OUTCOMES, Outcome, Stage
from careerpath.recruitment.models import (
    Application,
    BatchState,
    Examinee,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.notice_words import NoticePart, notice_parts
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.words import BATCH_STATES, CHANNEL_NAMES, EXAM_CHANNELS
from careerpath.words import Message, NotFound, msg

SHOWN_AFTER_DAYS = 180
"""How long a batch that is over is still offered among the others; its own address works as long as it is kept."""


class ListKind(StrEnum):
    """A published list."""

    SHORTLIST = "shortlist"
    FINAL = "final"
    NOTICE = "notice"


LIST_NAMES: dict[ListKind, Message] = {
    ListKind.SHORTLIST: msg("笔试成绩和面试名单"),
    ListKind.FINAL: msg("总成绩和拟进入体检考察名单"),
    ListKind.NOTICE: msg("拟聘用人员公示"),
}


REACHED = {
    BatchState.INTERVIEW: (ListKind.SHORTLIST,),
    BatchState.CHECKS: (ListKind.SHORTLIST, ListKind.FINAL),
    BatchState.NOTICE: tuple(ListKind),
    BatchState.CONCLUDED: tuple(ListKind),
}
"""The lists that are out at each stage."""

UNNAMED = frozenset({Outcome.NOT_SHORTLISTED, Outcome.FAILED_WRITTEN, Outcome.ABSENT})
"""Who took no part in the interview is on the list by number alone."""


@dataclass(frozen=True, slots=True)
class PublicBatch:
    """A batch as anybody may see it. ``now``: whether applications are taken today."""

    id: int
    title: str
    name: str
    unit_name: str
    document: str
    state: BatchState
    state_word: Message
    announced_on: date | None
    opens_on: date | None
    closes_on: date | None
    written_on: date | None
    written_time: str
    interview_on: date | None
    notice_starts_on: date | None
    notice_ends_on: date | None
    contact: str
    paragraphs: tuple[str, ...]
    keep_months: int
    now: bool
    later: bool
    """Whether applications will be taken, from ``opens_on``."""
    lists: tuple[ListKind, ...]
    positions: tuple["PublicPosition", ...] = ()

    @property
    def places(self) -> int:
        """How many are wanted."""
        return sum(position.places for position in self.positions)


@dataclass(frozen=True, slots=True)
class PublicPosition:
    """A position as the notice lists it; ``own``: people apply for it themselves on the open page."""

    id: int
    code: str
    title: str
    unit_name: str
    channel: Message
    group: str
    places: int
    demand: str
    own: bool

    @property
    def label(self) -> str:
        """The position in one line of a choice."""
        return f"{self.code} {self.unit_name} {self.title}"


@dataclass(frozen=True, slots=True)
class PublicRules:
    """What a notice says of its rules, and the names of its groups."""

    parts: tuple[NoticePart, ...]
    groups: dict[str, str]
    example: bool


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One line of a published list: exam number and masked name, never more of a person."""

    number: str
    name: str
    position: str
    unit_name: str
    rank: int | None
    written: Decimal | None
    interview: Decimal | None
    bonus: Decimal | None
    total: Decimal | None
    outcome: Message


def is_open(batch: RecruitmentBatch, on: date) -> bool:
    """Whether applications are taken on a day; the last day is included."""
    return (
        batch.state is BatchState.PUBLISHED
        and (batch.opens_on is None or batch.opens_on <= on)
        and (batch.closes_on is None or on <= batch.closes_on)
    )


def public_batches() -> list[PublicBatch]:
    """All batches that candidates may meet, those that take applications first. Two queries."""
    since = clock.today() - timedelta(days=SHOWN_AFTER_DAYS)
    going = RecruitmentBatch.state.not_in((BatchState.CANCELLED, BatchState.CONCLUDED))
    over = and_(RecruitmentBatch.state == BatchState.CONCLUDED, RecruitmentBatch.concluded_on >= since)
    rows = db.session.execute(_known().where(or_(going, over)).order_by(RecruitmentBatch.id.desc())).all()
    positions = _positions([batch.id for batch, _ in rows])
    found = [_batch(batch, unit_name, positions[batch.id]) for batch, unit_name in rows]
    return sorted(found, key=lambda one: (not one.now, not one.later))


def public_batch(batch_id: int) -> tuple[PublicBatch, PublicRules]:
    """A batch with its positions and rules, or ``NotFound``. Two queries."""
    batch, unit_name = _one(batch_id)
    found = _batch(batch, unit_name, _positions([batch.id])[batch.id])
    return found, _rules(batch)


def position_choices(batch_id: int, kept: int) -> list[tuple[int, str]]:
    """The positions between which somebody chooses, with the one that was chosen, however it is filled. One query."""
    positions = _positions([batch_id])[batch_id]
    return [(position.id, position.label) for position in positions if position.own or position.id == kept]


def public_lists(batch_id: int, kind: ListKind | None) -> tuple[PublicBatch, ListKind | None, list[PublicLine]]:
    """A batch with one of its published lists, the newest where none is named. Two queries.

    Raises ``NotFound`` for a list that is not out. Whoever did not reach the interview has no name on it.
    """
    batch, unit_name = _one(batch_id)
    found = _batch(batch, unit_name, ())
    chosen = kind or (found.lists[-1] if found.lists else None)
    if chosen is None:
        return found, None, []
    if chosen not in found.lists:
        raise NotFound
    query = (
        select(ListLine, Application.name, Examinee.exam_number, RecruitmentPosition, Unit.short_name)
        .join(Application, Application.id == ListLine.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .outerjoin(Examinee, Examinee.application_id == Application.id)
        .where(ListLine.batch_id == batch.id, _of(chosen))
        .order_by(RecruitmentPosition.code, ListLine.rank.is_(None), ListLine.rank, Examinee.exam_number, ListLine.id)
    )
    lines = [
        PublicLine(
            number=exam_number or "",
            name="" if line.first_outcome in UNNAMED else mask_name(name),
            position=position.code,
            unit_name=short_name,
            rank=line.rank,
            written=line.written,
            interview=line.interview,
            bonus=line.bonus,
            total=line.total,
            outcome=OUTCOMES[line.outcome if chosen is ListKind.NOTICE else line.first_outcome],
        )
        for line, name, exam_number, position, short_name in db.session.execute(query)
    ]
    return found, chosen, lines


def _of(kind: ListKind) -> ColumnElement[bool]:
    if kind is ListKind.SHORTLIST:
        return ListLine.stage == Stage.SHORTLIST
    if kind is ListKind.FINAL:
        return ListLine.stage == Stage.FINAL
    return and_(
        ListLine.stage == Stage.FINAL, ListLine.notice_ends_on.is_not(None), ListLine.outcome == Outcome.PROPOSED
    )


def _known() -> Select[RecruitmentBatch, str]:
    return (
        select(RecruitmentBatch, Unit.short_name)
        .join(Unit, Unit.id == RecruitmentBatch.unit_id)
        .where(RecruitmentBatch.public, RecruitmentBatch.state != BatchState.PLANNED)
    )


def _one(batch_id: int) -> tuple[RecruitmentBatch, str]:
    row = db.session.execute(_known().where(RecruitmentBatch.id == batch_id)).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _positions(batch_ids: list[int]) -> dict[int, tuple[PublicPosition, ...]]:
    query = (
        select(RecruitmentPosition, Unit.short_name)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .where(RecruitmentPosition.batch_id.in_(batch_ids))
        .order_by(RecruitmentPosition.code)
    )
    found: dict[int, list[PublicPosition]] = defaultdict(list)
    for position, unit_name in db.session.execute(query):
        found[position.batch_id].append(
            PublicPosition(
                id=position.id,
                code=position.code,
                title=position.title,
                unit_name=unit_name,
                channel=CHANNEL_NAMES[position.channel],
                group=position.group,
                places=position.places,
                demand=position.demand,
                own=position.channel in EXAM_CHANNELS,
            )
        )
    return defaultdict(tuple, {batch_id: tuple(rows) for batch_id, rows in found.items()})


def _batch(batch: RecruitmentBatch, unit_name: str, positions: tuple[PublicPosition, ...]) -> PublicBatch:
    on = clock.today()
    return PublicBatch(
        id=batch.id,
        title=batch.title,
        name=batch.name,
        unit_name=unit_name,
        document=batch.document,
        state=batch.state,
        state_word=BATCH_STATES[batch.state],
        announced_on=batch.announced_on,
        opens_on=batch.opens_on,
        closes_on=batch.closes_on,
        written_on=batch.written_on,
        written_time=batch.written_time,
        interview_on=batch.interview_on,
        notice_starts_on=batch.notice_starts_on,
        notice_ends_on=batch.notice_ends_on,
        contact=batch.contact,
        paragraphs=tuple(line for line in batch.remark.splitlines() if line.strip()),
        keep_months=batch.keep_months,
        now=is_open(batch, on) and any(position.own for position in positions),
        later=batch.state is BatchState.PUBLISHED and batch.opens_on is not None and on < batch.opens_on,
        lists=() if batch.purged_on else REACHED.get(batch.state, ()),
        positions=positions,
    )


def _rules(batch: RecruitmentBatch) -> PublicRules:
    edition = rules_of(batch)
    return PublicRules(
        parts=notice_parts(edition, batch.closes_on or clock.today()),
        groups={group.code: group.name for group in edition.groups},
        example=edition.head.example,
    )
