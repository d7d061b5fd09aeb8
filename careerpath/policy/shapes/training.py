"""The words of an edition of the training requirements."""

from careerpath.policy.codes import Post
from careerpath.policy.shapes.shape import (
    CITATION,
    Shape,
    code,
    codes,
    flag,
    listed,
    number,
    share,
    table,
    text,
    whole,
    words_of,
)
from careerpath.policy.training.edition import Period, Tier
from careerpath.words import msg

PERIODS = {Period.YEAR.value: msg("每年"), Period.BEFORE_START.value: msg("上岗前")}

TRAINING = Shape(
    "training",
    (
        number("hours_per_day", msg("每天折合学时")),
        listed(
            "requirements",
            msg("培训要求"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            code("period", msg("考察期间"), PERIODS),
            codes("posts", msg("适用职务"), words_of(Post)),
            code("lowest", msg("最低培训层级"), words_of(Tier)),
            number("days", msg("至少天数")),
            flag("full_year_only", msg("只要求全年在岗人员")),
            whole("window", msg("上岗前多少天内")),
            CITATION,
            identity=("code",),
        ),
        table(
            "target",
            msg("培训率目标"),
            share("share", msg("培训率")),
            code("lowest", msg("最低培训层级"), words_of(Tier)),
            number("least_hours", msg("至少学时")),
            CITATION,
        ),
    ),
)
"""The words of the parts, in the order in which an edition is read."""
