"""One line of what somebody went through, whatever room it comes from, and how each room's own lines become one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from careerpath.honours.queries import person as honours
from careerpath.mentoring.queries import person as mentoring
from careerpath.mentoring.queries.standing import STANDING_KINDS
from careerpath.policy.reason import show
from careerpath.rotations.queries import person as rotations
from careerpath.rotations.queries.standing import COLOURS, STANDINGS
from careerpath.skills.queries import person as skills
from careerpath.skills.queries.words import LEVEL_KINDS
from careerpath.talent_pool.queries import person as pool
from careerpath.training.models import EnrolmentState
from careerpath.training.queries import person as training
from careerpath.training.queries import study_person as studies
from careerpath.training.queries.words import ENROLMENT_STATES
from careerpath.words import Message, msg


class LineKind(StrEnum):
    """What a line is about."""

    ENTRY = "entry"
    POSTING = "posting"
    CONTRACT = "contract"
    DIPLOMA = "diploma"
    PARTY = "party"
    MENTORING = "mentoring"
    ROTATION = "rotation"
    TRAINING = "training"
    STUDY = "study"
    SKILL = "skill"
    HONOUR = "honour"
    POOL = "pool"
    APPRAISAL = "appraisal"
    PAY = "pay"
    DISCIPLINE = "discipline"


KINDS: Mapping[LineKind, Message] = {
    LineKind.ENTRY: msg("进出社区"),
    LineKind.POSTING: msg("任职"),
    LineKind.CONTRACT: msg("劳动合同"),
    LineKind.DIPLOMA: msg("学历证书"),
    LineKind.PARTY: msg("政治面貌"),
    LineKind.MENTORING: msg("导师帮带"),
    LineKind.ROTATION: msg("轮岗锻炼"),
    LineKind.TRAINING: msg("教育培训"),
    LineKind.STUDY: msg("职业资格与学历"),
    LineKind.SKILL: msg("业务技能"),
    LineKind.HONOUR: msg("荣誉表彰"),
    LineKind.POOL: msg("后备与晋升"),
    LineKind.APPRAISAL: msg("年度考核"),
    LineKind.PAY: msg("薪酬等级"),
    LineKind.DISCIPLINE: msg("处分"),
}

GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class Line:
    """Something that began on a day, or was on it. ``state_kind`` is the colour of the mark that shows the state."""

    kind: LineKind
    on: date
    ends_on: date | None
    title: Message
    detail: Message
    state: Message
    state_kind: str = ""
    endpoint: str = ""
    """The page of the record; empty where there is none of its own."""
    ids: Mapping[str, int] = field(default_factory=dict)
    """What the address of that page takes."""
    standing: str = ""
    """How a pairing or a rotation stands, by the code of its own room; of an honour ``GRANTED``."""


def mentoring_lines(employee_id: int, on: date) -> Iterator[Line]:
    """Pairings that had begun, as mentee and as mentor. One query."""
    for one in mentoring.person_lines(employee_id, on):
        title = msg("指导 %(name)s", name=one.name) if one.as_mentor else msg("导师 %(name)s", name=one.name)
        told = {"post": one.post, "logs": one.logs, "grade": one.grade}
        detail = msg("%(post)s，帮带记录 %(logs)s 次", **told)
        if one.grade:
            detail = msg("%(post)s，帮带记录 %(logs)s 次，评价%(grade)s", **told)
        yield Line(
            LineKind.MENTORING,
            one.starts_on,
            one.last_on,
            title,
            detail,
            one.standing_word,
            STANDING_KINDS.get(one.standing, ""),
            "mentoring.pairing",
            {"pairing_id": one.pairing_id},
            one.standing,
        )


def rotation_lines(employee_id: int, on: date) -> Iterator[Line]:
    """Times away at another unit that had begun, or that were approved for later. Two queries."""
    for one in rotations.person_lines(employee_id, on):
        place = " ".join(part for part in (one.host_name, one.host_post) if part)
        detail = msg("鉴定等次：%(grade)s", grade=one.grade) if one.grade else Message(one.document)
        yield Line(
            LineKind.ROTATION,
            one.starts_on,
            one.returned_on or one.ends_on,
            msg("%(kind)s：%(place)s", kind=one.kind, place=place),
            detail,
            STANDINGS[one.standing],
            COLOURS[one.standing],
            "rotations.rotation",
            {"rotation_id": one.id},
            one.standing,
        )


def training_lines(employee_id: int, on: date) -> Iterator[Line]:
    """Classes that had begun. One query."""
    for one in training.person_lines(employee_id, on):
        attended = one.state is EnrolmentState.ATTENDED
        parts = {"tier": one.tier, "holder": one.holder, "hours": show(one.hours or 0), "days": show(one.days or 0)}
        detail = msg("%(tier)s，%(holder)s举办", **parts)
        if attended:
            detail = msg("%(tier)s，%(holder)s举办，%(hours)s 学时 %(days)s 天", **parts)
            if one.days is None:
                # The course is counted by its hours.
                detail = msg("%(tier)s，%(holder)s举办，%(hours)s 学时", **parts)
        yield Line(
            LineKind.TRAINING,
            one.on,
            one.ends_on,
            Message(one.name),
            detail,
            ENROLMENT_STATES[one.state],
            "success" if attended else "",
            "training.training_class",
            {"class_id": one.class_id},
        )


def study_lines(employee_id: int, on: date) -> Iterator[Line]:
    """Tries at the national exam, and courses of study beside the work. Two queries."""
    for one in studies.study_lines(employee_id, on):
        yield Line(LineKind.STUDY, one.on, one.ends_on, one.title, Message(one.detail), one.state)


def skill_lines(employee_id: int, on: date) -> Iterator[Line]:
    """Occasions on which somebody showed what they can do. One query."""
    for one in skills.person_lines(employee_id, on):
        detail = msg("%(how)s %(evidence)s", how=one.shown_by, evidence=one.evidence)
        yield Line(
            LineKind.SKILL,
            one.shown_on,
            None,
            Message(one.line),
            detail,
            Message("%(level)s", {"level": one.level}) if one.holds else msg("已过有效期"),
            LEVEL_KINDS[one.level] if one.holds else "",
        )


def honour_lines(employee_id: int, on: date, known_on: date | None = None) -> Iterator[Line]:
    """Honours that were granted, as known now or then, and nominations that have not come to one. Two queries."""
    for one in honours.person_lines(employee_id, on, known_on):
        yield Line(
            LineKind.HONOUR,
            one.on,
            one.ends_on,
            Message(one.title) if one.granted else msg("推荐参评%(title)s", title=one.title),
            Message(one.detail),
            one.state,
            "success" if one.granted else "",
            "honours.nominee" if one.nominee_id is not None else "",
            {"nominee_id": one.nominee_id} if one.nominee_id is not None else {},
            GRANTED if one.granted else "",
        )


POOL_PAGES: Mapping[pool.PoolLineKind, tuple[str, str]] = {
    pool.PoolLineKind.RESERVE: ("talent_pool.entry", "pool_entry_id"),
    pool.PoolLineKind.SELECTION: ("talent_pool.entrant", "entrant_id"),
    pool.PoolLineKind.PROMOTION: ("talent_pool.promotion", "promotion_id"),
}


def pool_lines(employee_id: int, on: date) -> Iterator[Line]:
    """Times as a reserve, selections, posts that promotions came to. Three queries and one for the rules."""
    for one in pool.person_lines(employee_id, on):
        endpoint, name = POOL_PAGES[one.kind]
        kind = "success" if one.kind is pool.PoolLineKind.PROMOTION else ""
        detail = Message(one.detail)
        yield Line(LineKind.POOL, one.on, one.ends_on, one.title, detail, one.state, kind, endpoint, {name: one.id})
