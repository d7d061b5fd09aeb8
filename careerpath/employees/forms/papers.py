"""Résumé, family, uploads, reasons and requests, as typed."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.employees.forms.fields import code_field
from careerpath.employees.forms.words import CORRECTABLE, PAPER_KINDS
from careerpath.employees.models import AttachmentKind
from careerpath.employees.operations.corrections import Answer, NewCorrection
from careerpath.employees.operations.lines import LineKind, NewCareerLine, NewFamilyMember
from careerpath.policy.codes import Political
from careerpath.words import msg


class CareerLineForm(OfficeForm):
    """A line of the résumé."""

    version = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    starts_on = day_field("开始年月", "请填写开始年月。", month_alone=True)
    ends_on = day_field("结束年月", month_alone=True)
    text = text_field("单位及职务", 200, "请填写这一时段的单位和职务。")

    def given(self) -> NewCareerLine:
        """The line for ``add_line`` or ``change_line``."""
        return NewCareerLine(starts_on=self.starts_on.data, ends_on=self.ends_on.data, text=self.text.data.strip())


class FamilyForm(OfficeForm):
    """A member of the family."""

    version = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    relation = text_field("称谓", 20, "请填写称谓。")
    name = text_field("姓名", 64, "请填写姓名。")
    born_on = day_field("出生日期", month_alone=True)
    political = code_field("政治面貌", Political, default=Political.MASSES.value)
    work = text_field("工作单位及职务", 120)

    def given(self) -> NewFamilyMember:
        """The member for ``add_line`` or ``change_line``."""
        return NewFamilyMember(
            relation=self.relation.data.strip(),
            name=self.name.data.strip(),
            born_on=self.born_on.data,
            political=self.political.data,
            work=(self.work.data or "").strip(),
        )


LINE_FORMS: Mapping[LineKind, type[Any]] = {LineKind.CAREER: CareerLineForm, LineKind.FAMILY: FamilyForm}


class PhotoForm(OfficeForm):
    """A portrait."""

    photo = FileField(lazy("照片文件"), validators=[FileRequired(lazy("请选择照片文件。"))])


class AttachmentForm(OfficeForm):
    """A scanned paper."""

    kind = SelectField(lazy("材料类别"), choices=word_choices(PAPER_KINDS), default=AttachmentKind.OTHER.value)
    file = FileField(lazy("文件"), validators=[FileRequired(lazy("请选择文件。"))])


class ReasonForm(OfficeForm):
    """Why something protected is looked at."""

    reason = StringField(
        lazy("事由"), validators=[InputRequired(lazy("请填写事由。")), Length(max=200, message=lazy("最多 200 个字。"))]
    )


class CorrectionForm(OfficeForm):
    """A request to correct one's own file."""

    field = SelectField(lazy("要更正的内容"), choices=word_choices(CORRECTABLE))
    text = TextAreaField(
        lazy("哪里不对，应当是什么"),
        validators=[
            InputRequired(lazy("请写明哪里不对、应当是什么。")),
            Length(max=400, message=lazy("最多 400 个字。")),
        ],
    )

    def given(self) -> NewCorrection:
        """The request for ``ask_correction``."""
        return NewCorrection(self.field.data, self.text.data)


class AnswerForm(OfficeForm):
    """The office's answer to a request."""

    accepted = RadioField(
        lazy("办理结果"),
        choices=lambda: [SelectChoice("yes", say(msg("已更正"))), SelectChoice("no", say(msg("不予更正")))],
        validators=[InputRequired(lazy("请选择办理结果。"))],
    )
    answer = StringField(lazy("答复"), validators=[Optional(), Length(max=400, message=lazy("最多 400 个字。"))])

    def given(self) -> Answer:
        """The answer for ``answer_correction``."""
        return Answer(self.accepted.data == "yes", self.answer.data or "")
