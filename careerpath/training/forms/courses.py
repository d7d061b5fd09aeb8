"""What people type about courses."""

from collections.abc import Sequence

from wtforms import HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerpath.core.web.fields import text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.employees.forms.fields import code_choices, code_field
from careerpath.policy.training import Tier
from careerpath.skills.codes import SkillLevel
from careerpath.training.forms.amounts import AmountField
from careerpath.training.models import Course
from careerpath.training.operations.courses import LONGEST_CATEGORY, LONGEST_NAME, LONGEST_OUTLINE, CourseGiven
from careerpath.words import msg

TOO_LONG = "最多 %(max)d 个字，请缩短。"


class CourseForm(OfficeForm):
    """A course."""

    version = HiddenField()
    name = text_field("课程名称", LONGEST_NAME, "请填写课程名称。")
    tier = code_field("层级", Tier)
    category = text_field("类别", LONGEST_CATEGORY)
    hours = AmountField(lazy("学时"), validators=[InputRequired(lazy("请填写学时。"))])
    days = AmountField(lazy("按天计算的天数"), validators=[Optional()])
    lines = SelectMultipleField(lazy("对应的业务条线"), validators=[Optional()])
    teaches = SelectField(
        lazy("结业后登记的技能"), choices=code_choices(SkillLevel, msg("不登记")), validators=[Optional()]
    )
    outline = TextAreaField(lazy("课程大纲"), validators=[Length(max=LONGEST_OUTLINE, message=lazy(TOO_LONG))])

    def offer_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """The lines of work to choose from: code and name."""
        self.lines.choices = [SelectChoice(code, name) for code, name in lines]

    def show(self, course: Course) -> None:
        """Fill the form with what is kept."""
        for name in ("name", "category", "hours", "days", "outline", "teaches"):
            self._fields[name].data = getattr(course, name)
        self.tier.data = course.tier.value
        self.lines.data = list(course.lines)
        self.version.data = str(course.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> CourseGiven:
        """The course."""
        return CourseGiven(
            name=self.name.data,
            tier=Tier(self.tier.data),
            category=self.category.data or "",
            hours=self.hours.data,
            days=self.days.data,
            lines=tuple(self.lines.data or ()),
            teaches=self.teaches.data or "",
            outline=self.outline.data or "",
        )


class NewCourseForm(CourseForm):
    """A new course, with the unit that keeps it."""

    unit_id = SelectField(lazy("举办单位"), validators=[InputRequired(lazy("请选择举办单位。"))])

    def offer_units(self, units: Sequence[tuple[int, str]]) -> None:
        """The units to choose from."""
        self.unit_id.choices = [SelectChoice(str(number), name) for number, name in units]
