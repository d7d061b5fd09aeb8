"""The final list as the offices see it: every line, what waits before it is published, and who would move up."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.policy.recruitment import OUTCOMES, Outcome, Stage, rank
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Appointment,
    BatchState,
    CandidateCheck,
    CheckKind,
    Departure,
    DirectResult,
    Examinee,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.final import (
    departures_of,
    filling,
    final_rows,
    open_places,
    reserve_until,
)
from careerpath.recruitment.queries.rule_candidates import candidates
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.words import EXAM_CHANNELS
from careerpath.words import Message, Refused, msg

ON_LIST = (
    Outcome.PROPOSED,
    Outcome.RESERVE,
    Outcome.TIE,
    Outcome.WITHDRAWN,
    Outcome.FAILED_MEDICAL,
    Outcome.FAILED_BACKGROUND,
)
"""The outcomes of those who are or were on the list: what is shown unless everybody is asked for."""

OUTCOME_KINDS: Mapping[Outcome, str] = {
    Outcome.PROPOSED: "success",
    Outcome.RESERVE: "primary",
    Outcome.SHORTLISTED: "primary",
    Outcome.TIE: "warning",
    Outcome.FAILED_MEDICAL: "danger",
    Outcome.FAILED_BACKGROUND: "danger",
    Outcome.WITHDRAWN: "danger",
}
OUTCOME_SHAPES: Mapping[Outcome, str] = {
    Outcome.PROPOSED: "●",
    Outcome.RESERVE: "■",
    Outcome.TIE: "▲",
    Outcome.SHORTLISTED: "■",
    Outcome.WITHDRAWN: "◆",
    Outcome.FAILED_MEDICAL: "◆",
    Outcome.FAILED_BACKGROUND: "◆",
}
"""A mark beside the word, so that outcomes never differ by colour alone."""

EVERYBODY = "all"
"""The value of the filter that shows those who are out as well."""


@dataclass(frozen=True, slots=True)
class ResultFilter:
    """What of a final list is wanted."""

    q: str = ""
    position: str = ""
    outcome: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.position or self.outcome)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line of the final list with what happened since."""

    application_id: int
    number: str
    name: str
    position: str
    title: str
    unit_name: str
    places: int
    rank: int | None
    written: Decimal | None
    interview: Decimal | None
    bonus: Decimal | None
    total: Decimal | None
    outcome: Outcome
    moved_up: bool
    checks: Mapping[CheckKind, bool]
    left_on: date | None
    left_reason: str
    successor: str
    filled_on: date | None
    employee_id: int | None

    @property
    def word(self) -> Message:
        """The outcome in words; one who moved up is said to have."""
        return msg("拟聘用（递补）") if self.moved_up and self.outcome is Outcome.PROPOSED else OUTCOMES[self.outcome]

    @property
    def kind(self) -> str:
        """The colour of that word."""
        return OUTCOME_KINDS.get(self.outcome, "")

    @property
    def shape(self) -> str:
        """The mark beside that word."""
        return OUTCOME_SHAPES.get(self.outcome, "–")


@dataclass(frozen=True, slots=True)
class Refill:
    """The places that were left: who would move up today, who is level, or why nobody can."""

    places: int
    moved: tuple[tuple[str, str, str], ...]
    """Number, name and the reason of each."""
    tied: tuple[tuple[tuple[str, str], ...], ...]
    problem: Message | None
    until: date | None


@dataclass(frozen=True, slots=True)
class DirectLine:
    """Somebody of a by-election or a transfer with the recorded result, if there is one."""

    application_id: int
    name: str
    position: str
    title: str
    election: bool
    result: DirectResult | None


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits before the final list can be published."""

    direct: tuple[DirectLine, ...]
    ties: tuple[tuple[str, ...], ...]
    problem: Message | None


def result_filter(args: Mapping[str, str]) -> ResultFilter:
    """The filter in an address; what cannot be read is left out."""
    outcome = args.get("outcome", "")
    known = {one.value for one in Outcome} | {EVERYBODY}
    return ResultFilter(
        args.get("q", "").strip()[:40], args.get("position", "").strip()[:20], outcome if outcome in known else ""
    )


def final_lines(
    actor: Actor,
    batch_id: int,
    wanted: ResultFilter | None = None,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = 100,
) -> Page[ResultLine]:
    """The final list of a batch for positions of the actor's units, in the order of its publication. Two queries.

    The caller has looked the batch up with ``near_batch``.
    """
    wanted = wanted or ResultFilter()
    medical, background = aliased(CandidateCheck), aliased(CandidateCheck)
    next_one = aliased(Application)
    columns: tuple[Any, ...] = (
        ListLine,
        Application,
        RecruitmentPosition,
        Examinee.exam_number,
        Unit.short_name,
        Departure,
        next_one.name,
        exists().where(Departure.successor_id == Application.id).correlate(Application),
        medical.passed,
        background.passed,
        Appointment.employee_id,
    )
    query: Any = (
        select(*columns)
        .join(Application, Application.id == ListLine.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .outerjoin(Examinee, Examinee.application_id == ListLine.application_id)
        .outerjoin(Departure, Departure.application_id == ListLine.application_id)
        .outerjoin(next_one, next_one.id == Departure.successor_id)
        .outerjoin(medical, and_(medical.application_id == Application.id, medical.kind == CheckKind.MEDICAL))
        .outerjoin(
            background, and_(background.application_id == Application.id, background.kind == CheckKind.BACKGROUND)
        )
        .outerjoin(Appointment, Appointment.application_id == ListLine.application_id)
        .where(
            ListLine.batch_id == batch_id,
            ListLine.stage == Stage.FINAL,
            within(actor, Application.unit_id, Permission.RECRUITMENT_VIEW),
        )
    )
    if wanted.q:
        query = query.where(
            or_(
                Application.name.contains(wanted.q, autoescape=True),
                Application.initials.startswith(wanted.q.lower(), autoescape=True),
                Examinee.exam_number.startswith(wanted.q, autoescape=True),
                Application.number.startswith(wanted.q, autoescape=True),
            )
        )
    if wanted.position:
        query = query.where(RecruitmentPosition.code == wanted.position)
    if wanted.outcome not in ("", EVERYBODY):
        query = query.where(ListLine.outcome == Outcome(wanted.outcome))
    elif not wanted.outcome and not wanted.q:
        query = query.where(ListLine.outcome.in_(ON_LIST))
    page = keyset_page(query, (SortKey(ListLine.id),), lambda row: (row[0].id,), after=after, before=before, size=size)
    return Page([_result(row) for row in page.rows], page.total, page.after, page.before)


def outcome_counts(actor: Actor, batch_id: int) -> dict[Outcome, int]:
    """How many lines of the final list say what: one query."""
    rows = db.session.execute(
        select(ListLine.outcome, func.count())
        .join(Application, Application.id == ListLine.application_id)
        .where(
            ListLine.batch_id == batch_id,
            ListLine.stage == Stage.FINAL,
            within(actor, Application.unit_id, Permission.RECRUITMENT_VIEW),
        )
        .group_by(ListLine.outcome)
    )
    return {outcome: count for outcome, count in rows}


def refill(batch: RecruitmentBatch, on: date) -> Refill | None:
    """What filling the empty places on a day would come to; ``None`` where no place is empty. Two queries."""
    rows, gone = final_rows(batch.id), departures_of(batch.id)
    places = sum(len(departures) for departures in open_places(rows, gone).values())
    if not places:
        return None
    try:
        found = filling(batch, rows, gone, on)
    except Refused as refusal:
        return Refill(places, (), (), refusal.message, reserve_until(batch, rows))
    return Refill(
        places,
        tuple((row.number, row.application.name, str(reason.message)) for row, reason in found.moved),
        tuple(tuple((row.number, row.application.name) for row in group) for group in found.tied),
        None,
        reserve_until(batch, rows),
    )


def pending(batch: RecruitmentBatch) -> Pending:
    """What waits before the final list: results to record, ties to decide, what the rule refuses. Four queries."""
    query: Any = (
        select(Application, RecruitmentPosition, DirectResult)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .outerjoin(DirectResult, DirectResult.application_id == Application.id)
        .where(
            Application.batch_id == batch.id,
            Application.state == ApplicationState.ADMITTED,
            RecruitmentPosition.channel.not_in(EXAM_CHANNELS),
        )
        .order_by(RecruitmentPosition.code, Application.number)
    )
    direct = tuple(
        DirectLine(one.id, one.name, position.code, position.title, position.channel == "by_election", result)
        for one, position, result in db.session.execute(query)
    )
    ties: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    if batch.state is BatchState.INTERVIEW:
        try:
            for line in rank(rules_of(batch), candidates(batch, Stage.FINAL), stage=Stage.FINAL):
                if line.outcome is Outcome.TIE:
                    ties[line.position, line.rank].append(line.id)
        except Refused as refusal:
            return Pending(direct, (), refusal.message)
    return Pending(direct, tuple(tuple(group) for group in ties.values()), None)


def _result(row: Any) -> ResultLine:
    line, application, position, exam_number, unit_name, departure, successor, moved_up, *rest = row
    medical, background, employee_id = rest
    passed = {CheckKind.MEDICAL: medical, CheckKind.BACKGROUND: background}
    return ResultLine(
        application_id=application.id,
        number=exam_number or application.number,
        name=application.name,
        position=position.code,
        title=position.title,
        unit_name=unit_name,
        places=position.places,
        rank=line.rank,
        written=line.written,
        interview=line.interview,
        bonus=line.bonus,
        total=line.total,
        outcome=line.outcome,
        moved_up=moved_up,
        checks={kind: result for kind, result in passed.items() if result is not None},
        left_on=None if departure is None else departure.on,
        left_reason="" if departure is None else departure.reason,
        successor=successor or "",
        filled_on=None if departure is None else departure.filled_on,
        employee_id=employee_id,
    )
