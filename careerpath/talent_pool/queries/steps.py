"""The steps of a selection across the top of its pages, and what has been done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from careerpath.core import clock
from careerpath.talent_pool.models import Selection, SelectionState, SelectionStep
from careerpath.talent_pool.queries.words import SELECTION_STATES
from careerpath.words import Message, msg

STEPS = tuple(state for state in SelectionState if state is not SelectionState.CANCELLED)


class Step(NamedTuple):
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


def steps_of(selection: Selection, reached: Sequence[SelectionStep]) -> tuple[Step, ...]:
    """The steps of a selection: behind it with day and name, ahead with the day that is planned."""
    last: dict[SelectionState, SelectionStep] = {}
    before: SelectionState | None = None
    for one in reached:
        # A step within its own state is a change of days.
        if one.state is not before:
            last[one.state] = one
        before = one.state
    planned = {
        SelectionState.STAGES: selection.held_on,
        SelectionState.NOTICE: selection.notice_starts_on,
    }
    cancelled = selection.state is SelectionState.CANCELLED
    here = len(STEPS) if cancelled else STEPS.index(selection.state)
    steps = []
    for place, state in enumerate(STEPS):
        step = last.get(state) if place <= here else None
        if cancelled and step is None:
            continue
        standing = "later"
        if place <= here:
            standing = "done" if place < here or state is SelectionState.CONCLUDED else "current"
        note = _note(step, planned.get(state) if place > here else None)
        steps.append(Step(SELECTION_STATES[state], note, standing))
    if cancelled:
        note = _note(last.get(SelectionState.CANCELLED), None)
        steps.append(Step(SELECTION_STATES[SelectionState.CANCELLED], note, "current"))
    return tuple(steps)


def _note(step: SelectionStep | None, planned: date | None) -> Message | None:
    if step is not None:
        return msg("%(day)s %(who)s", day=clock.office_time(step.at).date(), who=step.by)
    return None if planned is None else msg("预定 %(day)s", day=planned)


def done_of(reached: Sequence[SelectionStep]) -> tuple[Done, ...]:
    """What has been done with a selection, newest first: states reached, days that moved, states taken back."""
    found = []
    before: SelectionState | None = None
    for step in reached:
        if step.state is before:
            what = msg("调整日程")
        elif before is not None and before in STEPS and step.state in STEPS and _earlier(step.state, before):
            what = msg("退回“%(state)s”阶段", state=SELECTION_STATES[step.state])
        else:
            what = msg("进入“%(state)s”阶段", state=SELECTION_STATES[step.state])
        found.append(Done(clock.office_time(step.at).date(), step.by, what, step.note))
        before = step.state
    return tuple(found[::-1])


def _earlier(state: SelectionState, than: SelectionState) -> bool:
    return STEPS.index(state) < STEPS.index(than)
