"""What people type about the people of a call: merits, the review, what is brought forward in the notice."""

from collections.abc import Mapping

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from careerpath.core.steps import LONGEST_REASON
from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.honours.models import HonourNominee
from careerpath.honours.operations.nominations import LONGEST_MERITS, LONGEST_NOMINATOR, NomineeChange, NomineeGiven
from careerpath.honours.operations.notices import LONGEST_TEXT, HonourObjectionGiven
from careerpath.honours.operations.review import ChoiceGiven
from careerpath.words import Refused, msg

TOO_LONG = "最多 %(max)d 个字，请缩短。"
YES, NO = "yes", "no"


class NomineeForm(OfficeForm):
    """What is said of a nominee."""

    version = HiddenField()
    employee = HiddenField()
    nominated_by = text_field("推荐单位", LONGEST_NOMINATOR)
    merits = TextAreaField(
        lazy("主要事迹"),
        validators=[
            InputRequired(lazy("请填写主要事迹。")),
            Length(max=LONGEST_MERITS, message=lazy(TOO_LONG)),
        ],
    )
    reason = text_field("情况说明", LONGEST_REASON)

    def show(self, nominee: HonourNominee) -> None:
        """Fill the form with what is kept."""
        for name in ("nominated_by", "merits", "reason"):
            self._fields[name].data = getattr(nominee, name)
        self.version.data = str(nominee.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> NomineeChange:
        """What is said."""
        return NomineeChange(
            merits=self.merits.data or "", nominated_by=self.nominated_by.data or "", reason=self.reason.data or ""
        )

    def given_of(self, employee_id: int) -> NomineeGiven:
        """The nomination of a person."""
        said = self.given()
        return NomineeGiven(
            employee_id=employee_id, merits=said.merits, nominated_by=said.nominated_by, reason=said.reason
        )


class ObjectionForm(OfficeForm):
    """What somebody brought forward."""

    received_on = day_field("收到日期", "请填写收到日期。")
    named = RadioField(
        lazy("署名"),
        choices=word_choices({YES: msg("实名"), NO: msg("匿名")}),
        validators=[InputRequired(lazy("请选择实名或匿名。"))],
    )
    text = TextAreaField(
        lazy("反映的内容"),
        validators=[
            InputRequired(lazy("请填写反映的内容。")),
            Length(max=LONGEST_TEXT, message=lazy(TOO_LONG)),
        ],
    )

    def given(self) -> HonourObjectionGiven:
        """What was brought forward."""
        return HonourObjectionGiven(self.received_on.data, self.named.data == YES, self.text.data or "")


class AnswerForm(OfficeForm):
    """What became of it."""

    upheld = RadioField(
        lazy("核查结论"),
        choices=word_choices({YES: msg("属实"), NO: msg("不属实")}),
        validators=[InputRequired(lazy("请选择核查结论。"))],
    )
    on = day_field("答复日期", "请填写答复日期。")
    answer = TextAreaField(
        lazy("核查情况和答复意见"),
        validators=[
            InputRequired(lazy("请填写核查情况和答复意见。")),
            Length(max=LONGEST_TEXT, message=lazy(TOO_LONG)),
        ],
    )


def choices_given(sent: Mapping[str, str]) -> dict[int, ChoiceGiven]:
    """What the page of the review says of each nominee: fields ``ID:chosen``, ``ID:rank``, ``ID:votes``, ``ID:reason``.

    Nominees without ``ID:here`` did not stand on the page. Raises ``Refused`` that names the field.
    """
    found = {}
    for key in sent:
        text, colon, name = key.partition(":")
        nominee_id = whole_number(text)
        if not colon or name != "here" or nominee_id is None:
            continue
        found[nominee_id] = ChoiceGiven(
            chosen=bool(sent.get(f"{nominee_id}:chosen")),
            rank=_whole(sent, f"{nominee_id}:rank"),
            votes=_whole(sent, f"{nominee_id}:votes"),
            reason=sent.get(f"{nominee_id}:reason", ""),
        )
    return found


def _whole(sent: Mapping[str, str], key: str) -> int | None:
    text = sent.get(key, "").strip()
    if not text:
        return None
    found = whole_number(text)
    if found is None:
        raise Refused(msg("“%(text)s”应为整数。", text=text[:20]), field=key)
    return found
