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
from careerpath.rotations.operations.evaluations import RotationJudged, evaluate_rotation, summarise_own_rotation
from careerpath.rotations.operations.reports import write_own_report, write_report
from careerpath.rotations.operations.returns import return_rotation
from careerpath.rotations.operations.wishes import WishGiven, wish_own_rotation
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


@operation(Permission.OWN_GROWTH)
def write_own_reports(actor: Actor, given: Sequence[tuple[Actor, int, date, str]]) -> None:
    """Let many people write a report each of their own rotation."""
    for own, rotation_id, on, text in given:
        write_own_report(own, rotation_id, on, text)


@operation(Permission.ROTATION_REPORT)
def write_reports(actor: Actor, given: Sequence[tuple[int, date, str]]) -> None:
    """Enter reports of many rotations by one office."""
    for rotation_id, on, text in given:
        write_report(actor, rotation_id, on, text)


@operation(Permission.ROTATION_DECIDE)
def return_rotations(actor: Actor, given: Sequence[tuple[int, date, str]]) -> None:
    """Enter that many people are back, with the last day away and the reason where it is another one than planned."""
    for rotation_id, returned_on, reason in given:
        return_rotation(actor, rotation_id, returned_on, reason)


@operation(Permission.OWN_GROWTH)
def summarise_own_rotations(actor: Actor, given: Sequence[tuple[Actor, int, str, str]]) -> None:
    """Let many people write what they did and learnt."""
    for own, rotation_id, work, summary in given:
        summarise_own_rotation(own, rotation_id, work, summary)


@operation(Permission.ROTATION_DECIDE)
def evaluate_rotations(actor: Actor, given: Sequence[tuple[int, RotationJudged]]) -> None:
    """Enter the evaluations of many rotations."""
    for rotation_id, judged in given:
        evaluate_rotation(actor, rotation_id, judged)


@operation(Permission.OWN_GROWTH)
def wish_themselves(actor: Actor, given: Sequence[tuple[Actor, WishGiven]]) -> None:
    """Let many people say what they would like."""
    for own, wish in given:
        wish_own_rotation(own, wish)
