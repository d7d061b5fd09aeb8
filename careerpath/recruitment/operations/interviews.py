"""Interviews: panels and the order of candidates drawn by lot, who came, and the judges' score sheets."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random, SystemRandom

from sqlalchemy import exists, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import (
    Application,
    Attendance,
    BatchState,
    Examinee,
    InterviewGroup,
    InterviewMark,
    RecruitmentBatch,
)
from careerpath.recruitment.operations.rooms import LONGEST_PLACE, examinees_by_number, unknown_number
from careerpath.recruitment.operations.scores import check_points
from careerpath.recruitment.operations.steps import batch_in
from careerpath.recruitment.queries.interviews import interviewed
from careerpath.recruitment.queries.rule_candidates import MISSED
from careerpath.recruitment.queries.rules import rules_of
from careerpath.words import Refused, msg

MOST_GROUPS = 50
MOST_JUDGES = 50
LONGEST_TIME = 40


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A panel of so many judges in one room on one day."""

    place: str
    on: date
    time: str
    judges: int


@operation(Permission.RECRUITMENT_SCORE)
def draw_interviews(actor: Actor, batch_id: int, groups: Sequence[NewGroup], *, chance: Random | None = None) -> int:
    """Divide those on the shortlist among the panels and draw their order by lot; gives how many.

    Everybody of one position comes before the same panel; only where there are fewer positions than panels are the
    largest ones divided. The panels become as even as that allows. May be repeated, which draws everything anew,
    until an attendance or a mark is kept. Whoever gave up, or whose papers did not hold, is not drawn.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_SCORE, BatchState.INTERVIEW)
    lot = chance or SystemRandom()
    _check_groups(rules_of(batch), batch, groups)
    people = _shortlisted(batch)
    if len(people) < len(groups):
        raise Refused(
            msg(
                "参加面试的有 %(people)s 人，少于 %(groups)s 个面试组，请减少面试组。",
                people=len(people),
                groups=len(groups),
            ),
            field="groups",
        )
    _clear(batch)
    kept = [
        InterviewGroup(
            batch_id=batch.id,
            number=number,
            place=group.place.strip(),
            on=group.on,
            time=group.time.strip(),
            judges=group.judges,
        )
        for number, group in enumerate(groups, start=1)
    ]
    session_add(*kept)
    for group, members in zip(kept, divided(people, len(kept), lot), strict=True):
        lot.shuffle(members)
        for order, examinee in enumerate(members, start=1):
            examinee.interview_group_id, examinee.interview_order = group.id, order
    return len(people)


@operation(Permission.RECRUITMENT_SCORE)
def join_interviews(actor: Actor, batch_id: int) -> int:
    """Give those who came back after the draw the last lots of the panel of their position; gives how many.

    Whoever's papers were found sound only afterwards was left out by ``draw_interviews``, and the draw stays.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_SCORE, BatchState.INTERVIEW)
    people = _shortlisted(batch)
    if not _groups(batch):
        raise Refused(msg("还没有抽签分组，请先抽签。"))
    panels: dict[int, int] = {}
    sizes: Counter[int] = Counter()
    for examinee in examinees_by_number(batch).values():
        if examinee.interview_group_id is not None:
            order = examinee.interview_order or 0
            sizes[examinee.interview_group_id] = max(sizes[examinee.interview_group_id], order)
    for examinee, position_id in people:
        if examinee.interview_group_id is not None:
            panels[position_id] = examinee.interview_group_id
    late = [(examinee, position_id) for examinee, position_id in people if examinee.interview_group_id is None]
    for examinee, position_id in late:
        panel = panels.get(position_id) or min(sizes, key=lambda key: (sizes[key], key))
        sizes[panel] += 1
        examinee.interview_group_id, examinee.interview_order = panel, sizes[panel]
    return len(late)


@operation(Permission.RECRUITMENT_SCORE)
def mark_interview_attendance(actor: Actor, batch_id: int, marks: Mapping[str, Attendance]) -> int:
    """Keep who came to the interview, by exam number; gives how many marks changed.

    Somebody with a judge's mark cannot have been absent; the marks of somebody expelled do not count.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_SCORE, BatchState.INTERVIEW)
    known, groups, given = examinees_by_number(batch), _groups(batch), _marks(batch)
    changed = 0
    for number, mark in marks.items():
        examinee = _drawn(known, groups, number)
        if examinee.interview_attendance is mark:
            continue
        if mark is Attendance.ABSENT and given.get(examinee.id):
            raise Refused(
                msg("准考证号 %(number)s 已有考官评分，不能登记为缺考，请核对评分表。", number=number), field=number
            )
        examinee.interview_attendance = mark
        changed += 1
    return changed


@operation(Permission.RECRUITMENT_SCORE)
def put_sheets(actor: Actor, batch_id: int, sheets: Mapping[str, Mapping[int, Decimal | None]]) -> int:
    """Keep judges' points by exam number and the judge's seat; gives how many changed.

    ``None`` takes a mark back; a judge who is not named keeps what stands. Whoever has marks came. Raises ``Refused``
    with ``number:judge`` as field for points outside the edition's range or a judge whom the panel does not have.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_SCORE, BatchState.INTERVIEW)
    rule = rules_of(batch).interview
    most = (rule.maximum, min(rule.decimals, 2))
    known, groups, given = examinees_by_number(batch), _groups(batch), _marks(batch)
    made: list[InterviewMark] = []
    changed = 0
    for number, sheet in sheets.items():
        examinee = _drawn(known, groups, number)
        if examinee.interview_attendance in MISSED and any(points is not None for points in sheet.values()):
            raise Refused(msg("准考证号 %(number)s 登记为面试缺考或违纪，不能录入评分。", number=number), field=number)
        judges = groups[examinee.interview_group_id or 0].judges
        standing = given.setdefault(examinee.id, {})
        for judge, points in sheet.items():
            if not 1 <= judge <= judges:
                raise Refused(
                    msg(
                        "准考证号 %(number)s 所在面试组有 %(judges)s 名考官，没有第 %(judge)s 名。",
                        number=number,
                        judges=judges,
                        judge=judge,
                    ),
                    field=f"{number}:{judge}",
                )
            if points is not None:
                whose = msg("准考证号 %(number)s 第 %(judge)s 名考官", number=number, judge=judge)
                check_points(whose, f"{number}:{judge}", points, most)
            mark = standing.get(judge)
            if (None if mark is None else mark.points) == points:
                continue
            changed += 1
            if points is None:
                db.session.delete(standing.pop(judge))
                continue
            if mark is None:
                mark = standing[judge] = InterviewMark(examinee_id=examinee.id, judge=judge)
                made.append(mark)
            mark.points, mark.by, mark.at = points, actor.display_name, clock.now()
        if standing and examinee.interview_attendance is None:
            examinee.interview_attendance = Attendance.PRESENT
    session_add(*made)
    return changed


@operation(Permission.RECRUITMENT_SCORE)
def fill_sheets(
    actor: Actor,
    batch_id: int,
    given: Mapping[str, tuple[Attendance | None, Mapping[int, Decimal | None]]],
) -> int:
    """Keep who came together with the judges' points by exam number, all or none; gives how many changed.

    ``None`` leaves an attendance as it is. Whoever did not come has the points taken back in the same act.
    """
    came = {number: mark for number, (mark, _) in given.items() if mark is Attendance.PRESENT}
    missed = {number: mark for number, (mark, _) in given.items() if mark in MISSED}
    changed = mark_interview_attendance(actor, batch_id, came)
    changed += put_sheets(actor, batch_id, {number: sheet for number, (_, sheet) in given.items() if sheet})
    return changed + mark_interview_attendance(actor, batch_id, missed)


def divided(people: Sequence[tuple[Examinee, int]], groups: int, lot: Random) -> list[list[Examinee]]:
    """Examinees, each with a position, in so many groups: positions whole, the largest first into the emptiest."""
    by_position: dict[int, list[Examinee]] = {}
    for examinee, position_id in people:
        by_position.setdefault(position_id, []).append(examinee)
    pieces = list(by_position.values())
    for piece in pieces:
        lot.shuffle(piece)
    while len(pieces) < groups:
        largest = max(pieces, key=len)
        pieces.remove(largest)
        half = len(largest) // 2
        pieces += [largest[:half], largest[half:]]
    lot.shuffle(pieces)
    found: list[list[Examinee]] = [[] for _ in range(groups)]
    for piece in sorted(pieces, key=len, reverse=True):
        min(found, key=len).extend(piece)
    # Which panel gets the first piece is no one's advantage.
    lot.shuffle(found)
    return found


def _check_groups(edition: RecruitmentEdition, batch: RecruitmentBatch, groups: Sequence[NewGroup]) -> None:
    if not groups:
        raise Refused(msg("请至少填写一个面试组。"), field="groups")
    if len(groups) > MOST_GROUPS:
        raise Refused(msg("面试组最多 %(most)s 个。", most=MOST_GROUPS), field="groups")
    least = edition.interview.judges
    for number, group in enumerate(groups, start=1):
        at = f"groups.{number}"
        if not group.place.strip() or len(group.place.strip()) > LONGEST_PLACE:
            raise Refused(
                msg("第 %(number)s 面试组的地点应为 1 至 %(most)s 字，请补上。", number=number, most=LONGEST_PLACE),
                field=f"{at}.place",
            )
        if len(group.time.strip()) > LONGEST_TIME:
            raise Refused(
                msg("第 %(number)s 面试组的时间最多 %(most)s 字，请改短。", number=number, most=LONGEST_TIME),
                field=f"{at}.time",
            )
        if not least <= group.judges <= MOST_JUDGES:
            raise Refused(
                msg(
                    "第 %(number)s 面试组有 %(given)s 名考官，本批次规定至少 %(least)s 名、最多 %(most)s 名，请改正。",
                    number=number,
                    given=group.judges,
                    least=least,
                    most=MOST_JUDGES,
                ),
                field=f"{at}.judges",
            )
        if batch.written_on is not None and group.on < batch.written_on:
            raise Refused(
                msg(
                    "第 %(number)s 面试组的日期 %(on)s 早于笔试（%(written)s），请改正。",
                    number=number,
                    on=group.on,
                    written=batch.written_on,
                ),
                field=f"{at}.on",
            )


def _shortlisted(batch: RecruitmentBatch) -> list[tuple[Examinee, int]]:
    query = (
        select(Examinee, Application.position_id)
        .join(Application, Application.id == Examinee.application_id)
        .where(Examinee.batch_id == batch.id, interviewed())
        .order_by(Examinee.application_id)
    )
    return list(db.session.execute(query))


def _clear(batch: RecruitmentBatch) -> None:
    """Take back an earlier draw that nothing rests on yet."""
    marked = select(Examinee.id).where(Examinee.batch_id == batch.id, Examinee.interview_attendance.is_not(None))
    judged = (
        select(InterviewMark.id)
        .join(Examinee, Examinee.id == InterviewMark.examinee_id)
        .where(Examinee.batch_id == batch.id)
    )
    if db.session.scalar(select(exists(marked) | exists(judged))):
        raise Refused(msg("已经登记面试到考情况或录入考官评分，不能重新抽签分组。"))
    for examinee in examinees_by_number(batch).values():
        if examinee.interview_group_id is not None:
            examinee.interview_group_id, examinee.interview_order = None, None
    db.session.flush()
    for group in _groups(batch).values():
        db.session.delete(group)
    db.session.flush()


def _groups(batch: RecruitmentBatch) -> dict[int, InterviewGroup]:
    query = select(InterviewGroup).where(InterviewGroup.batch_id == batch.id)
    return {group.id: group for group in db.session.scalars(query)}


def _marks(batch: RecruitmentBatch) -> dict[int, dict[int, InterviewMark]]:
    query = (
        select(InterviewMark)
        .join(Examinee, Examinee.id == InterviewMark.examinee_id)
        .where(Examinee.batch_id == batch.id)
    )
    found: dict[int, dict[int, InterviewMark]] = {}
    for mark in db.session.scalars(query):
        found.setdefault(mark.examinee_id, {})[mark.judge] = mark
    return found


def _drawn(known: Mapping[str, Examinee], groups: Mapping[int, InterviewGroup], number: str) -> Examinee:
    """Somebody to be interviewed, by exam number, with a panel."""
    examinee = known.get(number)
    if examinee is None:
        raise unknown_number(number)
    if not examinee.shortlisted:
        raise Refused(msg("准考证号 %(number)s 没有进入面试，请核对。", number=number), field=number)
    if examinee.interview_group_id is None or examinee.interview_group_id not in groups:
        raise Refused(msg("准考证号 %(number)s 还没有抽签分组，请先抽签。", number=number), field=number)
    on = groups[examinee.interview_group_id].on
    if clock.today() < on:
        raise Refused(
            msg("准考证号 %(number)s 的面试定于 %(on)s 举行，当天起才能登记。", number=number, on=on), field=number
        )
    return examinee
