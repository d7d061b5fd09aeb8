"""Photo, papers and reasons that come with an application at an office."""

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from careerpath.core.steps import LONGEST_REASON
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.policy.recruitment import Document
from careerpath.recruitment.operations.enclosures import OTHER_PAPER
from careerpath.words import msg


class ReasonForm(OfficeForm):
    """Why something is done that cannot be undone without words."""

    reason = StringField(
        lazy("原因"),
        validators=[
            InputRequired(lazy("请填写原因。")),
            Length(max=LONGEST_REASON, message=lazy("最多 %(max)d 个字，请缩短。")),
        ],
    )


class PhotoForm(OfficeForm):
    """A portrait."""

    photo = FileField(lazy("照片文件"), validators=[FileRequired(lazy("请选择照片文件。"))])


class PaperForm(OfficeForm):
    """A scanned document."""

    code = SelectField(lazy("材料类别"))
    file = FileField(lazy("文件"), validators=[FileRequired(lazy("请选择文件。"))])

    def offer(self, documents: tuple[Document, ...]) -> None:
        """Offer the documents that the rules ask of the applicant, and any other."""
        self.code.choices = [SelectChoice(one.code, one.name) for one in documents] + [
            SelectChoice(OTHER_PAPER, say(msg("其他材料")))
        ]
