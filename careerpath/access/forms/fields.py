"""Fields that these forms share."""

from datetime import date, datetime
from typing import Any

from wtforms import DateField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from careerpath.core.web.language import lazy

DAY_FORMATS = ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]


def read_day(text: str) -> date | None:
    """A day as people write it, or None for what is no day."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def day_field(label: str, required: str = "") -> DateField:
    """A day typed in any usual form; ``required`` is the message where it is left empty."""
    return DateField(
        lazy(label),
        format=DAY_FORMATS,
        widget=TextInput(),
        validators=[InputRequired(lazy(required))] if required else [Optional()],
    )


def count_field(label: str) -> IntegerField:
    """A number of households or residents, or nothing where it is not known."""
    message = lazy("请填写不小于零的整数。")
    return IntegerField(lazy(label), validators=[Optional(), NumberRange(min=0, max=99_999_999, message=message)])


def text_field(label: str, required: str = "", longest: int = 80, **more: Any) -> StringField:
    """A line of text without spaces at its ends; ``required`` is the message where it is left empty."""
    return StringField(
        lazy(label),
        filters=[lambda text: text.strip() if text else text],
        validators=[
            InputRequired(lazy(required)) if required else Optional(),
            Length(max=longest, message=lazy("最多 %(max)d 个字，请缩短。")),
        ],
        **more,
    )
