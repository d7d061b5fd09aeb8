"""The words of an edition of the retirement rules."""

from careerpath.policy.codes import Post
from careerpath.policy.shapes.shape import CITATION, Shape, code, day, listed, table, text, whole, words_of
from careerpath.words import msg

LINES = {
    "men": msg("男职工"),
    "women_cadre": msg("女职工（管理岗位）"),
    "women_other": msg("女职工（其他岗位）"),
}
LAST_DAYS = {"month_end": msg("到龄当月月末"), "reached": msg("到龄当日")}


RETIREMENT = Shape(
    "retirement",
    (
        listed(
            "lines",
            msg("退休年龄"),
            code("code", msg("适用人员"), LINES),
            text("name", msg("名称")),
            table("start", msg("原退休年龄"), whole("years", msg("岁")), whole("months", msg("个月"))),
            table(
                "ladder",
                msg("延迟"),
                day("born_from", msg("自何时出生起")),
                whole("every_months", msg("每几个月延迟一个月")),
                table("final", msg("最终退休年龄"), whole("years", msg("岁")), whole("months", msg("个月"))),
                day("final_from", msg("自何时出生起到位")),
            ),
            CITATION,
            identity=("code",),
        ),
        table(
            "women_line",
            msg("女职工适用的退休年龄"),
            *(code(post, word, LINES) for post, word in words_of(Post).items()),
            CITATION,
        ),
        table("service", msg("在岗最后一日"), code("last_day", msg("在岗最后一日"), LAST_DAYS), CITATION),
    ),
)
"""When people retire."""
