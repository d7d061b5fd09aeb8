"""The candidates of a batch as the rule knows them, under their exam numbers: what every list is made from."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.policy.reason import show
from careerpath.policy.recruitment import Candidate, Stage
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Attendance,
    Examinee,
    InterviewMark,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.rules import rules_of

MISSED = frozenset({Attendance.ABSENT, Attendance.EXPELLED})
"""Those who did not come and those who broke the rules: neither has a score."""


def candidates(batch: RecruitmentBatch, stage: Stage) -> list[Candidate]:
    """Everybody with an exam number in a batch, by number; positions by their code.

    For the shortlist interviews are left out. For the final list the shortlist is the one that was published; whoever
    gave up since, or whose papers did not hold at the second look (``Examinee.rechecked`` is False), is withdrawn.
    People of by-elections and transfers have no number and are not here.
    """
    final = stage is Stage.FINAL
    judged = _judged(batch.id) if final else {}
    edition = rules_of(batch)
    with_papers = bool(edition.written.papers)
    query = (
        select(
            Examinee,
            Application.state,
            Application.bonus_granted,
            Application.groups,
            RecruitmentPosition.code,
            RecruitmentPosition.places,
        )
        .join(Application, Application.id == Examinee.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .where(Examinee.batch_id == batch.id)
        .order_by(Examinee.exam_number)
    )
    found = []
    for examinee, state, bonus, groups, code, places in db.session.execute(query):
        missed = examinee.attendance in MISSED
        points = {} if missed or examinee.written is None else dict(examinee.written)
        away = final and examinee.interview_attendance in MISSED
        found.append(
            Candidate(
                id=examinee.exam_number,
                position=code,
                written=None if with_papers else points.get(""),
                papers=points if with_papers else {},
                judges=() if away else judged.get(examinee.id, ()),
                bonus=tuple(bonus),
                groups=tuple(groups),
                absent_written=missed,
                absent_interview=away,
                withdrawn=state is ApplicationState.WITHDRAWN or (final and examinee.rechecked is False),
                shortlisted=examinee.shortlisted if final else None,
                decided_order=examinee.decided_order,
                places=places,
            )
        )
    return found


def facts_of(candidate: Candidate) -> dict[str, Any]:
    """What a line of a list rests on, as ``careerpath rules try recruitment`` reads a candidate.

    ``{"candidates": [facts, …], "stage": "shortlist"}`` of all lines of a list, tried with the frozen edition, gives
    the list again. Scores are texts without trailing zeros, because the rule counts their decimals.
    """
    found: dict[str, Any] = {"id": candidate.id, "position": candidate.position}
    if candidate.written is not None:
        found["written"] = show(candidate.written)
    if candidate.papers:
        found["papers"] = {code: show(points) for code, points in candidate.papers.items()}
    if candidate.interview is not None:
        found["interview"] = show(candidate.interview)
    if candidate.judges:
        found["judges"] = [show(points) for points in candidate.judges]
    for key in ("bonus", "groups"):
        if codes := getattr(candidate, key):
            found[key] = list(codes)
    for key in ("absent_written", "absent_interview", "withdrawn"):
        if getattr(candidate, key):
            found[key] = True
    for key in ("shortlisted", "decided_order", "places"):
        if (value := getattr(candidate, key)) is not None:
            found[key] = value
    return found


def _judged(batch_id: int) -> dict[int, tuple[Decimal, ...]]:
    """The points of all judges by examinee, in the order of their seats."""
    query = (
        select(InterviewMark.examinee_id, InterviewMark.points)
        .join(Examinee, Examinee.id == InterviewMark.examinee_id)
        .where(Examinee.batch_id == batch_id)
        .order_by(InterviewMark.examinee_id, InterviewMark.judge)
    )
    found: dict[int, tuple[Decimal, ...]] = {}
    for examinee_id, points in db.session.execute(query):
        found[examinee_id] = (*found.get(examinee_id, ()), points)
    return found
