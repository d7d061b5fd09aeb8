"""What is typed about accounts and roles."""

from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careerpath.access.operations.accounts import NewGrant, NewUser
from careerpath.access.permissions import ROLE_NAMES, Role
from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.words import Refused, msg

GRANTABLE = tuple(role for role in Role if role is not Role.CONSOLE)
"""The roles that an account may be given."""


class NewUserForm(OfficeForm):
    """A new account; its first password is made by the program."""

    name = text_field("账号", 64, "请填写账号。", description=lazy("字母、数字、连字符、下划线和点，如 zhang-min"))
    display_name = text_field("姓名", 64, "请填写使用人的姓名。")

    def given(self) -> NewUser:
        """The values for ``create_user``."""
        return NewUser(self.name.data, self.display_name.data)


class GrantForm(OfficeForm):
    """A role for a unit, from a day to a day."""

    role = SelectField(lazy("角色"), validators=[InputRequired(lazy("请选择角色。"))])
    unit = text_field(
        "单位", 80, "请填写单位，并从列表中选择。", description=lazy("名称、拼音首字母或编码；权限及于其全部下级")
    )
    unit_id = HiddenField()
    starts_on = day_field("开始日期", "请填写开始日期。")
    ends_on = day_field("结束日期")

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.role.choices = [
            SelectChoice("", say(msg("请选择"))),
            *(SelectChoice(role.value, say(ROLE_NAMES[role])) for role in GRANTABLE),
        ]

    def given(self, unit_id: int | None) -> NewGrant:
        """The values for ``grant_role``; ``unit_id`` is the unit chosen from the list or found by what was typed."""
        if unit_id is None:
            raise Refused(msg("没有找到单位“%(unit)s”，请从列表中选择。", unit=self.unit.data), field="unit")
        return NewGrant(Role(self.role.data), unit_id, self.starts_on.data, self.ends_on.data)
