"""What people type about lines of work."""

from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from careerpath.core.web.fields import text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.skills.models import WorkLine
from careerpath.skills.operations.lines import (
    LONGEST_CODE,
    LONGEST_NAME,
    MOST_PLACE,
    MOST_WANTED,
    USUALLY_WANTED,
    LineGiven,
)


class LineForm(OfficeForm):
    """A line of work."""

    version = HiddenField()
    name = text_field("条线名称", LONGEST_NAME, "请填写条线名称。")
    code = text_field(
        "代码", LONGEST_CODE, "请填写代码。", description=lazy("小写英文字母、数字和下划线，例如 party；设定后不再改变")
    )
    wanted = IntegerField(
        lazy("每个社区应有几人能办"),
        default=USUALLY_WANTED,
        description=lazy("通常为 2 人，一人主办、一人替补（AB 岗）"),
        validators=[InputRequired(lazy("请填写人数。")), NumberRange(1, MOST_WANTED, lazy("应在 1 至 50 之间。"))],
    )
    place = IntegerField(
        lazy("排序号"),
        default=0,
        description=lazy("数字小的排在前面"),
        validators=[InputRequired(lazy("请填写排序号。")), NumberRange(0, MOST_PLACE, lazy("应在 0 至 9999 之间。"))],
    )

    def show(self, line: WorkLine) -> None:
        """Fill the form with what stands."""
        self.name.data, self.code.data = line.name, line.code
        self.wanted.data, self.place.data = line.wanted, line.place
        self.version.data = str(line.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> LineGiven:
        """The line."""
        return LineGiven(self.code.data, self.name.data, self.place.data, self.wanted.data)
