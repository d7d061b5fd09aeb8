"""What people type about editions: a file or a text, and a reason."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from careerpath.core.web.fields import text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.rulebook.operations import REASON_LENGTH
from careerpath.rulebook.sheets import LevelHead
from careerpath.words import Refused, msg

MOST_BYTES = 2 * 1024 * 1024
"""A TOML text is never longer: an edition is a few pages."""


class BringForm(OfficeForm):
    """An edition to bring in: a file, or its text."""

    file = FileField(lazy("规则文件"))
    text = TextAreaField(lazy("或粘贴 TOML 内容"))

    def given(self) -> tuple[str, bytes]:
        """The name and the content of what was sent. Refuses nothing at all, and both at once."""
        sent = self.file.data
        typed = (self.text.data or "").strip()
        if sent is not None and sent.filename and typed:
            raise Refused(msg("文件和粘贴的内容只能选用一种，请清空其中一处。"), field="text")
        if sent is not None and sent.filename:
            content: bytes = sent.read()
            sent.close()
            return str(sent.filename), content
        if not typed:
            raise Refused(msg("请选择规则文件，或粘贴 TOML 内容。"), field="file")
        return "TOML", typed.encode()


class LevelsForm(OfficeForm):
    """A level table to put into an edition, and what the new edition says of itself."""

    file = FileField(lazy("等级表文件"), validators=[FileRequired(lazy("请选择等级表文件。"))])
    key = text_field("版本编号", 64, "请填写版本编号。")
    title = text_field("名称", 120, "请填写名称。")
    source = text_field("来源", 400, "请填写来源。")
    example = BooleanField(lazy("仍为示例数据，不是正式规定"))

    def given(self) -> tuple[str, bytes, LevelHead]:
        """The name and the content of the file, and the head."""
        content: bytes = self.file.data.read()
        self.file.data.close()
        head = LevelHead(self.key.data, self.title.data, self.source.data, bool(self.example.data))
        return str(self.file.data.filename), content, head


class WithdrawForm(OfficeForm):
    """Why an edition is taken out of use."""

    reason = TextAreaField(
        lazy("停用原因"),
        validators=[
            InputRequired(lazy("请写明停用的原因。")),
            Length(max=REASON_LENGTH, message=lazy("最多 %(max)d 个字，请缩短。")),
        ],
    )


class AdoptForm(OfficeForm):
    """Nothing but the confirmation."""
