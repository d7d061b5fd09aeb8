"""What people type about interviews: panels, who came, judges' points."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from careerpath.core.web.cells import CellFaults, number
from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.language import lazy
from careerpath.recruitment.forms.exam import attendance
from careerpath.recruitment.forms.rows import Row, RowedForm, RowsField
from careerpath.recruitment.models import Attendance
from careerpath.recruitment.operations.interviews import (
    LONGEST_TIME,
    MOST_GROUPS,
    MOST_JUDGES,
    NewGroup,
)
from careerpath.recruitment.operations.rooms import LONGEST_PLACE
from careerpath.words import Message, Refused, msg

JUDGE = re.compile(r"j([1-9][0-9]?)")
ROWS = 6
"""So many panels can be typed at once; more after a first draw."""


class GroupRow(Row):
    """A panel."""

    told = ("place",)
    place = text_field("地点", LONGEST_PLACE)
    on = day_field("日期")
    time = text_field("时间", LONGEST_TIME)
    judges = IntegerField(
        lazy("考官人数"),
        validators=[Optional(), NumberRange(1, MOST_JUDGES, lazy("请填写 %(min)s 至 %(max)s 的整数。"))],
    )


class GroupRows(RowsField):
    """Rows for the usual number of panels, and spare ones."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read what was typed or kept, and put empty rows after it."""
        super().process(formdata, data, extra_filters)
        while len(self.entries) < ROWS:
            self.append_entry()


class GroupsForm(RowedForm):
    """The panels of a batch."""

    groups = GroupRows(GroupRow, lazy("面试组"), MOST_GROUPS)

    def given(self, usual_on: date | None, least: int) -> tuple[NewGroup, ...]:
        """The panels; a day left empty is that of the batch, a number of judges left empty the least there may be."""
        found = []
        for place, row in enumerate(self.groups.filled(), start=1):
            on = row.on.data or usual_on
            if on is None:
                raise Refused(msg("第 %(number)s 面试组没有日期，请填写。", number=place), field="groups")
            found.append(NewGroup(row.place.data or "", on, row.time.data or "", row.judges.data or least))
        return tuple(found)


def typed_row(values: object) -> tuple[Attendance | None, dict[int, Decimal | None]]:
    """One row of the grid: ``attendance`` and the judges ``j1``, ``j2`` …. Raises ``CellFaults``."""
    if not isinstance(values, Mapping):
        raise Refused(msg("浏览器发来的内容不完整，请刷新页面后重试。"))
    came: Attendance | None = None
    marks: dict[int, Decimal | None] = {}
    faults: dict[str, Message] = {}
    for field, text in values.items():
        judge = JUDGE.fullmatch(str(field))
        if not isinstance(text, str) or (judge is None and field != "attendance"):
            raise Refused(msg("这一列不能填写。"), field=str(field))
        try:
            if judge is None:
                came = attendance(text) if text else None
            else:
                marks[int(judge[1])] = number(text)
        except Refused as refusal:
            faults[str(field)] = refusal.message
    if faults:
        raise CellFaults(faults)
    return came, marks


def typed_rows(form: Mapping[str, str]) -> dict[str, tuple[Attendance | None, dict[int, Decimal | None]]]:
    """All rows of the plain form, fields ``NUMBER:j1``. Raises ``Refused`` with the exam number."""
    rows: dict[str, dict[str, str]] = {}
    for key, text in form.items():
        exam_number, colon, field = key.partition(":")
        if colon and (field == "attendance" or JUDGE.fullmatch(field)):
            rows.setdefault(exam_number, {})[field] = text
    found = {}
    for exam_number, values in rows.items():
        try:
            found[exam_number] = typed_row(values)
        except CellFaults as faults:
            problem = msg("准考证号 %(number)s：%(why)s", number=exam_number[:20], why=faults.message)
            raise Refused(problem, field=exam_number) from None
    return found
