"""The end of a rotation: the person's summary, and the evaluation that host, home and district sign (鉴定)."""

from dataclasses import dataclass
from datetime import date

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.rotations.models import Rotation, RotationState
from careerpath.rotations.operations.steps import (
    LONGEST_NOTE,
    check_past,
    check_state,
    move_rotation,
    rotation_in,
)
from careerpath.rotations.operations.texts import read_line, read_text
from careerpath.rotations.queries.own_reach import own_rotation
from careerpath.rotations.queries.reach import met_rotation
from careerpath.rotations.queries.rules import frozen_rules
from careerpath.words import Refused, msg

LONGEST_WORK = 1000
LONGEST_SUMMARY = 2000
LONGEST_OPINION = 1000
SUMMED_UP = (RotationState.APPROVED, RotationState.RETURNED)
"""The summary is written while somebody is away or once they are back, until the evaluation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationJudged:
    """What the evaluation says; ``grade`` is a code of the edition that the rotation froze.

    Without ``work`` and ``self_summary`` those that the person wrote stay.
    """

    grade: str
    host_opinion: str
    on: date
    work: str = ""
    self_summary: str = ""
    home_opinion: str = ""
    district_opinion: str = ""


@operation(Permission.ROTATION_REPORT)
def summarise_rotation(actor: Actor, rotation_id: int, work: str, summary: str) -> None:
    """Enter the main work and the summary that a person handed in on paper."""
    _summarise(met_rotation(actor, rotation_id, Permission.ROTATION_REPORT, lock=True), work, summary)


@operation(Permission.OWN_GROWTH)
def summarise_own_rotation(actor: Actor, rotation_id: int, work: str, summary: str) -> None:
    """Write the main work and the summary of one's own rotation."""
    _summarise(own_rotation(actor, rotation_id, lock=True), work, summary)


@operation(Permission.ROTATION_DECIDE)
def evaluate_rotation(actor: Actor, rotation_id: int, given: RotationJudged) -> None:
    """Enter the evaluation of somebody who is back; with it the rotation is done."""
    rotation = rotation_in(actor, rotation_id, Permission.ROTATION_DECIDE, RotationState.RETURNED)
    grades = {one.code: one.name for one in frozen_rules(rotation.edition).grades}
    if given.grade not in grades:
        raise Refused(
            msg(
                "没有“%(grade)s”这个鉴定等次，请改选：%(known)s。", grade=given.grade, known="、".join(grades.values())
            ),
            field="grade",
        )
    check_past(given.on, "on")
    if rotation.returned_on is not None and given.on < rotation.returned_on:
        raise Refused(msg("鉴定日期早于返回日期 %(on)s，请核对。", on=rotation.returned_on), field="on")
    if given.work.strip():
        rotation.work = read_text(given.work, LONGEST_WORK, "work")
    if given.self_summary.strip():
        rotation.self_summary = read_text(given.self_summary, LONGEST_SUMMARY, "self_summary")
    rotation.host_opinion = read_text(
        given.host_opinion, LONGEST_OPINION, "host_opinion", msg("请填写接收单位的鉴定意见。")
    )
    rotation.home_opinion = read_text(given.home_opinion, LONGEST_OPINION, "home_opinion")
    rotation.district_opinion = read_text(given.district_opinion, LONGEST_OPINION, "district_opinion")
    rotation.grade, rotation.evaluated_on = given.grade, given.on
    move_rotation(actor, rotation, RotationState.EVALUATED, str(msg("鉴定等次：%(grade)s", grade=grades[given.grade])))


@operation(Permission.ROTATION_DECIDE)
def reopen_rotation(actor: Actor, rotation_id: int, reason: str) -> None:
    """Take an evaluation back to set it right; what was written stays for the next one."""
    rotation = rotation_in(actor, rotation_id, Permission.ROTATION_DECIDE, RotationState.EVALUATED)
    why = read_line(reason, LONGEST_NOTE, "reason", msg("请写明退回鉴定的原因。"))
    rotation.grade, rotation.evaluated_on = "", None
    move_rotation(actor, rotation, RotationState.RETURNED, why)


def _summarise(rotation: Rotation, work: str, summary: str) -> None:
    check_state(rotation, *SUMMED_UP)
    if rotation.starts_on > clock.today():
        raise Refused(msg("锻炼 %(starts)s 开始，开始后再填写总结。", starts=rotation.starts_on))
    rotation.work = read_text(work, LONGEST_WORK, "work", msg("请填写主要工作。"))
    rotation.self_summary = read_text(summary, LONGEST_SUMMARY, "summary", msg("请填写个人总结。"))
