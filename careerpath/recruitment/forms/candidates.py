"""What candidates type on the open pages besides their particulars: beginning, coming back, papers, pledge."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careerpath.core.web.fields import text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.recruitment.operations.candidates import Beginning


class BeginForm(OfficeForm):
    """The first page of an application."""

    position_id = SelectField(
        lazy("报考岗位"), coerce=int, choices=[], validators=[InputRequired(lazy("请选择报考岗位。"))]
    )
    name = text_field("姓名", 64, "请填写姓名。", render_kw={"autocomplete": "name"})
    identity = text_field(
        "身份证号码",
        40,
        "请填写身份证号码。",
        description=lazy("18 位居民身份证号码"),
        render_kw={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"},
    )
    phone = text_field(
        "手机号码",
        30,
        "请填写手机号码。",
        description=lazy("用于通知补正、考试和录用事项"),
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )
    consented = BooleanField(lazy("我已阅读上述告知内容，同意按此处理我的个人信息"))

    def offer(self, positions: list[tuple[int, str]], chosen: int | None) -> None:
        """Offer the positions for which people apply themselves; ``chosen`` is the one that they came from."""
        self.position_id.choices = [SelectChoice(position_id, name) for position_id, name in positions]
        if self.position_id.data is None and chosen in {position_id for position_id, _ in positions}:
            self.position_id.data = chosen

    def given(self) -> Beginning:
        """The beginning for ``begin_application``."""
        return Beginning(
            position_id=self.position_id.data,
            name=self.name.data,
            identity=self.identity.data,
            phone=self.phone.data,
            consented=self.consented.data,
        )


class EnterForm(OfficeForm):
    """Coming back with number and code."""

    number = text_field(
        "报名号",
        24,
        "请填写报名号。",
        description=lazy("如 2026-04-0001"),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    code = text_field(
        "查询码",
        20,
        "请填写查询码。",
        description=lazy("开始报名时给出的 10 位字母和数字，不分大小写"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class OwnPhotoForm(OfficeForm):
    """A portrait."""

    photo = FileField(lazy("照片文件"), validators=[FileRequired(lazy("请选择照片文件。"))])


class OwnPaperForm(OfficeForm):
    """A paper for one document that the rules ask for."""

    code = HiddenField()
    file = FileField(lazy("文件"), validators=[FileRequired(lazy("请选择文件。"))])


class SubmitForm(OfficeForm):
    """The pledge, and handing in."""

    pledged = BooleanField(lazy("我承诺：以上信息和材料真实、准确、完整；如有虚假，自愿承担取消报考或聘用资格等后果"))


class WithdrawForm(OfficeForm):
    """The confirmation of a withdrawal."""

    confirmed = BooleanField(lazy("我确认撤回报名，放弃本次报考"))
