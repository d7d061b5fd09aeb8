"""Forms of logs and reviews."""

from decimal import Decimal

from wtforms import DecimalField
from wtforms.validators import NumberRange, Optional

from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.language import lazy
from careerpath.mentoring.forms.fields import VersionedForm, long_field
from careerpath.mentoring.models import MentoringLog, MentoringReview
from careerpath.mentoring.operations.logs import LONGEST_TOPIC, MOST_HOURS, LogGiven, ReviewGiven


class LogForm(VersionedForm):
    """One talk, visit or task."""

    on = day_field("日期", "请填写日期。")
    hours = DecimalField(
        lazy("时长（小时）"),
        places=None,
        validators=[Optional(), NumberRange(0, MOST_HOURS, message=lazy("时长应为 0 至 %(max)s 小时，请改正。"))],
    )
    topic = text_field("主题", LONGEST_TOPIC, "请写明帮带的主题。", description=lazy("如 低保入户核查"))
    text = long_field("内容", description="做了什么，学到什么，还有什么问题")

    def show(self, log: MentoringLog) -> None:
        """Fill the form with what stands."""
        self.on.data, self.hours.data, self.topic.data, self.text.data = log.on, log.hours, log.topic, log.text
        self.version.data = str(log.version)

    def given(self) -> LogGiven:
        """The log."""
        return LogGiven(self.on.data, Decimal(self.hours.data or 0), self.topic.data, self.text.data or "")


class QuarterForm(VersionedForm):
    """A quarterly review."""

    on = day_field("评估日期", "请填写评估日期。")
    progress = long_field("目标进展", "请写明目标的进展情况。", description="对照帮带目标，完成了什么")
    opinion = long_field("改进意见")

    def show(self, review: MentoringReview) -> None:
        """Fill the form with what stands."""
        self.on.data, self.progress.data, self.opinion.data = review.on, review.progress, review.opinion
        self.version.data = str(review.version)

    def given(self) -> ReviewGiven:
        """The review."""
        return ReviewGiven(self.on.data, self.progress.data, self.opinion.data or "")
