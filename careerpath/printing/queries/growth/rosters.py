"""导师名册, 轮岗锻炼名册 and 业务覆盖表 of a unit and below on a day."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import homes_of, place_names
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.mentoring.queries.rules import rules_or_none
from careerpath.printing.documents.growth.lists import ListPaper, ListPart
from careerpath.printing.queries.growth.feet import foot_paper, number_of
from careerpath.printing.queries.growth.mentoring import names_at
from careerpath.printing.queries.growth.people import points_of
from careerpath.printing.queries.growth.rotations import Away, away
from careerpath.rotations.models import Rotation, RotationState
from careerpath.rotations.queries.reach import rotation_met
from careerpath.rotations.queries.words import DIRECTIONS
from careerpath.skills.codes import SkillLevel
from careerpath.skills.queries.cover import UnitCover, serving_at, unit_covers
from careerpath.skills.queries.lines import lines_of
from careerpath.talent_pool.queries.biography import joined_post
from careerpath.words import Refused, msg

MENTORS, ROTATIONS, COVER = "DS", "LG", "FG"
"""What the numbers of 导师名册, 轮岗锻炼名册 and 业务覆盖表 begin with."""

MOST = 2000
"""So many lines are laid out while one waits."""

GAP, HELD = "缺", {SkillLevel.LEARNING: "△", SkillLevel.ABLE: "○", SkillLevel.TEACHING: "●"}
WIDE, MOST_LINES = 267, 20


def mentor_roster(actor: Actor, unit_id: int, on: date) -> ListPaper:
    """Everybody who mentors on a day at a unit or below it, with whom they mentor. Six queries."""
    unit = fetch_unit(actor, unit_id, Permission.MENTORING_VIEW)
    query = (
        select(Mentor, Unit.path)
        .join(Unit, Unit.id == Mentor.unit_id)
        .where(
            below(Mentor.unit_id, unit.path),
            Mentor.starts_on <= on,
            or_(Mentor.ends_on.is_(None), Mentor.ends_on >= on),
        )
        .order_by(Unit.code, Mentor.number)
        .limit(MOST + 1)
    )
    found = [(mentor, path) for mentor, path in db.session.execute(query)]
    if not found:
        raise Refused(msg("“%(unit)s”没有在聘的导师，不能打印名册。", unit=unit.short_name))
    _check_room(len(found))
    mentees = _mentees([mentor.id for mentor, _ in found], on)
    names = names_at({path for _, path in found})
    edition = rules_or_none(on)
    kinds = {kind.code: kind.name for kind in edition.mentors} if edition else {}
    rows = tuple(
        (
            *(str(order), mentor.name, joined_post(mentor.post), kinds.get(mentor.kind, mentor.kind)),
            "、".join(names[path].get(code, code) for code in mentor.expertise),
            mentor.number,
            points_of(mentor.starts_on, mentor.ends_on)
            if mentor.ends_on
            else f"{wording.point_day(mentor.starts_on)}起",
            *(str(len(mentees[mentor.id])), "、".join(mentees[mentor.id])),
        )
        for order, (mentor, path) in enumerate(found, 1)
    )
    counts = Counter(row[3] for row in rows)
    paper = ListPaper(
        title=f"{unit.short_name}帮带导师名册",
        columns=("序号", "姓名", "单位及职务", "导师类别", "专长", "聘书编号", "聘期", "现带\n人数", "帮带对象"),
        widths=(11, 19, 56, 34, 40, 32, 24, 13, 38),
        parts=(_part(unit, on, len(rows), rows),),
        left=frozenset({2, 4, 8}),
        sums=("，".join(f"{kind} {count} 人" for kind, count in counts.most_common()) + "。",),
        seals=_seals(actor),
    )
    return foot_paper(actor, paper, number_of(MENTORS, on.year, unit.id))


def rotation_roster(actor: Actor, unit_id: int, on: date) -> ListPaper:
    """Everybody of a unit or below who is away on a day or is overdue. Five queries."""
    unit = fetch_unit(actor, unit_id, Permission.ROTATION_VIEW)
    query = select(Rotation.id).where(
        rotation_met(actor, Permission.ROTATION_VIEW),
        below(Rotation.unit_id, unit.path),
        Rotation.state.not_in((RotationState.PROPOSED, RotationState.CANCELLED)),
        Rotation.starts_on <= on,
        or_(Rotation.returned_on.is_(None), Rotation.returned_on >= on),
    )
    ids = list(db.session.scalars(query.order_by(Rotation.id).limit(MOST + 1)))
    if not ids:
        raise Refused(msg("“%(unit)s”当日没有在外锻炼的人员，不能打印名册。", unit=unit.short_name))
    _check_room(len(ids))
    found = away(actor, ids)
    rows = tuple(_away_row(order, one, on) for order, one in enumerate(found, 1))
    counts = Counter(row[7] for row in rows)
    paper = ListPaper(
        title=f"{unit.short_name}轮岗锻炼人员名册",
        columns=(
            "序号",
            "姓名",
            "性别",
            "出生\n年月",
            "派出单位及职务",
            "接收单位及岗位",
            "方向",
            "方式",
            "起止时间",
            "文号",
            "备注",
        ),
        widths=(11, 19, 11, 16, 52, 50, 16, 20, 24, 30, 18),
        parts=(_part(unit, on, len(rows), rows),),
        left=frozenset({4, 5, 9}),
        sums=("，".join(f"{kind} {count} 人" for kind, count in counts.most_common()) + "。",),
        seals=_seals(actor),
    )
    return foot_paper(actor, paper, number_of(ROTATIONS, on.year, unit.id))


def skill_cover(actor: Actor, unit_id: int, on: date) -> ListPaper:
    """业务覆盖表 on a day: of a community person by person, of a street or district community by community.

    Raises ``Refused`` where the district keeps no lines of work, and where there are too many rows.
    """
    unit = fetch_unit(actor, unit_id, Permission.SKILL_VIEW)
    lines = lines_of(unit.path)[:MOST_LINES]
    if not lines:
        raise Refused(msg("“%(unit)s”所在区县还没有设置业务条线，不能打印覆盖表。", unit=unit.short_name))
    codes = [line.code for line in lines]
    names = tuple(line.name for line in lines)
    if unit.kind in COMMUNITY_KINDS:
        paper = _of_community(unit, on, codes, names)
    else:
        paper = _of_communities(actor, unit, on, codes, names)
    return foot_paper(actor, paper, number_of(COVER, on.year, unit.id))


def widest_unit(actor: Actor, permission: Permission) -> int | None:
    """The unit nearest to the top where the actor holds a permission, for a list of everything."""
    query = select(Unit.id).where(within(actor, Unit.id, permission))
    return db.session.scalars(query.order_by(Unit.path).limit(1)).one_or_none()


def _mentees(mentor_ids: Sequence[int], on: date) -> dict[int, list[str]]:
    query = (
        select(Pairing.mentor_id, Employee.name)
        .join(Employee, Employee.id == Pairing.employee_id)
        .where(
            Pairing.mentor_id.in_(mentor_ids),
            Pairing.state != PairingState.DROPPED,
            Pairing.starts_on <= on,
            Pairing.ends_on >= on,
            or_(Pairing.ended_on.is_(None), Pairing.ended_on >= on),
        )
        .order_by(Pairing.starts_on, Pairing.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for mentor_id, name in db.session.execute(query):
        found[mentor_id].append(name)
    return found


def _away_row(order: int, one: Away, on: date) -> tuple[str, ...]:
    rotation = one.rotation
    overdue = rotation.state is RotationState.APPROVED and rotation.ends_on < on
    return (
        *(str(order), one.name, one.face.sex, one.face.birth_month, joined_post(rotation.home_name), one.post),
        *(str(DIRECTIONS[rotation.direction]), one.kind, one.left_on, rotation.document),
        "逾期未归" if overdue else ("已延期" if rotation.first_end else ""),
    )


def _of_community(unit: Unit, on: date, codes: Sequence[str], names: tuple[str, ...]) -> ListPaper:
    people = [one for one in serving_at([unit.path], on) if one.path.startswith(unit.path)]
    if not people:
        raise Refused(msg("“%(unit)s”当日没有在岗人员，不能打印覆盖表。", unit=unit.short_name))
    cover = unit_covers([unit.id], on)[unit.id]
    homes = homes_of((one.employee_id for one in people), on)
    query = select(Employee.id, Employee.name).where(Employee.id.in_([one.employee_id for one in people]))
    called = {employee_id: name for employee_id, name in db.session.execute(query)}
    rows = [
        (
            *(str(order), called[one.employee_id], homes[one.employee_id].title),
            *(HELD[one.levels[code]] if code in one.levels else "" for code in codes),
        )
        for order, one in enumerate(people, 1)
    ]
    by_code = {line.code: line for line in cover.lines.values()}
    rows.append(("", "能办人数", "", *(str(by_code[code].able) for code in codes)))
    rows.append(("", "应有人数", "", *(str(by_code[code].wanted) for code in codes)))
    rows.append(("", "缺口", "", *(GAP if by_code[code].is_gap else "" for code in codes)))
    return ListPaper(
        title=f"{unit.short_name}业务覆盖表",
        columns=("序号", "姓名", "职务", *names),
        widths=(10, 20, 38, *_narrow(len(names), WIDE - 68)),
        parts=(_part(unit, on, len(people), tuple(rows)),),
        left=frozenset({2}),
        marks=frozenset({GAP}),
        sums=(f"{_signs()}　“{GAP}”表示能办人数少于应有人数。", f"全岗通 {cover.all_round} 人。"),
        seals=("填表人：", "审核人：", "社区（盖章）："),
    )


def _of_communities(actor: Actor, unit: Unit, on: date, codes: Sequence[str], names: tuple[str, ...]) -> ListPaper:
    query = (
        select(Unit.id, Unit.path)
        .where(
            within(actor, Unit.id, Permission.SKILL_VIEW),
            Unit.path.startswith(unit.path, autoescape=True),
            Unit.kind.in_(COMMUNITY_KINDS),
            or_(Unit.ends_on.is_(None), Unit.ends_on >= on),
            Unit.starts_on <= on,
        )
        .order_by(Unit.code)
        .limit(MOST + 1)
    )
    found = [(community_id, path) for community_id, path in db.session.execute(query)]
    if not found:
        raise Refused(msg("“%(unit)s”没有社区，不能打印覆盖表。", unit=unit.short_name))
    _check_room(len(found))
    covers = unit_covers([community_id for community_id, _ in found], on)
    places = place_names(path for _, path in found)
    rows = [
        _cover_row(order, places[path].replace(" ", ""), covers[community_id], codes)
        for order, (community_id, path) in enumerate(found, 1)
    ]
    gaps = sum(len(covers[community_id].gaps) for community_id, _ in found)
    all_round = sum(covers[community_id].all_round for community_id, _ in found)
    return ListPaper(
        title=f"{unit.short_name}业务覆盖表",
        columns=("序号", "社区", "在岗", *names, "全岗\n通"),
        widths=(10, 42, 12, *_narrow(len(names), WIDE - 76), 12),
        parts=(
            ListPart(
                head=(f"填报单位：{unit.short_name}（盖章）", f"截至 {wording.day_of(on)}", f"共 {len(rows)} 个社区"),
                rows=tuple(rows),
            ),
        ),
        left=frozenset({1}),
        marks=frozenset(
            {cell for row in rows for cell in row if cell.startswith(GAP)},
        ),
        sums=(
            f"各栏为能独立办理该项业务的人数和应有人数，标“{GAP}”的能办人数少于应有人数。",
            f"共有缺口 {gaps} 处，全岗通 {all_round} 人。",
        ),
        seals=_seals(actor),
    )


def _cover_row(order: int, place: str, cover: UnitCover, codes: Sequence[str]) -> tuple[str, ...]:
    by_code = {line.code: line for line in cover.lines.values()}
    return (
        *(str(order), place, str(cover.serving)),
        *(f"{GAP if by_code[code].is_gap else ''}{by_code[code].able}/{by_code[code].wanted}" for code in codes),
        str(cover.all_round),
    )


def _narrow(count: int, room: int) -> tuple[int, ...]:
    return (room // count,) * count


def _signs() -> str:
    return "，".join(f"{sign} {level.zh}" for level, sign in HELD.items()) + "。"


def _part(unit: Unit, on: date, count: int, rows: tuple[tuple[str, ...], ...]) -> ListPart:
    return ListPart(
        head=(f"填报单位：{unit.short_name}（盖章）", f"截至 {wording.day_of(on)}", f"共 {count} 人"), rows=rows
    )


def _seals(actor: Actor) -> tuple[str, ...]:
    return (f"填表人：{actor.display_name}", "审核人：", "单位（盖章）：")


def _check_room(count: int) -> None:
    if count > MOST:
        raise Refused(msg("名册超过 %(most)s 行，请选择下级单位分别打印。", most=MOST))
