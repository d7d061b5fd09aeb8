"""The words of an edition of the recruitment rules."""

from careerpath.policy.codes import Education, Political
from careerpath.policy.recruitment.conditions import ConditionKind
from careerpath.policy.recruitment.ordering import LINKS
from careerpath.policy.recruitment.parts import AddsTo, BonusWay, BreakBy, LastPlace
from careerpath.policy.recruitment.ranking import SCORES
from careerpath.policy.recruitment.scoring import STAGES
from careerpath.policy.rounding import FineRounding, words_of_rounding
from careerpath.policy.shapes.shape import (
    CITATION,
    Shape,
    code,
    codes,
    day,
    flag,
    listed,
    number,
    share,
    table,
    text,
    texts,
    whole,
    words_of,
)
from careerpath.words import msg

KINDS = {
    ConditionKind.EDUCATION.value: msg("学历"),
    ConditionKind.POLITICAL.value: msg("政治面貌"),
    ConditionKind.AGE.value: msg("年龄"),
    ConditionKind.HOUSEHOLD.value: msg("户籍"),
    ConditionKind.EXPERIENCE.value: msg("工作经历"),
    ConditionKind.CHECKED.value: msg("人工核对"),
}
ADDS_TO = {AddsTo.WRITTEN.value: msg("笔试成绩"), AddsTo.TOTAL.value: msg("总成绩")}
WAYS = {
    BonusWay.CUMULATIVE.value: msg("可以累计"),
    BonusWay.HIGHEST.value: msg("只计最高一项"),
    BonusWay.CAPPED.value: msg("累计但有上限"),
}
LAST_PLACES = {LastPlace.ALL.value: msg("全部进入"), LastPlace.TIE_BREAK.value: msg("按同分排序规则")}
LINKS_BY_CODE = {link.value: word for link, word in LINKS.items()} | {
    BreakBy.PAPER.value: msg("笔试科目成绩"),
    BreakBy.GROUP.value: msg("优先人员类别"),
}

RECRUITMENT = Shape(
    "recruitment",
    (
        listed(
            "groups",
            msg("报考人员类别"),
            text("code", msg("类别代码")),
            text("name", msg("类别名称")),
            identity=("code",),
        ),
        listed(
            "conditions",
            msg("报考条件"),
            text("code", msg("条件代码")),
            text("name", msg("条件名称")),
            code("kind", msg("条件类型"), KINDS),
            text("group", msg("仅适用类别")),
            code("education", msg("最低学历"), words_of(Education)),
            codes("political", msg("政治面貌"), words_of(Political)),
            whole("youngest", msg("最低年龄（周岁）")),
            flag("youngest_inclusive", msg("最低年龄含生日当天")),
            whole("oldest", msg("最高年龄（周岁）")),
            flag("oldest_inclusive", msg("最高年龄含生日当天")),
            day("reckoned_on", msg("年龄计算日")),
            day("born_from", msg("最早出生日期")),
            flag("born_from_inclusive", msg("最早出生日期含当日")),
            day("born_until", msg("最晚出生日期")),
            flag("born_until_inclusive", msg("最晚出生日期含当日")),
            texts("places", msg("户籍地")),
            whole("months", msg("工作经历月数")),
            flag("months_inclusive", msg("工作经历含本数")),
            text("text", msg("条件内容")),
            CITATION,
            identity=("code", "group"),
        ),
        listed(
            "documents",
            msg("报名材料"),
            text("code", msg("材料代码")),
            text("name", msg("材料名称")),
            flag("required", msg("必须提交")),
            flag("original", msg("查验原件")),
            text("group", msg("仅适用类别")),
            CITATION,
            identity=("code",),
        ),
        listed(
            "positions",
            msg("招聘岗位"),
            text("code", msg("岗位代码")),
            text("name", msg("岗位名称")),
            whole("places", msg("招聘人数")),
            identity=("code",),
        ),
        table(
            "calendar",
            msg("招聘日程"),
            day("announced_on", msg("公告日期")),
            day("opens_on", msg("报名开始")),
            day("closes_on", msg("报名截止")),
            day("written_on", msg("笔试日期")),
            day("interview_on", msg("面试日期")),
        ),
        table(
            "weights",
            msg("成绩权重"),
            share("written", msg("笔试")),
            share("interview", msg("面试")),
            CITATION,
        ),
        table(
            "written",
            msg("笔试"),
            number("maximum", msg("满分")),
            whole("decimals", msg("小数位数")),
            listed(
                "papers",
                msg("笔试科目"),
                text("code", msg("科目代码")),
                text("name", msg("科目名称")),
                number("maximum", msg("满分")),
                number("weight", msg("权重")),
                identity=("code",),
            ),
            CITATION,
        ),
        table(
            "interview",
            msg("面试"),
            number("maximum", msg("满分")),
            whole("decimals", msg("小数位数")),
            whole("judges", msg("考官最少人数")),
            whole("drop_highest", msg("去掉最高分个数")),
            whole("drop_lowest", msg("去掉最低分个数")),
            CITATION,
        ),
        table(
            "total",
            msg("总成绩"),
            whole("decimals", msg("小数位数")),
            code("rounding", msg("取整方式"), words_of_rounding(FineRounding)),
            code("stage", msg("取整环节"), {stage.value: word for stage, word in STAGES.items()}),
            CITATION,
        ),
        table(
            "bonus",
            msg("加分"),
            code("adds_to", msg("计入"), ADDS_TO),
            code("way", msg("多项加分"), WAYS),
            number("cap", msg("累计上限")),
            flag("within_maximum", msg("加分后不超过满分")),
            listed(
                "items",
                msg("加分项"),
                text("code", msg("加分项代码")),
                text("name", msg("加分项名称")),
                number("points", msg("分值")),
                CITATION,
                identity=("code",),
            ),
            CITATION,
        ),
        listed(
            "pass_lines",
            msg("分数线"),
            code("of", msg("成绩"), {line.value: word for line, word in SCORES.items()}),
            number("line", msg("最低分")),
            flag("with_bonus", msg("含加分")),
            CITATION,
            identity=("of",),
        ),
        table("shortlist", msg("面试比例"), number("ratio", msg("每个岗位人数")), CITATION),
        table("ties", msg("末位并列"), code("last_place", msg("末位并列的处理"), LAST_PLACES), CITATION),
        listed(
            "tie_breaks",
            msg("同分排序"),
            code("by", msg("依次比较"), LINKS_BY_CODE),
            text("code", msg("科目或类别代码")),
            CITATION,
        ),
        table(
            "reserve",
            msg("递补"),
            whole("length", msg("每个岗位递补人数")),
            whole("months", msg("有效期（月）")),
            flag("last_day_inclusive", msg("含期满当日")),
            CITATION,
        ),
        table("notice", msg("公示"), whole("working_days", msg("公示期（工作日）")), CITATION),
        table(
            "probation",
            msg("试用期"),
            whole("months", msg("试用期（月）")),
            whole("contract_months", msg("合同期限（月）")),
            CITATION,
        ),
    ),
)
"""Everything that the notice of a batch decides."""
