"""What all sheets of selections share: each is about one selection, which its file names above the headings."""

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core.db import db
from careerpath.core.sheets import SheetSpec, Workbook
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.queries.selections import selection_named
from careerpath.spreadsheets.sheets.batches import named_above
from careerpath.spreadsheets.sheets.desk import Desk, Wish
from careerpath.talent_pool.models import Selection, SelectionEntrant, SelectionState
from careerpath.talent_pool.operations.steps import check_state
from careerpath.talent_pool.queries.selections import near_selection, rules_of
from careerpath.talent_pool.queries.words import SELECTION_STATES
from careerpath.words import Message, Refused, msg

MARK = "竞岗："
_MARK = re.compile(r"竞岗[：:]\s*(.+)")


class SelectionDesk(Desk):
    """A sheet about one selection."""

    permission: Permission
    """What bringing it in asks for."""
    states: tuple[SelectionState, ...] = ()
    """The states of the selection in which it may come in, and in which it may be taken back."""

    def columns(self, edition: TalentPoolEdition | None) -> SheetSpec:
        """The columns under the rules of a selection; without them, those of an empty table for any selection."""
        raise NotImplementedError

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns under the rules of the selection."""
        return self.columns(rules_of(self.met(actor, about)) if about.selection_id is not None else None)

    def about_in(self, actor: Actor, workbook: Workbook, about: About) -> About:
        """The selection that a file names, else the chosen one. Raises ``Refused`` where they differ or none is."""
        name = named_above(workbook, _MARK)
        chosen = self.met(actor, about).name if about.selection_id is not None else ""
        if chosen and name and name != chosen:
            message = "文件写明属于“%(name)s”，所选竞岗是“%(chosen)s”。请改选竞岗，或换用正确的文件。"
            raise Refused(msg(message, name=name, chosen=chosen), field="selection")
        if not chosen and not name:
            raise Refused(msg("请选择这个文件属于哪次竞岗。"), field="selection")
        return about if chosen else replace(about, selection_id=selection_named(actor, name, self.permission).id)

    def line(self, actor: Actor, about: About) -> str:
        """The name of the selection, as ``about_in`` reads it again."""
        return f"{MARK}{self.met(actor, about).name}" if about.selection_id is not None else ""

    def why_kept(self, actor: Actor, about: About, written_at: datetime) -> Message | None:
        """What rests on a sheet is not taken from under it: the selection must stand where it stood."""
        selection = db.session.get(Selection, about.selection_id)
        if selection is None or selection.state in self.states:
            return None
        message = "“%(name)s”已进入“%(state)s”阶段，这次导入不能再撤销。"
        return msg(message, name=selection.name, state=SELECTION_STATES[selection.state])

    def met(self, actor: Actor, about: About) -> Selection:
        """The selection, or ``NotFound``."""
        return near_selection(actor, about.selection_id or 0, Permission.POOL_VIEW)

    def open_selection(self, actor: Actor, about: About) -> Selection:
        """The selection that rows come into. Raises ``Refused`` in another state than these."""
        selection = near_selection(actor, about.selection_id or 0, self.permission)
        check_state(selection, *self.states)
        return selection


def wished(actor: Actor, wish: Wish) -> Selection:
    """The selection of an export. Raises ``Refused`` where none is named."""
    if wish.selection_id is None:
        raise Refused(msg("请选择竞岗。"), field="selection")
    return near_selection(actor, wish.selection_id, Permission.POOL_VIEW)


def where(actor: Actor, wish: Wish) -> list[ColumnElement[bool]]:
    """The entrants that an export may speak of: of the actor's units, and of the unit that is asked for."""
    own = [within(actor, SelectionEntrant.unit_id, Permission.POOL_VIEW)]
    if wish.unit_id is not None:
        path = fetch_unit(actor, wish.unit_id, Permission.POOL_VIEW).path
        own.append(below(SelectionEntrant.unit_id, path))
    return own
