"""The words of an edition of the appraisal rules."""

from careerpath.policy.appraisal.parts import MEASURES, AppraisedBy, StatusWhen
from careerpath.policy.codes import Grade, UnitKind
from careerpath.policy.rounding import Rounding, words_of_rounding
from careerpath.policy.shapes.shape import (
    CITATION,
    Field,
    Kind,
    Shape,
    Value,
    code,
    codes,
    flag,
    listed,
    mapped,
    number,
    share,
    table,
    text,
    whole,
    words_of,
)
from careerpath.words import Message, msg

GRADES = words_of(Grade)
SITUATIONS = {
    StatusWhen.LEAVE.value: msg("病事假超过规定"),
    StatusWhen.INVESTIGATION.value: msg("被立案调查尚未结案"),
    StatusWhen.DISCIPLINE.value: msg("受处分期间"),
    StatusWhen.PROBATION.value: msg("试用期内"),
}
APPRAISERS = {AppraisedBy.HOME.value: msg("派出单位"), AppraisedBy.HOST.value: msg("接收单位")}
VOTERS = {"leader": msg("领导"), "peer": msg("同事"), "resident": msg("居民")}
ANSWERS = {"satisfied": msg("满意"), "fairly_satisfied": msg("基本满意"), "dissatisfied": msg("不满意")}


def _year_day(key: str, label: Message) -> Field:
    return table(key, label, whole("month", msg("月")), whole("day", msg("日")), flag("following_year", msg("次年")))


APPRAISAL = Shape(
    "appraisal",
    (
        table(
            "names",
            msg("等次名称"),
            *(text(grade, word) for grade, word in GRADES.items()),
        ),
        listed(
            "indicators",
            msg("考核指标"),
            text("code", msg("指标代码")),
            text("name", msg("指标名称")),
            number("maximum", msg("满分")),
            number("weight", msg("权重")),
            whole("decimals", msg("小数位数")),
            flag("from_satisfaction", msg("按满意度计分")),
            CITATION,
            identity=("code",),
        ),
        table(
            "bands",
            msg("等次分数线"),
            number("excellent", msg("优秀")),
            number("competent", msg("称职")),
            number("basic", msg("基本称职")),
            CITATION,
        ),
        table(
            "quota",
            msg("优秀比例"),
            share("share", msg("比例")),
            share("with_approval_share", msg("经批准的比例")),
            code("rounding", msg("取整方式"), words_of_rounding(Rounding)),
            code("scope", msg("计算范围"), words_of(UnitKind)),
            codes("counted", msg("计入基数的等次"), GRADES),
            CITATION,
        ),
        listed(
            "hard_fails",
            msg("一票否决"),
            code("fact", msg("事项"), {measure.value: word for measure, word in MEASURES.items()}),
            number("below", msg("低于")),
            number("above", msg("高于")),
            code("grade", msg("定为等次"), GRADES),
            CITATION,
            identity=("fact",),
        ),
        listed(
            "statuses",
            msg("不确定等次的情形"),
            code("when", msg("情形"), SITUATIONS),
            code("grade", msg("考核结论"), GRADES),
            share("over_share_of_year", msg("超过全年的比例")),
            CITATION,
            identity=("when",),
        ),
        table(
            "calendar",
            msg("时间安排"),
            _year_day("reference", msg("考核基准日")),
            _year_day("self_summary_due", msg("个人总结截止")),
            _year_day("community_due", msg("社区意见截止")),
            _year_day("street_due", msg("街道提交截止")),
            _year_day("district_due", msg("区级审定截止")),
        ),
        table(
            "notice",
            msg("公示与复核"),
            whole("excellent_working_days", msg("优秀公示（工作日）")),
            whole("review_days", msg("复核（日）")),
            whole("appeal_days", msg("申诉（日）")),
            CITATION,
        ),
        table(
            "ballot",
            msg("民主测评"),
            whole("minimum", msg("最少票数")),
            mapped("class_weights", msg("权重"), msg("测评人"), Value(Kind.SHARE), VOTERS),
            mapped("satisfaction_points", msg("满意度折分"), msg("评价"), Value(Kind.NUMBER), ANSWERS),
            CITATION,
        ),
        table(
            "secondment",
            msg("挂职、跟岗人员"),
            code("appraised_by", msg("考核单位"), APPRAISERS),
            flag("host_opinion", msg("附接收单位意见")),
            CITATION,
        ),
        table(
            "dismissal",
            msg("连续不称职"),
            whole("successive", msg("连续年数")),
            code("grade", msg("等次"), GRADES),
            CITATION,
        ),
    ),
)
"""Everything a place decides about its annual appraisal."""
