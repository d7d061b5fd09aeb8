"""What worker and community write, and what the district fixes when it opens a year."""

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from careerpath.appraisals.operations.writing import LONGEST_OPINION, LONGEST_SUMMARY, Draft, Opinion
from careerpath.appraisals.operations.years import NewYear
from careerpath.core.web.fields import OfficeDateField
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.policy.appraisal import GRADE_CHOICES, VoterClass


class SummaryForm(OfficeForm):
    """One's own summary of the year."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    text = TextAreaField(lazy("个人总结"), validators=[Length(max=LONGEST_SUMMARY)])

    def given(self) -> Draft:
        """The text with the version it was written on."""
        return Draft(self.text.data or "", self.version.data)


class ConfirmForm(OfficeForm):
    """One's own opinion on the decided result."""

    opinion = TextAreaField(lazy("本人意见"), validators=[Optional(), Length(max=LONGEST_OPINION)])


class OpinionForm(OfficeForm):
    """The community's opinion with training and ballots."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    text = TextAreaField(
        lazy("社区党组织评语"), validators=[InputRequired(lazy("请填写评语。")), Length(max=LONGEST_OPINION)]
    )
    training = StringField(lazy("参加培训情况"), validators=[Optional(), Length(max=120)])

    def given(self, raw: dict[str, str]) -> Opinion:
        """The opinion; ballots are fields ``ballot-CLASS-GRADE`` of the page."""
        ballots: dict[str, dict[str, int]] = {}
        for voters in VoterClass:
            for code in GRADE_CHOICES:
                count = whole_number(raw.get(f"ballot-{voters.value}-{code}", "").strip())
                if count is not None:
                    ballots.setdefault(voters.value, {})[code] = count
        return Opinion(self.text.data or "", self.training.data or "", ballots, self.version.data)


class NewYearForm(OfficeForm):
    """The opening of a year."""

    unit_id = SelectField(lazy("区（县）"), coerce=int)
    year = IntegerField(lazy("考核年度"), validators=[InputRequired(), NumberRange(2000, 2100)])
    edition = SelectField(lazy("考核办法"))
    reference_on = OfficeDateField(lazy("考核基准日"), validators=[InputRequired()])
    self_summary_due_on = OfficeDateField(lazy("个人总结截止"), validators=[InputRequired()])
    community_due_on = OfficeDateField(lazy("社区意见截止"), validators=[InputRequired()])
    street_due_on = OfficeDateField(lazy("街道提交截止"), validators=[InputRequired()])
    district_due_on = OfficeDateField(lazy("区级审定截止"), validators=[InputRequired()])

    def given(self) -> NewYear:
        """The values for ``open_year``."""
        return NewYear(
            unit_id=self.unit_id.data,
            year=self.year.data,
            edition=self.edition.data,
            reference_on=self.reference_on.data,
            self_summary_due_on=self.self_summary_due_on.data,
            community_due_on=self.community_due_on.data,
            street_due_on=self.street_due_on.data,
            district_due_on=self.district_due_on.data,
        )
