"""What is typed about reminders: an address, the code that confirms it, how often."""

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from careerpath.core.web.fields import text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.dashboard.models import Rhythm
from careerpath.dashboard.operations.addresses import RhythmGiven
from careerpath.dashboard.queries.trail_words import RHYTHM_WORDS
from careerpath.words import msg


class AddressForm(OfficeForm):
    """An address of e-mail."""

    email = text_field("邮箱", 254, "请填写邮箱地址。", description=lazy("如 zhangmin@example.cn；验证码会发到这里"))


class CodeForm(OfficeForm):
    """The code that was mailed."""

    code = text_field("验证码", 12, "请填写邮件中的 6 位验证码。")


class RhythmForm(OfficeForm):
    """How often, and in which language."""

    rhythm = RadioField(lazy("发送频率"), choices=word_choices(RHYTHM_WORDS))
    language = SelectField(lazy("邮件语言"))

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.language.choices = [
            SelectChoice("", say(msg("随系统设置"))),
            SelectChoice("zh", "中文"),
            SelectChoice("en", "English"),
        ]

    def given(self) -> RhythmGiven:
        """The values for ``choose_rhythm``."""
        return RhythmGiven(Rhythm(self.rhythm.data), self.language.data)
