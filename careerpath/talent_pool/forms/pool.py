"""What people type about the pool: entries, readiness, leaving, tasks, reviews, proposals."""

from collections.abc import Mapping
from decimal import Decimal

from wtforms import DecimalField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from careerpath.core import clock
from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.talent_pool.models import DevelopmentTask, Leaving, PoolEntry, Readiness, TaskKind
from careerpath.talent_pool.operations.development import (
    LONGEST_OPINION,
    LONGEST_RESULT,
    LONGEST_TASK,
    PoolReviewGiven,
    TaskGiven,
)
from careerpath.talent_pool.operations.pool import (
    LONGEST_DOCUMENT,
    LONGEST_REASON,
    LONGEST_REMARK,
    EntryChange,
    LeavingGiven,
    PoolEntryGiven,
)
from careerpath.talent_pool.queries.words import LEAVINGS, READINESS, TASK_KINDS
from careerpath.words import msg

TOO_LONG = "最多 %(max)d 个字，请缩短。"
YES, NO = "yes", "no"


def readiness_field() -> RadioField:
    """How soon somebody could take the post."""
    return RadioField(
        lazy("成熟程度"),
        choices=word_choices(READINESS),
        default=Readiness.SOON.value,
        validators=[InputRequired(lazy("请选择成熟程度。"))],
    )


def potential_field() -> DecimalField:
    """Points of potential."""
    return DecimalField(
        lazy("潜力评分"),
        places=2,
        description=lazy("0 至 100 分，未评的留空"),
        validators=[Optional(), NumberRange(0, 100, message=lazy("潜力评分应为 0 至 100 分，请改正。"))],
    )


def remark_field() -> TextAreaField:
    """A remark on an entry."""
    return TextAreaField(lazy("备注"), validators=[Length(max=LONGEST_REMARK, message=lazy(TOO_LONG))])


class PlaceForm(OfficeForm):
    """The community whose reserve somebody is."""

    unit = StringField(lazy("后备所在社区"), validators=[InputRequired(lazy("请填写社区，输入名称后从列表中选择。"))])
    unit_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)

    def validate(self, extra_validators: object = None) -> bool:
        """The unit must be one that there is."""
        sound = super().validate(extra_validators)
        if sound and self.unit_id.data is None:
            self.unit.errors = [lazy("没有找到这个社区，请输入名称后从列表中选择。")]
            return False
        return bool(sound)


class EntryForm(PlaceForm):
    """Somebody who is taken into the pool."""

    rung = SelectField(lazy("培养方向"), validators=[InputRequired(lazy("请选择培养方向。"))])
    entered_on = day_field("入库日期", "请填写入库日期。")
    readiness = readiness_field()
    potential = potential_field()
    document = text_field("入库文号", LONGEST_DOCUMENT)
    remark = remark_field()

    def offer(self, rungs: Mapping[str, str]) -> None:
        """The rungs that there are reserves for."""
        self.rung.choices = [SelectChoice(code, name) for code, name in rungs.items()]

    def given(self, employee_id: int) -> PoolEntryGiven:
        """The entry."""
        return PoolEntryGiven(
            employee_id=employee_id,
            unit_id=self.unit_id.data,
            rung=self.rung.data,
            entered_on=self.entered_on.data,
            document=self.document.data or "",
            readiness=Readiness(self.readiness.data),
            potential=_points(self.potential.data),
            remark=self.remark.data or "",
        )


class EntryChangeForm(PlaceForm):
    """What of an entry may be set right."""

    version = HiddenField()
    entered_on = day_field("入库日期", "请填写入库日期。")
    document = text_field("入库文号", LONGEST_DOCUMENT)
    remark = remark_field()

    def show(self, entry: PoolEntry) -> None:
        """Fill the form with what stands."""
        for name in ("unit_id", "entered_on", "document", "remark"):
            self._fields[name].data = getattr(entry, name)
        self.version.data = str(entry.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> EntryChange:
        """The change."""
        return EntryChange(self.unit_id.data, self.entered_on.data, self.document.data or "", self.remark.data or "")


class ReadinessForm(OfficeForm):
    """How ready somebody is, between two reviews."""

    version = HiddenField()
    readiness = readiness_field()
    remark = remark_field()

    def show(self, entry: PoolEntry) -> None:
        """Fill the form with what stands."""
        self.readiness.data, self.remark.data = entry.readiness.value, entry.remark
        self.version.data = str(entry.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0


class LeavingForm(OfficeForm):
    """Why somebody leaves the pool."""

    leaving = RadioField(
        lazy("出库原因"),
        choices=word_choices(LEAVINGS),
        validators=[InputRequired(lazy("请选择出库原因。"))],
    )
    left_on = day_field("出库日期", "请填写出库日期。", description=lazy("在库的最后一天"))
    reason = text_field("说明", LONGEST_REASON)
    document = text_field("出库文号", LONGEST_DOCUMENT)

    def given(self) -> LeavingGiven:
        """The leaving."""
        return LeavingGiven(
            Leaving(self.leaving.data), self.left_on.data, self.reason.data or "", self.document.data or ""
        )


class TaskForm(OfficeForm):
    """Something that a reserve is to do."""

    version = HiddenField()
    kind = RadioField(
        lazy("培养方式"),
        choices=word_choices(TASK_KINDS),
        validators=[InputRequired(lazy("请选择培养方式。"))],
    )
    text = text_field("任务内容", LONGEST_TASK, "请写明培养任务的内容。")
    due_on = day_field("完成期限", "请填写完成期限。", description=lazy("含当日"))

    def show(self, task: DevelopmentTask) -> None:
        """Fill the form with what stands."""
        self.kind.data, self.text.data, self.due_on.data = task.kind.value, task.text, task.due_on
        self.version.data = str(task.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> TaskGiven:
        """The task."""
        return TaskGiven(TaskKind(self.kind.data), self.text.data, self.due_on.data)


class DoneForm(OfficeForm):
    """What came of a task."""

    done_on = day_field("完成日期", "请填写完成日期。")
    result = text_field("完成情况", LONGEST_RESULT, "请写明完成情况。")


class ReviewForm(OfficeForm):
    """A yearly review."""

    on = day_field("评估日期", "请填写评估日期。")
    passed = RadioField(
        lazy("评估结论"),
        choices=word_choices({YES: msg("合格"), NO: msg("不合格")}),
        validators=[InputRequired(lazy("请选择评估结论。"))],
    )
    potential = potential_field()
    readiness = readiness_field()
    opinion = TextAreaField(lazy("评估意见"), validators=[Length(max=LONGEST_OPINION, message=lazy(TOO_LONG))])

    def given(self) -> PoolReviewGiven:
        """The review."""
        return PoolReviewGiven(
            self.on.data,
            self.passed.data == YES,
            _points(self.potential.data),
            Readiness(self.readiness.data),
            self.opinion.data or "",
        )


class ProposalsForm(OfficeForm):
    """What is made of the proposals that were ticked."""

    on = day_field("办理日期")
    document = text_field("文号", LONGEST_DOCUMENT)
    reason = text_field("不采纳的理由", LONGEST_REASON)

    def begin(self) -> None:
        """Today, unless another day was typed."""
        if self.on.data is None:
            self.on.data = clock.today()


def _points(points: Decimal | None) -> Decimal | None:
    return None if points is None else Decimal(points)
