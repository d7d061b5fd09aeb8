"""The rows of positions as they are typed or pasted: plain fields with numbered names, so that no script is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Channel
from careerpath.policy.codes import Post
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import RecruitmentPosition
from careerpath.recruitment.operations.positions import MOST_POSITIONS, NewPosition
from careerpath.recruitment.queries.staffing import StaffingLine
from careerpath.recruitment.queries.words import CHANNEL_NAMES
from careerpath.words import Message, Refused, msg

FIELDS = ("unit", "unit_id", "vacant", "code", "title", "channel", "places", "post", "group", "demand")
PASTED = ("unit", "places", "title", "channel", "post", "group", "demand", "code")
"""The columns of a pasted block, in order; those at the end may be missing."""

SPARE = 3
"""Empty rows that wait at the end."""


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One row as it was typed; ``faults`` are messages by field."""

    unit: str = ""
    """Name or code of the unit."""
    unit_id: str = ""
    vacant: str = ""
    """Vacancies of the unit on the day they were counted, only to be looked at."""
    code: str = ""
    title: str = ""
    channel: str = Channel.OPEN_RECRUITMENT.value
    places: str = ""
    post: str = Post.STAFF.value
    group: str = ""
    demand: str = ""
    faults: Mapping[str, Message] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nobody has filled it in."""
        return not (self.unit or self.code or self.places or self.demand)


def usual_row(line: StaffingLine, title: str) -> PositionRow:
    """A row for a community with as many places as it has vacancies that nobody is recruited for yet."""
    return PositionRow(
        unit=line.name,
        unit_id=str(line.unit_id),
        vacant="" if line.vacant is None else str(line.vacant),
        title=title,
        places=str(max(line.to_plan, 1)),
    )


def kept_row(position: RecruitmentPosition, unit_name: str) -> PositionRow:
    """A row as it was saved."""
    vacant = "" if position.quota is None else str(max(position.quota - (position.actual or 0), 0))
    return PositionRow(
        unit=unit_name,
        unit_id=str(position.unit_id),
        vacant=vacant,
        code=position.code,
        title=position.title,
        channel=position.channel.value,
        places=str(position.places),
        post=position.post,
        group=position.group,
        demand=position.demand,
    )


def sent_rows(sent: MultiDict[str, str]) -> list[PositionRow]:
    """The rows that were sent, without blank ones and those ticked to be taken away."""
    count = min(whole_number(sent.get("rows", "")) or 0, MOST_POSITIONS + SPARE)
    gone = set(sent.getlist("remove"))
    rows = []
    for number in range(count):
        typed: dict[str, Any] = {name: sent.get(f"{name}-{number}", "").strip() for name in FIELDS}
        if str(number) not in gone:
            rows.append(PositionRow(**typed))
    return [row for row in rows if not row.blank]


def pasted_rows(text: str, edition: RecruitmentEdition, title: str) -> list[PositionRow]:
    """The rows of a block that was copied from a spreadsheet: words or codes, the unit by name or code."""
    channels = {say(word): code.value for code, word in CHANNEL_NAMES.items()}
    posts = {name: post.value for post in Post for name in (post.zh, post.en)}
    groups = {group.name: group.code for group in edition.groups}
    rows = []
    for line in text.splitlines():
        cells = [cell.strip().strip('"') for cell in line.split("\t")]
        if not any(cells):
            continue
        told: dict[str, Any] = {name: cell for name, cell in zip(PASTED, cells, strict=False) if cell}
        row = PositionRow(**({"title": title} | told))
        rows.append(
            replace(
                row,
                channel=channels.get(row.channel, row.channel),
                post=posts.get(row.post, row.post),
                group=groups.get(row.group, row.group),
            )
        )
    return rows


def given_positions(rows: Sequence[PositionRow], units: Mapping[str, Sequence[int]]) -> list[NewPosition]:
    """What the rows mean; ``units`` are the ids that a name or a code may mean. Raises ``RowsRefused``."""
    read, faulty = [], False
    found: list[NewPosition] = []
    for row in rows:
        faults: dict[str, Message] = {}
        ids = units.get(row.unit, ())
        if not row.unit:
            faults["unit"] = msg("请填写社区。")
        elif not ids:
            faults["unit"] = msg("本区（县）没有“%(name)s”，请核对名称或编码。", name=row.unit)
        elif len(ids) > 1 and whole_number(row.unit_id) not in ids:
            faults["unit"] = msg("有 %(count)s 个单位叫“%(name)s”，请改填编码。", count=len(ids), name=row.unit)
        places = whole_number(row.places)
        if places is None:
            faults["places"] = msg("请填写招聘人数。")
        if row.channel not in {code.value for code in CHANNEL_NAMES}:
            faults["channel"] = msg("请选择招聘方式。")
        read.append(replace(row, faults=faults))
        faulty = faulty or bool(faults)
        if not faults and places is not None:
            chosen = whole_number(row.unit_id)
            found.append(
                NewPosition(
                    unit_id=chosen if chosen is not None and chosen in ids else ids[0],
                    title=row.title,
                    channel=Channel(row.channel),
                    places=places,
                    code=row.code,
                    post=row.post,
                    group=row.group,
                    demand=row.demand,
                )
            )
    if faulty:
        raise RowsRefused(read)
    return found


def faulty_rows(rows: Sequence[PositionRow], number: int, refused: Refused) -> list[PositionRow]:
    """The rows with a refusal of the operation in its row."""
    name = {"unit_id": "unit"}.get(refused.field or "", refused.field or "unit")
    return [replace(row, faults={name: refused.message}) if place == number else row for place, row in enumerate(rows)]


class RowsRefused(Refused):
    """Rows that cannot be understood; each carries its faults."""

    def __init__(self, rows: Sequence[PositionRow]) -> None:
        super().__init__(msg("有 %(count)s 行需要改正。", count=sum(bool(row.faults) for row in rows)))
        self.rows = rows
