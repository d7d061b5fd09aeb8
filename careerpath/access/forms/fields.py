"""Fields that these forms share."""

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from careerpath.core.web.language import lazy


def count_field(label: str) -> IntegerField:
    """A number of households or residents, or nothing where it is not known."""
    message = lazy("请填写不小于零的整数。")
    return IntegerField(lazy(label), validators=[Optional(), NumberRange(min=0, max=99_999_999, message=message)])
