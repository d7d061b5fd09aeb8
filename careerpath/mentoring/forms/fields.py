"""Fields that the forms of mentoring share."""

from collections.abc import Sequence

from wtforms import HiddenField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.mentoring.operations.texts import LONGEST_REASON, LONGEST_TEXT

TOO_LONG = "最多 %(max)d 个字，请缩短。"


def long_field(label: str, required: str = "", most: int = LONGEST_TEXT, description: str = "") -> TextAreaField:
    """Several lines; ``required`` is the message where they are left empty."""
    first = [InputRequired(lazy(required))] if required else [Optional()]
    return TextAreaField(
        lazy(label),
        validators=[*first, Length(max=most, message=lazy(TOO_LONG))],
        description=lazy(description) if description else "",
    )


def lines_field(label: str, description: str = "") -> SelectMultipleField:
    """Some lines of work, as boxes; the form offers them by ``choices_of_lines``."""
    return SelectMultipleField(
        lazy(label), validators=[Optional()], description=lazy(description) if description else ""
    )


def choices_of_lines(field: SelectMultipleField, lines: Sequence[tuple[str, str]]) -> None:
    """Offer the lines by code and name, and those that stand chosen though they are no longer in use."""
    known = {code for code, _ in lines}
    rest = [(code, code) for code in field.data or () if code not in known]
    field.choices = [SelectChoice(code, name) for code, name in (*lines, *rest)]


class VersionedForm(OfficeForm):
    """A form about a record that two people may edit."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0


class EndForm(OfficeForm):
    """A last day with the reason."""

    ends_on = day_field("最后一天", "请填写最后一天。", description=lazy("含当日"))
    reason = text_field("原因", LONGEST_REASON, "请写明原因。")


class ReasonForm(OfficeForm):
    """A reason alone."""

    reason = text_field("原因", LONGEST_REASON, "请写明原因。")
