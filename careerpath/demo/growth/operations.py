"""Operations of the demo's growth: many of the office's own and of the people's held together in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.mentoring.operations.evaluations import (
    EvaluationGiven,
    complete_pairing,
    evaluate_mentee,
    evaluate_own_mentee,
    evaluate_own_mentor,
)
from careerpath.mentoring.operations.logs import LogGiven, write_own_log
from careerpath.training.operations.attendance import rate_own_class


@dataclass(frozen=True, slots=True)
class Completion:
    """The word of the witnessing unit at the end of a pairing, and the day."""

    pairing_id: int
    opinion: str
    on: date


Evaluation = tuple[int, Actor | None, EvaluationGiven, Actor, EvaluationGiven | None]
"""The pairing; the mentor, if they have an account, and what they say; the mentee and what they say, if they have."""


@operation(Permission.OWN_GROWTH)
def rate_classes(actor: Actor, given: Sequence[tuple[Actor, int, int, str]]) -> None:
    """Let many people say what they think of classes: the rating and a comment."""
    for own, class_id, rating, comment in given:
        rate_own_class(own, class_id, rating, comment)


@operation(Permission.OWN_GROWTH)
def write_own_logs(actor: Actor, given: Sequence[tuple[Actor, int, LogGiven]]) -> None:
    """Let many people write a log each of a pairing of their own."""
    for own, pairing_id, log in given:
        write_own_log(own, pairing_id, log)


@operation(Permission.MENTORING_LOG)
def evaluate_each_other(actor: Actor, given: Sequence[Evaluation]) -> None:
    """Let mentors and mentees evaluate each other; the office enters what mentors without an account say."""
    for pairing_id, mentor, of_mentee, mentee, of_mentor in given:
        if mentor is None:
            evaluate_mentee(actor, pairing_id, of_mentee)
        else:
            evaluate_own_mentee(mentor, pairing_id, of_mentee)
        if of_mentor is not None:
            evaluate_own_mentor(mentee, pairing_id, of_mentor)


@operation(Permission.MENTORING_KEEP)
def complete_pairings(actor: Actor, given: Sequence[Completion]) -> None:
    """Complete many pairings of one office."""
    for one in given:
        complete_pairing(actor, one.pairing_id, one.opinion, one.on)
