"""Figures put into the sentences of a report: places in braces, and what an office writes in their stead."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from careerpath.annual_reports.queries.section import Figure, rounded
from careerpath.words import Message, msg

PLACE = re.compile(r"\{([^{}]*)\}")
"""A place: the name of a figure, or ``name·variant``."""
_COMPARED = re.compile(r"(?:[比较]|与)上年\{([^{}]*)·增减\}")
"""A change after 比上年: where there is none, the words before the place change as well."""

LAST, TOTAL, CHANGE = "上年", "累计", "增减"
VARIANTS: Mapping[str, Message] = {"": msg("本年"), LAST: msg("上年"), TOTAL: msg("累计"), CHANGE: msg("增减")}
"""What may follow the name after a dot, with its meaning."""

NOTHING = "—"
"""What is said where there is no number."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a text may use: how it is written, what it means, and what stands there now."""

    text: str
    name: Message
    meaning: Message
    now: str


def shown(value: Decimal | None, places: int) -> str:
    """A number with so many decimals, rounded half up as an office does; a dash for none."""
    number = rounded(value, places)
    return NOTHING if number is None else format(number, "f")


def change_words(figure: Figure) -> str:
    """The change against the year before in words: 增加3人, 减少0.5个百分点, 持平; a dash where nothing compares."""
    change = figure.change
    if change is None:
        return NOTHING
    if not change:
        return "持平"
    unit = "个百分点" if str(figure.unit) == "%" else str(figure.unit)
    return f"{'增加' if change > 0 else '减少'}{shown(abs(change), figure.places)}{unit}"


def fill(text: str, figures: Iterable[Figure]) -> str:
    """A text with its places filled; what is no place of these figures stays as it is written."""
    by_name = {str(one.name): one for one in figures}

    def compare(found: re.Match[str]) -> str:
        figure = by_name.get(found[1].strip())
        change = figure.change if figure else Decimal(1)
        if change is None:
            return "上年无可比数据"
        return found[0] if change else "与上年持平"

    def put(found: re.Match[str]) -> str:
        name, variant = _parts(found[1])
        figure = by_name.get(name)
        return found[0] if figure is None or variant not in VARIANTS else _said(figure, variant)

    return PLACE.sub(put, _COMPARED.sub(compare, text))


def paragraphs(text: str, figures: Iterable[Figure]) -> tuple[str, ...]:
    """A text as it is read: a place that no figure of this reader's fills says nothing rather than its name."""
    known = tuple(figures)
    told = (PLACE.sub(NOTHING, fill(line.strip(), known)) for line in text.splitlines())
    return tuple(line for line in told if line)


def unknown_places(text: str, figures: Iterable[Figure]) -> tuple[str, ...]:
    """The places of a text that none of these figures fills, as written, each once; braces that do not pair as well."""
    known = {place.text[1:-1] for place in places_of(figures)}
    found = [one for one in PLACE.findall(text) if "·".join(part for part in _parts(one) if part) not in known]
    loose = re.findall(r"[{}]", PLACE.sub("", text))
    return tuple(dict.fromkeys([*(f"{{{one}}}" for one in found), *loose]))


def places_of(figures: Iterable[Figure]) -> tuple[Place, ...]:
    """Every place that a text may use, with what stands there now, in the order of the figures."""
    return tuple(place for figure in figures for place in _places(figure))


def _places(figure: Figure) -> Iterator[Place]:
    for variant, meaning in VARIANTS.items():
        if variant == TOTAL and figure.total is None:
            continue
        text = f"{figure.name}·{variant}" if variant else str(figure.name)
        yield Place(f"{{{text}}}", figure.name, meaning, _said(figure, variant))


def _parts(place: str) -> tuple[str, str]:
    name, _, variant = place.strip().rpartition("·")
    return (name.strip(), variant.strip()) if name and variant.strip() in VARIANTS else (place.strip(), "")


def _said(figure: Figure, variant: str) -> str:
    match variant:
        case "上年":
            return shown(figure.last, figure.places)
        case "累计":
            return shown(figure.total, figure.places)
        case "增减":
            return change_words(figure)
    return shown(figure.value, figure.places)
