"""A process that goes through states: its steps across the top of a page, and below what has been done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, NamedTuple, Protocol, TypeVar

from careerpath.core import clock
from careerpath.words import Message, msg

S = TypeVar("S", bound=StrEnum)
Co = TypeVar("Co", bound=StrEnum, covariant=True)


class Reached(Protocol[Co]):
    """A record of the moment at which a state was reached, and by whom."""

    @property
    def state(self) -> Co: ...
    @property
    def at(self) -> datetime: ...
    @property
    def by(self) -> str: ...
    @property
    def note(self) -> str: ...


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


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a process by what happens on it; ``field`` is its name in forms."""

    field: str
    title: Message
    on: date | None


@dataclass(frozen=True, slots=True)
class Process(Generic[S]):
    """The states of a process in their order, their names, the one that ends it early, and what a change of days is."""

    order: tuple[S, ...]
    names: Mapping[S, Message]
    cancelled: S
    moved: Message

    @property
    def end(self) -> S:
        """The state in which it is over."""
        return self.order[-1]

    def steps(
        self, present: S, reached: Sequence[Reached[S]], planned: Mapping[S, date | None] | None = None
    ) -> tuple[Step, ...]:
        """The steps: behind with day and name, ahead with the day that is planned. ``reached`` is oldest first."""
        last: dict[S, Reached[S]] = {}
        before: S | None = None
        for one in reached:
            # A record within its own state is a change of days.
            if one.state is not before:
                last[one.state] = one
            before = one.state
        over = present is self.cancelled
        here = len(self.order) if over else self.order.index(present)
        steps = []
        for place, state in enumerate(self.order):
            step = last.get(state) if place <= here else None
            if over and step is None:
                continue
            standing = "later"
            if place <= here:
                standing = "done" if place < here or state is self.end else "current"
            ahead = (planned or {}).get(state) if place > here else None
            steps.append(Step(self.names[state], _note(step, ahead), standing))
        if over:
            steps.append(Step(self.names[self.cancelled], _note(last.get(self.cancelled), None), "current"))
        return tuple(steps)

    def done(self, reached: Sequence[Reached[S]]) -> tuple[Done, ...]:
        """What has been done, newest first: states reached, days that moved, states taken back."""
        found = []
        before: S | None = None
        for step in reached:
            found.append(Done(clock.office_time(step.at).date(), step.by, self._what(step.state, before), step.note))
            before = step.state
        return tuple(found[::-1])

    def _what(self, state: S, before: S | None) -> Message:
        if state is before:
            return self.moved
        if before is self.end:
            return msg("恢复办理")
        if before in self.order and state in self.order and self.order.index(state) < self.order.index(before):
            return msg("退回“%(state)s”阶段", state=self.names[state])
        return msg("进入“%(state)s”阶段", state=self.names[state])


def _note(step: Reached[S] | None, planned: date | None) -> Message | None:
    if step is not None:
        return msg("%(day)s %(who)s", day=clock.office_time(step.at).date(), who=step.by)
    return None if planned is None else msg("预定 %(day)s", day=planned)
