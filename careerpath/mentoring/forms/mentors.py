"""Forms of the register of mentors."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.language import lazy
from careerpath.mentoring.forms.fields import VersionedForm, choices_of_lines, lines_field, long_field
from careerpath.mentoring.models import Mentor
from careerpath.mentoring.operations.mentors import (
    LONGEST_NAME,
    LONGEST_PHONE,
    LONGEST_POST,
    MOST_MENTEES,
    MentorGiven,
)
from careerpath.mentoring.operations.texts import LONGEST_DOCUMENT, LONGEST_NUMBER, LONGEST_REMARK


class MentorForm(VersionedForm):
    """The appointment of somebody with a personnel file."""

    kind = SelectField(lazy("导师类别"), validators=[InputRequired(lazy("请选择导师类别。"))])
    number = text_field("聘书编号", LONGEST_NUMBER, "请填写聘书编号。")
    expertise = lines_field("专长", "能带教的业务，可多选")
    cap = IntegerField(
        lazy("最多带教人数"),
        description=lazy("留空按办法规定的该类导师人数"),
        validators=[
            Optional(),
            NumberRange(1, MOST_MENTEES, message=lazy("最多带教人数应为 1 至 %(max)s 人，请改正。")),
        ],
    )
    starts_on = day_field("聘期开始", "请填写聘期开始日期。")
    ends_on = day_field("聘期结束", description=lazy("含当日；没有期限的留空"))
    document = text_field("聘任文号", LONGEST_DOCUMENT)
    remark = long_field("备注", most=LONGEST_REMARK)

    def offer(self, kinds: Mapping[str, str], lines: Sequence[tuple[str, str]]) -> None:
        """The kinds of mentors of the rule, and the lines of work of the district."""
        rest = {self.kind.data: self.kind.data} if self.kind.data and self.kind.data not in kinds else {}
        self.kind.choices = [SelectChoice(code, name) for code, name in ({**kinds, **rest}).items()]
        choices_of_lines(self.expertise, lines)

    def show(self, mentor: Mentor) -> None:
        """Fill the form with what stands."""
        for name, field in self._fields.items():
            if name not in ("csrf_token", "version", "unit", "unit_id"):
                field.data = getattr(mentor, name)
        self.version.data = str(mentor.version)

    def given(self, employee_id: int | None = None) -> MentorGiven:
        """The appointment."""
        outside = {name: self._fields[name].data or "" for name in ("name", "post", "phone") if name in self._fields}
        return MentorGiven(
            kind=self.kind.data,
            number=self.number.data,
            expertise=tuple(self.expertise.data or ()),
            cap=self.cap.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            document=self.document.data or "",
            remark=self.remark.data or "",
            employee_id=employee_id,
            **outside,
        )


class GuestForm(MentorForm):
    """The appointment of somebody from outside, such as a cadre of an agency."""

    name = text_field("姓名", LONGEST_NAME, "请填写导师姓名。")
    post = text_field("单位及职务", LONGEST_POST, "请填写导师的单位及职务。")
    phone = text_field("办公电话", LONGEST_PHONE)


class NewGuestForm(GuestForm):
    """Somebody from outside with the unit that invites them."""

    unit = StringField(lazy("聘请单位"), validators=[InputRequired(lazy("请填写聘请单位，输入名称后从列表中选择。"))])
    unit_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)

    def validate(self, extra_validators: object = None) -> bool:
        """The unit must be one that there is."""
        sound = super().validate(extra_validators)
        if sound and self.unit_id.data is None:
            self.unit.errors = [lazy("没有找到这个单位，请输入名称后从列表中选择。")]
            return False
        return bool(sound)
