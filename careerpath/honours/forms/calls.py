"""What people type about a call: the plan, the announcement, days, reasons, the decision."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerpath.core.steps import LONGEST_REASON
from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.employees.forms.fields import code_field
from careerpath.honours.models import HonourCall
from careerpath.honours.operations.calls import LONGEST_CONDITIONS, LONGEST_NAME, CallGiven
from careerpath.honours.operations.grants import GrantGiven
from careerpath.honours.operations.steps import LONGEST_DOCUMENT
from careerpath.policy.codes import HonourKind, HonourLevel

TOO_LONG = "最多 %(max)d 个字，请缩短。"
SHOWN = (
    *("name", "year", "kind", "level", "title", "granted_by", "outside", "places"),
    *("conditions", "least_years", "closes_on"),
)


class CallForm(OfficeForm):
    """The plan of a call."""

    version = HiddenField()
    name = text_field("名称", LONGEST_NAME, "请填写名称。")
    year = IntegerField(lazy("年度"), validators=[InputRequired(lazy("请填写四位数的年度。"))])
    kind = code_field("荣誉类别", HonourKind)
    level = code_field("荣誉级别", HonourLevel)
    title = text_field("荣誉名称", LONGEST_NAME, "请填写荣誉名称，证书和表彰决定照此印制。")
    granted_by = text_field("授予单位", LONGEST_NAME, "请填写授予单位。")
    outside = BooleanField(lazy("由上级（或经选举、协商）授予，本级只推荐上报"))
    places = IntegerField(lazy("名额"), validators=[InputRequired(lazy("请填写名额。"))])
    least_years = IntegerField(lazy("社区工作满（年）"), validators=[Optional()])
    conditions = TextAreaField(lazy("评选条件"), validators=[Length(max=LONGEST_CONDITIONS, message=lazy(TOO_LONG))])
    closes_on = day_field("推荐截止日", "请填写推荐截止日。")

    def show(self, call: HonourCall) -> None:
        """Fill the form with what is planned."""
        for name in SHOWN:
            self._fields[name].data = getattr(call, name)
        self.version.data = str(call.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> CallGiven:
        """The plan."""
        return CallGiven(
            name=self.name.data,
            year=self.year.data,
            kind=self.kind.data,
            level=self.level.data,
            title=self.title.data,
            granted_by=self.granted_by.data,
            outside=bool(self.outside.data),
            places=self.places.data,
            conditions=self.conditions.data or "",
            least_years=self.least_years.data or 0,
            closes_on=self.closes_on.data,
        )


class NewCallForm(CallForm):
    """The plan of a new one, with the district."""

    unit_id = SelectField(lazy("评选单位"), validators=[InputRequired(lazy("请选择评选单位。"))])

    def offer_units(self, units: Sequence[tuple[int, str]]) -> None:
        """The districts and cities to choose from."""
        self.unit_id.choices = [SelectChoice(str(unit_id), name) for unit_id, name in units]


class AnnounceForm(OfficeForm):
    """The number and the day of the announcement."""

    document = text_field("通知文号", LONGEST_DOCUMENT, "请填写通知的文号或编号，公示和表彰决定都要引用。")
    announced_on = day_field("发布日期", "请填写发布日期。")


class ReasonForm(OfficeForm):
    """Why something is done."""

    reason = text_field("原因", LONGEST_REASON, "请写明原因，它会记入办理过程。")


class ExtendForm(ReasonForm):
    """A later last day, and why."""

    closes_on = day_field("新的推荐截止日", "请填写新的推荐截止日。")


class NoticeForm(OfficeForm):
    """From which day to which day those chosen are shown to the public."""

    starts_on = day_field("公示开始日期", "请填写公示开始日期。")
    ends_on = day_field("公示结束日期", "请填写公示结束日期。")


class GrantForm(OfficeForm):
    """The decision, and for a call that is granted outside who is in it."""

    granted_on = day_field("授予日期", "请填写授予日期。")
    document = text_field("表彰文号", LONGEST_DOCUMENT, "请填写表彰决定或批复的文号。")
    term_ends_on = day_field("任期结束日期")

    def given(self, granted: Sequence[int] | None) -> GrantGiven:
        """The decision; ``granted`` is None where everybody on the list is in it."""
        ends_on: Any = self.term_ends_on.data
        return GrantGiven(
            granted_on=self.granted_on.data,
            document=self.document.data or "",
            term_ends_on=ends_on,
            granted=granted,
        )
