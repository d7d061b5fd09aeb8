"""Dated facts, as typed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, DecimalField, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.employees.forms.fields import code_choices, code_field
from careerpath.employees.operations.facts import (
    FactKind,
    NewAbsence,
    NewCertificate,
    NewContract,
    NewDiscipline,
    NewEducation,
    NewHonour,
    NewPosting,
)
from careerpath.employees.operations.history import Ending
from careerpath.policy.codes import Certificate, Degree, Education, HonourKind, HonourLevel, Post
from careerpath.words import Refused, msg


class PostingForm(OfficeForm):
    """A posting."""

    unit = text_field("任职单位", 80, "请填写任职单位。")
    unit_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    post = code_field("岗位层级", Post)
    title = text_field("职务名称", 60)
    starts_on = day_field("任职开始日期", "请填写任职开始日期。")
    ends_on = day_field("任职结束日期")
    main = BooleanField(lazy("主要任职（按此考核、发放待遇）"), default=True)
    elected = BooleanField(lazy("由选举产生"))
    dual_head = BooleanField(lazy("书记、主任“一肩挑”"))
    party_role = text_field("党内职务", 40)
    duties = text_field("从事或分管工作", 200)

    def given(self) -> NewPosting:
        """The posting for ``add_fact``, ``correct_fact`` or ``change_post``."""
        return NewPosting(
            unit_id=chosen_unit(self),
            post=self.post.data,
            starts_on=self.starts_on.data,
            title=(self.title.data or "").strip(),
            ends_on=self.ends_on.data,
            elected=self.elected.data,
            party_role=(self.party_role.data or "").strip(),
            dual_head=self.dual_head.data,
            main=self.main.data,
            duties=(self.duties.data or "").strip(),
        )


def chosen_unit(form: OfficeForm) -> int:
    """The unit chosen in a form. Raises ``Refused`` beside the field where nothing was chosen from the list."""
    if form.unit_id.data is None:
        raise Refused(msg("没有找到唯一的“%(unit)s”，请从列表中选择任职单位。", unit=form.unit.data), field="unit")
    return int(form.unit_id.data)


class EducationForm(OfficeForm):
    """A course of study."""

    level = code_field("学历", Education)
    degree = SelectField(
        lazy("学位"), choices=code_choices(Degree, msg("无学位")), validators=[Optional()], validate_choice=False
    )
    full_time = BooleanField(lazy("全日制"), default=True)
    school = text_field("毕业院校", 80)
    major = text_field("专业", 80)
    graduated_on = day_field("毕业日期", month_alone=True)

    def given(self) -> NewEducation:
        """The education for ``add_fact`` or ``correct_fact``."""
        return NewEducation(
            level=self.level.data,
            degree=self.degree.data or "",
            full_time=self.full_time.data,
            school=(self.school.data or "").strip(),
            major=(self.major.data or "").strip(),
            graduated_on=self.graduated_on.data,
        )


class CertificateForm(OfficeForm):
    """A professional certificate."""

    grade = code_field("证书等级", Certificate)
    obtained_on = day_field("取得日期", "请填写取得日期。", month_alone=True)
    registered_on = day_field("登记日期")
    registered_until = day_field("登记有效期至")
    certificate_number = text_field("证书编号", 40)

    def given(self) -> NewCertificate:
        """The certificate for ``add_fact`` or ``correct_fact``."""
        return NewCertificate(
            grade=self.grade.data,
            obtained_on=self.obtained_on.data,
            registered_on=self.registered_on.data,
            registered_until=self.registered_until.data,
            certificate_number=(self.certificate_number.data or "").strip(),
        )


class ContractForm(OfficeForm):
    """A labour contract."""

    starts_on = day_field("合同开始日期", "请填写合同开始日期。")
    ends_on = day_field("合同结束日期")
    probation_ends_on = day_field("试用期结束日期")

    def given(self) -> NewContract:
        """The contract for ``add_fact`` or ``correct_fact``."""
        return NewContract(
            starts_on=self.starts_on.data, ends_on=self.ends_on.data, probation_ends_on=self.probation_ends_on.data
        )


class DisciplineForm(OfficeForm):
    """A case or a measure."""

    measure = text_field("处分或处理名称", 60)
    document = text_field("文号", 120)
    opened_on = day_field("立案日期")
    closed_on = day_field("结案日期")
    starts_on = day_field("处分起始日期")
    ends_on = day_field("处分结束日期")

    def given(self) -> NewDiscipline:
        """The measure for ``add_fact`` or ``correct_fact``."""
        return NewDiscipline(
            measure=(self.measure.data or "").strip(),
            document=(self.document.data or "").strip(),
            opened_on=self.opened_on.data,
            closed_on=self.closed_on.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


def _days(label: str) -> DecimalField:
    outside = lazy("请填写 0 至 366 之间的天数。")
    return DecimalField(
        lazy(label), places=None, default=Decimal(0), validators=[Optional(), NumberRange(0, 366, message=outside)]
    )


class AbsenceForm(OfficeForm):
    """Days of absence of one year."""

    year = IntegerField(lazy("年份"), validators=[InputRequired(lazy("请填写年份。"))])
    sick_days = _days("病假天数")
    personal_days = _days("事假天数")
    unexcused_days = _days("旷工天数")

    def given(self) -> NewAbsence:
        """The totals for ``add_fact`` or ``correct_fact``."""
        return NewAbsence(
            year=self.year.data,
            sick_days=self.sick_days.data or Decimal(0),
            personal_days=self.personal_days.data or Decimal(0),
            unexcused_days=self.unexcused_days.data or Decimal(0),
        )


class HonourForm(OfficeForm):
    """An honour, or a mandate with its term."""

    kind = code_field("荣誉类别", HonourKind)
    level = code_field("荣誉级别", HonourLevel)
    title = text_field("荣誉名称", 80)
    granted_on = day_field("授予（任期开始）日期", "请填写授予日期；两代表一委员填写任期开始日期。", month_alone=True)
    ends_on = day_field("任期结束日期（两代表一委员填写）")
    granted_by = text_field("授予单位", 80)
    document = text_field("文号", 120)

    def given(self) -> NewHonour:
        """The honour for ``add_fact`` or ``correct_fact``."""
        return NewHonour(
            kind=self.kind.data,
            level=self.level.data,
            granted_on=self.granted_on.data,
            ends_on=self.ends_on.data,
            title=(self.title.data or "").strip(),
            granted_by=(self.granted_by.data or "").strip(),
            document=(self.document.data or "").strip(),
        )


class EndingForm(OfficeForm):
    """The last day of a posting."""

    ends_on = day_field("任职结束日期", "请填写最后任职的一天。")

    def given(self) -> Ending:
        """The ending for ``end_posting``."""
        return Ending(self.ends_on.data)


FACT_FORMS: Mapping[FactKind, type[Any]] = {
    FactKind.POSTING: PostingForm,
    FactKind.EDUCATION: EducationForm,
    FactKind.CERTIFICATE: CertificateForm,
    FactKind.CONTRACT: ContractForm,
    FactKind.DISCIPLINE: DisciplineForm,
    FactKind.ABSENCE: AbsenceForm,
    FactKind.HONOUR: HonourForm,
}
