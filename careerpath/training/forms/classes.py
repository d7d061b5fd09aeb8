"""What people type about classes: the plan, what happens to it as a whole, papers, ratings."""

from collections.abc import Mapping, Sequence
from datetime import time
from decimal import Decimal
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from careerpath.core.steps import LONGEST_REASON
from careerpath.core.web.fields import day_field, read_day, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.core.web.paths import whole_number
from careerpath.employees.forms.fields import code_choices
from careerpath.policy.codes import Post
from careerpath.policy.reason import show
from careerpath.training.forms.amounts import AmountField, read_amount
from careerpath.training.models import ClassDay, TrainingClass
from careerpath.training.operations.attendance import LONGEST_COMMENT
from careerpath.training.operations.classes import (
    LONGEST_DOCUMENT,
    LONGEST_PLACE,
    LONGEST_REMARK,
    MOST_PLACES,
    AudienceGiven,
    ClassGiven,
    DayGiven,
)
from careerpath.training.operations.courses import LONGEST_NAME
from careerpath.words import Refused, msg

TOO_LONG = "最多 %(max)d 个字，请缩短。"
LONGEST_SCHEDULE = 8000
RATINGS = {5: msg("5 很好"), 4: msg("4 较好"), 3: msg("3 一般"), 2: msg("2 较差"), 1: msg("1 很差")}


class ClassForm(OfficeForm):
    """The plan of a class. The schedule is one line a day: 2026-03-05 08:30-11:30 3."""

    version = HiddenField()
    course_id = SelectField(lazy("课程"), validators=[InputRequired(lazy("请选择课程。"))])
    name = text_field("班次名称", LONGEST_NAME, "请填写班次名称。")
    starts_on = day_field("开始日期", "请填写开始日期。")
    ends_on = day_field("结束日期", "请填写结束日期。")
    days = TextAreaField(lazy("日程"), validators=[Length(max=LONGEST_SCHEDULE, message=lazy(TOO_LONG))])
    held_at = text_field("地点", LONGEST_PLACE)
    teacher = text_field("授课人", LONGEST_PLACE)
    capacity = IntegerField(
        lazy("名额"), validators=[Optional(), NumberRange(1, MOST_PLACES, lazy("名额应为正整数，不限的请留空。"))]
    )
    enrol_until = day_field("本人报名截止日")
    score_wanted = AmountField(lazy("合格分数"), validators=[Optional()])
    posts = SelectMultipleField(lazy("职务类别"), choices=code_choices(Post), validators=[Optional()])
    joined_from = day_field("进社区日期起")
    joined_until = day_field("进社区日期止")
    requirement = SelectField(lazy("尚未达到的培训要求"), validators=[Optional()])
    lines = SelectMultipleField(lazy("社区缺人的业务条线"), validators=[Optional()])
    document = text_field("通知文号", LONGEST_DOCUMENT)
    remark = text_field("备注", LONGEST_REMARK)

    def offer(
        self,
        courses: Sequence[tuple[int, str]],
        requirements: Sequence[tuple[str, str]],
        lines: Sequence[tuple[str, str]],
    ) -> None:
        """The courses, requirements and lines of work to choose from."""
        self.course_id.choices = [SelectChoice(str(number), name) for number, name in courses]
        none = SelectChoice("", say(msg("不限")))
        self.requirement.choices = [none, *(SelectChoice(code, name) for code, name in requirements)]
        self.lines.choices = [SelectChoice(code, name) for code, name in lines]

    def show(self, record: TrainingClass, days: Sequence[ClassDay]) -> None:
        """Fill the form with what is planned."""
        for name in (
            "name", "starts_on", "ends_on", "held_at", "teacher", "capacity", "enrol_until", "score_wanted",
            "document", "remark",
        ):  # fmt: skip
            self._fields[name].data = getattr(record, name)
        self.course_id.data = str(record.course_id)
        self.version.data = str(record.version)
        self.days.data = "\n".join(f"{day.on} {day.begins:%H:%M}-{day.ends:%H:%M} {show(day.hours)}" for day in days)
        audience = AudienceGiven.of(record.audience)
        for name in ("joined_from", "joined_until", "requirement"):
            self._fields[name].data = getattr(audience, name)
        self.posts.data, self.lines.data = list(audience.posts), list(audience.lines)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> ClassGiven:
        """The plan. Raises ``Refused`` for a line of the schedule that cannot be read."""
        return ClassGiven(
            course_id=int(self.course_id.data),
            name=self.name.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            days=read_schedule(self.days.data or ""),
            enrol_until=self.enrol_until.data,
            held_at=self.held_at.data or "",
            teacher=self.teacher.data or "",
            capacity=self.capacity.data,
            audience=AudienceGiven(
                posts=tuple(self.posts.data or ()),
                joined_from=self.joined_from.data,
                joined_until=self.joined_until.data,
                requirement=self.requirement.data or "",
                lines=tuple(self.lines.data or ()),
            ),
            score_wanted=self.score_wanted.data,
            document=self.document.data or "",
            remark=self.remark.data or "",
        )


def read_schedule(text: str) -> tuple[DayGiven, ...]:
    """The days of a schedule, one a line: the day, from–to, hours; the last two may be left out.

    Raises ``Refused`` with the number of the line that cannot be read.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            day = _read_line(line.split())
            if day is None:
                raise Refused(
                    msg(
                        "日程第 %(number)s 行“%(line)s”无法识别，请按 2026-03-05 08:30-11:30 3 的格式填写。",
                        number=number,
                        line=line.strip()[:60],
                    ),
                    field="days",
                )
            found.append(day)
    return tuple(found)


def _read_line(parts: Sequence[str]) -> DayGiven | None:
    on = read_day(parts[0])
    times = _read_times(parts[1]) if len(parts) > 1 else None
    hours = read_amount(parts[2]) if len(parts) > 2 else None
    if on is None or len(parts) > 3 or (len(parts) > 1 and times is None) or (len(parts) > 2 and hours is None):
        return None
    return DayGiven(on, *times, hours) if times else DayGiven(on)


def _read_times(text: str) -> tuple[time, time] | None:
    begins, dash, ends = text.replace("：", ":").replace("—", "-").replace("–", "-").partition("-")
    try:
        return (_read_time(begins), _read_time(ends)) if dash else None
    except ValueError:
        return None


def _read_time(text: str) -> time:
    hour, _, minute = text.partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        raise ValueError(text)
    return time(int(hour), int(minute))


class DocumentForm(OfficeForm):
    """The number of the notice."""

    document = text_field("通知文号", LONGEST_DOCUMENT)


class ReasonForm(OfficeForm):
    """Why something is done."""

    reason = text_field("原因", LONGEST_REASON, "请写明原因，它会记入办理过程。")


class CloseForm(OfficeForm):
    """The day on which a class is closed."""

    on = day_field("办结日期", "请填写办结日期。")


class PaperForm(OfficeForm):
    """A paper of a class."""

    file = FileField(lazy("文件"), validators=[FileRequired(lazy("请选择文件。"))])


class CodeForm(OfficeForm):
    """The code on the wall."""

    code = text_field("签到码", 12, "请填写现场公布的六位签到码。")


class RatingForm(OfficeForm):
    """What somebody thinks of a class."""

    rating = RadioField(
        lazy("评分"), choices=word_choices(RATINGS), validators=[InputRequired(lazy("请选择 1 至 5 分。"))]
    )
    comment = text_field("意见和建议", LONGEST_COMMENT)


def results_of(sent: Mapping[str, Any]) -> dict[int, tuple[Decimal | None, Decimal | None, str]]:
    """Score, hours and note by enrolment, as a page of the list sent them: ``score-12``, ``hours-12``, ``note-12``.

    Raises ``Refused`` with what was typed where a number cannot be read.
    """
    found: dict[int, tuple[Decimal | None, Decimal | None, str]] = {}
    for name in sent:
        kind, _, number = name.partition("-")
        enrolment_id = whole_number(number)
        if kind == "hours" and enrolment_id is not None:
            found[enrolment_id] = (
                _amount(sent.get(f"score-{number}", "")),
                _amount(sent[name]),
                sent.get(f"note-{number}", ""),
            )
    return found


def _amount(text: str) -> Decimal | None:
    if not text.strip():
        return None
    amount = read_amount(text)
    if amount is None:
        raise Refused(msg("“%(text)s”不是数字，请填写数字，最多两位小数。", text=text.strip()[:20]))
    return amount
