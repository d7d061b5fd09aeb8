"""What every edition of every rule has: a head that says what it is, where it holds, from when, and on what ground."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from importlib import resources
from typing import Any, Protocol, TypeVar

from careerpath.policy.reading import Table
from careerpath.policy.reason import Reason
from careerpath.words import Message, Refused, msg

UNOFFICIAL = "（示例，非官方）"


class Basis(StrEnum):
    """How certain a number is: published by the place, customary, or our reading, which is never official."""

    PUBLISHED = "published"
    CUSTOMARY = "customary"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Citation:
    """The ground of one number: clause, certainty, and its document where it is not the edition's own."""

    clause: str = ""
    basis: Basis = Basis.PUBLISHED
    document: str = ""


@dataclass(frozen=True, slots=True)
class EditionHead:
    """The head of an edition. ``example`` marks numbers that no place has decided: every page says so."""

    rule: str
    key: str
    title: str
    place: str
    effective_from: date
    document: str
    clause: str
    source: str
    example: bool
    note: str

    @property
    def ground(self) -> Citation:
        """The ground of what the edition says as a whole."""
        return Citation(self.clause, Basis.READING if self.example else Basis.PUBLISHED)

    def cite(self, citation: Citation) -> tuple[str, str]:
        """The document and clause to show for a number; what is not official says so in the document's name."""
        document = citation.document or self.document
        if citation.basis is Basis.READING and UNOFFICIAL not in document:
            document += UNOFFICIAL
        return document, citation.clause

    def because(
        self, step: str, citation: Citation, used: Mapping[str, object], value: object, message: Message
    ) -> Reason:
        """The reason of one step of this edition's rule, such as ``appraisal.quota``."""
        document, clause = self.cite(citation)
        return Reason(f"{self.rule}.{step}", document, clause, used, value, message)


class Edition(Protocol):
    """Any edition of any rule."""

    @property
    def head(self) -> EditionHead: ...


Ed = TypeVar("Ed", bound=Edition)


def read_head(table: Table, rule: str) -> EditionHead:
    """The ``[head]`` of an edition of ``rule``."""
    head = EditionHead(
        rule=table.text("rule"),
        key=table.text("key"),
        title=table.text("title"),
        place=table.text("place"),
        effective_from=table.day("effective_from"),
        document=table.text("document"),
        clause=table.text("clause", ""),
        source=table.text("source"),
        example=table.flag("example"),
        note=table.text("note", ""),
    )
    table.end()
    if head.rule != rule:
        raise table.refusal(
            "rule", msg("为“%(found)s”，这里需要“%(rule)s”的版本，请换文件。", found=head.rule, rule=rule)
        )
    return head


def read_citation(table: Table, head: EditionHead) -> Citation:
    """The optional ``citation`` of a rule's table: clause, basis, document.

    A number of an example edition is our reading unless it says otherwise.
    """
    usual = Basis.READING if head.example else Basis.PUBLISHED
    inner = table.optional_table("citation")
    if inner is None:
        return Citation(basis=usual)
    citation = Citation(
        clause=inner.text("clause", ""),
        basis=inner.code("basis", Basis, usual),
        document=inner.text("document", ""),
    )
    inner.end()
    return citation


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """TOML as plain values, with exact decimals; refuses what is not TOML, with line and column."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problem = str(error)
    except ArithmeticError:
        problem = "invalid number"
    raise Refused(msg("%(file)s 不是有效的 TOML 文件：%(problem)s。请改正后重试。", file=file, problem=problem))


def shipped_texts(rule: str) -> dict[str, str]:
    """The editions of one rule that come with the program, as TOML by file name."""
    folder = resources.files("careerpath.policy") / "data"
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return {item.name: item.read_text("utf-8") for item in files if item.name.startswith(f"{rule}-")}


def in_force(editions: Iterable[Ed], on: date, place: str = "") -> Ed:
    """The edition with the latest ``effective_from`` that is not after ``on``, of ``place`` where one is named."""
    known = [edition for edition in editions if not place or edition.head.place == place]
    started = [edition for edition in known if edition.head.effective_from <= on]
    if not started:
        first = min((edition.head.effective_from for edition in known), default=None)
        raise Refused(
            msg(
                "%(place)s在 %(on)s 没有生效的办法（最早的一版自 %(first)s 起），请换日期或先导入当时的办法。",
                place=place,
                on=on,
                first=first or "—",
            )
        )
    latest = max(edition.head.effective_from for edition in started)
    chosen = [edition for edition in started if edition.head.effective_from == latest]
    if len(chosen) > 1:
        keys = "、".join(edition.head.key for edition in chosen)
        raise Refused(msg("%(on)s 同日生效的办法不止一版（%(keys)s），请指明其中一版。", on=latest, keys=keys))
    return chosen[0]


def to_plain(value: Any) -> Any:
    """An edition (or part of one) as plain JSON values; its ``from_plain`` makes the same edition of them again.

    Exact numbers become strings, dates ``YYYY-MM-DD``; what is ``None`` is left out. An edition that keeps the values
    it was ``given`` gives those.
    """
    given = getattr(value, "given", None)
    if isinstance(given, Mapping):
        return to_plain(given)
    if is_dataclass(value) and not isinstance(value, type):
        named = {item.name: getattr(value, item.name) for item in fields(value)}
        return {name: to_plain(item) for name, item in named.items() if item is not None}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value
