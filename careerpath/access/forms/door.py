"""What is typed at the door."""

from dataclasses import dataclass

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy


class SignInForm(OfficeForm):
    """Name and password."""

    name = StringField(lazy("账号"), validators=[InputRequired(lazy("请输入账号。")), Length(max=64)])
    password = PasswordField(lazy("密码"), validators=[InputRequired(lazy("请输入密码。"))])
    next = HiddenField()


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """The present password and a new one."""

    current: str
    new: str


class PasswordForm(OfficeForm):
    """The present password, and the new one twice."""

    current = PasswordField(lazy("现在的密码"), validators=[InputRequired(lazy("请输入现在的密码。"))])
    password = PasswordField(lazy("新密码"), validators=[InputRequired(lazy("请输入新密码。"))])
    again = PasswordField(lazy("再输一遍新密码"), validators=[InputRequired(lazy("请再输一遍新密码。"))])

    def given(self) -> PasswordChange:
        """The values for ``change_password``."""
        return PasswordChange(self.current.data, self.password.data)
