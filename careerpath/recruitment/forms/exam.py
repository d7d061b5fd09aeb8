"""What people type about the written exam: rooms, who came, points by secret number."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from careerpath.core.web.cells import CellFaults, number
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.recruitment.models import Attendance
from careerpath.recruitment.operations.rooms import NewRoom
from careerpath.recruitment.queries.scores import Paper
from careerpath.words import Message, Refused, msg

ROOM = re.compile(r"(?P<place>.*\S)[\s,，、]+(?P<seats>\d{1,6})\s*[座个人]?")


class RoomsForm(OfficeForm):
    """Rooms, one a line, as they are typed or pasted from two columns of Excel."""

    rooms = TextAreaField(
        lazy("考场"),
        description=lazy("一行一个考场：地点、空格、座位数，如“费县一中 1 号楼 101 30”。可从 Excel 复制两列粘贴。"),
        validators=[InputRequired(lazy("请填写考场地点和座位数。"))],
    )

    def given(self) -> tuple[NewRoom, ...]:
        """The rooms in their order. Raises ``Refused`` with the line that cannot be read."""
        found = []
        lines = [line.strip() for line in (self.rooms.data or "").splitlines()]
        for place, line in enumerate((line for line in lines if line), start=1):
            read = ROOM.fullmatch(unicodedata.normalize("NFKC", line))
            if read is None:
                raise Refused(
                    msg("第 %(line)s 行“%(text)s”缺少座位数，请写成“地点 座位数”。", line=place, text=line[:40]),
                    field="rooms",
                )
            found.append(NewRoom(read["place"], int(read["seats"])))
        return tuple(found)


def attendance_marks(form: Mapping[str, str]) -> dict[str, Attendance]:
    """The marks of the attendance form, fields ``mark:NUMBER``; an empty choice marks nothing."""
    found = {}
    for key, text in form.items():
        name, colon, exam_number = key.partition(":")
        if name == "mark" and colon and text:
            found[exam_number] = attendance(text)
    return found


def attendance(text: str) -> Attendance:
    """A mark by its code."""
    try:
        return Attendance(text)
    except ValueError:
        raise Refused(msg("“%(text)s”不是到考情况，请选择到考、缺考或违纪。", text=text[:20])) from None


def typed_sheet(values: object, secret: str, papers: Sequence[Paper]) -> dict[str, dict[str, Decimal | None]]:
    """One row of the grid by paper; fields ``p0``, ``p1`` … in the order of the papers. Raises ``CellFaults``."""
    if not isinstance(values, Mapping):
        raise Refused(msg("浏览器发来的内容不完整，请刷新页面后重试。"))
    found: dict[str, dict[str, Decimal | None]] = {}
    faults: dict[str, Message] = {}
    for field, text in values.items():
        place = whole_number(str(field).removeprefix("p"))
        if place is None or place >= len(papers) or not isinstance(text, str):
            raise Refused(msg("这一列不能填写。"), field=str(field))
        try:
            found[papers[place].code] = {secret: number(text)}
        except Refused as refusal:
            faults[str(field)] = refusal.message
    if faults:
        raise CellFaults(faults)
    return found


def typed_sheets(form: Mapping[str, str], papers: Sequence[Paper]) -> dict[str, dict[str, Decimal | None]]:
    """All rows of the plain form, fields ``SECRET:p0``. Raises ``Refused`` with the secret number."""
    found: dict[str, dict[str, Decimal | None]] = {}
    for key, text in form.items():
        secret, colon, field = key.partition(":")
        if not colon or not field.startswith("p"):
            continue
        try:
            row = typed_sheet({field: text}, secret, papers)
        except CellFaults as faults:
            problem = msg("密号 %(number)s：%(why)s", number=secret[:12], why=faults.message)
            raise Refused(problem, field=secret) from None
        for code, points in row.items():
            found.setdefault(code, {}).update(points)
    return found


class SettleForm(OfficeForm):
    """What stands on the answer sheet."""

    number = HiddenField(validators=[InputRequired()])
    paper = HiddenField()
    points = StringField(lazy("核定分数"), validators=[InputRequired(lazy("请填写答题卡上的分数。"))])

    def given(self) -> Decimal:
        """The points. Raises ``Refused`` for what is no number."""
        found = number(self.points.data or "")
        if found is None:
            raise Refused(msg("请填写答题卡上的分数。"), field="points")
        return found
