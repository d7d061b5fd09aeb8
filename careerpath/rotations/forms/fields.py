"""Fields that several forms of this room share: a host by typing, several codes by ticking."""

from collections.abc import Sequence

from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.words import Message, msg

TOO_LONG = "最多 %(max)d 个字，请缩短。"
NO_HOST: Message = msg("没有找到这个接收单位，请输入名称后从列表中选择，或先登记接收单位。")


def long_text(label: str, most: int, required: str = "") -> TextAreaField:
    """A text of several lines; ``required`` is the message where it is left empty."""
    first = [InputRequired(lazy(required))] if required else [Optional()]
    return TextAreaField(lazy(label), validators=[*first, Length(max=most, message=lazy(TOO_LONG))])


def many_field(label: str, hint: str = "") -> SelectMultipleField:
    """Several codes to tick; the choices are offered by the view."""
    return SelectMultipleField(lazy(label), choices=[], validators=[Optional()], description=lazy(hint) if hint else "")


def as_choices(pairs: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    """Codes and names as choices."""
    return [SelectChoice(code, name) for code, name in pairs]


class HostForm(OfficeForm):
    """A form with a host: what is typed goes as ``host``, what is chosen as ``host_id`` (``u12`` for a unit)."""

    host = StringField(lazy("接收单位"))
    host_id = HiddenField()

    def chosen(self) -> str:
        """The key of the host that was chosen from the list; empty for none."""
        key = (self.host_id.data or "").strip()
        return key if whole_number(key.removeprefix("u")) is not None else ""


class VersionForm(OfficeForm):
    """A form that changes what stands: it knows the version that the person saw."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0
