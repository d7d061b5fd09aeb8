"""What a table's columns are: the one description for reading, writing, templates and marks."""

from dataclasses import dataclass

from careerpath.core.sheets.cells import Reader, Shown
from careerpath.core.sheets.cleaning import fold
from careerpath.words import Message


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``title`` is its Chinese heading, ``aliases`` are other headings that mean it.

    ``choices`` are the words of a drop-down; a choice reader brings its own. ``note`` is shown as a comment on the
    heading, ``example`` on the help sheet. The values of a ``secret`` column are not repeated in lists of faults.
    """

    key: str
    title: str
    reader: Reader
    required: bool = False
    width: float | None = None
    choices: tuple[str, ...] | None = None
    note: Message | None = None
    example: Shown = None
    secret: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The heading in a template: required ones carry a star."""
        return f"{self.title}*" if self.required else self.title

    @property
    def drop_down(self) -> tuple[str, ...]:
        """The words to choose from; empty where anything may be typed."""
        return self.choices if self.choices is not None else self.reader.words

    @property
    def span(self) -> float:
        """The width in characters: enough for the heading, in which a Chinese character counts two."""
        wanted = self.width or self.reader.width
        return max(wanted, sum(1 if letter.isascii() else 2 for letter in self.heading) + 3)


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A kind of table. ``name`` is its code, ``title`` its Chinese name; ``key_columns`` name a row and repeat nowhere.

    Raises ``ValueError`` where two columns could be mistaken for one another.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key_columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        titles = [fold_title(each) for column in self.columns for each in (column.title, *column.aliases)]
        keys = [column.key for column in self.columns]
        if len(set(titles)) < len(titles) or len(set(keys)) < len(keys):
            raise ValueError(f"two columns of {self.name} share a key or a title")
        if not set(self.key_columns) <= set(keys):
            raise ValueError(f"a key column of {self.name} is none of its columns")

    def column(self, key_or_title: str) -> Column:
        """The column of a key or a title. Raises ``KeyError``."""
        for column in self.columns:
            if column.key == key_or_title:
                return column
        wanted = fold_title(key_or_title)
        for column in self.columns:
            if wanted in (fold_title(column.title), *map(fold_title, column.aliases)):
                return column
        raise KeyError(key_or_title)


def fold_title(title: str) -> str:
    """The form in which headings are compared: stars, 必填 and colons do not count."""
    return fold(title).strip("*").removesuffix("(必填)").removesuffix("(选填)").strip("*:")
