"""招聘公告: the frozen rules, days and positions of a batch as an official document."""

from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.policy.codes import Post, UnitKind
from careerpath.policy.reason import percent, show
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.policy.recruitment.parts import AddsTo, BreakBy, LastPlace, LineOf, Rounded
from careerpath.policy.rounding import ROUNDINGS
from careerpath.printing.documents.notices import NoticeTable, Paragraph, Part, PublicNotice, counted
from careerpath.printing.queries.recruitment import titles
from careerpath.printing.queries.recruitment.conditions import bonus, conditions, documents
from careerpath.printing.queries.wording import code_name, place_of
from careerpath.recruitment.models import BatchState, RecruitmentBatch, RecruitmentPosition
from careerpath.recruitment.queries.advice import reckoned_on
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.words import CHANNEL_NAMES, EXAM_CHANNELS

YEAR = 12
ONE = Decimal(1)

Announced = list[tuple[RecruitmentPosition, str]]


def recruitment_notice(actor: Actor, batch_id: int) -> PublicNotice:
    """The notice of a batch the actor meets; a draft until it is published."""
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_VIEW)
    edition = rules_of(batch)
    unit = db.session.get_one(Unit, batch.unit_id)
    listed = announced(batch)
    places = sum(position.places for position, _ in listed)
    return PublicNotice(
        title=_broken(batch.title.strip()),
        number=batch.document,
        opening=(
            f"为加强社区工作者队伍建设，根据{_cited(edition.head.document)}，"
            f"{unit.name}决定招聘社区工作者{places}名。现将有关事项公告如下：",
        ),
        parts=_parts(batch, edition, places),
        issuer=f"{unit.name}（发布单位盖章）",
        on=wording.day_of(batch.announced_on),
        annex=_annex(edition, listed, places),
        draft=batch.state is BatchState.PLANNED,
        example=edition.head.example,
    )


def announced(batch: RecruitmentBatch) -> Announced:
    """The positions that the notice announces with their units: those that lead through the exam, else all."""
    above = aliased(Unit)
    query = (
        select(RecruitmentPosition, Unit, above.short_name)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(RecruitmentPosition.batch_id == batch.id)
        .order_by(RecruitmentPosition.code)
    )
    rows = [
        (position, place_of(unit.short_name, street or "", unit.kind is UnitKind.COMMUNITY))
        for position, unit, street in db.session.execute(query)
    ]
    return [row for row in rows if row[0].channel in EXAM_CHANNELS] or rows


def _parts(batch: RecruitmentBatch, edition: RecruitmentEdition, places: int) -> tuple[Part, ...]:
    parts = [
        Part("招聘岗位和人数", (_text(f"共招聘{places}名，各岗位的人数、对象和要求见附件。"),)),
        Part("报名条件", counted(conditions(edition, reckoned_on(batch)))),
        Part("报名", _entering(batch, edition)),
        Part("资格审查", _texts(_REVIEW)),
        Part("笔试", _written(batch, edition)),
    ]
    if edition.bonus is not None:
        parts.append(Part("加分", _texts(bonus(edition))))
    parts += [
        Part("面试", _interview(batch, edition)),
        Part("总成绩", _total(edition)),
        Part("体检和考察", _texts(_CHECKS)),
        Part("公示和聘用", _hiring(edition)),
    ]
    if edition.reserve is not None:
        parts.append(Part("递补", _texts(_reserve(edition))))
    parts.append(Part("其他事项", _others(batch)))
    return tuple(part for part in parts if part.paragraphs)


_REVIEW = (
    "资格审查分初审和复审，由不同人员进行，贯穿招聘工作全过程。材料不全的，应当在报名截止前补正；"
    "不符合条件的，告知理由。报考人员对所填信息和所交材料的真实性负责，弄虚作假的，一经查实即取消资格。"
)
_CHECKS = (
    "按总成绩由高到低的顺序，以招聘人数1:1的比例确定体检和考察人选。体检在指定医院进行，费用和复检按有关规定办理；"
    "考察主要了解政治表现、道德品行、遵纪守法和工作实绩等情况。体检、考察不合格或者本人放弃的，不予聘用。"
)


def _entering(batch: RecruitmentBatch, edition: RecruitmentEdition) -> tuple[Paragraph, ...]:
    onsite = "到报考岗位所在街道（镇）现场报名"
    way = f"网上报名或者现场报名：登录网上报名页面填报，或者{onsite}" if batch.public else onsite
    first, last = wording.day_of(batch.opens_on) or "公告发布之日", wording.day_of(batch.closes_on)
    days = f"{first}至{last}（含当日），逾期不予受理。"
    how = f"{way}。每人限报一个岗位，使用有效居民身份证，报名与考试使用的证件应当一致。"
    said = (("时间", days), ("方式", how), ("材料", documents(edition)))
    return counted(tuple((head, text) for head, text in said if text))


def _written(batch: RecruitmentBatch, edition: RecruitmentEdition) -> tuple[Paragraph, ...]:
    rule = edition.written
    when = titles.exam_time(batch)
    said = f"笔试时间为{when}，" if when else "笔试时间另行通知，"
    said += "地点以准考证为准。考生凭准考证和本人有效居民身份证原件参加考试。"
    papers = "；".join(
        f"《{paper.name}》满分{show(paper.maximum)}分"
        + ("" if paper.weight == 1 else f"，按{percent(paper.weight)}计入笔试成绩")
        for paper in rule.papers
    )
    score = f"笔试满分{show(rule.maximum)}分，成绩{_decimals(rule.decimals)}。"
    return _texts(said, (f"笔试科目：{papers}。" if papers else "") + score, _line(edition, LineOf.WRITTEN))


def _interview(batch: RecruitmentBatch, edition: RecruitmentEdition) -> tuple[Paragraph, ...]:
    rule = edition.interview
    who = "笔试合格人员全部进入面试。"
    if edition.shortlist is not None and edition.ties is not None:
        added = "（含加分）" if edition.bonus is not None and edition.bonus.adds_to is AddsTo.WRITTEN else ""
        ties = (
            "末位成绩并列的，一并进入面试"
            if edition.ties.last_place is LastPlace.ALL
            else "末位成绩并列的，按本公告关于成绩相同的规定确定"
        )
        who = (
            f"按笔试成绩{added}由高到低的顺序，以招聘人数1:{show(edition.shortlist.ratio)}的比例确定面试人选，"
            f"不足一人的按一人计；{ties}。达不到比例的，按实际合格人数确定。"
        )
    dropped = [
        f"{count}个{word}" for count, word in ((rule.drop_highest, "最高分"), (rule.drop_lowest, "最低分")) if count
    ]
    mean = f"去掉{'和'.join(dropped)}后取平均分" if dropped else "取平均分"
    judges = f"每组考官不少于{rule.judges}人，{mean}，" if rule.judges > 1 else ""
    when = f"面试时间为{wording.day_of(batch.interview_on)}，地点另行通知。" if batch.interview_on else ""
    score = f"面试满分{show(rule.maximum)}分，{judges}成绩{_decimals(rule.decimals)}。"
    return _texts(who, when + "面试前对面试人选进行资格复审，核验材料原件。", score, _line(edition, LineOf.INTERVIEW))


def _total(edition: RecruitmentEdition) -> tuple[Paragraph, ...]:
    shares, rule = edition.weights, edition.total
    in_written = edition.bonus is not None and edition.bonus.adds_to is AddsTo.WRITTEN
    terms = []
    if shares.written:
        terms.append(f"笔试成绩{'（含加分）' if in_written else ''}×{percent(shares.written)}")
    if shares.interview:
        terms.append(f"面试成绩×{percent(shares.interview)}")
    if edition.bonus is not None and not in_written:
        terms.append("加分")
    stage = {
        Rounded.COMPONENT: "笔试、面试成绩先分别取位，再按权重计算",
        Rounded.WEIGHTED: "笔试、面试成绩及其折算分均先取位，再相加",
        Rounded.TOTAL: "计算过程不取位，只对总成绩取位",
    }[rule.stage]
    rounding = f"总成绩{_decimals(rule.decimals)}，{ROUNDINGS[rule.rounding.value]}"
    if ONE in (shares.written, shares.interview):
        terms, stage = [term.removesuffix(f"×{percent(ONE)}") for term in terms], ""
    how = f"总成绩={'+'.join(terms)}。{'；'.join(part for part in (rounding, stage) if part)}。"
    return _texts(how, _line(edition, LineOf.TOTAL), _tie_breaks(edition))


def _tie_breaks(edition: RecruitmentEdition) -> str:
    papers = {paper.code: paper.name for paper in edition.written.papers}
    words: dict[BreakBy, Callable[[str], str]] = {
        BreakBy.INTERVIEW: lambda _: "面试成绩高者优先",
        BreakBy.WRITTEN: lambda _: "笔试成绩高者优先",
        BreakBy.WRITTEN_WITHOUT_BONUS: lambda _: "不含加分的笔试成绩高者优先",
        BreakBy.PAPER: lambda code: f"《{papers.get(code, code)}》成绩高者优先",
        BreakBy.BONUS: lambda _: "加分高者优先",
        BreakBy.GROUP: lambda code: f"{edition.group_name(code)}优先",
    }
    links = [words[link.by](link.code) for link in edition.tie_breaks]
    if not links:
        return "成绩相同、影响名次的，由招聘单位研究决定并公布理由。"
    chain = f"依次按{'、'.join(links)}的顺序确定名次" if len(links) > 1 else links[0]
    return f"成绩相同的，{chain}；仍相同、影响名次的，由招聘单位研究决定并公布理由。"


def _hiring(edition: RecruitmentEdition) -> tuple[Paragraph, ...]:
    days = f"，公示期为{edition.notice.working_days}个工作日" if edition.notice is not None else ""
    public = f"体检、考察合格的，确定为拟聘用人员并向社会公示{days}。公示无异议或者异议不影响聘用的，办理聘用手续。"
    rule = edition.probation
    if rule is None:
        return _texts(public, "聘用人员依法签订劳动合同，享受社区工作者待遇。")
    length = "签订无固定期限劳动合同"
    if rule.contract_months is not None:
        years, months = divmod(rule.contract_months, YEAR)
        words = f"{years}年" if not months else f"{rule.contract_months}个月"
        length = f"签订期限为{words}的劳动合同"
    trial = f"，试用期{rule.months}个月，试用期满考核合格的正式聘用" if rule.months else "，不设试用期"
    return _texts(public, f"聘用人员依法{length}{trial}；享受社区工作者待遇。")


def _reserve(edition: RecruitmentEdition) -> str:
    rule = edition.reserve
    if rule is None:
        return ""
    most = "" if rule.length is None else f"，每个岗位的递补人选不超过{rule.length}人"
    last = "含期满当日" if rule.last_day_inclusive else "不含期满当日"
    return (
        f"因放弃、体检或者考察不合格等出现空缺的，自最终名单公布之日起{rule.months}个月内（{last}），"
        f"在报考同一岗位的成绩合格人员中按名次依次递补{most}。"
    )


def _line(edition: RecruitmentEdition, of: LineOf) -> str:
    line = edition.line(of)
    if line is None:
        return ""
    name = {LineOf.WRITTEN: "笔试成绩", LineOf.INTERVIEW: "面试成绩", LineOf.TOTAL: "总成绩"}[of]
    added = "（含加分）" if line.with_bonus else "（不含加分）" if edition.bonus and of is not LineOf.INTERVIEW else ""
    after = "不得进入面试" if of is LineOf.WRITTEN else "不予聘用"
    return f"{name}{added}的合格分数线为{show(line.line)}分，低于{show(line.line)}分的{after}。"


def _others(batch: RecruitmentBatch) -> tuple[Paragraph, ...]:
    said = [line.strip() for line in batch.remark.splitlines() if line.strip()]
    said.append("报考人员的个人信息仅用于本次招聘，未聘用人员的信息在保存期满后删除；招聘不举办也不委托举办任何培训。")
    if batch.contact:
        said.append(f"咨询和监督：{batch.contact.rstrip('。')}。")
    return counted(tuple(("", text) for text in said))


def _annex(edition: RecruitmentEdition, listed: Announced, places: int) -> NoticeTable:
    rows = tuple(
        (
            position.code,
            place,
            _post(position),
            str(CHANNEL_NAMES[position.channel]),
            str(position.places),
            edition.group_name(position.group) if position.group else "不限",
            position.demand,
        )
        for position, place in listed
    )
    return NoticeTable(
        title="招聘岗位一览表",
        columns=("岗位\n代码", "招聘单位", "岗位名称", "招聘方式", "人数", "招聘对象", "其他要求"),
        widths=(8, 22, 14, 12, 7, 14, 23),
        rows=rows,
        left=frozenset({6}),
        total=f"合计{len(listed)}个岗位，{places}名。",
    )


def _post(position: RecruitmentPosition) -> str:
    rank = code_name(Post, position.post)
    return position.title if position.post == Post.STAFF.value else f"{position.title}（{rank}）"


def _broken(title: str) -> str:
    """A title that stands in two lines where it is long, the last word in its own."""
    base = title.removesuffix("公告")
    return f"{base}\n公告" if base != title else title


def _cited(document: str) -> str:
    """A document in book marks, unless it has them or is a number."""
    return document if "《" in document or "〔" in document else f"《{document}》"


def _decimals(count: int) -> str:
    return f"保留{count}位小数" if count else "取整数"


def _text(text: str) -> Paragraph:
    return Paragraph(text)


def _texts(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)
