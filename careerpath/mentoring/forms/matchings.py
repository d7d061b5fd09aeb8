"""Forms of matchings: who takes part, another mentor for somebody, what they want to learn, the first number."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.mentoring.forms.fields import VersionedForm, choices_of_lines, lines_field
from careerpath.mentoring.operations.matchings import LONGEST_NAME
from careerpath.mentoring.operations.texts import LONGEST_NUMBER, LONGEST_REASON
from careerpath.words import Message, msg

ALL, JOINED, NAMED = "all", "joined", "named"
WHO: dict[str, Message] = {
    ALL: msg("还没有导师的全部人员"),
    JOINED: msg("某日以后进社区、还没有导师的人员"),
    NAMED: msg("指定人员"),
}
"""Who takes part in a matching."""

OUT, AGAIN = "out", "again"
"""What may be chosen beside the mentors: nobody this time, or whoever the next solving proposes."""


class MatchingForm(OfficeForm):
    """A new matching."""

    unit = StringField(lazy("单位"), validators=[InputRequired(lazy("请填写为哪个单位匹配，输入名称后从列表中选择。"))])
    unit_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    name = text_field("匹配名称", LONGEST_NAME, "请填写匹配名称，如“2026年新进人员导师匹配”。")
    starts_on = day_field("帮带开始", "请填写帮带开始日期。")
    ends_on = day_field("帮带期满", description=lazy("含当日；留空按办法规定的期限"))
    who = RadioField(lazy("为谁匹配"), choices=word_choices(WHO), default=ALL)
    since = day_field("进社区时间不早于", description=lazy("选“某日以后进社区”时填写，如 2025-01-01"))
    named = TextAreaField(
        lazy("指定人员名单"),
        validators=[Optional()],
        description=lazy("选“指定人员”时填写：一行一人，写编号或姓名；可从名册复制"),
    )
    kinds = SelectMultipleField(
        lazy("导师范围"), validators=[Optional()], description=lazy("不选为全区（县）还有名额的全部导师")
    )

    def offer(self, kinds: Mapping[str, str]) -> None:
        """The kinds of mentors to choose among."""
        self.kinds.choices = [SelectChoice(code, name) for code, name in kinds.items()]

    def names(self) -> list[str]:
        """The people named, a line each."""
        return [line.strip() for line in (self.named.data or "").splitlines() if line.strip()]

    def validate(self, extra_validators: object = None) -> bool:
        """What the choice of people asks for besides must be there."""
        sound = bool(super().validate(extra_validators))
        if self.unit.data and self.unit_id.data is None:
            self.unit.errors = [*self.unit.errors, lazy("没有找到这个单位，请输入名称后从列表中选择。")]
            sound = False
        if self.who.data == JOINED and self.since.data is None and not self.since.errors:
            self.since.errors = [lazy("请填写进社区时间不早于哪一天。")]
            sound = False
        if self.who.data == NAMED and not self.names():
            self.named.errors = [lazy("请填写名单，一行一人。")]
            sound = False
        return sound


class MatchForm(VersionedForm):
    """Another mentor for a mentee, nobody this time, or the choice given back."""

    mentor_id = RadioField(
        lazy("导师"), choices=[], validate_choice=False, validators=[InputRequired(lazy("请选择导师。"))]
    )
    reason = text_field("理由", LONGEST_REASON)

    def chosen(self) -> tuple[int | None, bool]:
        """The mentor, and whether the mentee is left out."""
        return whole_number(self.mentor_id.data or ""), self.mentor_id.data == OUT


class WantedForm(VersionedForm):
    """What a mentee wants to learn."""

    wanted = lines_field("想学的业务", "保存后重新匹配时按此计算")

    def offer(self, lines: Sequence[tuple[str, str]]) -> None:
        """The lines of work of the district."""
        choices_of_lines(self.wanted, lines)


class CarryOutForm(OfficeForm):
    """The number of the first agreement."""

    numbers_from = text_field(
        "第一份协议编号",
        LONGEST_NUMBER,
        "请填写第一份协议的编号，其余依次递增。",
        description=lazy("其余按单位和人员编号的次序依次递增，如 费帮〔2026〕001号"),
    )
