"""The papers of a call for honours: 评选公告, 公示, 表彰决定, and 推荐审批表 of the nominated."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from flask import current_app
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.core.pdf.typefaces import fonts
from careerpath.employees.models import Employee, Honour
from careerpath.employees.queries.homes import place_names
from careerpath.honours.models import CallState, HonourCall, HonourNominee, NomineeState
from careerpath.honours.queries.reach import near_call
from careerpath.honours.queries.words import NOMINEE_STATES
from careerpath.policy import codes
from careerpath.policy.codes import HonourLevel
from careerpath.printing.documents.growth.honours import RESUME_WIDTH, HonourForm
from careerpath.printing.documents.notices import NoticeTable, Paragraph, Part, PublicNotice, counted, render_notice
from careerpath.printing.documents.talent_pool.resume import hung_lines
from careerpath.printing.queries.growth.feet import foot_form, foot_paper, number_of
from careerpath.printing.queries.talent_pool.entrants import party_words
from careerpath.talent_pool.queries.biography import Biography, biographies, code_word, joined_post
from careerpath.talent_pool.queries.cadre import portrait
from careerpath.words import Refused, msg

NOTICE, PUBLICITY, DECISION, FORM = "PB", "GS", "BZ", "TB"
"""What the numbers of 评选公告, 公示, 表彰决定 and 推荐审批表 begin with."""

EMPTY_DAY = "　　年　月　日"
CHOSEN = frozenset({NomineeState.CHOSEN, NomineeState.GRANTED})
JUDGED = frozenset({NomineeState.CHOSEN, NomineeState.NOT_CHOSEN, NomineeState.GRANTED, NomineeState.REFUSED})
SHOWN = frozenset({CallState.NOTICE, CallState.REFERRED, CallState.CONCLUDED})


def call_notice(actor: Actor, call_id: int) -> PublicNotice:
    """评选公告: places, conditions, how to nominate, how it goes on; a draft before it is announced."""
    call = near_call(actor, call_id, Permission.HONOUR_VIEW)
    if call.state is CallState.CANCELLED:
        raise Refused(msg("“%(name)s”已取消，不能打印公告。", name=call.name))
    draft = call.state is CallState.PLANNED
    notice = PublicNotice(
        title=f"关于开展\n{call.name}的公告",
        number=call.document,
        to="各街道（镇）、社区",
        opening=(f"为选树先进典型，激励社区工作者担当作为，决定开展{call.name}。现将有关事项公告如下。",),
        parts=(
            Part("评选名额", (Paragraph(_places(call)),)),
            Part("评选条件", counted(_conditions(call))),
            Part("推荐申报", counted(_nominating(call))),
            Part("评选程序", counted(_stages(call))),
        ),
        issuer=_issuer(call),
        on=wording.day_of(call.announced_on) or EMPTY_DAY,
        draft=draft,
    )
    return foot_paper(actor, notice, number_of(NOTICE, call.year, call.id))


def call_publicity(actor: Actor, call_id: int) -> PublicNotice:
    """公示 of those chosen; a draft until the notice is opened. ``Refused`` while nobody is chosen."""
    call = fetch(actor, HonourCall, call_id, Permission.HONOUR_DECIDE)
    found = _chosen(call.id, JUDGED - {NomineeState.NOT_CHOSEN})
    if not found or call.state not in SHOWN | {CallState.REVIEW}:
        raise Refused(msg("“%(name)s”还没有确定入选人员，不能打印公示。", name=call.name))
    draft = call.state is CallState.REVIEW
    starts, ends = (
        EMPTY_DAY if draft else wording.day_of(on) or EMPTY_DAY for on in (call.notice_starts_on, call.notice_ends_on)
    )
    proposed = "拟推荐" if call.outside else "拟表彰"
    notice = PublicNotice(
        title=f"{call.name}\n{proposed}人选公示",
        opening=(
            f"根据《关于开展{call.name}的公告》，经推荐申报、评审、研究确定，{proposed}{len(found)}名同志为"
            f"“{call.title}”{'人选' if call.outside else ''}，现予公示。",
        ),
        parts=(
            Part("公示时间", (Paragraph(f"{starts}至{ends}（均含当日）。"),)),
            Part(
                "反映方式",
                (
                    Paragraph(
                        "公示期内，对公示人员有异议的，可以来电、来信或者来访反映。受理联系方式：　　　　　　。"
                        "反映问题应当实事求是，提倡使用真实姓名并提供联系方式，以便核查和答复；反映人的信息依法保密。"
                    ),
                ),
            ),
        ),
        annex=NoticeTable(
            title=f"{proposed}人选名单",
            columns=("序号", "姓名", "证件号码", "性别", "单位及职务"),
            widths=(9, 14, 30, 9, 44),
            rows=tuple(
                (
                    *(str(order), person.name, person.identity_masked, code_word(codes.Sex, person.sex)),
                    joined_post(nominee.home_name),
                )
                for order, (nominee, person) in enumerate(found, 1)
            ),
            left=frozenset({4}),
            total=f"共{len(found)}人。",
        ),
        issuer=_issuer(call),
        on=EMPTY_DAY if draft else wording.day_of(call.notice_starts_on),
        draft=draft,
    )
    return foot_paper(actor, notice, number_of(PUBLICITY, call.year, call.id))


def call_decision(actor: Actor, call_id: int) -> PublicNotice:
    """表彰决定 of an honour that the district grants itself; a draft until it is granted.

    Raises ``Refused`` for one that a body above grants, and before the public notice.
    """
    call = fetch(actor, HonourCall, call_id, Permission.HONOUR_DECIDE)
    if call.outside:
        raise Refused(msg("“%(name)s”由上级授予，表彰决定以上级文件为准。", name=call.name))
    found = _chosen(call.id, CHOSEN)
    if not found or call.state not in SHOWN:
        raise Refused(msg("“%(name)s”还没有公示，不能打印表彰决定。", name=call.name))
    draft = call.state is not CallState.CONCLUDED
    names = "、".join(person.name for _, person in found)
    said = f"授予{names}等{len(found)}名同志" if len(found) > 1 else f"授予{names}同志"
    notice = PublicNotice(
        title=f"关于表彰\n{call.title}的决定",
        number=call.grant_document,
        to="各街道（镇）、社区",
        opening=(
            f"近年来，广大社区工作者立足本职、服务群众，涌现出一批先进典型。经推荐申报、评审、公示，决定{said}"
            f"“{call.title}”称号。",
            "希望受到表彰的同志珍惜荣誉，再接再厉，发挥示范带动作用。"
            "广大社区工作者要以受表彰的同志为榜样，爱岗敬业，扎实工作，不断提高服务群众的能力和水平。",
        ),
        annex=NoticeTable(
            title=f"{call.title}名单",
            columns=("序号", "姓名", "单位及职务"),
            widths=(12, 22, 66),
            rows=tuple(
                (str(order), person.name, joined_post(nominee.home_name))
                for order, (nominee, person) in enumerate(found, 1)
            ),
            left=frozenset({2}),
            total=f"共{len(found)}人。",
        ),
        issuer=f"{call.granted_by or _issuer(call)}",
        on=wording.day_of(call.granted_on) or EMPTY_DAY,
        draft=draft,
    )
    return foot_paper(actor, notice, number_of(DECISION, call.year, call.id))


Making = Callable[[Actor, int], PublicNotice]
KINDS: Mapping[str, Making] = {
    "honour-notice": call_notice,
    "honour-publicity": call_publicity,
    "honour-decision": call_decision,
}
"""The announcements of a call by the code of their form."""


def announcement_pdf(actor: Actor, code: str, call_id: int) -> tuple[str, bytes]:
    """An announcement of a call as PDF, with a name for the file. ``Refused`` before its time."""
    notice = KINDS[code](actor, call_id)
    return f"{notice.name}.pdf", render_notice(current_app.jinja_env, fonts(), notice)


def honour_forms(actor: Actor, nominee_ids: Collection[int], *, photos: bool = True) -> list[HonourForm]:
    """推荐审批表 of some nominees as far as the actor may see them, by unit and number. Twelve queries."""
    query = (
        visible(actor, HonourNominee, Permission.HONOUR_VIEW)
        .add_columns(HonourCall, Unit.path)
        .join(HonourCall, HonourCall.id == HonourNominee.call_id)
        .join(Unit, Unit.id == HonourNominee.unit_id)
        .join(Employee, Employee.id == HonourNominee.employee_id)
        .where(HonourNominee.id.in_(nominee_ids), HonourNominee.state != NomineeState.WITHDRAWN)
        .order_by(Unit.code, Employee.number)
    )
    found = [(nominee, call, path) for nominee, call, path in db.session.execute(query)]
    lives = biographies([nominee.employee_id for nominee, _, _ in found], clock.today())
    places = place_names(path for _, _, path in found)
    held = _held([nominee.employee_id for nominee, _, _ in found])
    forms = []
    for nominee, call, path in found:
        life = lives[nominee.employee_id]
        number = number_of(FORM, call.year, nominee.id)
        form = _form(nominee, call, life, places[path].partition(" ")[0], held.get(nominee.employee_id, ""), number)
        forms.append(foot_form(actor, _pictured(form, life) if photos else form, number))
    return forms


def nominee_ids(actor: Actor, call_id: int, *, numbers: Sequence[str] = (), path: str = "") -> list[int]:
    """The nominated of a call in the order of printing, as far as the actor may see them."""
    call = near_call(actor, call_id, Permission.HONOUR_VIEW)
    query = (
        visible(actor, HonourNominee, Permission.HONOUR_VIEW)
        .with_only_columns(HonourNominee.id)
        .join(Employee, Employee.id == HonourNominee.employee_id)
        .join(Unit, Unit.id == HonourNominee.unit_id)
        .where(HonourNominee.call_id == call.id, HonourNominee.state != NomineeState.WITHDRAWN)
        .order_by(Unit.code, Employee.number)
    )
    if numbers:
        query = query.where(Employee.number.in_(numbers))
    if path:
        query = query.where(Unit.path.startswith(path, autoescape=True))
    return list(db.session.scalars(query))


def _form(nominee: HonourNominee, call: HonourCall, life: Biography, street: str, held: str, number: str) -> HonourForm:
    person = life.employee
    study = life.in_service if life.in_service.school else life.full_time
    decided = nominee.state in (NomineeState.GRANTED, NomineeState.REFUSED)
    return HonourForm(
        title=f"{call.title}推荐审批表",
        unit=street,
        number=number,
        name=person.name,
        sex=code_word(codes.Sex, person.sex),
        birth_month=wording.month_of(person.born_on),
        ethnic=code_word(codes.Ethnic, person.ethnic),
        native_place=person.native_place,
        political=code_word(codes.Political, person.political),
        joined_party=party_words(life.joined_party),
        education=code_word(codes.Education, person.highest_education),
        school=study.school,
        certificate=code_word(codes.Certificate, person.highest_certificate) or "无",
        joined_work=wording.month_of(person.joined_work_on),
        joined_community=wording.month_of(person.joined_community_on),
        home=joined_post(nominee.home_name),
        honour=f"{call.title}（{code_word(HonourLevel, call.level)}）",
        nominated_by=nominee.nominated_by,
        resume="\n".join(hung_lines(((line.starts_on, line.ends_on, line.text) for line in life.resume), RESUME_WIDTH)),
        merits=nominee.merits,
        honours=held or "无",
        result=f"{NOMINEE_STATES[nominee.state]}。{call.grant_document}" if decided else "",
    )


def _pictured(form: HonourForm, life: Biography) -> HonourForm:
    return replace(form, photo=portrait(life.employee))


def _held(employee_ids: Sequence[int]) -> dict[int, str]:
    """The honours that stand in some people's files, in one text each. One query; measures are not looked at."""
    query = (
        select(Honour)
        .where(Honour.employee_id.in_(employee_ids), Honour.superseded_at.is_(None))
        .order_by(Honour.granted_on, Honour.id)
    )
    said: dict[int, list[str]] = {}
    for one in db.session.scalars(query):
        if one.kind in codes.honours.REPRESENTATION:
            text = f"{one.granted_on.year}年{one.granted_on.month}月起任{one.title}"
        else:
            by = f"被{one.granted_by}" if one.granted_by else "被"
            text = f"{one.granted_on.year}年{one.granted_on.month}月{by}授予“{one.title}”称号"
        said.setdefault(one.employee_id, []).append(text)
    return {employee_id: "；".join(texts) + "。" for employee_id, texts in said.items()}


def _chosen(call_id: int, states: Collection[NomineeState]) -> list[tuple[HonourNominee, Employee]]:
    query = (
        select(HonourNominee, Employee)
        .join(Employee, Employee.id == HonourNominee.employee_id)
        .where(HonourNominee.call_id == call_id, HonourNominee.state.in_(states))
        .order_by(HonourNominee.rank.is_(None), HonourNominee.rank, Employee.number)
    )
    return [(nominee, person) for nominee, person in db.session.execute(query)]


def _places(call: HonourCall) -> str:
    granted = f"，由{call.granted_by}授予" if call.granted_by else ""
    done = "推荐" if call.outside else "评选"
    return f"{done}“{call.title}”{call.places}名{granted}。"


def _conditions(call: HonourCall) -> tuple[tuple[str, str], ...]:
    said = [line.strip() for line in call.conditions.splitlines() if line.strip()]
    if call.least_years:
        said.append(f"截至{wording.day_of(call.closes_on)}，从事社区工作满{call.least_years}年")
    return tuple(
        ("", f"{line.rstrip('。；')}。") for line in said or ["政治坚定，作风优良，工作实绩突出，群众认可度高"]
    )


def _nominating(call: HonourCall) -> tuple[tuple[str, str], ...]:
    first = wording.day_of(call.announced_on) or "公告之日"
    return (
        ("时间", f"{first}至{wording.day_of(call.closes_on)}（含当日）。"),
        ("方式", "由各街道（镇）在征求社区党组织意见的基础上择优推荐，填写《推荐审批表》。"),
        ("要求", "推荐材料应当真实准确，主要事迹突出实绩；弄虚作假的，取消评选资格。"),
    )


def _stages(call: HonourCall) -> tuple[tuple[str, str], ...]:
    stages = [
        ("评审", "主管部门对推荐人选进行审核、评审，研究确定入选人员。"),
        ("公示", "入选人员名单向社会公示，接受监督。"),
    ]
    if call.outside:
        stages.append(("上报", f"公示无异议的，报{call.granted_by or '上级'}审批。"))
    else:
        stages.append(("表彰", "公示无异议的，作出表彰决定，颁发证书。"))
    return tuple(stages)


def _issuer(call: HonourCall) -> str:
    return f"{db.session.get_one(Unit, call.unit_id).name}（盖章）"
