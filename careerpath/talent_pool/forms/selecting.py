"""What people type about the decision of a selection, its notice, objections, and the entries."""

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from careerpath.core.steps import LONGEST_REASON
from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.talent_pool.operations.objections import LONGEST_TEXT, PoolObjectionGiven
from careerpath.talent_pool.operations.selecting import LONGEST_DOCUMENT
from careerpath.words import Refused, msg

TOO_LONG = lazy("最多 %(max)d 个字，请缩短。")


class DecisionForm(OfficeForm):
    """By which minutes, and when."""

    document = text_field("会议纪要名称或文号", LONGEST_DOCUMENT, "请填写会议纪要名称或文号。")
    on = day_field("研究确定日期", "请填写研究确定日期。")


class PublicNoticeForm(OfficeForm):
    """From which day to which day."""

    starts_on = day_field("公示开始", "请填写公示开始日期。")
    ends_on = day_field("公示结束（含当日）", "请填写公示结束日期。")


class MoveUpForm(OfficeForm):
    """Until when the notice is prolonged."""

    ends_on = day_field("公示延长至（含当日）", "请填写公示延长至哪一天。")


class WhyForm(OfficeForm):
    """A reason."""

    reason = text_field("原因", LONGEST_REASON, "请填写原因。")


class ConcludeForm(OfficeForm):
    """The day from which those selected are in the pool."""

    entered_on = day_field("入库日期", "请填写入库日期。")


class PoolObjectionForm(OfficeForm):
    """What somebody brought forward."""

    received_on = day_field("收到日期", "请填写收到日期。")
    named = RadioField(
        lazy("署名情况"),
        choices=word_choices({"yes": msg("实名"), "no": msg("匿名")}),
        validators=[InputRequired(lazy("请选择署名情况。"))],
    )
    text = TextAreaField(
        lazy("反映内容"),
        validators=[InputRequired(lazy("请填写反映的内容。")), Length(max=LONGEST_TEXT, message=TOO_LONG)],
    )

    def given(self) -> PoolObjectionGiven:
        """The objection."""
        return PoolObjectionGiven(self.received_on.data, self.named.data == "yes", self.text.data or "")


class PoolAnswerForm(OfficeForm):
    """What became of an objection."""

    upheld = RadioField(
        lazy("核查结论"),
        choices=word_choices({"no": msg("不属实"), "yes": msg("属实")}),
        validators=[InputRequired(lazy("请选择核查结论。"))],
    )
    on = day_field("答复日期", "请填写答复日期。")
    answer = TextAreaField(
        lazy("核查情况和答复意见"),
        validators=[InputRequired(lazy("请填写核查情况和答复意见。")), Length(max=LONGEST_TEXT, message=TOO_LONG)],
    )

    @property
    def is_upheld(self) -> bool:
        """Whether what was said turned out to be true."""
        return bool(self.upheld.data == "yes")


def typed_order(form: Mapping[str, Any]) -> list[int]:
    """Entrants as they were put in order, fields ``order:<id>``. Raises ``Refused`` for what is no order."""
    places: dict[int, int] = {}
    for key, text in form.items():
        name, colon, number = key.partition(":")
        entrant_id = whole_number(number)
        if name == "order" and colon and entrant_id is not None:
            place = whole_number(str(text).strip())
            if place is None:
                raise Refused(msg("请给每名并列人选填写先后顺序，1 为最先。"), field="order")
            places[entrant_id] = place
    if sorted(places.values()) != list(range(1, len(places) + 1)):
        raise Refused(msg("先后顺序应从 1 起连续且不重复，请改正。"), field="order")
    return sorted(places, key=lambda key: places[key])
