"""The positions of a planned batch, put down all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Channel
from careerpath.employees.operations.people import RowRefused
from careerpath.policy.codes import Post
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import BatchState, RecruitmentBatch, RecruitmentPosition
from careerpath.recruitment.queries.rules import rules_named
from careerpath.recruitment.queries.staffing import StaffingLine, staffing_lines
from careerpath.recruitment.queries.words import CHANNEL_NAMES
from careerpath.words import Refused, msg

MOST_POSITIONS = 1000
MOST_PLACES = 99
LONGEST_TITLE, LONGEST_CODE, LONGEST_DEMAND = 60, 20, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPosition:
    """One position: places at a unit by a channel. Without ``code`` it is numbered; ``group`` is one of the rules."""

    unit_id: int
    title: str
    channel: Channel
    places: int
    code: str = ""
    post: str = "staff"
    group: str = ""
    demand: str = ""


@operation(Permission.RECRUITMENT_PLAN)
def put_positions(actor: Actor, batch_id: int, given: Sequence[NewPosition]) -> int:
    """Replace all positions of a planned batch; gives how many there are now. Raises ``RowRefused``.

    Quota and people of each unit on the day of the vacancies are kept beside them.
    """
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_PLAN, lock=True)
    if batch.state is not BatchState.PLANNED:
        raise Refused(
            msg(
                "“%(name)s”的公告已经发布（%(document)s），岗位按公告冻结，不能再修改；"
                "确需变更的，取消本批次后重新发布。",
                name=batch.name,
                document=batch.document,
            )
        )
    if len(given) > MOST_POSITIONS:
        raise Refused(msg("一个批次最多 %(most)s 个岗位，请分批招聘。", most=MOST_POSITIONS))
    edition = rules_named(batch.edition_key)
    units = _units(fetch_unit(actor, batch.unit_id, Permission.RECRUITMENT_PLAN), given)
    codes = _codes(given)
    for row, one in enumerate(given):
        try:
            _check(one, codes[row], units, edition)
        except Refused as refused:
            raise RowRefused(row, refused) from None
    _write(batch, given, codes, staffing_before(actor, batch.vacancies_on, batch.unit_id))
    return len(given)


def staffing_before(actor: Actor, on: date, unit_id: int) -> Mapping[int, StaffingLine]:
    """The vacancies of a district's communities by unit; nothing where no norm is in force."""
    try:
        return {line.unit_id: line for line in staffing_lines(actor, on, unit_id, Permission.RECRUITMENT_PLAN)}
    except Refused:
        return {}


def check_groups(edition: RecruitmentEdition, positions: Sequence[RecruitmentPosition]) -> None:
    """Refuse positions that are reserved for a group which the rules do not know."""
    known = {group.code for group in edition.groups}
    for position in positions:
        if position.group and position.group not in known:
            raise Refused(
                msg(
                    "岗位 %(code)s 定向的人员类别“%(group)s”不在“%(title)s”中，请先修改岗位或换用规则。",
                    code=position.code,
                    group=position.group,
                    title=edition.head.title,
                ),
                field="edition_key",
            )


def _units(district: Unit, given: Sequence[NewPosition]) -> set[int]:
    """Those of the wanted units that lie in the district and are not closed."""
    query = select(Unit.id).where(
        Unit.id.in_({one.unit_id for one in given}),
        Unit.path.startswith(district.path, autoescape=True),
        Unit.id != district.id,
        or_(Unit.ends_on.is_(None), Unit.ends_on >= clock.today()),
    )
    return set(db.session.scalars(query))


def _codes(given: Sequence[NewPosition]) -> list[str]:
    """The code of each row: its own, else the next free number of three digits."""
    taken = {one.code.strip() for one in given if one.code.strip()}
    codes: list[str] = []
    number = 0
    for one in given:
        code = one.code.strip()
        if not code:
            number += 1
            while f"{number:03d}" in taken:
                number += 1
            code = f"{number:03d}"
        elif code in codes:
            raise RowRefused(
                len(codes), Refused(msg("岗位代码“%(code)s”重复，请改用别的代码。", code=code), field="code")
            )
        codes.append(code)
    return codes


def _check(one: NewPosition, code: str, units: set[int], edition: RecruitmentEdition) -> None:
    if one.unit_id not in units:
        raise Refused(msg("没有找到这个单位，或者它不在本区（县），请重新选择。"), field="unit_id")
    for field, text, most in (
        ("code", code, LONGEST_CODE),
        ("title", one.title, LONGEST_TITLE),
        ("demand", one.demand, LONGEST_DEMAND),
    ):
        if len(text) > most:
            raise Refused(msg("“%(text)s…”超过 %(most)s 个字，请缩短。", text=text[:12], most=most), field=field)
    if not one.title.strip():
        raise Refused(msg("请填写岗位名称。"), field="title")
    if one.channel not in CHANNEL_NAMES:
        raise Refused(msg("请选择招聘方式。"), field="channel")
    if one.post not in [post.value for post in Post]:
        raise Refused(msg("请选择职务层级。"), field="post")
    if not 1 <= one.places <= MOST_PLACES:
        raise Refused(msg("招聘人数应为 1 至 %(most)s，请改正。", most=MOST_PLACES), field="places")
    known = {group.code: group.name for group in edition.groups}
    if one.group and one.group not in known:
        raise Refused(
            msg(
                "定向的人员类别不在所选规则中，请改用：%(known)s。",
                known="、".join(known.values()) or "—",
            ),
            field="group",
        )


def _write(
    batch: RecruitmentBatch,
    given: Sequence[NewPosition],
    codes: Sequence[str],
    staffing: Mapping[int, StaffingLine],
) -> None:
    """Keep a position under its code where there is one, so that the trail shows what really changed."""
    query = select(RecruitmentPosition).where(RecruitmentPosition.batch_id == batch.id)
    present = {position.code: position for position in db.session.scalars(query)}
    for code in present.keys() - set(codes):
        db.session.delete(present[code])
    new = []
    for one, code in zip(given, codes, strict=True):
        line = staffing.get(one.unit_id)
        values = {
            "unit_id": one.unit_id,
            "title": one.title.strip(),
            "post": one.post,
            "channel": one.channel,
            "group": one.group,
            "places": one.places,
            "quota": line.quota if line else None,
            "actual": line.actual if line else None,
            "demand": one.demand.strip(),
        }
        if code not in present:
            new.append(RecruitmentPosition(batch_id=batch.id, code=code, **values))
            continue
        for name, value in values.items():
            setattr(present[code], name, value)
    session_add(*new)
