"""What all sheets of recruitment share: each is about one batch, which its file names above the headings."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core.db import db
from careerpath.core.sheets import Column, SheetSpec
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import BatchState, RecruitmentBatch, RecruitmentPosition
from careerpath.recruitment.operations.steps import check_state
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.words import BATCH_STATES
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.queries.batches import batch_named
from careerpath.spreadsheets.sheets.desk import CellChange, Wish, shown
from careerpath.spreadsheets.sheets.one_thing import OneThingDesk
from careerpath.words import Message, Refused, msg

PIECE = 500


class BatchDesk(OneThingDesk):
    """A sheet about one batch."""

    key, field, thing = "batch_id", "batch", msg("招聘批次")
    permission: Permission
    """What bringing it in asks for."""
    states: tuple[BatchState, ...] = ()
    """The stages of the batch in which it may come in."""
    undone_in: tuple[BatchState, ...] | None = None
    """Those in which it may be taken back, where these are fewer."""

    def columns(self, edition: RecruitmentEdition | None) -> SheetSpec:
        """The columns under the rules of a batch; without them, those of an empty table for any batch."""
        raise NotImplementedError

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns under the rules of the batch."""
        return self.columns(rules_of(self.met(actor, about)) if about.batch_id is not None else None)

    def why_kept(self, actor: Actor, about: About, written_at: datetime) -> Message | None:
        """What rests on a sheet is not taken from under it: the batch must stand where it stood."""
        batch = db.session.get(RecruitmentBatch, about.batch_id)
        if batch is None or batch.state in (self.undone_in or self.states):
            return None
        message = "“%(name)s”已进入“%(state)s”阶段，这次导入不能再撤销。"
        return msg(message, name=batch.name, state=BATCH_STATES[batch.state])

    def met(self, actor: Actor, about: About) -> RecruitmentBatch:
        """The batch, or ``NotFound``."""
        return near_batch(actor, about.batch_id or 0, Permission.RECRUITMENT_VIEW)

    def named(self, actor: Actor, name: str) -> RecruitmentBatch:
        """The batch of a name. Raises ``Refused``."""
        return batch_named(actor, name, self.permission)

    def open_batch(self, actor: Actor, about: About) -> RecruitmentBatch:
        """The batch that rows come into. Raises ``Refused`` at another stage than these."""
        batch = near_batch(actor, about.batch_id or 0, self.permission)
        check_state(batch, *self.states)
        return batch


def wished(actor: Actor, wish: Wish, permission: Permission) -> RecruitmentBatch:
    """The batch of an export. Raises ``Refused`` where none is named."""
    if wish.batch_id is None:
        raise Refused(msg("请选择招聘批次。"), field="batch")
    return near_batch(actor, wish.batch_id, permission)


def where(actor: Actor, wish: Wish, permission: Permission) -> list[ColumnElement[bool]]:
    """The positions that an export may speak of: of the actor's units, and of the unit that is asked for."""
    own = [within(actor, RecruitmentPosition.unit_id, permission)]
    if wish.unit_id is not None:
        own.append(below(RecruitmentPosition.unit_id, fetch_unit(actor, wish.unit_id, permission).path))
    return own


def pieces(ids: Sequence[int]) -> list[Sequence[int]]:
    """Ids, so many at a time that a piece is quick."""
    return [ids[start : start + PIECE] for start in range(0, len(ids), PIECE)]


def change(column: Column, old: object, new: object) -> CellChange:
    """One cell as a comparison shows it."""
    return CellChange(column.key, column.title, shown(column, old), shown(column, new))


def by_code(positions: Mapping[str, RecruitmentPosition], text: str) -> RecruitmentPosition | None:
    """The position of a code; zeros that Excel has dropped before it do not count."""
    if text in positions:
        return positions[text]
    found = [one for code, one in positions.items() if text and code.lstrip("0") == text.lstrip("0")]
    return found[0] if len(found) == 1 else None
