"""The papers of examination rooms: 考场座次表, the list at the door, and 密号条 for the answer sheets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import ceil

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.render import render_html

CHART, LABELS = "print/seating-chart.html", "print/secret-labels.html"

MOST_ROWS = 8
"""Seats behind each other on one page of a chart."""

USUAL_COLUMNS, MOST_COLUMNS = 5, 8

DOOR_LINES = 34
"""Lines in one half of a page of the list at the door."""

LABELS_ON_PAGE = 24
"""Three beside and eight below each other."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: its number, who sits there, the name as the door shows it, and the position."""

    seat: int
    exam_number: str
    name: str
    masked: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One room with its seats in order."""

    number: int
    place: str
    seats: tuple[Seat, ...]

    @property
    def positions(self) -> str:
        """The codes of the positions whose applicants sit here."""
        return "、".join(sorted({seat.position for seat in self.seats}))

    def charts(self) -> list[list[list[Seat | None]]]:
        """Pages of rows, from the front, as the chart shows them.

        Seats run in an S: down the first column from the left, up the second, so that neighbours in number sit behind
        each other. A page has at most ``MOST_ROWS`` rows and ``MOST_COLUMNS`` columns.
        """
        room = MOST_ROWS * MOST_COLUMNS
        return [_grid(self.seats[start : start + room]) for start in range(0, len(self.seats), room)]

    def door(self) -> list[tuple[tuple[Seat, ...], tuple[Seat, ...]]]:
        """Pages of the list at the door: its left half and its right half."""
        pages = []
        for start in range(0, len(self.seats), 2 * DOOR_LINES):
            page = self.seats[start : start + 2 * DOOR_LINES]
            pages.append((page[:DOOR_LINES], page[DOOR_LINES:]))
        return pages


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingChart:
    """The seats of a batch, room by room."""

    title: str
    time: str
    rooms: tuple[Room, ...]
    foot: Foot = field(default_factory=Foot)


@dataclass(frozen=True, slots=True)
class SecretLabel:
    """One label: the stub with seat and number stays with the office, the secret number goes on the answer sheet."""

    room: int
    seat: int
    exam_number: str
    secret_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """The labels of one room and one paper of the exam."""

    room: int
    place: str
    paper: str
    labels: tuple[SecretLabel, ...]

    def pages(self) -> list[tuple[SecretLabel, ...]]:
        """The labels as they stand on sheets."""
        return [self.labels[start : start + LABELS_ON_PAGE] for start in range(0, len(self.labels), LABELS_ON_PAGE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretLabels:
    """All 密号条 of a batch, room by room. Whoever scores must not see them."""

    title: str
    sheets: tuple[LabelSheet, ...]
    foot: Foot = field(default_factory=Foot)


def render_seating(templates: Environment, fonts: Fonts, chart: SeatingChart) -> bytes:
    """The charts of all rooms, each followed by its list for the door, as PDF."""
    return _render(templates, fonts, CHART, chart.title, chart)


def render_labels(templates: Environment, fonts: Fonts, labels: SecretLabels) -> bytes:
    """All labels as PDF."""
    return _render(templates, fonts, LABELS, labels.title, labels)


def _render(templates: Environment, fonts: Fonts, source: str, title: str, paper: SeatingChart | SecretLabels) -> bytes:
    html = templates.get_template(source).render(paper=paper)
    identifier = sha256(repr(paper).encode()).hexdigest()[:32].encode()
    return render_html(html, title=title, fonts=fonts, identifier=identifier)


def _grid(seats: Sequence[Seat]) -> list[list[Seat | None]]:
    columns = max(USUAL_COLUMNS, ceil(len(seats) / MOST_ROWS))
    rows = ceil(len(seats) / columns)
    grid: list[list[Seat | None]] = [[None] * columns for _ in range(rows)]
    for place, seat in enumerate(seats):
        column, depth = divmod(place, rows)
        grid[rows - 1 - depth if column % 2 else depth][column] = seat
    return grid
