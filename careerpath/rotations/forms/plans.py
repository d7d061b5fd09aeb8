"""Forms of plans: who takes part in a round, another host for somebody, and what stands in all proposals."""

from collections.abc import Sequence

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.rotations.forms.fields import VersionForm, as_choices, long_text
from careerpath.rotations.operations.plans import LONGEST_NAME, LONGEST_REASON, LONGEST_TASKS
from careerpath.rotations.operations.rotations import LONGEST_POST
from careerpath.words import Message, msg

CALLED, NAMED = "called", "named"
WHO: dict[str, Message] = {CALLED: msg("提出意愿的和轮到的全部人员"), NAMED: msg("指定人员")}
"""Who takes part in a plan."""

OUT, AGAIN = "out", "again"
"""What may be chosen beside the hosts: nowhere this time, or what the next reckoning proposes."""

LONGEST_LIST = 20000


class PlanForm(OfficeForm):
    """A new plan of a round."""

    unit = StringField(lazy("单位"), validators=[InputRequired(lazy("请填写为哪个单位安排，输入名称后从列表中选择。"))])
    unit_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    name = text_field("计划名称", LONGEST_NAME, "请填写计划名称，如“2026年上半年挂职锻炼计划”。")
    kind = SelectField(lazy("锻炼方式"), choices=[], validators=[InputRequired(lazy("请选择锻炼方式。"))])
    starts_on = day_field("开始日期", "请填写开始日期。")
    ends_on = day_field("结束日期", "请填写结束日期。", description=lazy("最后一天，含当日"))
    who = RadioField(lazy("安排哪些人"), choices=word_choices(WHO), default=CALLED)
    named = long_text("指定人员名单", LONGEST_LIST)

    def offer(self, kinds: Sequence[tuple[str, str]]) -> None:
        """The kinds that may be planned."""
        self.kind.choices = as_choices(kinds)

    def names(self) -> list[str]:
        """The people named, a line each."""
        return [line.strip() for line in (self.named.data or "").splitlines() if line.strip()]

    def validate(self, extra_validators: object = None) -> bool:
        """The unit must be one that there is, and people must be named where that was chosen."""
        sound = bool(super().validate(extra_validators))
        if self.unit.data and self.unit_id.data is None:
            self.unit.errors = [*self.unit.errors, lazy("没有找到这个单位，请输入名称后从列表中选择。")]
            sound = False
        if self.who.data == NAMED and not self.names():
            self.named.errors = [lazy("请填写名单，一行一人。")]
            sound = False
        return sound


class PlanLineForm(VersionForm):
    """Another host for somebody, nowhere this time, or the choice given back."""

    host_id = RadioField(
        lazy("接收单位"), choices=[], validate_choice=False, validators=[InputRequired(lazy("请选择接收单位。"))]
    )
    reason = text_field("理由", LONGEST_REASON)

    def chosen(self) -> tuple[int | None, bool]:
        """The host, and whether the person is left out."""
        return whole_number(self.host_id.data or ""), self.host_id.data == OUT


class PlanOutForm(OfficeForm):
    """What stands in all rotations that are proposed from a plan."""

    host_post = text_field(
        "锻炼岗位", LONGEST_POST, "请填写锻炼岗位。", description=lazy("如 业务科室干事；提出后可逐人修改")
    )
    tasks = long_text("锻炼任务", LONGEST_TASKS)
    reason = text_field("理由", LONGEST_REASON, description=lazy("期限与规定不同的必须写明"))
