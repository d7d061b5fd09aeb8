"""Hours, days and scores as people type them."""

from decimal import Decimal
from typing import Any

from wtforms import StringField

from careerpath.core.web.language import say
from careerpath.policy.reason import show
from careerpath.words import msg

LONGEST = 5


def read_amount(text: str) -> Decimal | None:
    """A number with two decimals at most and no sign; ``None`` for what is none."""
    whole, dot, part = text.strip().partition(".")
    sound = whole.isascii() and whole.isdigit() and len(whole) <= LONGEST and len(part) <= 2
    return Decimal(text.strip()) if sound and (not dot or (part.isascii() and part.isdigit())) else None


class AmountField(StringField):  # type: ignore[misc]
    """Hours, days or a score; what is no number stays as typed, with a message."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = read_amount(text) if text else None
        if text and self.data is None:
            raise ValueError(say(msg("“%(text)s”不是数字，请填写数字，最多两位小数。", text=text)))

    def _value(self) -> str:
        if self.raw_data and self.data is None:
            return str(self.raw_data[0])
        return show(self.data) if isinstance(self.data, Decimal) else ""
