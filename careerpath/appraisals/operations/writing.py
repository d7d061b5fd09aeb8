"""What the worker and the community write, before the street appraises."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.appraisals.models import Appraisal
from careerpath.appraisals.operations.reckoning import check_version, open_year_of, refuse_closed, touch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.appraisal_steps import State
from careerpath.words import NotFound, Refused, msg

LONGEST_SUMMARY = 5000
LONGEST_OPINION = 1000
LONGEST_TRAINING = 120


@dataclass(frozen=True, slots=True)
class Draft:
    """A long text and the version of the record it was written on."""

    text: str
    version: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """The community's opinion, ballots per voter class and grade code, and training of the year."""

    text: str
    training: str
    ballots: Mapping[str, Mapping[str, int]]
    version: int


def fetch_own(actor: Actor, appraisal_id: int, *, lock: bool = False) -> Appraisal:
    """One's own record, or ``NotFound``."""
    query = (
        select(Appraisal)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .where(Appraisal.id == appraisal_id, Employee.user_id == actor.user_id, Employee.user_id.is_not(None))
    )
    record = db.session.scalars(query.with_for_update(of=Appraisal) if lock else query).one_or_none()
    if record is None:
        raise NotFound
    return record


@operation(Permission.OWN_SUMMARY_WRITE)
def write_summary(actor: Actor, appraisal_id: int, given: Draft) -> int:
    """Keep one's own summary of the year while the street has not submitted; gives the new version."""
    record = fetch_own(actor, appraisal_id, lock=True)
    refuse_closed(record)
    check_version(record, given.version, {"self_summary": given.text})
    if len(given.text) > LONGEST_SUMMARY:
        raise Refused(
            msg("个人总结最多 %(most)s 字，现为 %(now)s 字，请删减。", most=LONGEST_SUMMARY, now=len(given.text)),
            field="self_summary",
        )
    record.self_summary = given.text.strip()
    record.self_summary_at = clock.now()
    touch(record, actor)
    db.session.flush()
    return record.version


@operation(Permission.OWN_SUMMARY_WRITE)
def confirm_result(actor: Actor, appraisal_id: int, opinion: str) -> None:
    """Sign the decided result once, with an opinion if one has any; nothing is signed in a year that is filed."""
    record = fetch_own(actor, appraisal_id, lock=True)
    open_year_of(record.year_id)
    if record.state is not State.DECIDED:
        raise Refused(msg("考核结果尚未审定，审定后才能签署本人意见。"))
    if len(opinion) > LONGEST_OPINION:
        raise Refused(msg("本人意见最多 %(most)s 字。", most=LONGEST_OPINION), field="opinion")
    said = opinion.strip() or "同意"
    if record.signed_off and record.own_opinion != said:
        raise Refused(msg("您已签署本人意见，不能再改。对结果有异议的，请向区级主管部门申请复核。"), field="opinion")
    record.own_opinion = said
    record.signed_off = True


@operation(Permission.APPRAISAL_OPINION)
def write_opinion(actor: Actor, appraisal_id: int, given: Opinion) -> int:
    """Keep the community's opinion and the tallies; gives the new version. Nobody writes it about themselves."""
    record = fetch(actor, Appraisal, appraisal_id, Permission.APPRAISAL_OPINION, lock=True)
    refuse_closed(record)
    own = select(Employee.id).where(Employee.id == record.employee_id, Employee.user_id == actor.user_id)
    if actor.user_id is not None and db.session.scalar(own) is not None:
        raise Refused(msg("不能给自己写社区意见，请由街道代为填写。"))
    check_version(record, given.version, {"community_opinion": given.text})
    if len(given.text) > LONGEST_OPINION:
        raise Refused(msg("社区意见最多 %(most)s 字。", most=LONGEST_OPINION), field="text")
    if len(given.training) > LONGEST_TRAINING:
        raise Refused(msg("参加培训情况最多 %(most)s 字。", most=LONGEST_TRAINING), field="training")
    record.community_opinion = given.text.strip()
    record.community_by = actor.display_name
    record.community_on = clock.today()
    record.training = given.training.strip()
    touch(record, actor)
    record.ballots = {voters: dict(tally) for voters, tally in given.ballots.items()}
    db.session.flush()
    return record.version
