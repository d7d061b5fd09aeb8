"""What all sheets of selections share: each is about one selection, which its file names above the headings."""

from abc import abstractmethod
from datetime import datetime

from sqlalchemy import ColumnElement

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core.db import db
from careerpath.core.sheets import SheetSpec
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.queries.selections import selection_named
from careerpath.spreadsheets.sheets.desk import Wish
from careerpath.spreadsheets.sheets.one_thing import OneThingDesk
from careerpath.talent_pool.models import Selection, SelectionEntrant, SelectionState
from careerpath.talent_pool.operations.steps import check_state
from careerpath.talent_pool.queries.selections import near_selection, rules_of
from careerpath.talent_pool.queries.words import SELECTION_STATES
from careerpath.words import Message, Refused, msg


class SelectionDesk(OneThingDesk):
    """A sheet about one selection."""

    key, field, thing = "selection_id", "selection", msg("竞岗")
    permission: Permission
    """What bringing it in asks for."""
    states: tuple[SelectionState, ...] = ()
    """The states of the selection in which it may come in, and in which it may be taken back."""

    @abstractmethod
    def columns(self, edition: TalentPoolEdition | None) -> SheetSpec:
        """The columns under the rules of a selection; without them, those of an empty table for any selection."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns under the rules of the selection."""
        return self.columns(rules_of(self.met(actor, about)) if about.selection_id is not None else None)

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

    def named(self, actor: Actor, name: str) -> Selection:
        """The selection of a name. Raises ``Refused``."""
        return selection_named(actor, name, self.permission)

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
