"""What people type about the public notice, objections and appointments."""

from collections.abc import Sequence

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.recruitment.operations.appointments import LONGEST_DOCUMENT, LONGEST_TITLE
from careerpath.recruitment.operations.notices import LONGEST_TEXT, ObjectionGiven
from careerpath.recruitment.queries.terms import Terms
from careerpath.words import msg

TOO_LONG = lazy("最多 %(max)d 个字，请缩短。")


class NoticeForm(OfficeForm):
    """From which day to which day."""

    starts_on = day_field("公示开始", "请填写公示开始日期。")
    ends_on = day_field("公示结束（含当日）", "请填写公示结束日期。")


class ObjectionForm(OfficeForm):
    """What somebody brought forward."""

    about = SelectField(lazy("反映对象"))
    received_on = day_field("收到日期", "请填写收到日期。")
    named = RadioField(
        lazy("署名情况"),
        choices=word_choices({"yes": msg("实名"), "no": msg("匿名")}),
        validators=[InputRequired(lazy("请选择署名情况。"))],
    )
    text = TextAreaField(
        lazy("反映内容"),
        validators=[InputRequired(lazy("请填写反映的内容。")), Length(max=LONGEST_TEXT, message=TOO_LONG)],
    )

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """The batch as a whole, or one of these people."""
        first = SelectChoice("", say(msg("本批次招聘工作")))
        self.about.choices = [first, *(SelectChoice(str(number), name) for number, name in people)]

    def given(self) -> ObjectionGiven:
        """The objection."""
        about = int(self.about.data) if self.about.data else None
        return ObjectionGiven(about, self.received_on.data, self.named.data == "yes", self.text.data or "")


class AnswerForm(OfficeForm):
    """What became of an objection."""

    upheld = RadioField(
        lazy("核查结论"),
        choices=word_choices({"no": msg("不成立"), "yes": msg("成立")}),
        validators=[InputRequired(lazy("请选择核查结论。"))],
    )
    on = day_field("答复日期", "请填写答复日期。")
    answer = TextAreaField(
        lazy("核查情况和答复意见"),
        validators=[InputRequired(lazy("请填写核查情况和答复意见。")), Length(max=LONGEST_TEXT, message=TOO_LONG)],
    )


class TermsForm(OfficeForm):
    """The terms of an appointment."""

    starts_on = day_field("上岗日期", "请填写上岗日期。")
    contract_ends_on = day_field("合同期满日期")
    probation_ends_on = day_field("试用期结束日期")
    title = text_field("职务名称", LONGEST_TITLE)
    document = text_field("聘用文号", LONGEST_DOCUMENT)

    def given(self) -> Terms:
        """The terms."""
        return Terms(
            self.starts_on.data,
            self.contract_ends_on.data,
            self.probation_ends_on.data,
            self.title.data or "",
            self.document.data or "",
        )
