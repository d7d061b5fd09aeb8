"""The end of what is kept of applicants who were not appointed: counts stay, everything that tells who goes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Select, delete, exists, or_, select, update

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import after_commit, operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import Record, db
from careerpath.core.files import files
from careerpath.policy.employment import age_on
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    ApplicationPaper,
    ApplicationState,
    Appointment,
    BatchState,
    CandidateCheck,
    Departure,
    DirectResult,
    EligibilityReview,
    Examinee,
    InterviewMark,
    ListLine,
    Objection,
    RecruitmentBatch,
    ScoreEntry,
)
from careerpath.recruitment.queries.advice import reckoned_on
from careerpath.recruitment.queries.purging import ENDED, due_on
from careerpath.recruitment.queries.reached import reached_by

CHUNK = 500

OF_EXAMINEES: Sequence[Any] = (ScoreEntry, InterviewMark)
OF_APPLICATIONS: Sequence[Any] = (
    Examinee,
    EligibilityReview,
    ApplicationPaper,
    DirectResult,
    CandidateCheck,
    ListLine,
    Departure,
)
"""What goes with an application, in an order in which nothing is left pointing nowhere."""


@operation(Permission.RECRUITMENT_PURGE)
def purge_applicants(actor: Actor, on: date) -> int:
    """Remove what is kept of applicants who were not appointed, once the time of their batch has run out on a day.

    Gives how many applications went. Before they go they are counted, so that reports stay as they were; photos and
    papers leave the store once this is kept. Drafts go as soon as applications have closed. Doing it again does no
    harm. Who was appointed is untouched: the papers are those of a personnel file.
    """
    gone = 0
    for batch in _batches(actor, Application.state == ApplicationState.DRAFT):
        closed = batch.state is not BatchState.PUBLISHED or (batch.closes_on is not None and batch.closes_on < on)
        if closed:
            gone += _drop(_doomed(batch).where(Application.state == ApplicationState.DRAFT))
    told = []
    for batch in _ended(actor):
        day = due_on(batch)
        if day is None or on < day:
            continue
        _count(batch)
        dropped = _drop(_doomed(batch))
        _silence_objections(batch)
        batch.purged_on = on
        told.append(f"{batch.id}：{dropped}")
        gone += dropped
    audit.note("；".join(told))
    return gone


def _batches(actor: Actor, *applications: Any) -> list[RecruitmentBatch]:
    having = exists().where(Application.batch_id == RecruitmentBatch.id, *applications)
    query = select(RecruitmentBatch).where(
        within(actor, RecruitmentBatch.unit_id, Permission.RECRUITMENT_PURGE), having
    )
    return list(db.session.scalars(query.order_by(RecruitmentBatch.id).with_for_update()))


def _ended(actor: Actor) -> list[RecruitmentBatch]:
    query = select(RecruitmentBatch).where(
        within(actor, RecruitmentBatch.unit_id, Permission.RECRUITMENT_PURGE),
        RecruitmentBatch.state.in_(ENDED),
        RecruitmentBatch.purged_on.is_(None),
    )
    return list(db.session.scalars(query.order_by(RecruitmentBatch.id).with_for_update()))


def _doomed(batch: RecruitmentBatch) -> Select[int]:
    """The applications of a batch that led to no appointment."""
    appointed = exists().where(Appointment.application_id == Application.id)
    return select(Application.id).where(Application.batch_id == batch.id, ~appointed)


def _count(batch: RecruitmentBatch) -> None:
    """Keep how many of each kind came how far."""
    day = reckoned_on(batch)
    tally: Counter[tuple[Any, ...]] = Counter()
    for ids in _chunks(db.session.scalars(_doomed(batch)).all()):
        reached = reached_by(ids)
        rows = db.session.execute(
            select(
                Application.id,
                Application.position_id,
                Application.sex,
                Application.born_on,
                Application.education,
                Application.source,
                Application.entry,
            ).where(Application.id.in_(reached))
        )
        for row in rows:
            age = age_on(row.born_on, day) if row.born_on else 0
            tally[
                row.position_id, row.sex, age, row.education, row.source.value, row.entry.value, reached[row.id].value
            ] += 1
    names = ("position_id", "sex", "age", "education", "source", "entry", "reached")
    session_add(
        *(
            ApplicantTally(batch_id=batch.id, count=count, **dict(zip(names, kind, strict=True)))
            for kind, count in tally.items()
        )
    )


def _drop(doomed: Select[int]) -> int:
    """Remove applications with everything that hangs on them; gives how many.

    In bulk, past the trail: a list of what was removed, one by one, would outlive the people it speaks of.
    """
    found = db.session.scalars(doomed).all()
    for ids in _chunks(found):
        keys = [
            *db.session.scalars(select(Application.photo_key).where(Application.id.in_(ids))),
            *db.session.scalars(select(ApplicationPaper.file_key).where(ApplicationPaper.application_id.in_(ids))),
        ]
        examinees = select(Examinee.id).where(Examinee.application_id.in_(ids))
        for model in OF_EXAMINEES:
            _remove(model, model.examinee_id.in_(examinees))
        db.session.execute(
            update(Departure).where(Departure.successor_id.in_(ids)).values(successor_id=None), execution_options=_BULK
        )
        db.session.execute(
            update(Objection)
            .where(Objection.application_id.in_(ids))
            .values(application_id=None, version=Objection.version + 1),
            execution_options=_BULK,
        )
        for model in OF_APPLICATIONS:
            _remove(model, model.application_id.in_(ids))
        _remove(Application, Application.id.in_(ids))
        for key in filter(None, keys):
            after_commit(partial(files().remove, key))
    return len(found)


def _silence_objections(batch: RecruitmentBatch) -> None:
    """Of objections stays when they came and how they were answered; what they say may name anybody."""
    appointed = select(Appointment.application_id).where(Appointment.batch_id == batch.id)
    db.session.execute(
        update(Objection)
        .where(
            Objection.batch_id == batch.id,
            or_(Objection.application_id.is_(None), Objection.application_id.not_in(appointed)),
        )
        .values(text="", answer="", version=Objection.version + 1),
        execution_options=_BULK,
    )


_BULK = {"synchronize_session": False}


def _remove(model: type[Record], which: Any) -> None:
    db.session.execute(delete(model).where(which), execution_options=_BULK)


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
