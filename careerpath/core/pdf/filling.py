"""Fill one laid-out form many times: the values are drawn into their boxes over the same blank page."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO, cast

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, Stream, String
from PIL import Image

from careerpath.core.pdf.embedding import FontSet
from careerpath.core.pdf.fitting import Fitted, Fitter, Overflow, Paragraph, Values, overflows
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.layout import Layout, PictureBox

#: Forms that are kept in memory before they are written out.
CHUNK = 2000

#: Names of the cells that an attached page must have beside those of its form.
CONTINUED_TEXT = "continued_text"
CONTINUED_PAGE = "continued_page"

#: The middle of a Chinese character stands this far above the base line, in em.
_MIDDLE = 0.38


@dataclass(frozen=True, slots=True)
class Form:
    """A form ready to be filled: its page, the page for what does not fit, and the fonts."""

    page: Layout
    attached: Layout
    fonts: Fonts


class Forms:
    """Fits and draws; keeps measured texts between forms. One for each thread."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._fitter = Fitter(form.fonts)

    def fit(self, values: Values) -> list[tuple[Fitted, ...]]:
        """The pages of one filled form: the form, then as many attached pages as its texts need."""
        first = self._fitter.fit_all(self.form.page.fields, values)
        return [first, *self._attached(first, values)]

    def overflows(self, values: Values) -> list[Overflow]:
        """The cells of one form that would continue on an attached page, or have characters that no font has."""
        return overflows(self._fitter.fit_all(self.form.page.fields, values))

    def _attached(self, first: Sequence[Fitted], values: Values) -> list[tuple[Fitted, ...]]:
        left = _continued(first)
        if not left:
            return []
        layout = self.form.attached
        box = layout.field(CONTINUED_TEXT)
        parts = []
        while left:
            part = self._fitter.flow(box, left)
            parts.append(part)
            left = part.rest
        pages = []
        for number, part in enumerate(parts, 1):
            given = {**values, CONTINUED_PAGE: f"附页　第 {number} 页　共 {len(parts)} 页"}
            rest = self._fitter.fit_all((field for field in layout.fields if field.name != CONTINUED_TEXT), given)
            pages.append((*rest, part))
        return pages


def preflight(form: Form, values: Values) -> list[Overflow]:
    """Every cell of this form whose text would not stand whole in its box even at the smallest size."""
    return Forms(form).overflows(values)


def preflight_many(form: Form, people: Iterable[Values]) -> Iterator[tuple[int, list[Overflow]]]:
    """Place in the list (from 0) and overflows of each form that has any."""
    forms = Forms(form)
    for place, values in enumerate(people):
        found = forms.overflows(values)
        if found:
            yield place, found


def fill(form: Form, values: Values, *, title: str | None = None, created_at: datetime | None = None) -> bytes:
    """One filled form with its attached pages; the same bytes for the same values."""
    buffer = BytesIO()
    fill_many(form, [values], buffer, title=title, created_at=created_at)
    return buffer.getvalue()


def fill_many(
    form: Form,
    people: Iterable[Values],
    target: Path | IO[bytes],
    *,
    title: str | None = None,
    created_at: datetime | None = None,
    chunk: int = CHUNK,
) -> int:
    """Fill the form for everyone, in order, into one PDF; returns the number of pages.

    ``people`` is read as it is drawn, ``chunk`` forms are held in memory at a time. ``created_at`` goes into the
    document; without it the bytes depend on the values alone. Raises ``ValueError`` when there is nobody to print.
    """
    forms = Forms(form)
    rest = iter(people)
    with TemporaryDirectory(prefix="forms-") as folder:
        parts: list[Path] = []
        while batch := list(islice(rest, chunk)):
            parts.append(Path(folder) / f"{len(parts):05d}.pdf")
            _write_chunk(forms, batch, parts[-1])
        if not parts:
            raise ValueError("nobody to print")
        return merge(parts, target, title=title or form.page.title, created_at=created_at)


def merge(
    parts: Sequence[Path | IO[bytes]], target: Path | IO[bytes], *, title: str, created_at: datetime | None = None
) -> int:
    """Put finished parts together, in order, under a title; returns the number of pages.

    Files that are open must be seekable, and stay open until this is done.
    """
    with Pdf.new() as whole:
        sources = [Pdf.open(cast(Path | BinaryIO, part)) for part in parts]
        for source in sources:
            whole.pages.extend(source.pages)
        whole.docinfo[Name.Title] = String(title)
        whole.docinfo[Name.Producer] = String("CareerPath")
        if created_at is not None:
            whole.docinfo[Name.CreationDate] = String(created_at.strftime("D:%Y%m%d%H%M%S%z"))
        whole.Root.Lang = String("zh-CN")
        whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pages = len(whole.pages)
        whole.save(cast(Path | BinaryIO, target), deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        for source in sources:
            source.close()
    return pages


def _write_chunk(forms: Forms, people: Iterable[Values], target: Path) -> None:
    form = forms.form
    with Pdf.new() as pdf:
        fonts = FontSet(pdf, form.fonts)
        embedded = pdf.make_indirect(Dictionary())
        backgrounds = [_background(pdf, layout) for layout in (form.page, form.attached)]
        for values in people:
            for number, fits in enumerate(forms.fit(values)):
                layout = form.attached if number else form.page
                shown = {"/B": backgrounds[min(number, 1)]}
                content = ["q /B Do Q"]
                for order, box in enumerate(layout.pictures):
                    picture = values.get(box.name)
                    if isinstance(picture, bytes) and picture:
                        shown[f"/P{order}"], width, height = _embedded(pdf, picture)
                        content.append(f"q {_placed(box, width, height)} cm /P{order} Do Q")
                content.append(draw(fits, fonts))
                # A page names its own pictures alone: taken out of the whole, it takes nobody else's along.
                resources = Dictionary(XObject=Dictionary(shown), Font=embedded)
                pdf.pages.append(_page(pdf, layout, "\n".join(content), resources))
        for name, font in fonts.resources().items():
            embedded[name] = font
        fonts.finish()
        pdf.save(target, deterministic_id=True)


def draw(fits: Iterable[Fitted], fonts: FontSet) -> str:
    """The drawing commands for fitted texts."""
    commands = ["BT"]
    font, stretch = "", 0.0
    for fit in fits:
        base = fit.field.y + fit.field.height - fit.top - fit.leading / 2 - _MIDDLE * fit.size
        for order, line in enumerate(fit.lines):
            commands.append(f"1 0 0 1 {fit.field.x + line.offset:.2f} {base - order * fit.leading:.2f} Tm")
            if line.stretch != stretch:
                stretch = line.stretch
                commands.append(f"{stretch:.4f} Tc")
            for name, codes in fonts.runs(line.text, fit.field.face):
                wanted = f"/{name} {fit.size:g} Tf"
                if wanted != font:
                    font = wanted
                    commands.append(font)
                commands.append(f"<{codes}> Tj")
    commands.append("ET")
    return "\n".join(commands)


def _continued(fits: Iterable[Fitted]) -> tuple[Paragraph, ...]:
    """What is left of every cell, each under its label."""
    left: list[Paragraph] = []
    for fit in fits:
        if fit.rest:
            heading = f"【{fit.field.label}{'（续）' if fit.field.long else ''}】"
            left += [Paragraph(heading, indented=False), *fit.rest]
    return tuple(left)


def _embedded(pdf: Pdf, picture: bytes) -> tuple[Object, int, int]:
    """A JPEG as an object of the document, with its width and height in pixels."""
    with Image.open(BytesIO(picture), formats=("JPEG",)) as opened:
        width, height, mode = opened.width, opened.height, opened.mode
    stream = Stream(pdf, picture)
    stream.Type, stream.Subtype, stream.Filter = Name.XObject, Name.Image, Name.DCTDecode
    stream.Width, stream.Height, stream.BitsPerComponent = width, height, 8
    stream.ColorSpace = Name.DeviceGray if mode == "L" else Name.DeviceRGB
    return pdf.make_indirect(stream), width, height


def _placed(box: PictureBox, width: int, height: int) -> str:
    """The matrix that puts a picture whole into the middle of its place."""
    scale = min(box.width / width, box.height / height)
    wide, high = width * scale, height * scale
    return f"{wide:.2f} 0 0 {high:.2f} {box.x + (box.width - wide) / 2:.2f} {box.y + (box.height - high) / 2:.2f}"


def _background(pdf: Pdf, layout: Layout) -> Object:
    with Pdf.open(BytesIO(layout.background)) as blank:
        drawing = blank.pages[0].as_form_xobject()
        return pdf.copy_foreign(drawing)


def _page(pdf: Pdf, layout: Layout, content: str, resources: Object) -> Page:
    stream = Stream(pdf, zlib.compress(content.encode("ascii")))
    stream.Filter = Name.FlateDecode
    return Page(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(layout.width, 2), round(layout.height, 2)]),
            Resources=resources,
            Contents=stream,
        )
    )
