"""Whose imports somebody may see."""

from sqlalchemy import ColumnElement, and_, or_

from careerpath.access.actor import Actor
from careerpath.access.scope import within
from careerpath.spreadsheets.catalogue import SHEETS
from careerpath.spreadsheets.models import ImportState, SheetImport

DONE = (ImportState.WRITTEN, ImportState.UNDONE)


def reachable(actor: Actor) -> ColumnElement[bool]:
    """The filter "one's own, or written for units where the actor holds the sheet's permission"."""
    theirs = (
        and_(SheetImport.sheet == sheet.code, within(actor, SheetImport.unit_id, sheet.import_permission))  # type: ignore[arg-type]
        for sheet in SHEETS
    )
    return or_(SheetImport.owner_id == actor.user_id, and_(SheetImport.state.in_(DONE), or_(*theirs)))
