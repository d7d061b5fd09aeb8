"""The further particulars of 干部任免审批表, a .lrmx that is sent, and why one is given out with its number."""

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from careerpath.core.web.fields import text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.talent_pool.operations.cadre import MOST_REWARDS, CadreGiven


class CadreForm(OfficeForm):
    """What the personnel file has no place for."""

    version = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    birth_place = text_field("出生地", 80, description=lazy("如 山东费县"))
    health = text_field("健康状况", 40, description=lazy("如 健康、良好"))
    technical_post = text_field("专业技术职务", 80, description=lazy("不填时取档案中等级最高的社会工作者职业资格"))
    speciality = text_field("熟悉专业有何专长", 120)
    rewards = TextAreaField(
        lazy("奖惩情况"),
        description=lazy("不填时由档案中的荣誉和处分自动生成；没有的写“无”。"),
        validators=[Optional(), Length(max=MOST_REWARDS, message=lazy("最多 %(max)d 个字，请缩短。"))],
    )

    def given(self) -> CadreGiven:
        """The particulars for ``keep_cadre_sheet``."""
        return CadreGiven(
            birth_place=self.birth_place.data or "",
            health=self.health.data or "",
            technical_post=self.technical_post.data or "",
            speciality=self.speciality.data or "",
            rewards=self.rewards.data or "",
        )


class LrmxForm(OfficeForm):
    """A .lrmx to hold against the file."""

    file = FileField(lazy("任免审批表文件"), validators=[FileRequired(lazy("请选择 .lrmx 文件。"))])


class LrmxReasonForm(OfficeForm):
    """Why a .lrmx is given out with the identity number."""

    reason = StringField(
        lazy("事由"), validators=[InputRequired(lazy("请填写事由。")), Length(max=200, message=lazy("最多 200 个字。"))]
    )
