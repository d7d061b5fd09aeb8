"""What is typed about units."""

from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careerpath.access.forms.fields import count_field
from careerpath.access.models import Unit
from careerpath.access.operations.unit_plan import KIND_NAMES, PARENT_KINDS
from careerpath.access.operations.units import NewUnit, UnitChange
from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.policy.codes import UnitKind


class NewUnitForm(OfficeForm):
    """A unit below another."""

    kind = SelectField(lazy("类别"), validators=[InputRequired(lazy("请选择类别。"))])
    code = text_field("编码", 20, "请填写编码。", description=lazy("社区和村为 12 位统计用区划代码，如 371325001001"))
    name = text_field("名称", 80, "请填写名称。", description=lazy("全称，如 先农坛社区居民委员会"))
    households = count_field("户数")
    residents = count_field("人口")
    starts_on = day_field("设立日期")

    def __init__(self, parent: Unit, **more: Any) -> None:
        super().__init__(**more)
        fitting = [kind for kind in UnitKind if parent.kind in PARENT_KINDS[kind]]
        self.kind.choices = [SelectChoice(kind.value, say(KIND_NAMES[kind])) for kind in fitting]

    def given(self, parent_id: int) -> NewUnit:
        """The values for ``create_unit``."""
        return NewUnit(
            code=self.code.data,
            name=self.name.data,
            kind=UnitKind(self.kind.data),
            parent_id=parent_id,
            households=self.households.data,
            residents=self.residents.data,
            starts_on=self.starts_on.data,
        )


class UnitForm(OfficeForm):
    """A unit in its place."""

    name = text_field("名称", 80, "请填写名称。")
    households = count_field("户数")
    residents = count_field("人口")
    starts_on = day_field("设立日期", "请填写设立日期。")
    ends_on = day_field("撤销日期")
    version = HiddenField()

    def given(self) -> UnitChange:
        """The values for ``change_unit``."""
        version = self.version.data or ""
        return UnitChange(
            name=self.name.data,
            households=self.households.data,
            residents=self.residents.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            version=int(version) if version.isdecimal() else 0,
        )


class EndUnitForm(OfficeForm):
    """The last day of a unit."""

    ends_on = day_field("撤销日期", "请填写撤销日期。")
