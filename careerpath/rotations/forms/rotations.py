"""What people type about rotations: proposals, decisions, reports, evaluation, wishes."""

from collections.abc import Sequence

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.rotations.forms.fields import HostForm, VersionForm, as_choices, long_text, many_field
from careerpath.rotations.models import Rotation, RotationReport
from careerpath.rotations.operations.evaluations import (
    LONGEST_OPINION,
    LONGEST_SUMMARY,
    LONGEST_WORK,
    RotationJudged,
)
from careerpath.rotations.operations.reports import LONGEST_REPORT
from careerpath.rotations.operations.rotations import (
    LONGEST_HOME,
    LONGEST_NAME,
    LONGEST_POST,
    LONGEST_TASKS,
    RotationGiven,
)
from careerpath.rotations.operations.steps import LONGEST_DOCUMENT, LONGEST_NOTE
from careerpath.rotations.operations.wishes import WishGiven


class RotationForm(HostForm, VersionForm):
    """Where somebody goes, as what, for how long."""

    host = StringField(lazy("接收单位"), validators=[InputRequired(lazy("请填写接收单位，输入名称后从列表中选择。"))])
    kind = SelectField(lazy("锻炼方式"), choices=[], validators=[InputRequired(lazy("请选择锻炼方式。"))])
    host_post = text_field("锻炼岗位", LONGEST_POST, "请填写挂职（锻炼）岗位。")
    starts_on = day_field("开始日期", "请填写开始日期。")
    ends_on = day_field("结束日期", "请填写结束日期。", description=lazy("最后一天，含当日"))
    tasks = long_text("锻炼任务", LONGEST_TASKS)
    document = text_field("依据文号", LONGEST_DOCUMENT)
    reason = text_field("理由", LONGEST_NOTE, description=lazy("期限与规定不同，或接收单位名额已满时必须写明"))

    def offer(self, kinds: Sequence[tuple[str, str]]) -> None:
        """The kinds that there are."""
        self.kind.choices = as_choices(kinds)

    def show(self, rotation: Rotation, host_name: str) -> None:
        """Fill the form with what stands."""
        for name in ("kind", "host_post", "starts_on", "ends_on", "tasks", "document"):
            self[name].data = getattr(rotation, name)
        self.host.data, self.host_id.data = host_name, str(rotation.host_id)
        self.version.data = str(rotation.version)

    def given(self, host_id: int, employee_id: int | None = None, wish_id: int | None = None) -> RotationGiven:
        """The rotation of somebody of the register."""
        return RotationGiven(
            kind=self.kind.data,
            host_id=host_id,
            host_post=self.host_post.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            tasks=self.tasks.data or "",
            employee_id=employee_id,
            wish_id=wish_id,
            document=self.document.data or "",
            reason=self.reason.data or "",
        )


class CadreForm(RotationForm):
    """A cadre without a file who is sent down."""

    person_name = text_field("干部姓名", LONGEST_NAME, "请填写下派干部姓名。")
    home_name = text_field("派出单位及职务", LONGEST_HOME, "请填写派出单位及职务。")
    unit = StringField(lazy("派出单位所在地"), validators=[InputRequired(lazy("请填写派出单位所在的街道或区（县）。"))])
    unit_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)

    def given(self, host_id: int, employee_id: int | None = None, wish_id: int | None = None) -> RotationGiven:
        """The rotation of somebody who is known by name alone."""
        return RotationGiven(
            kind=self.kind.data,
            host_id=host_id,
            host_post=self.host_post.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            tasks=self.tasks.data or "",
            person_name=self.person_name.data,
            home_name=self.home_name.data,
            unit_id=self.unit_id.data,
            document=self.document.data or "",
            reason=self.reason.data or "",
        )


class ApproveForm(OfficeForm):
    """The approval, of one or of many."""

    document = text_field("批准文号", LONGEST_DOCUMENT, "请填写批准文号或会议纪要名称。")
    on = day_field("批准日期", "请填写批准日期。")


class ReasonForm(OfficeForm):
    """Why something is taken back or cancelled."""

    reason = text_field("原因", LONGEST_NOTE, "请写明原因。")


class ExtendForm(OfficeForm):
    """Another last day."""

    ends_on = day_field("调整后的结束日期", "请填写结束日期。", description=lazy("最后一天，含当日"))
    reason = text_field("理由", LONGEST_NOTE, description=lazy("超过规定期限的必须写明"))


class ReturnForm(OfficeForm):
    """The return."""

    returned_on = day_field("在外最后一天", "请填写返回日期。")
    reason = text_field("原因", LONGEST_NOTE, description=lazy("提前或逾期返回的必须写明"))


class ReportForm(VersionForm):
    """A report of a time."""

    on = day_field("报告日期", "请填写报告日期。")
    text = long_text("工作情况", LONGEST_REPORT, "请写明锻炼期间的工作情况。")

    def show(self, report: RotationReport) -> None:
        """Fill the form with what stands."""
        self.on.data, self.text.data, self.version.data = report.on, report.text, str(report.version)


class SummaryForm(OfficeForm):
    """Main work and summary, in the person's own words."""

    work = long_text("主要工作", LONGEST_WORK, "请填写主要工作。")
    summary = long_text("个人总结", LONGEST_SUMMARY, "请填写个人总结。")


class JudgeForm(OfficeForm):
    """The evaluation."""

    grade = RadioField(lazy("鉴定等次"), choices=[], validators=[InputRequired(lazy("请选择鉴定等次。"))])
    work = long_text("主要工作", LONGEST_WORK)
    self_summary = long_text("个人总结", LONGEST_SUMMARY)
    host_opinion = long_text("接收单位鉴定", LONGEST_OPINION, "请填写接收单位的鉴定意见。")
    home_opinion = long_text("派出单位意见", LONGEST_OPINION)
    district_opinion = long_text("街道（组织部门）意见", LONGEST_OPINION)
    on = day_field("鉴定日期", "请填写鉴定日期。")

    def offer(self, grades: Sequence[tuple[str, str]]) -> None:
        """The grades of the edition that the rotation froze."""
        self.grade.choices = as_choices(grades)

    def show(self, rotation: Rotation) -> None:
        """Fill the form with what was written before."""
        for name in ("work", "self_summary", "host_opinion", "home_opinion", "district_opinion"):
            self[name].data = getattr(rotation, name)

    def given(self) -> RotationJudged:
        """The evaluation."""
        return RotationJudged(
            grade=self.grade.data,
            host_opinion=self.host_opinion.data,
            on=self.on.data,
            work=self.work.data or "",
            self_summary=self.self_summary.data or "",
            home_opinion=self.home_opinion.data or "",
            district_opinion=self.district_opinion.data or "",
        )


class WishForm(HostForm):
    """What somebody would like."""

    kind = SelectField(lazy("锻炼方式"), choices=[], validators=[Optional()])
    lines = many_field("想学的业务")
    earliest_on = day_field("最早可以开始", description=lazy("如 2025-06-30；随时可以的留空"))
    note = text_field("说明", LONGEST_NOTE)

    def offer(self, any_kind: str, kinds: Sequence[tuple[str, str]], lines: Sequence[tuple[str, str]]) -> None:
        """The kinds and lines that there are; the first choice is any kind."""
        self.kind.choices = as_choices([("", any_kind), *kinds])
        self.lines.choices = as_choices(lines)

    def given(self, host_id: int | None) -> WishGiven:
        """The wish."""
        return WishGiven(
            kind=self.kind.data or "",
            host_id=host_id,
            lines=tuple(self.lines.data or ()),
            earliest_on=self.earliest_on.data,
            note=self.note.data or "",
        )
