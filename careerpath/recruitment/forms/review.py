"""What a reviewer found, as typed: each condition in words, each bonus item asked for, the verdict and its reason."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerpath.core.web.fields import word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.policy.reason import show
from careerpath.policy.recruitment import Condition
from careerpath.policy.recruitment.parts import BonusItem
from careerpath.recruitment.models import Verdict
from careerpath.recruitment.operations.review import LONGEST_VERDICT, Finding
from careerpath.recruitment.queries.words import VERDICTS
from careerpath.words import Message, msg

YES, NO = "yes", "no"


def _reason_field(label: str) -> TextAreaField:
    too_long = lazy("最多 %(max)d 个字，请缩短。")
    return TextAreaField(lazy(label), validators=[Optional(), Length(max=LONGEST_VERDICT, message=too_long)])


def _two(yes: Message, no: Message) -> Any:
    return lambda: [SelectChoice(YES, say(yes)), SelectChoice(NO, say(no))]


class ReviewForm(OfficeForm):
    """The opinion of one reviewer; ``review_form`` adds a choice for each condition in words and each bonus item."""

    conditions: Sequence[str] = ()
    items: Sequence[str] = ()
    version = IntegerField(validators=[Optional()])
    verdict = RadioField(
        lazy("审查意见"), choices=word_choices(VERDICTS), validators=[InputRequired(lazy("请选择审查意见。"))]
    )
    reason = _reason_field("理由")

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever passes somebody has judged every condition and every item."""
        sound = bool(super().validate(extra_validators))
        if self.verdict.data == Verdict.PASSED.value:
            for name in (*map(_checked, self.conditions), *map(_bonus, self.items)):
                if self[name].data not in (YES, NO):
                    self[name].errors = [*self[name].errors, say(msg("请逐项核对并选择。"))]
                    sound = False
        return sound

    def given(self) -> Finding:
        """The finding for ``review_application``."""
        checked = {code: self[_checked(code)].data for code in self.conditions}
        judged = {code: self[_bonus(code)].data for code in self.items}
        return Finding(
            Verdict(self.verdict.data),
            self.reason.data or "",
            checked={code: value == YES for code, value in checked.items() if value in (YES, NO)},
            bonus=tuple(code for code, value in judged.items() if value == YES) if any(judged.values()) else None,
            version=self.version.data,
        )


def review_form(conditions: Iterable[Condition], items: Iterable[BonusItem]) -> type[ReviewForm]:
    """The form for an application of these conditions in words and these bonus items asked for."""
    chosen = {"validators": [Optional()]}
    met, granted = _two(msg("符合"), msg("不符合")), _two(msg("认定"), msg("不认定"))
    fields: dict[str, Any] = {"conditions": [], "items": []}
    for condition in conditions:
        fields["conditions"].append(condition.code)
        label = f"{condition.name}：{condition.text}"
        fields[_checked(condition.code)] = RadioField(label, choices=met, **chosen)
    for item in items:
        fields["items"].append(item.code)
        label = f"{item.name}（+{show(item.points)}）"
        fields[_bonus(item.code)] = RadioField(label, choices=granted, **chosen)
    return type("ReviewFormOfRules", (ReviewForm,), fields)


def _checked(code: str) -> str:
    return f"checked-{code}"


def _bonus(code: str) -> str:
    return f"bonus-{code}"


class RecheckForm(OfficeForm):
    """Whether the papers held before the interview."""

    held = RadioField(
        lazy("资格复审结果"),
        choices=_two(msg("合格"), msg("不合格")),
        validators=[InputRequired(lazy("请选择资格复审结果。"))],
    )
    reason = _reason_field("理由")


class CloseForm(OfficeForm):
    """Nothing but the wish to close the review."""
