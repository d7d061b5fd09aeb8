"""Announcements as official documents (GB/T 9704): 竞岗公告, 入选公示 and 任前公示.

Notices for objections name people with a masked identity number and without a day of birth (DOMAIN.md §11).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import current_app
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import fetch, visible
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.core.pdf.typefaces import fonts
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import place_names
from careerpath.policy import codes
from careerpath.policy.codes import UnitKind
from careerpath.policy.reason import percent, show
from careerpath.policy.talent_pool import Outcome, TalentPoolEdition
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.printing.documents.notices import NoticeTable, Paragraph, Part, PublicNotice, counted, render_notice
from careerpath.printing.queries.wording import foot_of
from careerpath.talent_pool.models import (
    Promotion,
    PromotionState,
    Selection,
    SelectionEntrant,
    SelectionPlaces,
    SelectionState,
)
from careerpath.talent_pool.queries.biography import code_word, joined_post, post_at
from careerpath.talent_pool.queries.condition_words import condition_lines
from careerpath.talent_pool.queries.rules import frozen_rules
from careerpath.talent_pool.queries.selections import near_selection, rules_of
from careerpath.words import NotFound, Refused, msg

NOTICE, RESULT, PROMOTION = "JG", "RX", "RQ"
"""What the numbers of 竞岗公告, 入选公示 and 任前公示 begin with."""

MOST_PROMOTIONS = 200
EMPTY_DAY = "　　年　月　日"
NO_CONTACT = "　　　　　　"
DECIDED = frozenset({SelectionState.DECISION, SelectionState.NOTICE, SelectionState.CONCLUDED})
SHOWN = frozenset({SelectionState.NOTICE, SelectionState.CONCLUDED})
APPROVED = frozenset({PromotionState.APPROVED, PromotionState.NOTICE, PromotionState.CONCLUDED})


def selection_notice(actor: Actor, selection_id: int) -> PublicNotice:
    """竞岗公告: posts and places, conditions, ways and days, stages; a draft before it is announced."""
    selection = near_selection(actor, selection_id, Permission.POOL_VIEW)
    edition = rules_of(selection)
    gate = edition.gate(selection.gate)
    places = _places(selection.id)
    total = sum(count for _, count in places)
    document = edition.head.document
    notice = PublicNotice(
        title=f"关于开展{selection.name}的公告",
        number=selection.document,
        opening=(
            f"为拓宽选人用人视野，根据《{document.strip('《》')}》，决定开展{selection.name}。现将有关事项公告如下。",
        ),
        parts=(
            Part("岗位和名额", (Paragraph(_places_words(gate.name, len(places), total)),)),
            Part("资格条件", counted(_conditions(edition, selection))),
            Part("推荐报名", counted(_ways(selection))),
            Part("竞岗程序", counted(_stages(edition))),
            Part("结果运用", (Paragraph(_use(edition)),)),
            Part("其他事项", counted(tuple(("", text) for text in _others(selection)))),
        ),
        annex=_annex(places, total) if places else None,
        issuer=_issuer(selection.unit_id),
        on=wording.day_of(selection.announced_on) or EMPTY_DAY,
        draft=selection.state is SelectionState.PLANNED,
        example=edition.head.example,
    )
    return _footed(actor, NOTICE, selection.year, selection.id, notice)


def selection_result(actor: Actor, selection_id: int) -> PublicNotice:
    """入选公示 of everybody selected; a draft until the notice is opened. ``Refused`` before the decision."""
    selection = fetch(actor, Selection, selection_id, Permission.POOL_DECIDE)
    rows = _selected(selection.id) if selection.state in DECIDED else []
    if not rows:
        raise Refused(msg("“%(name)s”还没有确定入选人员，不能打印公示。", name=selection.name))
    edition = rules_of(selection)
    draft = selection.state not in SHOWN
    places = place_names(path for _, _, path in rows)
    table = NoticeTable(
        title="入选人员名单",
        columns=("序号", "姓名", "证件号码", "性别", "学历", "现任职务", "入选单位"),
        widths=(6, 10, 27, 6, 11, 25, 22),
        rows=tuple(
            (
                *(str(order), person.name, person.identity_masked, code_word(codes.Sex, person.sex)),
                *(code_word(codes.Education, person.highest_education), joined_post(entrant.home_name)),
                places[path].replace(" ", ""),
            )
            for order, (entrant, person, path) in enumerate(rows, 1)
        ),
        total=f"共{len(rows)}人。",
    )
    notice = PublicNotice(
        title=f"{selection.name}\n入选人员公示",
        opening=(
            f"根据《关于开展{selection.name}的公告》，经推荐报名、资格审查、竞岗测评、研究确定，"
            f"{len(rows)}名同志入选{edition.gate(selection.gate).name}，现予公示。",
        ),
        parts=_notice_parts(selection.notice_starts_on, selection.notice_ends_on, selection.contact, draft=draft),
        annex=table,
        issuer=_issuer(selection.unit_id),
        on="" if draft else wording.day_of(selection.notice_starts_on),
        draft=draft,
        example=edition.head.example,
    )
    return _footed(actor, RESULT, selection.year, selection.id, notice)


def promotion_notice(actor: Actor, promotion_ids: Sequence[int]) -> PublicNotice:
    """任前公示 of one promotion, or of several of one district with the same days.

    A draft until the notice is opened. Raises ``NotFound`` where one of them is not the actor's, ``Refused`` for one
    that is not approved, and for posts that an election decides.
    """
    found = _promotions(actor, promotion_ids)
    days = {(one.notice_starts_on, one.notice_ends_on) for one, _, _ in found}
    if len(days) > 1:
        raise Refused(msg("所选人员的公示日期不同，请按公示日期分别打印。"))
    districts = _districts(path for _, _, path in found)
    if len(districts) > 1:
        raise Refused(msg("所选人员分属不同区县，请分别打印。"))
    starts_on, ends_on = days.pop()
    draft = starts_on is None
    first = found[0][0]
    edition = frozen_rules(first.edition, "")
    places = place_names(path for _, _, path in found)
    texts = tuple(_introduced(one, person, places[path]) for one, person, path in found)
    notice = PublicNotice(
        title="任前公示",
        opening=("为进一步扩大民主，接受群众监督，现将拟任职人员有关情况公示如下。",),
        parts=(
            Part("拟任职人员", counted(texts) if len(texts) > 1 else (Paragraph(f"{texts[0][0]}。{texts[0][1]}"),)),
            *_notice_parts(starts_on, ends_on, "", draft=draft),
        ),
        issuer=_issuer(districts.pop()),
        on=wording.day_of(starts_on),
        draft=draft,
        example=edition.head.example,
    )
    year = (starts_on or first.proposed_on).year
    # A number names one record: a notice about several people has none, and each can be checked by its own.
    if len(found) > 1:
        return replace(notice, foot=foot_of(actor))
    return _footed(actor, PROMOTION, year, first.id, notice)


@dataclass(frozen=True, slots=True)
class Announceable:
    """A promotion that a notice may name, with its days once it is opened."""

    id: int
    name: str
    former_post: str
    place: str
    title: str
    starts_on: date | None
    ends_on: date | None


def announceable(actor: Actor) -> list[Announceable]:
    """The promotions of the actor that are approved or in their notice, newest first. Two queries."""
    query = (
        visible(actor, Promotion, Permission.POOL_DECIDE)
        .add_columns(Employee.name, Unit.path)
        .join(Employee, Employee.id == Promotion.employee_id)
        .join(Unit, Unit.id == Promotion.unit_id)
        .where(Promotion.state.in_((PromotionState.APPROVED, PromotionState.NOTICE)), Promotion.elected.is_(False))
        .order_by(Promotion.id.desc())
        .limit(MOST_PROMOTIONS)
    )
    found = [(one, name, path) for one, name, path in db.session.execute(query)]
    places = place_names(path for _, _, path in found)
    return [
        Announceable(one.id, name, one.former_post, places[path], one.title, one.notice_starts_on, one.notice_ends_on)
        for one, name, path in found
    ]


Making = Callable[[Actor, int], PublicNotice]
KINDS: Mapping[str, Making] = {"selection-notice": selection_notice, "selection-result": selection_result}


def announcement_pdf(actor: Actor, code: str, selection_id: int) -> tuple[str, bytes]:
    """An announcement of a selection as PDF, with a name for the file. ``Refused`` before its time."""
    return _pdf(KINDS[code](actor, selection_id))


def promotion_notice_pdf(actor: Actor, promotion_ids: Sequence[int]) -> tuple[str, bytes]:
    """任前公示 as PDF, with a name for the file."""
    return _pdf(promotion_notice(actor, promotion_ids))


def _pdf(notice: PublicNotice) -> tuple[str, bytes]:
    return f"{notice.name}.pdf", render_notice(current_app.jinja_env, fonts(), notice)


def _footed(actor: Actor, prefix: str, year: int, record_id: int, notice: PublicNotice) -> PublicNotice:
    number = f"{prefix}-{year}-{record_id:06d}"
    return replace(notice, foot=foot_of(actor, number, wording.code_over(number, notice.said())))


def _places(selection_id: int) -> list[tuple[str, int]]:
    """Street and community of every unit with places, in the order of codes, with the number of places."""
    query = (
        select(Unit.path, SelectionPlaces.places)
        .join(Unit, Unit.id == SelectionPlaces.unit_id)
        .where(SelectionPlaces.selection_id == selection_id)
        .order_by(Unit.code)
    )
    rows = [(path, count) for path, count in db.session.execute(query)]
    names = place_names(path for path, _ in rows)
    return [(names[path], count) for path, count in rows]


def _places_words(gate: str, units: int, total: int) -> str:
    return f"本次竞岗选拔{gate}{total}名，涉及{units}个社区，各社区名额见附件。" if units else f"本次竞岗选拔{gate}。"


def _annex(places: Sequence[tuple[str, int]], total: int) -> NoticeTable:
    return NoticeTable(
        title="竞岗名额表",
        columns=("序号", "街道（镇）", "社区", "名额"),
        widths=(10, 32, 44, 14),
        rows=tuple(
            (str(order), street, community or street, str(count))
            for order, (street, community, count) in enumerate(
                ((*place.partition(" ")[::2], count) for place, count in places), 1
            )
        ),
        total=f"合计{len(places)}个社区，{total}名。",
    )


def _conditions(edition: TalentPoolEdition, selection: Selection) -> tuple[tuple[str, str], ...]:
    lines = [("", f"{'；或者'.join(str(word) for word in line.words)}。") for line in
             condition_lines(edition, selection.gate)]  # fmt: skip
    reckoned = f"年龄、年限等的计算截止日期为{wording.day_of(selection.reckoned_on)}。"
    return (*lines, ("", reckoned))


def _ways(selection: Selection) -> tuple[tuple[str, str], ...]:
    first = wording.day_of(selection.announced_on) or "公告之日"
    return (
        ("方式", "采取组织推荐、个人自荐、群众联名推荐三种方式；同一人在本次竞岗中只参加一个社区的竞岗。"),
        ("时间", f"{first}至{wording.day_of(selection.closes_on)}（含当日）。"),
        ("资格审查", "报名人员由主管部门按照本公告规定的条件审查，审查结果和理由告知本人。"),
    )


def _stages(edition: TalentPoolEdition) -> tuple[tuple[str, str], ...]:
    stages = tuple((stage.name, _stage(stage)) for stage in edition.stages)
    weights = [f"{stage.name}占{percent(stage.weight)}" for stage in edition.stages if stage.weight]
    total = f"总成绩按{'、'.join(weights)}计算，" if weights else "以最后一个环节的成绩确定名次，"
    return (*stages, ("确定人选", f"{total}按名次由高到低确定入选人员；并列的由主管部门研究确定并公布理由。"))


def _stage(stage: SelectionStage) -> str:
    parts = [f"满分{show(stage.maximum)}分"]
    if stage.line is not None:
        parts.append(f"低于{show(stage.line)}分的不再进入下一环节")
    if stage.ratio is not None:
        parts.append(f"按名额1∶{show(stage.ratio)}的比例确定进入下一环节人员，末位并列的一并进入")
    return f"{'；'.join(parts)}。"


def _use(edition: TalentPoolEdition) -> str:
    days = f"，公示期不少于{edition.notice.working_days}个工作日" if edition.notice is not None else ""
    return f"拟入选人员名单向社会公示{days}。公示无异议或者异议不影响入选的，纳入后备人才库培养管理。"


def _others(selection: Selection) -> list[str]:
    said = [line.strip() for line in selection.remark.splitlines() if line.strip()]
    said.append("报名材料应当真实，弄虚作假的取消资格；报名人员的个人信息仅用于本次竞岗。")
    if selection.contact:
        said.append(f"咨询和监督：{selection.contact.rstrip('。')}。")
    return said


def _selected(selection_id: int) -> list[tuple[SelectionEntrant, Employee, str]]:
    query = (
        select(SelectionEntrant, Employee, Unit.path)
        .join(Employee, Employee.id == SelectionEntrant.employee_id)
        .join(Unit, Unit.id == SelectionEntrant.unit_id)
        .where(SelectionEntrant.selection_id == selection_id, SelectionEntrant.outcome == Outcome.SELECTED)
        .order_by(Unit.code, SelectionEntrant.rank, Employee.number)
    )
    return [(entrant, person, path) for entrant, person, path in db.session.execute(query)]


def _promotions(actor: Actor, ids: Sequence[int]) -> list[tuple[Promotion, Employee, str]]:
    if not ids:
        raise Refused(msg("请选择要公示的人员。"))
    if len(ids) > MOST_PROMOTIONS:
        raise Refused(msg("一次最多公示 %(most)s 人，请分次打印。", most=MOST_PROMOTIONS))
    query = (
        visible(actor, Promotion, Permission.POOL_DECIDE)
        .add_columns(Employee, Unit.path)
        .join(Employee, Employee.id == Promotion.employee_id)
        .join(Unit, Unit.id == Promotion.unit_id)
        .where(Promotion.id.in_(ids))
        .order_by(Unit.code, Promotion.id)
    )
    found = [(one, person, path) for one, person, path in db.session.execute(query)]
    if len(found) < len(set(ids)):
        raise NotFound
    for one, person, _ in found:
        if one.elected:
            raise Refused(msg("“%(name)s”的拟任职务由选举产生，不作任前公示。", name=person.name))
        if one.state not in APPROVED:
            raise Refused(msg("“%(name)s”的晋升任用尚未批准，不能打印任前公示。", name=person.name))
    return found


def _introduced(one: Promotion, person: Employee, place: str) -> tuple[str, str]:
    said = (
        code_word(codes.Sex, person.sex),
        code_word(codes.Ethnic, person.ethnic),
        f"证件号码{person.identity_masked}",
        code_word(codes.Education, person.highest_education),
        code_word(codes.Political, person.political),
        f"现任{joined_post(one.former_post)}",
        f"拟任{post_at(place, one.title)}",
    )
    return person.name, f"{'，'.join(part for part in said if part)}。"


def _districts(paths: Iterable[str]) -> set[int]:
    wanted = {one for path in paths for one in ids_of(path)}
    query = select(Unit.id).where(Unit.id.in_(wanted), Unit.kind == UnitKind.DISTRICT)
    return set(db.session.scalars(query))


def _notice_parts(starts_on: date | None, ends_on: date | None, contact: str, *, draft: bool) -> tuple[Part, ...]:
    starts, ends = (EMPTY_DAY if draft else wording.day_of(on) or EMPTY_DAY for on in (starts_on, ends_on))
    how = (
        "公示期内，对公示人员有异议的，可以来电、来信或者来访反映。"
        f"受理联系方式：{contact.rstrip('。') or NO_CONTACT}。"
        "反映问题应当实事求是，提倡使用真实姓名并提供联系方式，以便核查和答复；反映人的信息依法保密。"
    )
    return (
        Part("公示时间", (Paragraph(f"{starts}至{ends}（均含当日）。"),)),
        Part("反映方式", (Paragraph(how),)),
    )


def _issuer(unit_id: int) -> str:
    return f"{db.session.get_one(Unit, unit_id).name}（发布单位盖章）"
