"""What people type about nominations: by the offices, by oneself, by colleagues."""

from collections.abc import Sequence

from wtforms import HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from careerpath.core.web.fields import text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.talent_pool.models import Nomination
from careerpath.talent_pool.operations.nominations import (
    LONGEST_NOMINATOR,
    LONGEST_STATEMENT,
    MOST_SUPPORTERS,
    NominationGiven,
)
from careerpath.talent_pool.queries.words import NOMINATIONS


def _statement(label: str) -> TextAreaField:
    return TextAreaField(
        lazy(label),
        validators=[
            InputRequired(lazy("请填写推荐（自荐）理由。")),
            Length(max=LONGEST_STATEMENT, message=lazy("最多 %(max)d 个字，请缩短。")),
        ],
    )


class _ForUnit(OfficeForm):
    unit_id = SelectField(lazy("作为哪个单位的后备"), validators=[InputRequired(lazy("请选择有名额的单位。"))])

    def offer_units(self, units: Sequence[tuple[int, str]], usual: int) -> None:
        """The units with places to choose from; the usual one is chosen where it is among them."""
        self.unit_id.choices = [SelectChoice(str(unit_id), name) for unit_id, name in units]
        if not self.is_submitted() and usual in {unit_id for unit_id, _ in units}:
            self.unit_id.data = str(usual)

    def unit(self) -> int | None:
        """The unit that was chosen."""
        return whole_number(self.unit_id.data or "")


class NominationForm(_ForUnit):
    """The nomination of somebody who has been looked up."""

    employee = HiddenField()
    nomination = RadioField(
        lazy("推荐方式"),
        choices=word_choices(NOMINATIONS),
        default=Nomination.ORGANISATION.value,
        validators=[InputRequired(lazy("请选择推荐方式。"))],
    )
    nominated_by = text_field("推荐单位或联名推荐人", LONGEST_NOMINATOR)
    supporters = IntegerField(
        lazy("联名人数"),
        validators=[
            Optional(),
            NumberRange(min=1, max=MOST_SUPPORTERS, message=lazy("请填写联名推荐的人数，至少 1 人。")),
        ],
    )
    statement = _statement("推荐理由")

    def given(self, employee_id: int) -> NominationGiven:
        """The nomination."""
        return NominationGiven(
            employee_id=employee_id,
            unit_id=self.unit(),
            nomination=Nomination(self.nomination.data),
            nominated_by=self.nominated_by.data or "",
            supporters=self.supporters.data or 0,
            statement=self.statement.data or "",
        )


class SelfForm(_ForUnit):
    """Putting oneself forward."""

    statement = _statement("自荐理由")


class ColleagueForm(OfficeForm):
    """Putting a colleague forward together with others."""

    employee_number = text_field("同事的编号", 24, "请填写同事的人员编号。")
    supporters = IntegerField(
        lazy("联名人数（含本人）"),
        validators=[
            InputRequired(lazy("请填写联名推荐的人数，至少 1 人。")),
            NumberRange(min=1, max=MOST_SUPPORTERS, message=lazy("请填写联名推荐的人数，至少 1 人。")),
        ],
    )
    statement = _statement("推荐理由")
