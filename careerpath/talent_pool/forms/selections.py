"""What people type about a selection: the plan, the places, the announcement, other days, reasons."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from careerpath.core.steps import LONGEST_REASON
from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.talent_pool.models import Selection
from careerpath.talent_pool.operations.selections import LONGEST_REMARK, SelectionPlan
from careerpath.words import Refused, msg

TOO_LONG = "最多 %(max)d 个字，请缩短。"
PLACES = "places-"
"""How the field of a unit's places begins; its id follows."""


class SelectionForm(OfficeForm):
    """The plan of a selection. The rules are chosen with the gate: ``edition gate``."""

    version = HiddenField()
    name = text_field("竞岗名称", 60, "请填写竞岗名称。")
    year = IntegerField(lazy("年度"), validators=[InputRequired(lazy("请填写四位数的年度。"))])
    rules = SelectField(lazy("后备类别和规则"), validators=[InputRequired(lazy("请选择后备类别和规则。"))])
    reckoned_on = day_field("资格计算日", "请填写按哪一天计算年龄和年限。")
    closes_on = day_field("推荐报名截止日", "请填写推荐报名截止日。")
    held_on = day_field("测评开始日")
    contact = text_field("咨询电话和地点", 120)
    remark = TextAreaField(lazy("公告的其他内容"), validators=[Length(max=LONGEST_REMARK, message=lazy(TOO_LONG))])

    def offer(self, gates: Sequence[tuple[str, str, str]]) -> None:
        """The gates to choose from: key of the edition, gate, words."""
        self.rules.choices = [SelectChoice(f"{key} {gate}", name) for key, gate, name in gates]

    def show(self, selection: Selection) -> None:
        """Fill the form with what is planned."""
        for name in ("name", "year", "reckoned_on", "closes_on", "held_on", "contact", "remark"):
            self._fields[name].data = getattr(selection, name)
        self.rules.data = f"{selection.edition_key} {selection.gate}"
        self.version.data = str(selection.version)

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self) -> SelectionPlan:
        """The plan."""
        key, _, gate = self.rules.data.partition(" ")
        return SelectionPlan(
            name=self.name.data,
            year=self.year.data,
            edition_key=key,
            gate=gate,
            reckoned_on=self.reckoned_on.data,
            closes_on=self.closes_on.data,
            held_on=self.held_on.data,
            contact=self.contact.data or "",
            remark=self.remark.data or "",
        )


class NewSelectionForm(SelectionForm):
    """The plan of a new one, with the district."""

    unit_id = SelectField(lazy("区（县）"), validators=[InputRequired(lazy("请选择区（县）。"))])

    def offer_units(self, units: Sequence[tuple[int, str]]) -> None:
        """The districts to choose from."""
        self.unit_id.choices = [SelectChoice(str(unit_id), name) for unit_id, name in units]


class AnnounceForm(OfficeForm):
    """The number and the day of the announcement."""

    document = text_field("公告文号", 120, "请填写竞岗公告的文号或编号，公示和名册都要引用。")
    announced_on = day_field("公告日期", "请填写公告日期。")


class ReasonForm(OfficeForm):
    """Why something is done."""

    reason = text_field("原因", LONGEST_REASON, "请写明原因，它会记入办理过程。")


class DaysForm(OfficeForm):
    """Other days for an announced selection, and why."""

    closes_on = day_field("推荐报名截止日", "请填写推荐报名截止日。")
    held_on = day_field("测评开始日")
    reason = text_field("调整原因", LONGEST_REASON, "请写明原因，它会记入办理过程。")


class PlacesForm(OfficeForm):
    """Nothing but the wish to keep the places; they are read from one field a unit."""

    def read(self, sent: Mapping[str, str]) -> dict[int, int]:
        """The places by unit id. Raises ``Refused`` at the field of what is no number."""
        found = {}
        for name, text in sent.items():
            unit_id = whole_number(name.removeprefix(PLACES)) if name.startswith(PLACES) else None
            if unit_id is None:
                continue
            count = whole_number(text.strip()) if text.strip() else 0
            if count is None:
                raise Refused(
                    msg("“%(text)s”不是人数，请填写 0 或正整数。", text=text.strip()[:20]), field=f"{PLACES}{unit_id}"
                )
            found[unit_id] = count
        return found
