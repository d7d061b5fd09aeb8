"""Sheets about one thing (a batch, a selection, a class), which their file names above the headings."""

import re
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Protocol

from careerpath.access.actor import Actor
from careerpath.core.sheets import Workbook
from careerpath.core.sheets.headers import HEAD_ROWS
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.desk import Desk
from careerpath.words import Message, Refused, msg


class Thing(Protocol):
    """What a sheet is about."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class OneThingDesk(Desk):
    """A sheet about one thing: chosen by the user, or named by the file itself."""

    key: str
    """The name of its id in ``About``."""
    field: str
    """The name of the field in which it is chosen."""
    thing: Message
    """What it is called; the file says so before its name."""

    @abstractmethod
    def met(self, actor: Actor, about: About) -> Thing:
        """The thing that was chosen, or ``NotFound``."""

    @abstractmethod
    def named(self, actor: Actor, name: str) -> Thing:
        """The thing of a name. Raises ``Refused``."""

    def about_in(self, actor: Actor, workbook: Workbook, about: About) -> About:
        """The one that a file names, else the chosen one. Raises ``Refused`` where they differ or none is."""
        name = self._named_above(workbook)
        chosen = self.met(actor, about).name if self._is_chosen(about) else ""
        if chosen and name and name != chosen:
            words = msg(
                "文件写明属于“%(name)s”，所选%(thing)s是“%(chosen)s”。请改选，或换用正确的文件。",
                name=name,
                thing=self.thing,
                chosen=chosen,
            )
            raise Refused(words, field=self.field)
        if not chosen and not name:
            raise Refused(msg("请选择这个文件属于哪个%(thing)s。", thing=self.thing), field=self.field)
        return about if chosen else replace(about, **{self.key: self.named(actor, name).id})

    def line(self, actor: Actor, about: About) -> str:
        """The name of the thing, as ``about_in`` reads it again."""
        return f"{self.thing}：{self.met(actor, about).name}" if self._is_chosen(about) else ""

    def _is_chosen(self, about: About) -> bool:
        return getattr(about, self.key) is not None

    def _named_above(self, workbook: Workbook) -> str:
        mark = re.compile(rf"{self.thing}[：:]\s*(.+)")
        for cell in _cells_on_top(workbook):
            if match := mark.fullmatch(cell.strip()):
                return match[1].strip()
        return ""


def _cells_on_top(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        for row in islice(sheet.rows(), HEAD_ROWS) if sheet.extent.rows else ():
            yield from (cell for cell in row if isinstance(cell, str))
