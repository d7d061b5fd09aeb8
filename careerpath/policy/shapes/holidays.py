"""The words of an edition of the public holidays."""

from careerpath.policy.shapes.shape import CITATION, Shape, day, listed, text, whole
from careerpath.words import msg

HOLIDAYS = Shape(
    "holidays",
    (
        whole("year", msg("年度")),
        listed(
            "holidays",
            msg("放假"),
            text("name", msg("节日")),
            day("starts_on", msg("放假开始")),
            day("ends_on", msg("放假结束（含当日）")),
            CITATION,
            identity=("starts_on",),
        ),
        listed("worked", msg("调休上班"), day("on", msg("日期")), identity=("on",)),
    ),
)
"""The words of the parts, in the order in which an edition is read."""
