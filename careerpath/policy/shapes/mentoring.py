"""The words of an edition of the rules of mentoring."""

from careerpath.policy.mentoring.edition import Chain
from careerpath.policy.shapes.shape import CITATION, Shape, code, flag, listed, share, table, text, whole
from careerpath.words import msg

CHAINS = {
    Chain.PREFER.value: msg("优先安排直接领导"),
    Chain.AVOID.value: msg("尽量避开直接领导"),
    Chain.FORBID.value: msg("不得安排直接领导"),
    Chain.IGNORE.value: msg("不作要求"),
}

MENTORING = Shape(
    "mentoring",
    (
        listed(
            "mentors",
            msg("导师类别"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            whole("cap", msg("最多同时帮带人数")),
            flag("outside", msg("本系统以外人员")),
            CITATION,
            identity=("code",),
        ),
        table(
            "term",
            msg("帮带期限"),
            whole("months", msg("月数")),
            whole("review_every", msg("每几个月评估一次")),
            whole("stalled_after", msg("几天没有记录视为停滞")),
            CITATION,
        ),
        listed(
            "grades",
            msg("考核等次"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            flag("passes", msg("视为完成")),
            identity=("code",),
        ),
        table(
            "matching",
            msg("结对建议"),
            share("expertise", msg("专长对口权重")),
            share("nearness", msg("单位相近权重")),
            share("balance", msg("人数均衡权重")),
            code("chain", msg("直接领导"), CHAINS),
            share("chain_weight", msg("直接领导权重")),
            whole("farthest", msg("最远相隔级数")),
            flag("forbid_beyond", msg("不得更远")),
            flag("needs_expertise", msg("须有一项专长对口")),
            CITATION,
        ),
    ),
)
"""The words of the parts, in the order in which an edition is read."""
