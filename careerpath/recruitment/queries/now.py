"""What is to be done with a batch now: one thing, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careerpath.core import clock
from careerpath.recruitment.models import ApplicationState, BatchState
from careerpath.recruitment.queries.batches import Act, BatchHead
from careerpath.recruitment.queries.planning import PositionLine
from careerpath.words import Message, msg

WAITING = (ApplicationState.SUBMITTED, ApplicationState.FIRST_REVIEWED, ApplicationState.RETURNED)


@dataclass(frozen=True, slots=True)
class Now:
    """The one thing to do: ``page`` is the endpoint within the room, empty where one only waits."""

    title: Message
    detail: Message
    page: str = ""
    verb: Message | None = None


def now_of(head: BatchHead, positions: Sequence[PositionLine], counts: Mapping[ApplicationState, int]) -> Now:
    """What is to be done with a batch today, as its state, its days and its applications tell."""
    if head.state is BatchState.PLANNED:
        return _planned(head, positions)
    if head.state is BatchState.PUBLISHED:
        return _published(head, counts)
    return _later(head, positions, counts)


def _planned(head: BatchHead, positions: Sequence[PositionLine]) -> Now:
    if Act.PUT_POSITIONS not in head.may:
        return Now(msg("等待发布公告"), msg("区级主管部门正在确定岗位和日程。"))
    if not positions:
        return Now(
            msg("确定招聘岗位"), msg("从有空编的社区选择岗位，填写招聘方式和人数。"), "positions", msg("确定岗位")
        )
    wanted = [head.day(name) for name in ("announced_on", "opens_on", "closes_on")]
    if None in wanted:
        return Now(msg("补齐招聘日程"), msg("公告、报名的日期还没有填全，填全后才能发布。"), "plan", msg("填写日程"))
    return Now(
        msg("发布招聘公告"),
        msg("核对公告内容后发布。发布后规则和岗位按公告冻结，不能再修改。"),
        "publish",
        msg("核对并发布"),
    )


def _published(head: BatchHead, counts: Mapping[ApplicationState, int]) -> Now:
    today, opens_on, closes_on = clock.today(), head.day("opens_on"), head.day("closes_on")
    waiting = sum(counts.get(state, 0) for state in WAITING)
    if opens_on is not None and today < opens_on:
        return Now(msg("等待报名开始"), msg("%(day)s 起接受报名。", day=opens_on))
    if closes_on is not None and today <= closes_on:
        detail = msg(
            "报名到 %(day)s 截止（含当日）。待初审 %(first)s 份，待复审 %(second)s 份，退回补正 %(returned)s 份。",
            day=closes_on,
            first=counts.get(ApplicationState.SUBMITTED, 0),
            second=counts.get(ApplicationState.FIRST_REVIEWED, 0),
            returned=counts.get(ApplicationState.RETURNED, 0),
        )
        return Now(msg("受理报名、审查资格"), detail, "applications", msg("查看报名"))
    if waiting:
        return Now(
            msg("完成资格审查"),
            msg("报名已经截止，还有 %(count)s 份没有审结。", count=waiting),
            "applications",
            msg("审查报名"),
        )
    if Act.CLOSE_REVIEW not in head.may:
        return Now(msg("等待结束资格审查"), msg("本单位的报名已经审结，由区级主管部门结束审查。"))
    return Now(
        msg("结束资格审查"),
        msg(
            "全部报名已经审结，审查通过 %(count)s 人。结束后进入笔试。", count=counts.get(ApplicationState.ADMITTED, 0)
        ),
        "applications",
        msg("结束审查"),
    )


def _later(head: BatchHead, positions: Sequence[PositionLine], counts: Mapping[ApplicationState, int]) -> Now:
    admitted = counts.get(ApplicationState.ADMITTED, 0)
    if head.state is BatchState.EXAM:
        if not any(line.exam for line in positions):
            detail = msg("本批次没有笔试岗位，登记补选、转隶的结果后公布名单。")
            return Now(msg("登记结果、公布名单"), detail, "results", msg("登记结果"))
        return Now(
            msg("组织笔试、公布成绩"),
            msg("编排考场、登记到考、两人分别录入成绩，一致后公布。应考 %(count)s 人。", count=admitted),
            "exam",
            msg("办理笔试"),
        )
    told = {
        BatchState.INTERVIEW: Now(
            msg("组织面试、公布总成绩"),
            msg("复核资格、抽签分组、录入考官评分，全部齐全后公布总成绩和拟聘用人选。"),
            "interviews",
            msg("办理面试"),
        ),
        BatchState.CHECKS: Now(
            msg("体检、考察"),
            msg("登记体检和考察结果，不合格或放弃的按规则递补，然后公示。"),
            "results",
            msg("登记结果"),
        ),
        BatchState.NOTICE: Now(
            msg("公示、办理聘用"),
            msg("公示期满没有异议的办理聘用，个人信息直接转入人事档案。"),
            "appointments",
            msg("办理聘用"),
        ),
        BatchState.CONCLUDED: Now(msg("本批次已办结"), msg("可以查看统计和各项名单。"), "statistics", msg("查看统计")),
    }
    return told.get(head.state, Now(msg("本批次已取消"), msg("未聘用人员的个人信息按期清除，人数留作统计。")))
