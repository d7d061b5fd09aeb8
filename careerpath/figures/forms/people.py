"""What the statistics page is asked for, in its address."""

from typing import Any

from flask import request
from wtforms import SelectField

from careerpath.core import clock
from careerpath.core.web.fields import word_choices
from careerpath.core.web.language import lazy, say
from careerpath.employees.forms.people import PeopleFilterForm
from careerpath.employees.queries.as_of import AsOf
from careerpath.figures.queries.dimensions import DIMENSIONS, Dimension
from careerpath.words import Message, msg

NUMBER, ROW_SHARE, COLUMN_SHARE, AGE = "number", "row", "column", "age"
SHOWN: dict[str, Message] = {
    NUMBER: msg("人数"),
    ROW_SHARE: msg("占本行的比例"),
    COLUMN_SHARE: msg("占本列的比例"),
    AGE: msg("平均年龄"),
}
"""What stands in the cells."""

USUAL: tuple[tuple[str, str, Message], ...] = (
    ("street", "ages", msg("各街道年龄结构")),
    ("street", "education", msg("各街道学历结构")),
    ("street", "certificate", msg("各街道持证情况")),
    ("post", "sex", msg("岗位与性别")),
    ("ages", "political", msg("年龄与政治面貌")),
    ("service", "channel", msg("工龄与进入方式")),
)
"""Tables that offices ask for again and again: rows, columns, title."""


def _choices() -> list[tuple[str, str]]:
    return [(one.code, say(one.title)) for one in DIMENSIONS.values()]


class StatisticsForm(PeopleFilterForm):
    """Rows, columns, what is shown, and the filters of the list of people."""

    rows = SelectField(lazy("行"), choices=_choices, default="street")
    columns = SelectField(lazy("列"), choices=lambda: [("", say(msg("不分列"))), *_choices()], default="")
    shown = SelectField(lazy("显示"), choices=word_choices(SHOWN), default=NUMBER)

    @property
    def row(self) -> Dimension:
        """What the rows are."""
        return DIMENSIONS[self._sound("rows", "street")]

    @property
    def column(self) -> Dimension | None:
        """What the columns are; none where they are the same as the rows."""
        code = self._sound("columns", "")
        return DIMENSIONS[code] if code and code != self.row.code else None

    def day(self) -> AsOf:
        """The day that is counted: today unless an earlier one is asked for."""
        return self.as_of() or AsOf(clock.today())

    def kept(self) -> dict[str, Any]:
        """The filters of the address that a list behind a figure keeps."""
        names = ("q", "unit", "unit_id", "post", "political", "education", "certificate", "channel",
                 "sex", "ages", "service", "source", "on", "known")  # fmt: skip
        return {name: request.args[name] for name in names if request.args.get(name)}
