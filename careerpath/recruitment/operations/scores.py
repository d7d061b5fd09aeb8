"""Written scores, typed twice by secret number by two people, settled where they differ, and released."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import Select, exists, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.reason import show
from careerpath.policy.recruitment import Outcome, Stage
from careerpath.recruitment.models import (
    Attendance,
    BatchState,
    Examinee,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
    ScoreEntry,
)
from careerpath.recruitment.operations.steps import batch_in, move_on
from careerpath.recruitment.queries.kept import kept_scores
from careerpath.recruitment.queries.rule_candidates import facts_of
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.scores import (
    SETTLED,
    TURNS,
    Paper,
    Typed,
    agreed,
    differs,
    papers_of,
    preview,
    shortlist_of,
)
from careerpath.words import Message, Refused, msg

FEW = 200
"""So many numbers are looked up by themselves; the rows of a page are."""

Entries = dict[int, dict[str, dict[int, ScoreEntry]]]


@operation(Permission.RECRUITMENT_SCORE)
def type_scores(actor: Actor, batch_id: int, turn: int, paper: str, points: Mapping[str, Decimal | None]) -> int:
    """Keep points of one paper by secret number as one of the two entries; gives how many changed.

    Whoever typed a paper in one turn cannot type it in the other. ``None`` takes an entry back. ``paper`` is empty
    where the exam has none. Points that both entries have alike become the written score. Raises ``Refused`` with the
    secret number as field for an unknown number, somebody who has no score, points beyond the paper.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_SCORE, BatchState.EXAM)
    if turn not in TURNS:
        raise Refused(msg("成绩只录入两遍：第 1 遍和第 2 遍。"), field="turn")
    papers = papers_of(rules_of(batch))
    column = _paper(papers, paper)
    _refuse_same_account(actor, batch, turn, column)
    known = _by_secret(batch, points)
    entries = entries_of(batch, known.values())
    kept: list[ScoreEntry] = []
    changed = 0
    for secret, value in points.items():
        examinee = _sitting(known, secret)
        if value is not None:
            check_points(msg("密号 %(number)s", number=secret), secret, value, (column.maximum, column.decimals))
        by_turn = entries.setdefault(examinee.id, {}).setdefault(column.code, {})
        standing = by_turn.get(turn)
        if (None if standing is None else standing.points) == value:
            continue
        if SETTLED in by_turn:
            raise Refused(msg("密号 %(number)s 的成绩已经核定，不能再改录入。", number=secret), field=secret)
        if value is None:
            db.session.delete(by_turn.pop(turn))
        else:
            kept.append(_kept(actor, examinee, by_turn, (column.code, turn), value))
        changed += 1
        count_agreed(examinee, papers, entries[examinee.id])
    session_add(*kept)
    return changed


@operation(Permission.RECRUITMENT_SCORE)
def type_sheets(actor: Actor, batch_id: int, turn: int, given: Mapping[str, Mapping[str, Decimal | None]]) -> int:
    """Keep points by paper and secret number at once, all or none; gives how many changed."""
    return sum(type_scores(actor, batch_id, turn, paper, points) for paper, points in given.items())


@operation(Permission.RECRUITMENT_DECIDE)
def settle_score(actor: Actor, batch_id: int, secret_number: str, paper: str, points: Decimal | None) -> None:
    """Keep what stands on the answer sheet where the two entries differ; may be done again until the release.

    ``None`` takes it back. Where both agree there is nothing to settle: whoever finds both wrong has both typed anew.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_DECIDE, BatchState.EXAM)
    papers = papers_of(rules_of(batch))
    column = _paper(papers, paper)
    examinee = _sitting(_by_secret(batch, [secret_number]), secret_number)
    entries = entries_of(batch, [examinee])
    by_turn = entries.setdefault(examinee.id, {}).setdefault(column.code, {})
    if points is None:
        if SETTLED in by_turn:
            db.session.delete(by_turn.pop(SETTLED))
    else:
        check_points(msg("密号 %(number)s", number=secret_number), "points", points, (column.maximum, column.decimals))
        if not differs(_typed(by_turn)):
            problem = msg("密号 %(number)s 没有两遍不一致的成绩，不需要核定。", number=secret_number)
            raise Refused(problem, field="points")
        session_add(_kept(actor, examinee, by_turn, (column.code, SETTLED), points))
    count_agreed(examinee, papers, entries[examinee.id])


@operation(Permission.RECRUITMENT_DECIDE)
def release_written(actor: Actor, batch_id: int) -> int:
    """Make and publish the shortlist: a line for everybody with an exam number; gives how many are interviewed.

    Refuses while attendance or agreed scores are missing and while people at the last place wait for a decision.
    Each line keeps its reasons and the facts, which tried with the frozen edition give the list again.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_DECIDE, BatchState.EXAM)
    if problems := preview(batch).problems:
        raise Refused(problems[0])
    edition, today = rules_of(batch), clock.today()
    examinees = {one.exam_number: one for one in db.session.scalars(_examinees(batch))}
    positions = dict(
        db.session.execute(
            select(RecruitmentPosition.code, RecruitmentPosition.id).where(RecruitmentPosition.batch_id == batch.id)
        ).all()
    )
    lines, count = [], 0
    for ranked in shortlist_of(batch):
        examinee = examinees[ranked.id]
        scores = kept_scores(edition, ranked.marks)
        lines.append(
            ListLine(
                batch_id=batch.id,
                position_id=positions[ranked.position],
                application_id=examinee.application_id,
                stage=Stage.SHORTLIST,
                rank=ranked.rank,
                written=scores["written"],
                bonus=scores["bonus"],
                first_outcome=ranked.outcome,
                outcome=ranked.outcome,
                because=[reason.as_json() for reason in ranked.reasons],
                facts=facts_of(ranked.candidate),
                published_on=today,
            )
        )
        examinee.shortlisted = ranked.outcome is Outcome.SHORTLISTED
        # The order that people decided is kept among the facts; it must not decide a tie of the total.
        examinee.decided_order, examinee.decided_reason = None, ""
        count += bool(examinee.shortlisted)
    session_add(*lines)
    move_on(actor, batch, BatchState.INTERVIEW)
    return count


def check_points(whose: Message, field: str, points: Decimal, most: tuple[Decimal, int]) -> None:
    """Refuse points outside 0 to the maximum, or with too many decimals; ``most`` is both."""
    maximum, decimals = most
    if not points.is_finite() or not 0 <= points <= maximum:
        raise Refused(
            msg(
                "%(whose)s：%(points)s 分应在 0 至 %(maximum)s 分之间，请改正。",
                whose=whose,
                points=str(points) if not points.is_finite() else show(points),
                maximum=show(maximum),
            ),
            field=field,
        )
    if points != points.quantize(Decimal(1).scaleb(-decimals)):
        problem = (
            msg("%(whose)s：%(points)s 分应为整数，请改正。", whose=whose, points=show(points))
            if decimals == 0
            else msg(
                "%(whose)s：%(points)s 分最多 %(decimals)s 位小数，请改正。",
                whose=whose,
                points=show(points),
                decimals=decimals,
            )
        )
        raise Refused(problem, field=field)


def _paper(papers: tuple[Paper, ...], code: str) -> Paper:
    for paper in papers:
        if paper.code == code:
            return paper
    raise Refused(
        msg(
            "笔试没有科目“%(code)s”，请改用：%(known)s。",
            code=code[:20],
            known="、".join(paper.code or paper.name for paper in papers),
        ),
        field="paper",
    )


def _examinees(batch: RecruitmentBatch) -> Select[Examinee]:
    return select(Examinee).where(Examinee.batch_id == batch.id)


def _by_secret(batch: RecruitmentBatch, wanted: Collection[str]) -> dict[str, Examinee]:
    """Those with these secret numbers; many are found among all."""
    query = _examinees(batch)
    if len(wanted) <= FEW:
        query = query.where(Examinee.secret_number.in_(wanted))
    return {examinee.secret_number: examinee for examinee in db.session.scalars(query)}


def entries_of(batch: RecruitmentBatch, examinees: Collection[Examinee] = ()) -> Entries:
    """Everything that was typed in a batch, or for a few examinees of it, by examinee, paper and turn."""
    query = (
        select(ScoreEntry).join(Examinee, Examinee.id == ScoreEntry.examinee_id).where(Examinee.batch_id == batch.id)
    )
    if 0 < len(examinees) <= FEW:
        query = query.where(ScoreEntry.examinee_id.in_([one.id for one in examinees]))
    found: Entries = {}
    for entry in db.session.scalars(query):
        found.setdefault(entry.examinee_id, {}).setdefault(entry.paper, {})[entry.turn] = entry
    return found


def _refuse_same_account(actor: Actor, batch: RecruitmentBatch, turn: int, paper: Paper) -> None:
    """Two entries by one person would check nothing."""
    other = 3 - turn
    mine = ScoreEntry.by == actor.display_name if actor.user_id is None else ScoreEntry.user_id == actor.user_id
    typed = (
        select(ScoreEntry.id)
        .join(Examinee, Examinee.id == ScoreEntry.examinee_id)
        .where(Examinee.batch_id == batch.id, ScoreEntry.paper == paper.code, ScoreEntry.turn == other, mine)
    )
    if db.session.scalar(select(exists(typed))):
        raise Refused(
            msg(
                "“%(paper)s”的第 %(other)s 遍由您录入，第 %(turn)s 遍应由另一账号录入。",
                paper=paper.name,
                other=other,
                turn=turn,
            ),
            field="turn",
        )


def _sitting(known: Mapping[str, Examinee], secret: str) -> Examinee:
    """Whoever the secret number belongs to, if there is an answer sheet."""
    examinee = known.get(secret)
    if examinee is None:
        raise Refused(msg("本批次没有密号 %(number)s，请核对答题卡。", number=secret[:12]), field=secret)
    problem = {
        None: msg("密号 %(number)s 的考生还没有登记到考情况，请先登记。", number=secret),
        Attendance.ABSENT: msg("密号 %(number)s 的考生登记为缺考，不能录入成绩，请核对密号。", number=secret),
        Attendance.EXPELLED: msg("密号 %(number)s 的考生登记为违纪，成绩无效，不能录入。", number=secret),
        Attendance.PRESENT: None,
    }[examinee.attendance]
    if problem is not None:
        raise Refused(problem, field=secret)
    return examinee


def _kept(
    actor: Actor, examinee: Examinee, by_turn: dict[int, ScoreEntry], at: tuple[str, int], points: Decimal
) -> ScoreEntry:
    """The entry of a paper and turn with these points, by the actor now."""
    paper, turn = at
    entry = by_turn.setdefault(turn, ScoreEntry(examinee_id=examinee.id, paper=paper, turn=turn))
    entry.points, entry.user_id, entry.by, entry.at = points, actor.user_id, actor.display_name, clock.now()
    return entry


def _typed(by_turn: Mapping[int, ScoreEntry]) -> dict[int, Typed]:
    return {turn: Typed(one.points, one.user_id, one.by, one.at) for turn, one in by_turn.items()}


def count_agreed(examinee: Examinee, papers: Sequence[Paper], by_paper: Mapping[str, Mapping[int, ScoreEntry]]) -> None:
    """Keep the written score once every paper has points that count, and none before."""
    found = {paper.code: agreed(_typed(by_paper.get(paper.code, {}))) for paper in papers}
    whole = {code: points for code, points in found.items() if points is not None}
    examinee.written = whole if len(whole) == len(papers) else None
