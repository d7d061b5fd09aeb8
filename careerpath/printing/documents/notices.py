"""Announcements of a batch as official documents (GB/T 9704): the notice of recruitment, public lists, appointments."""

from dataclasses import dataclass, field
from hashlib import sha256

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import EXAMPLE, Foot
from careerpath.core.pdf.render import render_html

NOTICE = "print/public-notice.html"

TITLE_SIGNS = 20
"""So many signs of a title stand in one line."""

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``head`` is a heading that runs into it, such as （一）学历。"""

    text: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its heading, numbered 一、 by its place."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTable:
    """A table of texts. ``widths`` are shares of the width, one a column; ``left`` are places of columns set left.

    A heading may be broken by hand.
    """

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    left: frozenset[int] = frozenset()
    total: str = ""
    """A sentence under the table, such as the sum of places."""

    def __post_init__(self) -> None:
        if len(self.widths) != len(self.columns) or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("rows and widths have a cell for each column")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNotice:
    """An announcement. ``table`` stands in the text, ``annex`` on a page of its own behind the signature.

    ``draft`` marks every page of what is not yet decided; ``example`` of rules that no document made.
    """

    title: str
    """May be broken by hand into two lines, which it is where it is long."""
    opening: tuple[str, ...]
    issuer: str
    on: str
    to: str = ""
    """Whom it is sent to, in a line of its own above the text: 各街道（镇）."""
    number: str = ""
    parts: tuple[Part, ...] = ()
    table: NoticeTable | None = None
    notes: tuple[str, ...] = ()
    annex: NoticeTable | None = None
    draft: bool = False
    example: bool = False
    foot: Foot = field(default_factory=Foot)

    @property
    def name(self) -> str:
        """The title in one line."""
        return self.title.replace("\n", "")

    @property
    def title_lines(self) -> list[str]:
        """The title as it is set."""
        return self.title.split("\n") if len(self.name) > TITLE_SIGNS else [self.name]

    @property
    def mark(self) -> str:
        """What stands at the head of every page."""
        return "　".join(word for word in ("【草稿】" if self.draft else "", EXAMPLE if self.example else "") if word)

    def said(self) -> str:
        """What a check code is reckoned over: everything but the foot, the day and the marks."""
        opening = (self.to, *self.opening) if self.to else self.opening
        return repr((self.title, self.number, opening, self.parts, self.table, self.notes, self.annex))


def numeral(number: int) -> str:
    """A place as headings number it: 1 is 一, 12 is 十二."""
    tens, ones = divmod(number, 10)
    return f"{NUMERALS[tens - 1] if tens > 1 else ''}{'十' if tens else ''}{NUMERALS[ones - 1] if ones else ''}"


def counted(texts: tuple[tuple[str, str], ...]) -> tuple[Paragraph, ...]:
    """Paragraphs numbered （一）, （二） and so on, from pairs of heading (or nothing) and text."""
    return tuple(
        Paragraph(text, f"（{numeral(place)}）{head}。") if head else Paragraph(f"（{numeral(place)}）{text}")
        for place, (head, text) in enumerate(texts, 1)
    )


def render_notice(templates: Environment, fonts: Fonts, notice: PublicNotice, *, accessible: bool = True) -> bytes:
    """An announcement as PDF."""
    html = templates.get_template(NOTICE).render(notice=notice, numeral=numeral)
    identifier = sha256(repr(notice).encode()).hexdigest()[:32].encode()
    return render_html(html, title=notice.name, fonts=fonts, identifier=identifier, accessible=accessible)
