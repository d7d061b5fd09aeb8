"""What people type about results: ties, by-elections, checks one by one and many at once, departures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, Optional

from careerpath.core import clock
from careerpath.core.web.fields import day_field, read_day, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy, say
from careerpath.core.web.paths import whole_number
from careerpath.policy.recruitment import Leaving
from careerpath.recruitment.models import CheckKind
from careerpath.recruitment.operations.checks import (
    LONGEST_NOTE,
    LONGEST_PLACE,
    LONGEST_REASON,
    CheckGiven,
    DepartureGiven,
)
from careerpath.recruitment.operations.lists import LONGEST_DOCUMENT, DirectGiven
from careerpath.recruitment.queries.words import CHECK_KINDS
from careerpath.words import Refused, msg

PASSED = {"yes": msg("合格"), "no": msg("不合格")}
SUCCESSFUL = {"yes": msg("当选或获批"), "no": msg("未当选或未获批")}


class DirectForm(OfficeForm):
    """The result of a by-election or a transfer."""

    successful = RadioField(
        lazy("结果"), choices=word_choices(SUCCESSFUL), validators=[InputRequired(lazy("请选择结果。"))]
    )
    held_on = day_field("选举或批复日期", "请填写日期。")
    votes_for = IntegerField(lazy("得票数"), validators=[Optional()])
    votes_cast = IntegerField(lazy("参加投票人数"), validators=[Optional()])
    document = text_field("结果报告单或批复文号", LONGEST_DOCUMENT, "请填写文号或文件名称。")

    def given(self) -> DirectGiven:
        """The result."""
        return DirectGiven(
            self.successful.data == "yes",
            self.held_on.data,
            self.votes_for.data,
            self.votes_cast.data,
            self.document.data or "",
        )


class CheckForm(OfficeForm):
    """One check of one person."""

    kind = RadioField(lazy("项目"), choices=word_choices(CHECK_KINDS), validators=[InputRequired(lazy("请选择项目。"))])
    passed = RadioField(lazy("结论"), choices=word_choices(PASSED), validators=[InputRequired(lazy("请选择结论。"))])
    on = day_field("日期", "请填写日期。")
    place = text_field("医院或考察单位", LONGEST_PLACE)
    note = text_field("说明", LONGEST_NOTE)

    def given(self) -> CheckGiven:
        """The check."""
        return CheckGiven(
            CheckKind(self.kind.data),
            self.passed.data == "yes",
            self.on.data,
            self.place.data or "",
            self.note.data or "",
        )


class DepartureForm(OfficeForm):
    """Somebody gives up."""

    on = day_field("日期", "请填写日期。")
    reason = text_field("原因", LONGEST_REASON, "请写明放弃的原因。")

    def given(self) -> DepartureGiven:
        """The departure. A failed check is recorded as a check."""
        return DepartureGiven(Leaving.WITHDRAWN, self.on.data, self.reason.data or "")


class UndoForm(OfficeForm):
    """Why a departure is taken back."""

    reason = text_field("撤回的理由", LONGEST_REASON, "请写明撤回的理由。", render_kw={"autocomplete": "off"})


@dataclass(slots=True)
class CheckTable:
    """A table of checks as it was typed: what is read, and what cannot be, by the name of its field."""

    typed: Mapping[str, str]
    rows: dict[int, list[CheckGiven]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal at the row that it names."""
        self.faults[(refusal.field or "").split(".")[0]] = say(refusal.message)


def check_table(sent: MultiDict[str, str], people: Sequence[int]) -> CheckTable:
    """The checks typed in a table: ``<application>:<kind>`` with ``:on``, ``:place``, ``:note``.

    What a row leaves open is taken from the line above the table. A result left open says nothing.
    """
    table = CheckTable({key: value.strip() for key, value in sent.items()})
    for application_id in people:
        for kind in CheckKind:
            name = f"{application_id}:{kind.value}"
            result = table.typed.get(name, "")
            if result not in PASSED:
                continue
            text = table.typed.get(f"{name}:on") or table.typed.get(f"{kind.value}:on", "")
            day = read_day(text) if text else clock.today()
            if day is None:
                table.faults[str(application_id)] = say(msg("“%(text)s”不是有效日期。", text=text))
                continue
            place = table.typed.get(f"{name}:place") or table.typed.get(f"{kind.value}:place", "")
            given = CheckGiven(kind, result == "yes", day, place, table.typed.get(f"{name}:note", ""))
            table.rows.setdefault(application_id, []).append(given)
    return table


def decided_order(sent: MultiDict[str, str]) -> list[str]:
    """The exam numbers of a tie in the order that people gave them: ``order:<exam number>`` is 1, 2, …"""
    places: list[tuple[int, str]] = []
    for key, value in sent.items():
        if not key.startswith("order:"):
            continue
        place = whole_number(value.strip())
        if place is None:
            raise Refused(msg("请为每名并列考生填写先后顺序：1、2、3。"), field="order")
        places.append((place, key.removeprefix("order:")))
    if len({place for place, _ in places}) < len(places):
        raise Refused(msg("先后顺序不能重复。"), field="order")
    return [number for _, number in sorted(places)]


def day_or_today(text: str) -> date:
    """A day that was typed, or today where nothing was."""
    day = read_day(text) if text.strip() else clock.today()
    if day is None:
        raise Refused(msg("“%(text)s”不是有效日期。", text=text), field="on")
    return day
