"""What people type about months and declared bases."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, DecimalField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careerpath.core.web.fields import OfficeDateField
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.pay.operations.bases import NewBase
from careerpath.pay.operations.runs import NewRun


class MonthField(OfficeDateField):
    """A month typed in any usual form and shown back as ``2025-11``; its value is the first day."""

    def __init__(self, label: Any, validators: Sequence[Any], **more: Any) -> None:
        super().__init__(label, validators, month_alone=True, **more)

    def _value(self) -> str:
        return f"{self.data:%Y-%m}" if isinstance(self.data, date) else super()._value()


class NewRunForm(OfficeForm):
    """Which unit, which month."""

    unit = SelectField(lazy("核算单位"), coerce=int, validators=[InputRequired(lazy("请选择单位。"))])
    month = MonthField(
        lazy("月份"),
        description=lazy("如 2025-11"),
        validators=[InputRequired(lazy("请填写月份。"))],
    )

    def offer(self, units: Sequence[tuple[int, str]]) -> None:
        """The units to choose from."""
        self.unit.choices = [SelectChoice(unit_id, name) for unit_id, name in units]

    def given(self) -> NewRun:
        """The unit and the month."""
        day: date = self.month.data
        return NewRun(self.unit.data, day.replace(day=1))


class ConfirmRunForm(OfficeForm):
    """The last look before a month is paid."""

    without_lacking = BooleanField(lazy("资料不全的人员本月不发，补齐后在下一个月补发"))


class BaseForm(OfficeForm):
    """A declared contribution base."""

    starts_on = MonthField(
        lazy("执行起始月份"),
        description=lazy("如 2025-07，自当月起执行"),
        validators=[InputRequired(lazy("请填写起始月份。"))],
    )
    amount = DecimalField(
        lazy("缴费基数（元/月）"),
        description=lazy("申报的月平均工资；高于上限、低于下限的，核算时按上下限计"),
        validators=[InputRequired(lazy("请填写缴费基数，例如 4500.00。"))],
    )

    def given(self) -> NewBase:
        """The base."""
        amount: Decimal = self.amount.data
        return NewBase(self.starts_on.data, amount)
