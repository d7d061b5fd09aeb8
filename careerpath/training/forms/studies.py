"""What people type about the national exam, certificates and degree courses."""

from decimal import Decimal

from wtforms import BooleanField, DecimalField, HiddenField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from careerpath.core import clock
from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.employees.forms.fields import code_field
from careerpath.employees.operations.facts import NewEducation
from careerpath.policy.codes import Certificate, Degree, Education
from careerpath.training.models import CertificateTry, DegreeStudy, TryState
from careerpath.training.operations.studies import LONGEST_NOTE, LONGEST_SCHOOL, LONGEST_SUPPORT, StudyGiven
from careerpath.training.operations.tries import Renewal, TryGiven, TryResult
from careerpath.training.queries.words import TRY_STATES
from careerpath.words import msg

RESULTS = {state: word for state, word in TRY_STATES.items() if state is not TryState.REGISTERED}


class PersonForm(OfficeForm):
    """Something about a person who is looked up."""

    person = StringField(lazy("人员"), validators=[InputRequired(lazy("请填写人员，输入姓名或编号后从列表中选择。"))])
    person_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)

    def validate(self, extra_validators: object = None) -> bool:
        """The person must be one that there is."""
        sound = super().validate(extra_validators)
        if sound and self.person_id.data is None:
            self.person.errors = [lazy("没有找到这个人，请输入姓名或编号后从列表中选择。")]
            return False
        return bool(sound)


class OwnTryForm(OfficeForm):
    """A registration for the exam, as the person enters it."""

    grade = code_field("报考等级", Certificate)
    year = IntegerField(
        lazy("考试年度"),
        default=lambda: clock.today().year,
        validators=[InputRequired(lazy("请填写考试年度，例如 2025。"))],
    )
    registered_on = day_field("报考日期", "请填写报考日期。")
    note = text_field("备注", LONGEST_NOTE)

    def given(self) -> TryGiven:
        """The registration."""
        support = self._fields.get("support")
        return TryGiven(
            self.grade.data,
            self.year.data,
            self.registered_on.data,
            (support.data or "") if support is not None else "",
            self.note.data or "",
        )


class TryForm(OwnTryForm):
    """A registration for the exam, as the office enters it."""

    version = HiddenField()
    support = text_field("单位支持", LONGEST_SUPPORT, description=lazy("例如报名费报销、考前培训、考试假"))

    def show(self, attempt: CertificateTry) -> None:
        """Fill the form with what stands."""
        for name in ("grade", "year", "registered_on", "support", "note"):
            self._fields[name].data = getattr(attempt, name)
        self.version.data = str(attempt.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0


class NewTryForm(PersonForm, TryForm):
    """A registration for the exam of somebody who is looked up."""


class ResultForm(OfficeForm):
    """What came of a try."""

    state = RadioField(
        lazy("考试结果"), choices=word_choices(RESULTS), validators=[InputRequired(lazy("请选择考试结果。"))]
    )
    result_on = day_field("公布日期", "请填写公布日期。")
    obtained_on = day_field(
        "取得证书日期", description=lazy("已通过的填写，证书随之记入人员档案；档案中已有的不重复登记")
    )
    certificate_number = text_field("证书编号", 40)

    def given(self) -> TryResult:
        """The result."""
        return TryResult(
            TryState(self.state.data),
            self.result_on.data,
            self.obtained_on.data,
            self.certificate_number.data or "",
        )


class RenewalForm(OfficeForm):
    """A new registration of a certificate."""

    registered_on = day_field("再登记日期", "请填写再登记日期。")
    registered_until = day_field("新的有效期至", "请填写新的登记有效期。", description=lazy("含当日"))

    def given(self) -> Renewal:
        """The registration."""
        return Renewal(self.registered_on.data, self.registered_until.data)


class OwnStudyForm(OfficeForm):
    """A course of study, as the person enters it."""

    level = code_field("攻读学历", Education)
    school = text_field("院校", LONGEST_SCHOOL, "请填写就读院校。")
    major = text_field("专业", LONGEST_SCHOOL)
    starts_on = day_field("入学日期", "请填写入学日期。")
    expected_on = day_field("预计毕业日期", "请填写预计毕业日期。")
    note = text_field("备注", LONGEST_NOTE)

    def given(self) -> StudyGiven:
        """The course."""
        support, amount = self._fields.get("support"), self._fields.get("amount")
        paid = amount.data if amount is not None else None
        return StudyGiven(
            self.level.data,
            self.school.data or "",
            self.major.data or "",
            self.starts_on.data,
            self.expected_on.data,
            (support.data or "") if support is not None else "",
            None if paid is None else Decimal(paid).quantize(Decimal("0.01")),
            self.note.data or "",
        )


class StudyForm(OwnStudyForm):
    """A course of study, as the office enters it."""

    version = HiddenField()
    support = text_field("单位支持", LONGEST_SUPPORT, description=lazy("例如学费补助、考试假"))
    amount = DecimalField(
        lazy("资助金额（元）"),
        places=2,
        validators=[Optional(), NumberRange(0, 1_000_000, lazy("资助金额应在 0 至 1000000 元之间。"))],
    )

    def show(self, study: DegreeStudy) -> None:
        """Fill the form with what stands."""
        for name in ("level", "school", "major", "starts_on", "expected_on", "support", "amount", "note"):
            self._fields[name].data = getattr(study, name)
        self.version.data = str(study.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0


class NewStudyForm(PersonForm, StudyForm):
    """A course of study of somebody who is looked up."""


class FinishForm(OfficeForm):
    """The end of a course of study with a diploma."""

    ended_on = day_field("毕业日期", "请填写毕业日期。")
    enter = BooleanField(lazy("学历记入人员档案"), default=True)
    degree = code_field("学位", Degree, msg("没有学位"))

    def education(self, study: DegreeStudy) -> NewEducation | None:
        """The diploma for the file, where it is to be entered."""
        if not self.enter.data:
            return None
        return NewEducation(
            level=study.level,
            degree=self.degree.data or "",
            full_time=False,
            school=study.school,
            major=study.major,
            graduated_on=self.ended_on.data,
        )


class GiveUpForm(OfficeForm):
    """The end of a course of study without a diploma."""

    ended_on = day_field("中止日期", "请填写中止日期。")
    reason = text_field("原因", 200, "请写明原因。")
