"""What people type about skills: one occasion, or the results of a contest."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.core.web.paths import whole_number
from careerpath.employees.forms.fields import code_choices
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.models import Skill, WorkLine
from careerpath.skills.operations.skills import LONGEST_EVIDENCE, SkillGiven
from careerpath.words import msg

LONGEST_CONTEST = 120
LONGEST_RESULTS = 20_000


def line_field() -> SelectField:
    """A line of work, offered by id."""
    return SelectField(lazy("业务条线"), coerce=int, validators=[InputRequired(lazy("请选择业务条线。"))])


def offered(lines: Sequence[WorkLine]) -> list[SelectChoice]:
    """The choices of lines; those out of use say so."""
    return [
        SelectChoice(line.id, line.name if line.active else say(msg("%(name)s（已停用）", name=line.name)))
        for line in lines
    ]


class SkillForm(OfficeForm):
    """What somebody showed on one occasion."""

    version = HiddenField()
    line_id = line_field()
    level = RadioField(
        lazy("技能等级"),
        choices=code_choices(SkillLevel),
        default=SkillLevel.ABLE.value,
        description=lazy("在学：正在学习；能办：能独立办理；能教：能办并能带人"),
        validators=[InputRequired(lazy("请选择技能等级。"))],
    )
    shown_by = RadioField(
        lazy("认定方式"),
        choices=code_choices(ShownBy),
        default=ShownBy.PRACTICE.value,
        validators=[InputRequired(lazy("请选择认定方式。"))],
    )
    shown_on = day_field("认定日期", "请填写认定日期。")
    valid_until = day_field("有效期至", description=lazy("含当日；长期有效的留空"))
    evidence = text_field("认定依据", LONGEST_EVIDENCE, description=lazy("例如测试名称、比武名次、带岗人"))

    def offer(self, lines: Sequence[WorkLine]) -> None:
        """The lines that there are."""
        self.line_id.choices = offered(lines)

    def show(self, skill: Skill) -> None:
        """Fill the form with what stands."""
        self.line_id.data, self.level.data, self.shown_by.data = skill.line_id, skill.level.value, skill.shown_by.value
        self.shown_on.data, self.valid_until.data = skill.shown_on, skill.valid_until
        self.evidence.data, self.version.data = skill.evidence, str(skill.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> SkillGiven:
        """What was shown."""
        return SkillGiven(
            self.line_id.data,
            SkillLevel(self.level.data),
            ShownBy(self.shown_by.data),
            self.shown_on.data,
            self.valid_until.data,
            self.evidence.data or "",
        )


class ContestForm(OfficeForm):
    """A contest and its results, a person a line."""

    line_id = line_field()
    name = text_field(
        "比武名称", LONGEST_CONTEST, "请填写比武名称。", description=lazy("例如 2025年全县社区业务大比武")
    )
    on = day_field("比武日期", "请填写比武日期。")
    valid_until = day_field("有效期至", description=lazy("含当日；长期有效的留空"))
    results = TextAreaField(
        lazy("成绩"),
        description=lazy(
            "一人一行：编号或姓名、等级（在学、能办、能教）、名次，用空格隔开，或从 Excel 复制三列粘贴；没有名次的留空"
        ),
        validators=[
            InputRequired(lazy("请至少登记一人的成绩。")),
            Length(max=LONGEST_RESULTS, message=lazy("内容过长，请分几次登记。")),
        ],
    )

    def offer(self, lines: Sequence[WorkLine]) -> None:
        """The lines that there are."""
        self.line_id.choices = offered(lines)
