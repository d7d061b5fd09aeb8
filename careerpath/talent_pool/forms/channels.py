"""What people type about targeted recruitment: the plan, the announcement, names, the review, the results."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from careerpath.core.steps import LONGEST_REASON
from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.core.web.paths import whole_number
from careerpath.policy.talent_pool import Condition
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound
from careerpath.talent_pool.operations.channels import CandidateFinding, ChannelOutcome, ChannelPlan
from careerpath.talent_pool.operations.channels.candidates import LONGEST_NOTE
from careerpath.talent_pool.operations.channels.rounds import LONGEST_DOCUMENT, LONGEST_NAME, LONGEST_REMARK
from careerpath.words import msg

TOO_LONG = "最多 %(max)d 个字，请缩短。"
YES, NO = "yes", "no"
RESULTS = {
    ChannelResult.HIRED: msg("聘用"),
    ChannelResult.NOT_HIRED: msg("未聘用"),
    ChannelResult.ADMITTED: msg("尚无结果"),
}


class ChannelForm(OfficeForm):
    """The plan of a targeted recruitment. The rules are chosen with the gate: ``edition gate``."""

    version = HiddenField()
    name = text_field("名称", LONGEST_NAME, "请填写名称。")
    year = IntegerField(lazy("年度"), validators=[InputRequired(lazy("请填写四位数的年度。"))])
    rules = SelectField(lazy("资格条件"), validators=[InputRequired(lazy("请选择资格条件。"))])
    places = IntegerField(lazy("招聘人数"), validators=[InputRequired(lazy("请填写招聘人数。"))])
    reckoned_on = day_field("资格计算日", "请填写按哪一天计算年龄和任职年限。")
    closes_on = day_field("报名截止日", "请填写报名截止日。")
    remark = TextAreaField(lazy("说明"), validators=[Length(max=LONGEST_REMARK, message=lazy(TOO_LONG))])

    def offer(self, gates: Sequence[tuple[str, str, str]]) -> None:
        """The gates to choose from: key of the edition, gate, words."""
        self.rules.choices = [SelectChoice(f"{key} {gate}", name) for key, gate, name in gates]

    def show(self, channel: ChannelRound) -> None:
        """Fill the form with what is planned."""
        for name in ("name", "year", "places", "reckoned_on", "closes_on", "remark"):
            self._fields[name].data = getattr(channel, name)
        self.rules.data = f"{channel.edition_key} {channel.gate}"
        self.version.data = str(channel.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> ChannelPlan:
        """The plan."""
        key, _, gate = self.rules.data.partition(" ")
        return ChannelPlan(
            name=self.name.data,
            year=self.year.data,
            edition_key=key,
            gate=gate,
            places=self.places.data,
            reckoned_on=self.reckoned_on.data,
            closes_on=self.closes_on.data,
            remark=self.remark.data or "",
        )


class NewChannelForm(ChannelForm):
    """The plan of a new one, with the district."""

    unit_id = SelectField(lazy("区（县）"), validators=[InputRequired(lazy("请选择区（县）。"))])

    def offer_units(self, units: Sequence[tuple[int, str]]) -> None:
        """The districts to choose from."""
        self.unit_id.choices = [SelectChoice(str(unit_id), name) for unit_id, name in units]


class AnnounceForm(OfficeForm):
    """The number of the announcement."""

    document = text_field("公告文号", LONGEST_DOCUMENT, "请填写公告的文号或编号，名单和结果都要引用。")


class ReasonForm(OfficeForm):
    """Why something is done."""

    reason = text_field("原因", LONGEST_REASON, "请写明原因，它会记入办理过程。")


class ExtendForm(ReasonForm):
    """A later last day, and why."""

    closes_on = day_field("新的报名截止日", "请填写新的报名截止日。")


class NoteForm(OfficeForm):
    """A name that comes in, with a word about it."""

    note = text_field("说明", LONGEST_NOTE)
    employee = HiddenField()


class FindingForm(OfficeForm):
    """Whether somebody is admitted; ``finding_form`` adds a choice for each condition in words."""

    conditions: Sequence[str] = ()
    admitted = RadioField(
        lazy("审查意见"),
        choices=word_choices({YES: msg("通过"), NO: msg("不通过")}),
        validators=[InputRequired(lazy("请选择审查意见。"))],
    )
    reason = text_field("理由", LONGEST_REASON)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever admits somebody has judged every condition in words."""
        sound = bool(super().validate(extra_validators))
        if self.admitted.data == YES:
            for code in self.conditions:
                if self[f"checked-{code}"].data not in (YES, NO):
                    self[f"checked-{code}"].errors = [say(msg("请核对并选择。"))]
                    sound = False
        return sound

    def given(self) -> CandidateFinding:
        """The finding."""
        judged = {code: self[f"checked-{code}"].data for code in self.conditions}
        return CandidateFinding(
            self.admitted.data == YES,
            self.reason.data or "",
            {code: value == YES for code, value in judged.items() if value in (YES, NO)},
        )


def finding_form(conditions: Iterable[Condition]) -> type[FindingForm]:
    """The form for these conditions in words."""
    fields: dict[str, Any] = {"conditions": [one.code for one in conditions]}
    for one in conditions:
        fields[f"checked-{one.code}"] = RadioField(
            f"{one.name}：{one.text}",
            choices=word_choices({YES: msg("符合"), NO: msg("不符合")}),
            validators=[Optional()],
        )
    return type("FindingFormOfRules", (FindingForm,), fields)


class OutcomeForm(OfficeForm):
    """The result of one person as the recruiting body published it."""

    result = RadioField(lazy("结果"), choices=word_choices(RESULTS), validators=[InputRequired(lazy("请选择结果。"))])
    total = StringField(lazy("总成绩"), validators=[Optional()])
    rank = IntegerField(lazy("名次"), validators=[Optional(), NumberRange(min=1, message=lazy("名次应为正整数。"))])
    hired_by = text_field("聘用单位", 80)
    hired_on = day_field("聘用日期")
    left_service = BooleanField(lazy("同时办理离职（不再担任社区工作者）"))
    note = text_field("说明", LONGEST_NOTE)

    def validate(self, extra_validators: Any = None) -> bool:
        """A total is a number with two decimals at most."""
        sound = bool(super().validate(extra_validators))
        text = (self.total.data or "").strip()
        if text and _points(text) is None:
            self.total.errors = [say(msg("“%(text)s”不是成绩，请填写数字，最多两位小数。", text=text))]
            sound = False
        return sound

    def show(self, candidate: ChannelCandidate) -> None:
        """Fill the form with what is recorded."""
        for name in ("rank", "hired_by", "hired_on", "left_service", "note"):
            self._fields[name].data = getattr(candidate, name)
        self.total.data = "" if candidate.total is None else str(candidate.total)
        self.result.data = candidate.result.value

    def given(self) -> ChannelOutcome:
        """The result."""
        text = (self.total.data or "").strip()
        return ChannelOutcome(
            result=ChannelResult(self.result.data),
            total=_points(text) if text else None,
            rank=self.rank.data,
            hired_by=self.hired_by.data or "",
            hired_on=self.hired_on.data,
            left_service=bool(self.left_service.data),
            note=self.note.data or "",
        )


def _points(text: str) -> Decimal | None:
    whole, dot, part = text.partition(".")
    sound = whole.isascii() and whole.isdigit() and len(whole) <= 4 and (not dot or part.isdigit()) and len(part) <= 2
    return Decimal(text) if sound else None
