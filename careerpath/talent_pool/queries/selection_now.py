"""What is to be done with a selection now: one thing, and where."""

from dataclasses import dataclass

from careerpath.core import clock
from careerpath.talent_pool.models import EntrantState, SelectionState
from careerpath.talent_pool.queries.selections import Act, SelectionHead
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class Now:
    """The one thing to do: ``page`` is the endpoint within the room, empty where one only waits."""

    title: Message
    detail: Message
    page: str = ""
    verb: Message | None = None


def now_of(head: SelectionHead) -> Now:
    """What is to be done with a selection today, as its state, its days and its entrants tell."""
    match head.state:
        case SelectionState.PLANNED:
            return _planned(head)
        case SelectionState.NOMINATION:
            return _nomination(head)
        case SelectionState.STAGES if Act.PUT_POINTS in head.may:
            detail = msg("%(count)s 人参加测评，按环节录入成绩，录全后提交研究。", count=_admitted(head))
            return Now(msg("组织测评、录入成绩"), detail, "stages", msg("录入成绩"))
        case SelectionState.STAGES:
            return Now(msg("等待测评"), msg("%(count)s 名本单位人选参加测评。", count=_admitted(head)))
        case SelectionState.DECISION if Act.DECIDE in head.may:
            detail = msg("成绩已经录全。并列的先定先后，再研究确定入选名单并公示。")
            return Now(msg("研究确定入选名单"), detail, "results", msg("查看排名"))
        case SelectionState.DECISION:
            return Now(msg("等待研究确定"), msg("测评已经结束，区级主管部门正在研究。"), "results", msg("查看排名"))
        case SelectionState.NOTICE:
            return _notice(head)
        case SelectionState.CONCLUDED:
            detail = msg("入选人员已经进入后备库。")
            return Now(msg("本次竞岗已办结"), detail, "results", msg("查看结果"))
        case SelectionState.CANCELLED:
            return Now(msg("本次竞岗已取消"), msg("不再受理推荐和测评，已录入的内容留存备查。"))


def _admitted(head: SelectionHead) -> int:
    return head.counts[EntrantState.ADMITTED]


def _planned(head: SelectionHead) -> Now:
    if Act.ANNOUNCE not in head.may:
        return Now(msg("等待发布公告"), msg("区级主管部门正在确定名额和日程。"))
    if not head.places:
        return Now(
            msg("分配后备名额"),
            msg("确定各社区选拔几名后备，人选在本社区名额内排名。"),
            "selection_places",
            msg("分配名额"),
        )
    detail = msg(
        "已为 %(units)s 个单位分配 %(places)s 个名额。公告后规则和名额冻结，不能再修改。",
        units=head.units,
        places=head.places,
    )
    return Now(msg("发布竞岗公告"), detail, "announce_selection", msg("核对并发布"))


def _nomination(head: SelectionHead) -> Now:
    waiting, closes_on = head.counts[EntrantState.NOMINATED], head.day("closes_on")
    told = {"day": closes_on, "waiting": waiting, "admitted": _admitted(head)}
    over = closes_on is not None and clock.today() > closes_on
    if Act.REVIEW in head.may and (waiting or not over):
        detail = msg("推荐报名到 %(day)s 截止（含当日）。待审查 %(waiting)s 人，已通过 %(admitted)s 人。", **told)
        if over:
            detail = msg("推荐报名已于 %(day)s 截止，还有 %(waiting)s 人待审查。", **told)
        title = msg("受理推荐、审查资格") if not over else msg("完成资格审查")
        return Now(title, detail, "entrants", msg("审查人选") if waiting else msg("查看人选"))
    if Act.CLOSE_NOMINATIONS in head.may:
        detail = msg("推荐报名已于 %(day)s 截止，%(admitted)s 人通过审查。结束后名单不再变动，转入测评。", **told)
        return Now(msg("结束资格审查，转入测评"), detail, "close_nominations", msg("结束审查"))
    if over:
        return Now(msg("等待资格审查"), msg("推荐报名已于 %(day)s 截止，区级主管部门正在审查。", **told))
    detail = msg("推荐报名到 %(day)s 截止（含当日），本单位已有 %(count)s 人。", day=closes_on, count=head.entered)
    if Act.NOMINATE in head.may:
        return Now(msg("推荐人选"), detail, "new_entrant", msg("推荐人选"))
    return Now(msg("推荐报名进行中"), detail)


def _notice(head: SelectionHead) -> Now:
    ends_on = head.day("notice_ends_on")
    over = ends_on is not None and clock.today() > ends_on
    if Act.CONCLUDE in head.may and over:
        detail = msg("公示已于 %(day)s 期满，没有未答复的反映即可入库。", day=ends_on)
        return Now(msg("办理入库"), detail, "results", msg("办理入库"))
    return Now(msg("入选公示中"), msg("公示到 %(day)s 结束（含当日）。", day=ends_on), "results", msg("查看名单"))
