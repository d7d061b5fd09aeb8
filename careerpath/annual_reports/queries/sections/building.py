"""How a section is described, and how its figures come of its listings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import (
    Counts,
    Listing,
    Period,
    count_listings,
    figure_of,
    list_behind,
    rows_in,
)
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Annex, Figure, Section, Table, Words
from careerpath.core.db import db
from careerpath.rulebook.queries.shelf import Shelf
from careerpath.words import Message, msg

MOST_ANNEXED = 2000
"""Rows of one list at the end of a report; whoever needs more has the workbook of the list itself."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the usual text. Places in braces are names of figures: {新招聘人数}, {新招聘人数·上年},
    {新招聘人数·累计}, {新招聘人数·增减}. With ``needs`` (codes of figures) it is said only where one of them is not
    nought, and ``otherwise`` is said in its place; with ``this_year`` only the year's own number counts for that.
    ``opens`` a new paragraph."""

    text: str
    needs: tuple[str, ...] = ()
    otherwise: str = ""
    opens: bool = False
    this_year: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """What a section has beside the figures of its listings."""

    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[Message, ...] = ()
    """How something was counted this time, before what the section always says of it."""
    sentences: tuple[Sentence, ...] = ()
    """What is said of just these figures, after the sentences of the section."""
    annexes: tuple[Annex, ...] = ()
    """Lists of names that no listing gives."""
    example: bool = False
    """Whether some of the amounts are examples that no place has decided."""


def _nothing(scope: Scope, counts: Mapping[str, Counts]) -> More:
    return More()


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section as it is made: what it counts, what is reckoned from that, what it says.

    ``more`` gives shares, averages and tables; a figure with the code of a listing stands in place of the listing's,
    where ``more`` has it, so that an order can be chosen.
    ``annexes`` are codes of listings whose rows of the year are printed at the end. ``lists`` are listings that are
    counted in ``more``, many of them in one query: they stand behind its figures and cells all the same.
    ``rules`` hold the edition that the figures are judged by.
    """

    code: str
    title: Message
    permission: Permission
    listings: tuple[Listing, ...]
    sentences: tuple[Sentence, ...]
    more: Callable[[Scope, Mapping[str, Counts]], More] = _nothing
    annexes: tuple[str, ...] = ()
    notes: tuple[Message, ...] = field(default_factory=tuple)
    lists: tuple[Listing, ...] = ()
    rules: Shelf[Any] | None = None

    def build(self, scope: Scope) -> Section:
        """The section with its usual text."""
        counts = count_listings(scope, self.listings)
        more = self.more(scope, counts)
        reckoned = {one.code: one for one in more.figures}
        own = [figure_of(one, counts[one.code]) for one in self.listings if one.code not in reckoned]
        figures = (*own, *reckoned.values())
        edition = scope.edition(self.rules, scope.on) if self.rules else None
        annexes = (annex_of(scope, one) for one in (*self.listings, *self.lists) if one.code in self.annexes)
        return Section(
            code=self.code,
            title=self.title,
            figures=figures,
            tables=more.tables,
            annexes=(*annexes, *more.annexes),
            text=usual_text((*self.sentences, *more.sentences), figures),
            notes=(*more.notes, *self.notes),
            ground=f"《{edition.head.title}》（{edition.head.document}）" if edition else "",
            example=more.example or bool(edition and edition.head.example),
        )


def usual_text(sentences: tuple[Sentence, ...], figures: tuple[Figure, ...]) -> str:
    """The sentences that have something to say, in paragraphs; places stay in braces."""
    told = {one.code for one in figures if any((one.value, one.last, one.total))}
    this_year = {one.code for one in figures if one.value}
    paragraphs: list[str] = []
    for sentence in sentences:
        known = this_year if sentence.this_year else told
        said = sentence.text if not sentence.needs or known & set(sentence.needs) else sentence.otherwise
        if not said:
            continue
        if sentence.opens or not paragraphs:
            paragraphs.append(said)
        else:
            paragraphs[-1] += said
    return "\n".join(paragraphs)


def annex_of(scope: Scope, listing: Listing) -> Annex:
    """The rows of the year, or of the day, by unit and name, without days or details where none has one. One query."""
    found = rows_in(listing, scope, Period.YEAR).subquery()
    above = aliased(Unit)
    query = (
        select(found.c.name, (above if listing.of_units else Unit).short_name, found.c.on, found.c.detail)
        .join(Unit, Unit.id == found.c.unit_id)
        .outerjoin(above, above.id == Unit.parent_id)
        .order_by(Unit.code, found.c.on, found.c.name, found.c.id)
    )
    rows = db.session.execute(query).all()
    shown = rows[:MOST_ANNEXED]
    printed: list[tuple[Words, ...]] = [
        (name, unit or "", on.isoformat() if on else "", listing.said(detail) if detail else "")
        for name, unit, on, detail in shown
    ]
    heads: tuple[Words, ...] = (listing.named, msg("单位"), msg("日期"), listing.detail)
    used = [place for place in range(len(heads)) if place < 2 or any(row[place] for row in printed)]
    return Annex(
        code=listing.code,
        title=listing.name,
        heads=tuple(heads[place] for place in used),
        rows=tuple(tuple(row[place] for place in used) for row in printed),
        left_out=len(rows) - len(shown),
        behind=list_behind(listing),
    )
