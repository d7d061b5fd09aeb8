"""Forms of entrants, from records to PDF: one set with care, or many filled over one laid-out page."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from flask import current_app
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, within
from careerpath.core.db import db
from careerpath.core.pdf.typefaces import fonts
from careerpath.employees.models import Employee
from careerpath.printing.documents.forms import FormPrinter
from careerpath.printing.documents.talent_pool.reserves import (
    RecommendationPrinter,
    ReserveForm,
    SelectionFormPrinter,
)
from careerpath.printing.queries.talent_pool.entrants import ENTERED, RECOMMENDED, entered, reserve_forms
from careerpath.talent_pool.models import EntrantState, SelectionEntrant
from careerpath.talent_pool.queries.selections import near_selection
from careerpath.words import Message, NotFound, Refused, msg

RECOMMENDATION, SELECTION = "recommendation-form", "selection-form"

NOBODY = msg("没有可以打印的人员。")

_own = threading.local()


@dataclass(frozen=True, slots=True)
class Kind:
    """A form of entrants: its name, what its numbers begin with, and who prints it."""

    name: Message
    prefix: str
    printer: type[RecommendationPrinter] | type[SelectionFormPrinter]


FORMS: dict[str, Kind] = {
    RECOMMENDATION: Kind(msg("后备人才推荐表"), RECOMMENDED, RecommendationPrinter),
    SELECTION: Kind(msg("竞岗报名表"), ENTERED, SelectionFormPrinter),
}


def form_pdf(actor: Actor, code: str, entrant_id: int) -> tuple[str, bytes]:
    """One entrant's form as PDF, with a name for the file; or ``NotFound``."""
    found = _forms(actor, code, [entrant_id])
    if not found:
        raise NotFound
    return f"{found[0].name}{FORMS[code].name}.pdf", _printer(code, found[0].title).render_with_weasyprint(found[0])


def fill_forms(actor: Actor, code: str, ids: Sequence[int], target: Path | IO[bytes]) -> int:
    """The forms of some entrants of one selection into one PDF; gives how many. ``Refused`` where nobody is left."""
    found = _forms(actor, code, ids)
    if not found:
        raise Refused(NOBODY)
    _printer(code, found[0].title).fill_many(found, target, title=found[0].title)
    return len(found)


def overflowing(actor: Actor, code: str, ids: Sequence[int]) -> list[tuple[ReserveForm, list[Any]]]:
    """The forms whose text would continue on an attached page, each with those cells."""
    found = reserve_forms(actor, entered(actor, ids), FORMS[code].prefix, photos=False)
    if not found:
        return []
    return [(found[place], cells) for place, cells in _printer(code, found[0].title).preflight_many(found)]


def entrant_ids(actor: Actor, selection_id: int, *, numbers: Sequence[str] = (), path: str = "") -> list[int]:
    """The entrants of a selection in the order of printing, as far as the actor may see them.

    ``numbers`` are of personnel files; given, they alone are looked for, those who withdrew too.
    """
    selection = near_selection(actor, selection_id, Permission.POOL_VIEW)
    query = (
        select(SelectionEntrant.id)
        .join(Employee, Employee.id == SelectionEntrant.employee_id)
        .join(Unit, Unit.id == SelectionEntrant.unit_id)
        .where(
            SelectionEntrant.selection_id == selection.id,
            within(actor, SelectionEntrant.unit_id, Permission.POOL_VIEW),
        )
        .order_by(Unit.code, Employee.number)
    )
    if numbers:
        query = query.where(Employee.number.in_(numbers))
    else:
        query = query.where(SelectionEntrant.state != EntrantState.WITHDRAWN)
    if path:
        query = query.where(below(SelectionEntrant.unit_id, path))
    return list(db.session.scalars(query))


def _forms(actor: Actor, code: str, ids: Sequence[int]) -> list[ReserveForm]:
    return reserve_forms(actor, entered(actor, ids), FORMS[code].prefix)


def _printer(code: str, title: str) -> FormPrinter[ReserveForm]:
    """The printer of this thread for a form and title: the blank form is laid out once and kept."""
    kept: dict[tuple[int, str, str], FormPrinter[ReserveForm]] = _own.__dict__.setdefault("printers", {})
    key = id(current_app.extensions["careerpath.settings"]), code, title
    if key not in kept:
        if len(kept) > 5:
            kept.clear()
        kept[key] = FORMS[code].printer(current_app.jinja_env, fonts(), title=title)
    return kept[key]
