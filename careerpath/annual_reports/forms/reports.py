"""What people type about reports: unit, year and day, signature, texts, reasons."""

from datetime import date

from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from careerpath.annual_reports.models import AnnualReport, ReportText
from careerpath.annual_reports.operations.reports import LONGEST_LINE, LONGEST_TEXT, ReportGiven
from careerpath.core.steps import LONGEST_REASON
from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number

TOO_LONG = "最多 %(max)d 个字，请缩短。"


class ReportForm(OfficeForm):
    """The day, title and signature of a report."""

    version = HiddenField()
    year = IntegerField(lazy("年度"), validators=[InputRequired(lazy("请填写四位数的年度。"))])
    on = day_field("统计截止日", "请填写统计截止日，如 2026-12-31。")
    title = text_field("标题", LONGEST_LINE)
    signed_by = text_field("署名单位", LONGEST_LINE)
    signed_on = day_field("成文日期")
    document = text_field("文号", LONGEST_LINE)

    def show(self, report: AnnualReport) -> None:
        """Fill the form with what stands."""
        for name in ("year", "on", "title", "signed_by", "signed_on", "document"):
            self._fields[name].data = getattr(report, name)
        self.version.data = str(report.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> ReportGiven:
        """What is known of the report."""
        return ReportGiven(
            year=self.year.data,
            on=self.on.data,
            title=self.title.data or "",
            signed_by=self.signed_by.data or "",
            signed_on=self.signed_on.data,
            document=self.document.data or "",
        )


class NewReportForm(ReportForm):
    """A new report, with its unit."""

    unit = StringField(lazy("编制单位"), validators=[InputRequired(lazy("请填写编制单位，输入名称后从列表中选择。"))])
    unit_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)

    def suggest(self, unit: tuple[int, str] | None, today: date) -> None:
        """Begin with a unit and the present year up to today."""
        if unit is not None:
            self.unit_id.data, name = unit
            self.unit.process_data(name)
        self.year.data, self.on.data = today.year, today


class FreezeForm(OfficeForm):
    """The day and number under which a report is signed."""

    signed_on = day_field("成文日期", "请填写成文日期。")
    document = text_field("文号", LONGEST_LINE)


class ReasonForm(OfficeForm):
    """Why something is taken back."""

    reason = TextAreaField(
        lazy("原因"),
        validators=[
            InputRequired(lazy("请写明原因，它会记入办理过程。")),
            Length(max=LONGEST_REASON, message=lazy(TOO_LONG)),
        ],
    )


class TextForm(OfficeForm):
    """The text of a section."""

    version = HiddenField()
    text = TextAreaField(
        lazy("文字"),
        validators=[
            InputRequired(lazy("请填写这一章的文字，或恢复通用文字。")),
            Length(max=LONGEST_TEXT, message=lazy(TOO_LONG)),
        ],
    )

    def show(self, text: str, written: ReportText | None) -> None:
        """Fill the form with what stands."""
        self.text.data = text
        self.version.data = str(written.version) if written else ""

    def seen(self) -> int | None:
        """The version that the person saw; None where nobody had written anything."""
        return whole_number(self.version.data or "")
