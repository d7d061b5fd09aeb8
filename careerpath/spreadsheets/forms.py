"""What is sent in, and what is asked for."""

from collections.abc import Iterable
from typing import Any

from flask import request
from wtforms import BooleanField, FileField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from careerpath.core import clock
from careerpath.core.web.fields import OfficeDateField
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.employees.forms.people import MORE
from careerpath.spreadsheets.catalogue import Sheet
from careerpath.spreadsheets.models import NOTHING, About
from careerpath.spreadsheets.operations.imports import Upload
from careerpath.spreadsheets.sheets.desk import Wish
from careerpath.words import Refused, msg

FILTERS = ("q", "unit", "post", "political", "education", "certificate", "channel", "status", *MORE)
"""Filters of the list of people that an export follows."""


def _year() -> Any:
    range_ = NumberRange(1949, 2100, lazy("年度应为四位数字，如 2025。"))
    return IntegerField(lazy("年度"), validators=[Optional(), range_])


class ImportForm(OfficeForm):
    """A file to import."""

    file = FileField(lazy("文件"), validators=[InputRequired(lazy("请选择要导入的文件。"))])

    def given(self) -> Upload:
        """The file as it was sent. Raises ``Refused`` when there is none."""
        sent = request.files.get(self.file.name)
        if sent is None or not sent.filename:
            raise Refused(msg("请选择要导入的文件。"), field="file")
        return Upload(sent.filename, sent.read())

    def about(self) -> About:
        """What the file is about."""
        return NOTHING


class YearlyImportForm(ImportForm):
    """A file that is about one year."""

    year = _year()

    def about(self) -> About:
        """The year of the file."""
        return About(year=self.year.data)


class BatchForm(OfficeForm):
    """Something that is about one recruitment batch; the address may name it."""

    batch = SelectField(
        lazy("招聘批次"),
        validators=[InputRequired(lazy("请选择招聘批次。"))],
        default=lambda: request.args.get("batch"),
    )

    def offer(self, batches: Iterable[tuple[int, str]]) -> None:
        """The batches to choose from."""
        choices = [SelectChoice(str(batch_id), name) for batch_id, name in batches]
        first = [SelectChoice("", lazy("请选择"))] if len(choices) != 1 else []
        self.batch.choices = first + choices


class BatchImportForm(ImportForm, BatchForm):
    """A file that is about one recruitment batch."""

    def about(self) -> About:
        """The batch of the file."""
        return About(batch_id=int(self.batch.data))


class ScoresImportForm(BatchImportForm):
    """Scores that one of two people typed."""

    turn = SelectField(
        lazy("录入次序"),
        choices=[SelectChoice("1", lazy("第一遍")), SelectChoice("2", lazy("第二遍"))],
        default=lambda: request.args.get("turn"),
    )

    def about(self) -> About:
        """The batch of the file, and which of the two entries it is."""
        return About(batch_id=int(self.batch.data), turn=int(self.turn.data))


class SelectionForm(OfficeForm):
    """Something that is about one selection; the address may name it."""

    selection = SelectField(
        lazy("竞岗"),
        validators=[InputRequired(lazy("请选择竞岗。"))],
        default=lambda: request.args.get("selection"),
    )

    def offer(self, selections: Iterable[tuple[int, str]]) -> None:
        """The selections to choose from."""
        choices = [SelectChoice(str(selection_id), name) for selection_id, name in selections]
        first = [SelectChoice("", lazy("请选择"))] if len(choices) != 1 else []
        self.selection.choices = first + choices


class SelectionImportForm(ImportForm, SelectionForm):
    """A file that is about one selection."""

    def about(self) -> About:
        """The selection of the file."""
        return About(selection_id=int(self.selection.data))


class ChannelForm(OfficeForm):
    """Something that is about one targeted recruitment; the address may name it."""

    channel = SelectField(
        lazy("定向招聘"),
        validators=[InputRequired(lazy("请选择定向招聘。"))],
        default=lambda: request.args.get("channel"),
    )

    def offer(self, channels: Iterable[tuple[int, str]]) -> None:
        """Those to choose from."""
        choices = [SelectChoice(str(channel_id), name) for channel_id, name in channels]
        first = [SelectChoice("", lazy("请选择"))] if len(choices) != 1 else []
        self.channel.choices = first + choices


class ChannelImportForm(ImportForm, ChannelForm):
    """A file that is about one targeted recruitment."""

    def about(self) -> About:
        """The targeted recruitment of the file."""
        return About(channel_id=int(self.channel.data))


class CallForm(OfficeForm):
    """Something that is about one call for honours; the address may name it."""

    call = SelectField(
        lazy("评选"),
        validators=[InputRequired(lazy("请选择评选。"))],
        default=lambda: request.args.get("call"),
    )

    def offer(self, calls: Iterable[tuple[int, str]]) -> None:
        """Those to choose from."""
        choices = [SelectChoice(str(call_id), name) for call_id, name in calls]
        first = [SelectChoice("", lazy("请选择"))] if len(choices) != 1 else []
        self.call.choices = first + choices


class CallImportForm(ImportForm, CallForm):
    """A file that is about one call for honours."""

    def about(self) -> About:
        """The call of the file."""
        return About(call_id=int(self.call.data))


class ClassForm(OfficeForm):
    """Something that is about one class of a training course; the address may name it."""

    training_class = SelectField(
        lazy("培训班"),
        validators=[InputRequired(lazy("请选择培训班。"))],
        default=lambda: request.args.get("training_class"),
    )

    def offer(self, classes: Iterable[tuple[int, str]]) -> None:
        """Those to choose from."""
        choices = [SelectChoice(str(class_id), name) for class_id, name in classes]
        first = [SelectChoice("", lazy("请选择"))] if len(choices) != 1 else []
        self.training_class.choices = first + choices


class ClassImportForm(ImportForm, ClassForm):
    """A file that is about one class."""

    def about(self) -> About:
        """The class of the file."""
        return About(class_id=int(self.training_class.data))


class ExportForm(OfficeForm):
    """What goes out of the tree of units."""

    unit = StringField(lazy("单位"), validators=[Optional(), Length(max=80)])
    unit_id = IntegerField(widget=HiddenField.widget, validators=[Optional()])

    def wish(self, unit_id: int | None) -> Wish:
        """The wish for the export of a unit."""
        return Wish(unit_id=unit_id)


class DatedExportForm(ExportForm):
    """What goes out as on a day."""

    on = OfficeDateField(lazy("截至日期"), description=lazy("留空为今天"))

    def validate_on(self, field: Any) -> None:
        """No future days."""
        if field.data is not None and field.data > clock.today():
            raise ValidationError(say(msg("截至日期晚于今天，请核对。")))

    def wish(self, unit_id: int | None) -> Wish:
        """The wish for the export of a unit as on a day."""
        return Wish(unit_id=unit_id, on=self.on.data)


class RosterExportForm(DatedExportForm):
    """The roster: also by the filters of the list, and with full identity numbers for a reason."""

    reveal = BooleanField(lazy("含完整身份证号"))
    reason = StringField(lazy("事由"), validators=[Optional(), Length(max=120)])

    def wish(self, unit_id: int | None) -> Wish:
        """The wish with the filters that came along in the address."""
        filters = {name: request.args[name][:80] for name in FILTERS if request.args.get(name)}
        return Wish(unit_id=unit_id, on=self.on.data, filters=filters, reveal=bool(self.reveal.data))


class YearlyExportForm(ExportForm):
    """What goes out of a year."""

    year = _year()

    def wish(self, unit_id: int | None) -> Wish:
        """The wish for a year's export."""
        return Wish(unit_id=unit_id, year=self.year.data)


class BatchExportForm(ExportForm, BatchForm):
    """What goes out of a recruitment batch."""

    def wish(self, unit_id: int | None) -> Wish:
        """The wish for the positions of a unit in a batch."""
        return Wish(unit_id=unit_id, batch_id=int(self.batch.data))


class SelectionExportForm(ExportForm, SelectionForm):
    """What goes out of a selection."""

    def wish(self, unit_id: int | None) -> Wish:
        """The wish for the entrants of a unit in a selection."""
        return Wish(unit_id=unit_id, selection_id=int(self.selection.data))


class ScoresExportForm(BatchExportForm):
    """Scores go out of a whole batch: few secret numbers of one community would name people."""

    unit = unit_id = None


class RevealingBatchExportForm(BatchExportForm):
    """What goes out with full identity and telephone numbers for a reason."""

    reveal = BooleanField(lazy("含完整身份证号和手机号"))
    reason = StringField(lazy("事由"), validators=[Optional(), Length(max=120)])

    def wish(self, unit_id: int | None) -> Wish:
        """The wish, with full numbers where they are asked for."""
        return Wish(unit_id=unit_id, batch_id=int(self.batch.data), reveal=bool(self.reveal.data))


class ChannelExportForm(ExportForm, ChannelForm):
    """What goes out of a targeted recruitment."""

    def wish(self, unit_id: int | None) -> Wish:
        """The wish for the people of a unit in it."""
        return Wish(unit_id=unit_id, channel_id=int(self.channel.data))


class CallExportForm(ExportForm, CallForm):
    """What goes out of a call for honours."""

    def wish(self, unit_id: int | None) -> Wish:
        """The wish for the people of a unit in it."""
        return Wish(unit_id=unit_id, call_id=int(self.call.data))


class ClassExportForm(ExportForm, ClassForm):
    """What goes out of a class."""

    def wish(self, unit_id: int | None) -> Wish:
        """The wish for the people of a unit in it."""
        return Wish(unit_id=unit_id, class_id=int(self.training_class.data))


EXPORT_FORMS: dict[str, type[ExportForm]] = {
    "employees": RosterExportForm,
    "honours": DatedExportForm,
    "appraisals": YearlyExportForm,
    "contribution-bases": DatedExportForm,
    "units": DatedExportForm,
    "positions": BatchExportForm,
    "applications": RevealingBatchExportForm,
    "attendance": BatchExportForm,
    "written-scores": ScoresExportForm,
    "interview-sheets": BatchExportForm,
    "candidate-checks": BatchExportForm,
    "final-list": BatchExportForm,
    "appointments": RevealingBatchExportForm,
    "reserves": DatedExportForm,
    "succession": ExportForm,
    "promotions": ExportForm,
    "mentors": DatedExportForm,
    "pairings": DatedExportForm,
    "mentoring-logs": DatedExportForm,
    "rotations": DatedExportForm,
    "hosts": DatedExportForm,
    "rotation-wishes": DatedExportForm,
    "rotation-turns": DatedExportForm,
    "skills": DatedExportForm,
    "skill-cover": DatedExportForm,
    "training-needs": YearlyExportForm,
    "training-rates": YearlyExportForm,
    "certificate-tries": DatedExportForm,
    "degree-studies": DatedExportForm,
    "channel-candidates": ChannelExportForm,
    "courses": ExportForm,
    "classes": DatedExportForm,
    "class-people": ClassExportForm,
    "selection-entrants": SelectionExportForm,
    "stage-points": SelectionExportForm,
    "honour-nominees": CallExportForm,
}
"""What is asked before a sheet goes out."""


def import_form(sheet: Sheet) -> ImportForm:
    """What is asked before a sheet comes in."""
    if sheet.code == "written-scores":
        return ScoresImportForm()
    if sheet.of_selection:
        return SelectionImportForm()
    if sheet.of_channel:
        return ChannelImportForm()
    if sheet.of_call:
        return CallImportForm()
    if sheet.of_class:
        return ClassImportForm()
    return BatchImportForm() if sheet.batched else YearlyImportForm() if sheet.yearly else ImportForm()
