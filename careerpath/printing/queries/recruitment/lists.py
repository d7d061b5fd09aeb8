"""The public lists of a batch: 成绩公告, who is interviewed, examined, looked into, and 拟聘用公示.

Names are masked but for those to be appointed: a notice for objections names people, with a masked identity number
(DOMAIN.md §11).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.employees.operations.identity import mask_name
from careerpath.policy.codes import Education, Sex, UnitKind
from careerpath.policy.recruitment import OUTCOMES, Outcome, Stage
from careerpath.printing.documents.notices import NoticeTable, Paragraph, Part, PublicNotice
from careerpath.printing.queries.recruitment import titles
from careerpath.printing.queries.wording import code_name, place_of
from careerpath.recruitment.models import (
    Application,
    BatchState,
    CheckKind,
    Examinee,
    InterviewGroup,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.final import FinalRow, final_rows
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.standing import Standing, standings
from careerpath.recruitment.queries.words import EXAM_CHANNELS
from careerpath.words import Refused, msg

S = BatchState
AFTER_WRITTEN = frozenset({S.INTERVIEW, S.CHECKS, S.NOTICE, S.CONCLUDED})
AFTER_FINAL = frozenset({S.CHECKS, S.NOTICE, S.CONCLUDED})
AFTER_NOTICE = frozenset({S.NOTICE, S.CONCLUDED})

NOBODY = msg("名单上没有人员，不能打印。")


def score_list(actor: Actor, batch_id: int, stage: Stage | None = None) -> PublicNotice:
    """成绩公告 by exam number: written scores, or with ``FINAL`` the totals; by default the newest published.

    Raises ``Refused`` before the scores are released.
    """
    batch = _batch(actor, batch_id)
    wanted = stage or (Stage.FINAL if batch.state in AFTER_FINAL else Stage.SHORTLIST)
    if wanted is Stage.FINAL:
        return _totals(batch)
    _refuse_before(batch, AFTER_WRITTEN)
    rows = _shortlist(batch.id)
    if not rows:
        raise Refused(NOBODY)
    bonus = rules_of(batch).bonus is not None
    places = places_of([position for _, _, position, _ in rows])
    columns = ("岗位\n代码", "招聘单位", "准考证号", "笔试成绩", *(("加分",) if bonus else ()), "名次", "备注")
    table = NoticeTable(
        title="笔试成绩",
        columns=("序号", *columns),
        widths=(6, 9, 25, 16, 11, *((8,) if bonus else ()), 7, 17),
        rows=tuple(
            (
                *(str(order), position.code, places[position.unit_id], examinee.exam_number),
                wording.score(line.written),
                *((wording.score(line.bonus) if line.bonus else "",) if bonus else ()),
                _rank(line),
                _outcome(line.first_outcome),
            )
            for order, (line, examinee, position, _) in enumerate(rows, 1)
        ),
    )
    return PublicNotice(
        title=f"{titles.base_title(batch)}\n笔试成绩公告",
        opening=("现将笔试成绩和进入面试人员名单公告如下。名次按岗位排列，成绩按准考证号公布。",),
        table=table,
        notes=_doubts(batch),
        issuer=_issuer(batch),
        on=wording.day_of(rows[0][0].published_on),
        example=rules_of(batch).head.example,
    )


def interview_list(actor: Actor, batch_id: int) -> PublicNotice:
    """Who is interviewed, when and where as far as it is drawn. The order within a panel is nobody's business yet."""
    batch = _batch(actor, batch_id)
    _refuse_before(batch, AFTER_WRITTEN)
    rows = [row for row in _shortlist(batch.id) if row[1].shortlisted]
    if not rows:
        raise Refused(NOBODY)
    groups = {one.id: one for one in db.session.scalars(select(InterviewGroup).filter_by(batch_id=batch.id))}
    places = places_of([position for _, _, position, _ in rows])
    table = NoticeTable(
        title="面试人员名单",
        columns=("序号", "岗位\n代码", "招聘单位", "准考证号", "姓名", "面试时间、地点"),
        widths=(6, 9, 22, 17, 14, 32),
        rows=tuple(
            (
                *(
                    str(order),
                    position.code,
                    places[position.unit_id],
                    examinee.exam_number,
                    mask_name(application.name),
                ),
                _interview_words(groups.get(examinee.interview_group_id or 0), batch),
            )
            for order, (_, examinee, position, application) in enumerate(rows, 1)
        ),
        total=f"共{len(rows)}人。",
    )
    return PublicNotice(
        title=f"{titles.base_title(batch)}\n面试人员名单",
        opening=(
            "按照公告规定的比例，确定下列人员进入面试。面试前进行资格复审，请携带准考证、有效居民身份证和报名材料原件，"
            "按时到指定地点；逾期不到的，视为自动放弃。面试顺序抽签确定，面试时宣布。",
        ),
        table=table,
        notes=_doubts(batch),
        issuer=_issuer(batch),
        on=wording.day_of(rows[0][0].published_on),
        example=rules_of(batch).head.example,
    )


def medical_list(actor: Actor, batch_id: int) -> PublicNotice:
    """Those to be appointed who go to the medical examination."""
    opening = (
        "按总成绩由高到低的顺序，确定下列人员参加体检。请按通知的时间到指定医院，携带有效居民身份证和准考证；"
        "逾期不到的，视为自动放弃。"
    )
    return _check_list(actor, batch_id, "体检人员名单", opening, lambda one: True)


def background_list(actor: Actor, batch_id: int) -> PublicNotice:
    """Those whose medical examination was passed: who they are is looked into next."""
    opening = (
        "下列人员体检合格，确定为考察对象。考察了解政治表现、道德品行、遵纪守法和工作实绩等情况，"
        "请有关单位和个人予以配合。"
    )
    return _check_list(actor, batch_id, "考察人员名单", opening, _medically_fit)


def appointment_notice(actor: Actor, batch_id: int) -> PublicNotice:
    """拟聘用公示 of the latest round; before one is opened a draft with everybody who passed all checks."""
    batch = _batch(actor, batch_id)
    _refuse_before(batch, AFTER_FINAL)
    draft = batch.state not in AFTER_NOTICE
    named = [one for one in standings(batch.id) if one.proposed and (_ready(one) if draft else _named(one, batch))]
    if not named:
        raise Refused(msg("没有可以公示的人员：体检、考察均合格的拟聘用人员才列入公示。"))
    return PublicNotice(
        title=f"{titles.base_title(batch)}\n拟聘用人员公示",
        opening=(
            f"根据《{batch.title}》，经报名、资格审查、考试、体检、考察等程序，确定{len(named)}名拟聘用人员，现予公示。",
        ),
        parts=_parts(batch),
        annex=_appointments(named),
        issuer=_issuer(batch),
        on="" if draft else wording.day_of(batch.notice_starts_on),
        draft=draft,
        example=rules_of(batch).head.example,
    )


def places_of(positions: Sequence[RecruitmentPosition]) -> Mapping[int, str]:
    """The units of positions, communities with their street, by id: one query."""
    above = aliased(Unit)
    query = (
        select(Unit.id, Unit.short_name, Unit.kind, above.short_name)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Unit.id.in_({position.unit_id for position in positions}))
    )
    return {
        unit_id: place_of(name, street or "", kind is UnitKind.COMMUNITY)
        for unit_id, name, kind, street in db.session.execute(query)
    }


def _totals(batch: RecruitmentBatch) -> PublicNotice:
    _refuse_before(batch, AFTER_FINAL)
    rows = [row for row in final_rows(batch.id) if row.examinee is not None and row.line.interview is not None]
    if not rows:
        raise Refused(NOBODY)
    bonus = rules_of(batch).bonus is not None
    places = places_of([row.position for row in rows])
    table = NoticeTable(
        title="总成绩",
        columns=(
            *("序号", "岗位\n代码", "招聘单位", "准考证号", "笔试\n成绩", *(("加分",) if bonus else ())),
            *("面试\n成绩", "总成绩", "名次", "备注"),
        ),
        widths=(6, 7, 20, 19, 9, *((8,) if bonus else ()), 9, 9, 6, 15),
        rows=tuple(
            (
                *(str(order), row.position.code, places[row.position.unit_id], row.number),
                wording.score(row.line.written),
                *((wording.score(row.line.bonus) if row.line.bonus else "",) if bonus else ()),
                *(wording.score(row.line.interview), wording.score(row.line.total)),
                *(_rank(row.line), _outcome(row.line.first_outcome)),
            )
            for order, row in enumerate(rows, 1)
        ),
    )
    return PublicNotice(
        title=f"{titles.base_title(batch)}\n总成绩公告",
        opening=("现将面试成绩和总成绩公告如下。名次按岗位排列，成绩按准考证号公布。",),
        table=table,
        notes=_doubts(batch),
        issuer=_issuer(batch),
        on=wording.day_of(rows[0].line.published_on),
        example=rules_of(batch).head.example,
    )


def _check_list(
    actor: Actor, batch_id: int, title: str, opening: str, wanted: Callable[[Standing], bool]
) -> PublicNotice:
    batch = _batch(actor, batch_id)
    _refuse_before(batch, AFTER_FINAL)
    rows = [one.row for one in standings(batch.id) if one.proposed and _examined(one.row) and wanted(one)]
    if not rows:
        raise Refused(NOBODY)
    places = places_of([row.position for row in rows])
    table = NoticeTable(
        title=title,
        columns=("序号", "岗位\n代码", "招聘单位", "岗位名称", "准考证号", "姓名", "备注"),
        widths=(6, 9, 24, 17, 17, 13, 14),
        rows=tuple(
            (
                *(str(order), row.position.code, places[row.position.unit_id], row.position.title),
                *(row.number, mask_name(row.application.name), _moved_up(row)),
            )
            for order, row in enumerate(rows, 1)
        ),
        total=f"共{len(rows)}人。",
    )
    return PublicNotice(
        title=f"{titles.base_title(batch)}\n{title}",
        opening=(opening,),
        table=table,
        notes=_doubts(batch),
        issuer=_issuer(batch),
        on=wording.day_of(clock.today()),
        example=rules_of(batch).head.example,
    )


def _appointments(named: Sequence[Standing]) -> NoticeTable:
    rows = [one.row for one in named]
    places = places_of([row.position for row in rows])
    return NoticeTable(
        title="拟聘用人员名单",
        columns=("序号", "姓名", "证件号码", "性别", "学历", "招聘单位及岗位", "准考证号", "总成绩"),
        widths=(6, 12, 24, 6, 12, 28, 13, 9),
        rows=tuple(
            (
                *(str(order), row.application.name, row.application.identity_masked),
                code_name(Sex, row.application.sex),
                code_name(Education, row.application.education),
                f"{row.position.code}　{places[row.position.unit_id]}　{row.position.title}",
                *(row.number if _examined(row) else "", wording.score(row.line.total)),
            )
            for order, row in enumerate(rows, 1)
        ),
        total=f"共{len(rows)}人。",
    )


def _parts(batch: RecruitmentBatch) -> tuple[Part, ...]:
    starts, ends = _day_or_blank(batch.notice_starts_on), _day_or_blank(batch.notice_ends_on)
    wanted = rules_of(batch).notice
    days = f"，公示期不少于{wanted.working_days}个工作日" if wanted is not None else ""
    contact = batch.contact.rstrip("。") or "　　　　　　"
    how = (
        f"公示期内，对公示人员有异议的，可以来电、来信或者来访反映。受理联系方式：{contact}。"
        "反映问题应当实事求是，提倡使用真实姓名并提供联系方式，以便核查和答复；反映人的信息依法保密。"
    )
    return (
        Part("公示时间", (Paragraph(f"{starts}至{ends}（均含当日）{days}。"),)),
        Part("反映方式", (Paragraph(how),)),
    )


def _batch(actor: Actor, batch_id: int) -> RecruitmentBatch:
    return fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_DECIDE)


def _refuse_before(batch: RecruitmentBatch, states: frozenset[BatchState]) -> None:
    if batch.state not in states:
        raise Refused(msg("“%(name)s”还没有到公布这份名单的阶段，不能打印。", name=batch.name))


def _shortlist(batch_id: int) -> list[tuple[ListLine, Examinee, RecruitmentPosition, Application]]:
    """The published lines of the written exam by position, the ranked ones first: one query."""
    query = (
        select(ListLine, Examinee, RecruitmentPosition, Application)
        .join(Examinee, Examinee.application_id == ListLine.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
        .join(Application, Application.id == ListLine.application_id)
        .where(ListLine.batch_id == batch_id, ListLine.stage == Stage.SHORTLIST)
        .order_by(RecruitmentPosition.code, ListLine.rank.is_(None), ListLine.rank, Examinee.exam_number)
    )
    return [(line, examinee, position, one) for line, examinee, position, one in db.session.execute(query)]


def _named(one: Standing, batch: RecruitmentBatch) -> bool:
    """Whether the latest round names the person: earlier rounds ended on another day."""
    return one.row.line.notice_ends_on is not None and one.row.line.notice_ends_on == batch.notice_ends_on


def _ready(one: Standing) -> bool:
    return not one.unchecked()


def _medically_fit(one: Standing) -> bool:
    check = one.check(CheckKind.MEDICAL)
    return check is not None and check.passed


def _examined(row: FinalRow) -> bool:
    return row.position.channel in EXAM_CHANNELS


def _moved_up(row: FinalRow) -> str:
    return "递补" if row.line.first_outcome is not Outcome.PROPOSED else ""


def _outcome(outcome: Outcome) -> str:
    return str(OUTCOMES[outcome])


def _rank(line: ListLine) -> str:
    return "" if line.rank is None else str(line.rank)


def _interview_words(group: InterviewGroup | None, batch: RecruitmentBatch) -> str:
    if group is not None:
        return f"{wording.day_of(group.on)}{group.time}　{group.place}"
    return f"{wording.day_of(batch.interview_on)}　地点另行通知" if batch.interview_on else "另行通知"


def _doubts(batch: RecruitmentBatch) -> tuple[str, ...]:
    contact = batch.contact.rstrip("。")
    return (f"对以上内容有疑问的，请及时咨询：{contact}。",) if contact else ()


def _issuer(batch: RecruitmentBatch) -> str:
    return f"{db.session.get_one(Unit, batch.unit_id).name}（发布单位盖章）"


def _day_or_blank(on: date | None) -> str:
    return wording.day_of(on) or "　　年　月　日"
