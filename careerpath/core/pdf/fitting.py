"""Setting a text into a box: break, shrink within limits, and say what is left over."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from careerpath.core.pdf.breaking import SPACES, Breakable, breakable
from careerpath.core.pdf.fonts import MISSING_MARK, Fonts

Values = Mapping[str, str | bytes]
"""What a page shows: the text of each marked cell, and a JPEG for each place of a picture."""

CONTINUED = "（续见附页）"
ON_ATTACHED_PAGE = "见附页"

#: Sizes go down in these steps, in points.
STEP = 0.5
#: A line is stretched to the margin only by this much between two characters, in em.
_STRETCH = 0.12
_EPSILON = 0.01
#: Characters that are worth a closer look: not ASCII, Chinese, or the marks of either.
_UNUSUAL = re.compile(r"[^\n\x20-\x7e\u3000-\u9fff\uff01-\uff5e]")
#: A short text shrinks by up to this much, in points, to stand in one line, or to be broken behind its middle dot.
_PREFERENCE = 1.5


@dataclass(frozen=True, slots=True)
class Field:
    """A marked cell of a laid-out page. Lengths in points; ``x``, ``y`` is the lower left corner from the page's.

    ``lines`` limits the lines of a short text (0: as many as fit); ``long`` text flows in paragraphs and continues on
    an attached page; ``empty`` is printed where there is no value.
    """

    name: str
    label: str
    x: float
    y: float
    width: float
    height: float
    face: str = "kai"
    size: float = 10.5
    min_size: float = 8.0
    leading: float = 1.4
    align: str = "left"
    valign: str = "middle"
    lines: int = 0
    long: bool = False
    empty: str = ""

    @property
    def indent(self) -> float:
        """First-line indent of a paragraph in em."""
        return 2.0 if self.long else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, its start from the left edge in points, and the stretch between characters in points."""

    text: str
    offset: float
    stretch: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; the rest of one that was begun elsewhere has no indent, nor has a heading."""

    text: str
    indented: bool = True


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text in its box: size and leading in points, lines from the top, and what goes on to an attached page.

    ``top`` is the empty space above the first line; ``shown`` the paragraphs that the lines carry, for a painter that
    breaks lines itself.
    """

    field: Field
    size: float
    lines: tuple[Line, ...]
    top: float
    shown: tuple[Paragraph, ...] = ()
    rest: tuple[Paragraph, ...] = ()
    missing: str = ""

    @property
    def leading(self) -> float:
        """Distance of the lines in points."""
        return self.size * self.field.leading


@dataclass(frozen=True, slots=True)
class Overflow:
    """A cell whose text does not stand whole in its box.

    ``over`` counts the characters that go to an attached page; ``missing`` are those that no font of this machine has.
    """

    field: str
    label: str
    over: int = 0
    missing: str = ""


class Measure(dict[str, float]):
    """Widths in em of the characters of one face as they will be drawn, some by other fonts that have them."""

    def __init__(self, fonts: Fonts, face: str) -> None:
        super().__init__()
        self._fonts, self._face = fonts, face
        self.missing: set[str] = set()

    def __missing__(self, character: str) -> float:
        found = self._fonts.typeface_for(character, self._face)
        if found is None:
            self.missing.add(character)
        self[character] = width = self[MISSING_MARK] if found is None else found.advance(character)
        return width


class Fitter:
    """Fits texts into fields with the fonts of an installation; keeps what it measured."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._measures: dict[str, Measure] = {}
        self._fit_cached: Callable[[Field, str], Fitted] = lru_cache(maxsize=4096)(self._fit)

    def fit(self, field: Field, value: str) -> Fitted:
        """The value in its box, never outside it and never cut: what does not fit is in ``rest``."""
        return self._fit(field, value) if field.long else self._fit_cached(field, value)

    def fit_all(self, fields: Iterable[Field], values: Values) -> tuple[Fitted, ...]:
        """Every field of a page with its text; a field without one shows what it shows when empty."""
        given = ((field, values.get(field.name, "")) for field in fields)
        return tuple(self.fit(field, text if isinstance(text, str) else "") for field, text in given)

    def flow(self, field: Field, paragraphs: tuple[Paragraph, ...]) -> Fitted:
        """As much of the paragraphs as the box holds at its full size; the rest without a mark (for attached pages)."""
        measure = self._measure(field.face)
        prepared = [(paragraph, breakable(paragraph.text, measure)) for paragraph in paragraphs]
        return self._set(field, field.size, prepared, mark="")

    def _measure(self, face: str) -> Measure:
        if face not in self._measures:
            self._measures[face] = Measure(self._fonts, face)
        return self._measures[face]

    def _fit(self, field: Field, value: str) -> Fitted:
        measure = self._measure(field.face)
        texts = clean(value) or ((field.empty,) if field.empty else ())
        if not texts:
            return Fitted(field, field.size, (), 0.0)
        if not field.long:
            return self._fit_short(field, "\n".join(texts), measure)
        prepared = [(Paragraph(text), breakable(text, measure)) for text in texts]
        for size in _sizes(field.size, field.min_size):
            if _count(field, size, prepared) <= _capacity(field, size):
                break
        return self._set(field, size, prepared, mark=CONTINUED)

    def _fit_short(self, field: Field, value: str, measure: Measure) -> Fitted:
        texts = value.split("\n")
        prepared = [breakable(text, measure) for text in texts]
        halves = _halves(value, measure)
        for size in _sizes(field.size, max(field.min_size, field.size - _PREFERENCE)):
            lines = _short_lines(field, size, prepared, most=1) or _short_lines(field, size, halves)
            if lines:
                shown = tuple(Paragraph(line.text, False) for line in lines)
                return self._placed(field, size, lines, shown=shown)
        for size in _sizes(field.size, field.min_size):
            lines = _short_lines(field, size, prepared, whole_words=size > field.min_size)
            if lines:
                return self._placed(field, size, lines, shown=tuple(Paragraph(text, False) for text in texts))
        note = breakable(ON_ATTACHED_PAGE, measure)
        size = field.size
        while not (lines := _short_lines(field, size, [note], most=1)):
            size *= 0.9
        rest = tuple(Paragraph(text) for text in texts)
        return self._placed(field, size, lines, shown=(Paragraph(ON_ATTACHED_PAGE, False),), rest=rest)

    def _set(self, field: Field, size: float, prepared: list[tuple[Paragraph, Breakable]], *, mark: str) -> Fitted:
        """Lines of paragraphs, at most as many as the box holds; the last one ends with ``mark`` if text is left."""
        room = _capacity(field, size)
        lines: list[tuple[Line, int, int, int]] = []
        for number, (paragraph, text) in enumerate(prepared):
            indent = field.indent if paragraph.indented else 0.0
            width = field.width / size
            pieces = text.lines(width, indent)
            for order, (start, end) in enumerate(pieces):
                offset = indent if order == 0 else 0.0
                stretch = _stretch(text, start, end, width - offset) if order < len(pieces) - 1 else 0.0
                line = Line(text.text[start:end].rstrip(SPACES), offset * size, stretch * size)
                lines.append((line, number, start, end))
        texts = tuple(paragraph for paragraph, _ in prepared)
        if len(lines) <= room:
            return self._placed(field, size, [line for line, *_ in lines], shown=texts)
        lines = lines[: max(room, 1)]
        last, number, start, end = lines[-1]
        if mark:
            whole = prepared[number][1]
            room_left = (field.width - last.offset) / size - sum(map(self._measure(field.face).__getitem__, mark))
            while end > start and (whole.width(start, end) > room_left or not whole.ends_well(end)):
                end -= 1
            kept = whole.text[start:end].rstrip(SPACES)
            lines[-1] = (Line(kept + mark, last.offset if kept else 0.0), number, start, end)
        shown = (*texts[:number], Paragraph(texts[number].text[:end].rstrip(SPACES) + mark, texts[number].indented))
        left = texts[number].text[end:].lstrip(SPACES)
        begun = texts[number].text[:end].strip(SPACES) != ""
        rest = ((Paragraph(left, texts[number].indented and not begun),) if left else ()) + texts[number + 1 :]
        return self._placed(field, size, [line for line, *_ in lines], shown=shown, rest=rest)

    def _placed(
        self,
        field: Field,
        size: float,
        lines: list[Line],
        *,
        shown: tuple[Paragraph, ...],
        rest: tuple[Paragraph, ...] = (),
    ) -> Fitted:
        height = len(lines) * size * field.leading
        top = (field.height - height) / 2 if field.valign == "middle" else 0.0
        top = field.height - height if field.valign == "bottom" else top
        known = self._measure(field.face).missing
        missing = "".join(sorted({c for p in (*shown, *rest) for c in p.text if c in known})) if known else ""
        return Fitted(field, size, tuple(lines), max(top, 0.0), shown, rest, missing)


def overflows(fits: Iterable[Fitted]) -> list[Overflow]:
    """What a person must know before printing: texts that continue elsewhere, and characters that no font has."""
    return [
        Overflow(fit.field.name, fit.field.label, sum(len(part.text) for part in fit.rest), fit.missing)
        for fit in fits
        if fit.rest or fit.missing
    ]


def clean(value: str) -> tuple[str, ...]:
    """The paragraphs of a value: runs of blanks made one, empty paragraphs and invisible characters left out."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = _UNUSUAL.sub(lambda found: "" if _is_invisible(found[0]) else found[0], re.sub("[\t\u00a0]", " ", value))
    texts = (re.sub(" {2,}", " ", text).strip(" ") for text in re.split("[\n\u2028\u2029]", kept))
    return tuple(text for text in texts if text.strip("\u3000 "))


def _is_invisible(character: str) -> bool:
    """Control and format characters, lone surrogates, variation selectors: nothing that paper can show."""
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or unicodedata.category(character) in ("Cc", "Cf", "Cs")


def _capacity(field: Field, size: float) -> int:
    return int((field.height + _EPSILON) / (size * field.leading))


def _count(field: Field, size: float, prepared: list[tuple[Paragraph, Breakable]]) -> int:
    width = field.width / size
    return sum(len(text.lines(width, field.indent if paragraph.indented else 0.0)) for paragraph, text in prepared)


def _stretch(text: Breakable, start: int, end: int, width: float) -> float:
    """Space to add behind each character so that the line reaches the margin, in em."""
    gaps = len(text.text[start:end].rstrip(SPACES)) - 1
    slack = width - text.width(start, end)
    return slack / gaps if gaps > 0 and 0 < slack / gaps <= _STRETCH else 0.0


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    """The sizes to try, from the largest down."""
    size = largest
    while size > smallest:
        yield size
        size -= STEP
    yield smallest


def _short_lines(
    field: Field, size: float, prepared: list[Breakable], *, most: int = 0, whole_words: bool = True
) -> list[Line]:
    """The lines of a short text at this size; none when it needs more than the box or its limit allows."""
    allowed = min(most or field.lines or 1000, _capacity(field, size))
    lines: list[Line] = []
    for text in prepared:
        for start, end in text.lines(field.width / size):
            width = text.width(start, end) * size
            split = whole_words and not text.ends_well(end)
            if split or width > field.width + _EPSILON:
                return []
            slack = field.width - width
            offset = {"center": slack / 2, "right": slack}.get(field.align, 0.0)
            lines.append(Line(text.text[start:end].rstrip(SPACES), offset))
        if len(lines) > allowed:
            return []
    return lines


def _halves(value: str, widths: Mapping[str, float]) -> list[Breakable]:
    """A name with a middle dot, to be broken behind the dot rather than anywhere."""
    first, dot, second = value.partition("·")
    if not dot or "\n" in value:
        return []
    return [breakable(first + dot, widths), breakable(second, widths)]
