"""What people type about a batch: the plan, the publication, other days, reasons."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.core.web.paths import whole_number
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import RecruitmentBatch
from careerpath.recruitment.operations.batches import LONGEST_REASON, BatchPlan, NewDays
from careerpath.words import msg

LONGEST_REMARK = 4000
TOO_LONG = "最多 %(max)d 个字，请缩短。"
DAYS = ("announced_on", "opens_on", "closes_on", "written_on", "interview_on")
PLAN = (
    "name",
    "title",
    "year",
    "edition_key",
    "vacancies_on",
    *DAYS,
    "written_time",
    "public",
    "keep_months",
    "contact",
    "remark",
)


TEXTS = ("written_time", "contact", "remark")


class VersionedForm(OfficeForm):
    """A form about a record that somebody else may change meanwhile."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0


class PlanForm(VersionedForm):
    """The plan of a batch."""

    name = text_field("批次名称", 40, "请填写批次名称。")
    title = text_field("公告标题", 120, "请填写公告标题。")
    year = IntegerField(lazy("年度"), validators=[InputRequired(lazy("请填写四位数的年度。"))])
    edition_key = SelectField(lazy("招聘规则"))
    vacancies_on = day_field("空编统计日", "请填写按哪一天统计空编。")
    announced_on = day_field("公告发布日")
    opens_on = day_field("报名开始日")
    closes_on = day_field("报名截止日")
    written_on = day_field("笔试日期")
    written_time = text_field("笔试时间", 40)
    interview_on = day_field("面试日期")
    public = BooleanField(lazy("开放网上报名"))
    keep_months = IntegerField(
        lazy("未聘用人员信息保存月数"), validators=[InputRequired(lazy("请填写未聘用人员信息保存几个月。"))]
    )
    contact = text_field("咨询电话和地点", 120)
    remark = TextAreaField(lazy("公告的其他内容"), validators=[Length(max=LONGEST_REMARK, message=lazy(TOO_LONG))])

    def offer(self, editions: Iterable[RecruitmentEdition]) -> None:
        """The rules to choose from, newest first."""
        self.edition_key.choices = [
            SelectChoice(edition.head.key, edition_name(edition))
            for edition in sorted(editions, key=lambda one: one.head.effective_from, reverse=True)
        ]

    def show(self, batch: RecruitmentBatch) -> None:
        """Fill the form with what is planned."""
        for name in PLAN:
            self._fields[name].data = getattr(batch, name)
        self.version.data = str(batch.version)

    def given(self) -> BatchPlan:
        """The plan."""
        values: dict[str, Any] = {name: self._fields[name].data for name in PLAN}
        return BatchPlan(**values | {name: values[name] or "" for name in TEXTS})


class NewPlanForm(PlanForm):
    """The plan of a new batch, with the district."""

    unit_id = SelectField(lazy("区（县）"), validators=[InputRequired(lazy("请选择区（县）。"))])

    def offer_units(self, units: Sequence[tuple[int, str]]) -> None:
        """The districts to choose from."""
        self.unit_id.choices = [SelectChoice(str(unit_id), name) for unit_id, name in units]


class PublishForm(OfficeForm):
    """The number of the notice."""

    document = text_field("公告文号", 120, "请填写公告的文号或编号，公告和各项名单都要引用。")


class DaysForm(VersionedForm):
    """Other days for a published batch, and why."""

    closes_on = day_field("报名截止日", "请填写报名截止日。")
    written_on = day_field("笔试日期")
    written_time = text_field("笔试时间", 40)
    interview_on = day_field("面试日期")
    reason = text_field("调整原因", LONGEST_REASON, "请写明原因，它会记入办理过程。")

    def show(self, batch: RecruitmentBatch) -> None:
        """Fill the form with the days that are published."""
        for name in ("closes_on", "written_on", "written_time", "interview_on"):
            self._fields[name].data = getattr(batch, name)
        self.version.data = str(batch.version)

    def given(self) -> NewDays:
        """The days with their reason."""
        return NewDays(
            closes_on=self.closes_on.data,
            written_on=self.written_on.data,
            written_time=self.written_time.data or "",
            interview_on=self.interview_on.data,
            reason=self.reason.data or "",
        )


class ReasonForm(OfficeForm):
    """Why a batch is cancelled, or taken up again."""

    reason = text_field("原因", LONGEST_REASON, "请写明原因，它会记入办理过程。")


def edition_name(edition: RecruitmentEdition) -> str:
    """An edition as a list of choices names it."""
    head = edition.head
    example = say(msg("，示例 非官方")) if head.example else ""
    return say(msg("%(title)s（%(on)s 起%(example)s）", title=head.title, on=head.effective_from, example=example))
