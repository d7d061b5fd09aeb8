"""Where the written scores stand: by secret number while they are typed, by position before they are released."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import or_, select

from careerpath.core.db import db
from careerpath.policy.recruitment import Outcome, Ranked, RecruitmentEdition, Stage, rank
from careerpath.policy.recruitment.ranking import needs_written
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Attendance,
    Examinee,
    RecruitmentBatch,
    RecruitmentPosition,
    ScoreEntry,
)
from careerpath.recruitment.queries.rule_candidates import candidates
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.words import EXAM_CHANNELS
from careerpath.words import Message, msg

WRITTEN = msg("笔试成绩")
TURNS = (1, 2)
TURN_WORDS = {1: "first", 2: "second"}
"""How addresses name the two entries."""
SETTLED = 3
NAMED = 5
"""So many numbers are named in a refusal."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A column of written scores; an exam without papers has one, under an empty code."""

    code: str
    name: str
    maximum: Decimal
    decimals: int


def papers_of(edition: RecruitmentEdition) -> tuple[Paper, ...]:
    """The papers whose points are typed. No column holds more than two decimals."""
    written = edition.written
    decimals = min(written.decimals, 2)
    if not written.papers:
        return (Paper("", str(WRITTEN), written.maximum, decimals),)
    return tuple(Paper(paper.code, paper.name, paper.maximum, decimals) for paper in written.papers)


@dataclass(frozen=True, slots=True)
class Typed:
    """Points as they were typed, when and by whom."""

    points: Decimal
    user_id: int | None
    by: str
    at: datetime


Typings = Mapping[str, Mapping[int, Typed]]
"""What was typed for one examinee, by paper and turn."""


def agreed(typings: Mapping[int, Typed]) -> Decimal | None:
    """The points of a paper that count: what was settled, else what both typed alike."""
    if SETTLED in typings:
        return typings[SETTLED].points
    first, second = (typings.get(turn) for turn in TURNS)
    return first.points if first and second and first.points == second.points else None


def differs(typings: Mapping[int, Typed]) -> bool:
    """Whether the two entries of a paper contradict each other; settled or not."""
    first, second = (typings.get(turn) for turn in TURNS)
    return first is not None and second is not None and first.points != second.points


def typings_of(batch_id: int, *, present: bool = False) -> dict[int, dict[str, dict[int, Typed]]]:
    """Everything that was typed in a batch, or of those who came, by examinee, paper and turn: one query."""
    query = (
        select(
            ScoreEntry.examinee_id,
            ScoreEntry.paper,
            ScoreEntry.turn,
            ScoreEntry.points,
            ScoreEntry.user_id,
            ScoreEntry.by,
            ScoreEntry.at,
        )
        .join(Examinee, Examinee.id == ScoreEntry.examinee_id)
        .where(Examinee.batch_id == batch_id)
    )
    if present:
        query = query.where(Examinee.attendance == Attendance.PRESENT)
    found: dict[int, dict[str, dict[int, Typed]]] = {}
    for examinee_id, paper, turn, points, user_id, by, at in db.session.execute(query):
        found.setdefault(examinee_id, {}).setdefault(paper, {})[turn] = Typed(points, user_id, by, at)
    return found


@dataclass(frozen=True, slots=True)
class PositionPreview:
    """What a release would do at one position, without a name or a score."""

    code: str
    title: str
    places: int
    people: int
    """With an exam number."""
    missed: int
    """Absent, expelled, or withdrawn."""
    failed: int
    """Below the pass line."""
    wanted: int | None
    """How many the ratio asks for; ``None`` if everybody who passes is interviewed."""
    shortlisted: int
    tied: tuple[str, ...]
    """Exam numbers that share the last place and wait for a decision."""

    @property
    def extra(self) -> int:
        """How many more come in because they share the last place."""
        return 0 if self.wanted is None else max(0, self.shortlisted - self.wanted)

    @property
    def short(self) -> bool:
        """Whether fewer than the ratio asks for are left."""
        return self.wanted is not None and self.shortlisted + len(self.tied) < self.wanted


@dataclass(frozen=True, slots=True)
class Preview:
    """What stands against a release, or what it would do at each position."""

    problems: tuple[Message, ...]
    positions: tuple[PositionPreview, ...]

    @property
    def shortlisted(self) -> int:
        """How many would be interviewed."""
        return sum(line.shortlisted for line in self.positions)

    @property
    def ties(self) -> tuple[PositionPreview, ...]:
        """The positions at which people must decide first."""
        return tuple(line for line in self.positions if line.tied)


def preview(batch: RecruitmentBatch) -> Preview:
    """What a release of the written scores would do; ties that wait are among the problems, beside the positions."""
    problems = problems_of(batch)
    if problems:
        return Preview(problems, ())
    lines = _positions(batch, shortlist_of(batch))
    ties = tuple(
        msg(
            "岗位 %(code)s 面试末位有 %(count)s 人并列（准考证号 %(numbers)s），规则不能区分，请先决定顺序。",
            code=line.code,
            count=len(line.tied),
            numbers="、".join(line.tied),
        )
        for line in lines
        if line.tied
    )
    return Preview(ties, lines)


def shortlist_of(batch: RecruitmentBatch) -> tuple[Ranked, ...]:
    """The shortlist as the rule makes it of what is known now. Raises ``Refused`` where that is not enough."""
    return rank(rules_of(batch), candidates(batch, Stage.SHORTLIST), stage=Stage.SHORTLIST)


def problems_of(batch: RecruitmentBatch) -> tuple[Message, ...]:
    """What stands against a release: nobody drawn, unmarked attendance, scores that are missing or do not agree.

    A batch whose result is decided by the interview alone may leave the written exam out altogether.
    """
    people = _people(batch)
    drawn = [(examinee, state) for examinee, state in people if examinee is not None]
    found: list[Message] = []
    if len(drawn) < len(people):
        found.append(msg("有 %(count)s 名审查通过的考生没有准考证号，请先编排考场。", count=len(people) - len(drawn)))
    if not drawn:
        return (*found, msg("本批次没有考生，没有笔试成绩可以公布。"))
    if not any(examinee.attendance for examinee, _ in drawn) and not needs_written(rules_of(batch)):
        return tuple(found)
    sitting = [examinee for examinee, state in drawn if state is not ApplicationState.WITHDRAWN]
    unmarked = sum(examinee.attendance is None for examinee in sitting)
    if unmarked:
        found.append(msg("有 %(count)s 名考生没有登记到考情况，请先登记。", count=unmarked))
    lacking = [one for one in sitting if one.attendance is Attendance.PRESENT and one.written is None]
    return (*found, *(_unfinished(lacking, typings_of(batch.id)) if lacking else ()))


def _unfinished(lacking: Sequence[Examinee], typings: Mapping[int, Typings]) -> list[Message]:
    """What those who came without a written score lack: typed less than twice, or not alike."""
    different = [
        one.secret_number
        for one in lacking
        if any(differs(turns) and agreed(turns) is None for turns in typings.get(one.id, {}).values())
    ]
    missing = [one.secret_number for one in lacking if one.secret_number not in set(different)]
    found = []
    if missing:
        found.append(msg("有 %(count)s 个密号没有录满两遍：%(numbers)s。", count=len(missing), numbers=_some(missing)))
    if different:
        found.append(
            msg(
                "有 %(count)s 个密号两遍录入不一致：%(numbers)s，请查看答题卡后核定。",
                count=len(different),
                numbers=_some(different),
            )
        )
    return found


def _some(numbers: Sequence[str]) -> str:
    ordered = sorted(numbers)
    return "、".join(ordered[:NAMED]) + ("…" if len(ordered) > NAMED else "")


def _people(batch: RecruitmentBatch) -> list[tuple[Examinee | None, ApplicationState]]:
    """Everybody with an exam number, and those admitted to the exam who have none."""
    query = (
        select(Examinee, Application.state)
        .select_from(Application)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .outerjoin(Examinee, Examinee.application_id == Application.id)
        .where(
            Application.batch_id == batch.id,
            RecruitmentPosition.channel.in_(EXAM_CHANNELS),
            or_(Application.state == ApplicationState.ADMITTED, Examinee.id.is_not(None)),
        )
    )
    return [(examinee, state) for examinee, state in db.session.execute(query)]


def _positions(batch: RecruitmentBatch, ranked: Sequence[Ranked]) -> tuple[PositionPreview, ...]:
    edition = rules_of(batch)
    query = select(RecruitmentPosition).where(RecruitmentPosition.batch_id == batch.id)
    by_code = {position.code: position for position in db.session.scalars(query)}
    grouped: dict[str, list[Ranked]] = {}
    for line in ranked:
        grouped.setdefault(line.position, []).append(line)
    found = []
    for code, lines in sorted(grouped.items()):
        position, counts = by_code[code], Counter(line.outcome for line in lines)
        found.append(
            PositionPreview(
                code=code,
                title=position.title,
                places=position.places,
                people=len(lines),
                missed=counts[Outcome.ABSENT] + counts[Outcome.WITHDRAWN],
                failed=counts[Outcome.FAILED_WRITTEN],
                wanted=edition.shortlist_size(position.places),
                shortlisted=counts[Outcome.SHORTLISTED],
                tied=tuple(line.id for line in lines if line.outcome is Outcome.TIE),
            )
        )
    return tuple(found)
