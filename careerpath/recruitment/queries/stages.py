"""The steps of a batch across the top of its pages, and what has been done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from careerpath.core import clock
from careerpath.recruitment.models import BatchState, BatchStep, RecruitmentBatch
from careerpath.recruitment.queries.words import BATCH_STATES
from careerpath.words import Message, msg

STAGES = tuple(state for state in BatchState if state is not BatchState.CANCELLED)


class Stage(NamedTuple):
    """One step across the top: ``done``, ``current`` or ``later``, and when and by whom it was reached."""

    title: Message
    note: Message | None
    standing: str


@dataclass(frozen=True, slots=True)
class Done:
    """Something that has been done: when, by whom, and the note that was left."""

    on: date
    by: str
    what: Message
    note: str


def stages_of(batch: RecruitmentBatch, reached: Sequence[BatchStep]) -> tuple[Stage, ...]:
    """The steps of a batch: what is behind it with day and name, what lies ahead with the day that is planned."""
    last: dict[BatchState, BatchStep] = {}
    before: BatchState | None = None
    for one in reached:
        # A step within its own state is a change of days.
        if one.state is not before:
            last[one.state] = one
        before = one.state
    planned = {
        BatchState.PUBLISHED: batch.announced_on,
        BatchState.EXAM: batch.written_on,
        BatchState.INTERVIEW: batch.interview_on,
        BatchState.NOTICE: batch.notice_starts_on,
    }
    cancelled = batch.state is BatchState.CANCELLED
    here = len(STAGES) if cancelled else STAGES.index(batch.state)
    stages = []
    for place, state in enumerate(STAGES):
        step = last.get(state) if place <= here else None
        if cancelled and step is None:
            continue
        standing = "later"
        if place <= here:
            standing = "done" if place < here or state is BatchState.CONCLUDED else "current"
        note = _note(step, planned.get(state) if place > here else None)
        stages.append(Stage(BATCH_STATES[state], note, standing))
    if cancelled:
        stages.append(Stage(BATCH_STATES[BatchState.CANCELLED], _note(last.get(BatchState.CANCELLED), None), "current"))
    return tuple(stages)


def _note(step: BatchStep | None, planned: date | None) -> Message | None:
    if step is not None:
        return msg("%(day)s %(who)s", day=clock.office_time(step.at).date(), who=step.by)
    return None if planned is None else msg("预定 %(day)s", day=planned)


def done_of(reached: Sequence[BatchStep]) -> tuple[Done, ...]:
    """What has been done with a batch, newest first: stages reached, days that moved."""
    found = []
    before = None
    for step in reached:
        if step.state is before:
            what = msg("调整日程")
        elif before is BatchState.CONCLUDED:
            what = msg("恢复办理")
        else:
            what = msg("进入“%(state)s”阶段", state=BATCH_STATES[step.state])
        found.append(Done(clock.office_time(step.at).date(), step.by, what, step.note))
        before = step.state
    return tuple(found[::-1])
