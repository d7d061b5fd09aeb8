"""A blank page laid out once: its marked cells as boxes, and the page as a drawing to stand behind every copy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careerpath.core.pdf.fitting import CONTINUED, Field
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.render import lay_out_html, write_document

#: CSS pixels to points.
POINTS = 0.75


@dataclass(frozen=True, slots=True)
class PictureBox:
    """A place for a picture. Lengths in points; ``x``, ``y`` is the lower left corner from the page's."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A laid-out blank page. ``width`` and ``height`` in points; ``background`` is a PDF of this one page."""

    title: str
    width: float
    height: float
    fields: tuple[Field, ...]
    background: bytes
    pictures: tuple[PictureBox, ...] = ()

    def field(self, name: str) -> Field:
        """The cell of that name; raises ``KeyError``."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


def lay_out(html: str, fonts: Fonts, *, title: str, assets: Sequence[Path] = ()) -> Layout:
    """Lay out a blank page and read the content boxes of its marked cells.

    A cell is an element with ``data-field="name"``; its font size and alignment are those of its style. Attributes:
    ``data-label`` (what a message calls it), ``data-face`` (see ``Fonts``), ``data-min-size`` (points),
    ``data-leading``, ``data-lines``, ``data-valign`` (top, middle, bottom), ``data-flow="long"``, ``data-empty``.
    A place for a picture is an element with ``data-picture="name"``.
    Raises ``ValueError`` when the page is not exactly one, a name stands twice, or a cell is too small for the mark
    that its text continues elsewhere.
    """
    document = lay_out_html(html, fonts, assets)
    if len(document.pages) != 1:
        raise ValueError(f"a form fills one page, this one {len(document.pages)}")
    page = document.pages[0]
    height = page.height * POINTS
    fields = tuple(_field(box, height) for box in marked_boxes(page))
    pictures = tuple(_picture(box, height) for box in marked_boxes(page, "data-picture"))
    names = [*(field.name for field in fields), *(picture.name for picture in pictures)]
    if len(set(names)) < len(names):
        raise ValueError(f"two cells have the same name: {sorted(names)}")
    small = [field.name for field in fields if field.long and field.width < len(CONTINUED) * field.min_size]
    if small:
        raise ValueError(f"cells too narrow for long text: {small}")
    background = write_document(document, title=title, identifier=b"form", variant=None)
    return Layout(title, page.width * POINTS, height, fields, background, pictures)


def marked_boxes(page: Any, attribute: str = "data-field") -> Iterator[Any]:
    """The boxes of a laid-out page whose elements carry the attribute, in the order of the page."""
    # WeasyPrint has no public way to the boxes of a page; its own tests take this one.
    for box in page._page_box.descendants():
        if box.element is None or "::" in box.element_tag or not hasattr(box, "children"):
            continue
        if box.element.get(attribute) is not None:
            yield box


def _picture(box: Any, page_height: float) -> PictureBox:
    return PictureBox(
        name=box.element.attrib["data-picture"],
        x=box.content_box_x() * POINTS,
        y=page_height - (box.content_box_y() + box.height) * POINTS,
        width=box.width * POINTS,
        height=box.height * POINTS,
    )


def _field(box: Any, page_height: float) -> Field:
    given = box.element.attrib
    align = {"start": "left", "end": "right"}.get(box.style["text_align_all"], box.style["text_align_all"])
    return Field(
        name=given["data-field"],
        label=given.get("data-label", given["data-field"]),
        x=box.content_box_x() * POINTS,
        y=page_height - (box.content_box_y() + box.height) * POINTS,
        width=box.width * POINTS,
        height=box.height * POINTS,
        face=given.get("data-face", "kai"),
        size=float(given["data-size"]) if "data-size" in given else round(box.style["font_size"] * POINTS, 3),
        min_size=float(given.get("data-min-size", 8)),
        leading=float(given.get("data-leading", 1.4)),
        align=align,
        valign=given.get("data-valign", "middle"),
        lines=int(given.get("data-lines", 0)),
        long=given.get("data-flow") == "long",
        empty=given.get("data-empty", ""),
    )
