"""What people type about rounds: a new one, opinions, reasons, approvals."""

from collections.abc import Sequence
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from careerpath.core.web.fields import day_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.pay.operations.approvals import Approval
from careerpath.pay.operations.rounds import LONGEST_NOTE, Review
from careerpath.words import NotFound


class NewRoundForm(OfficeForm):
    """Which street, on which day."""

    unit = SelectField(lazy("街道（乡镇）"), validators=[InputRequired(lazy("请选择街道。"))])
    on = day_field("测算日期", "请填写测算日期。")

    def offer(self, streets: Sequence[tuple[int, str]]) -> None:
        """The streets to choose from."""
        self.unit.choices = [SelectChoice(str(unit_id), name) for unit_id, name in streets]

    def given(self) -> tuple[int, date]:
        """The unit and the day."""
        return int(self.unit.data), self.on.data


class SubmitForm(OfficeForm):
    """The street's opinion, which the approval forms print."""

    opinion = TextAreaField(
        lazy("街道意见"),
        validators=[Length(max=LONGEST_NOTE, message=lazy("最多 %(max)d 个字，请缩短。"))],
    )


def ticked(sent: MultiDict[str, str]) -> tuple[int, ...]:
    """The ticked proposals; what is no number belongs to nobody."""
    found = [whole_number(text) for text in sent.getlist("ids")]
    if any(number is None for number in found):
        raise NotFound
    return tuple(dict.fromkeys(number for number in found if number is not None))


def review(sent: MultiDict[str, str]) -> Review:
    """What the street made of the ticked ones."""
    return Review(ticked(sent), withheld=sent.get("act") == "withhold", note=sent.get("note", ""))


def approval(sent: MultiDict[str, str], ids: tuple[int, ...]) -> Approval:
    """The district's approval of some."""
    return Approval(ids, sent.get("document", ""), sent.get("comment", ""))
