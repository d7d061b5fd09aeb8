"""Bringing editions in as drafts, adopting them, and taking them out of use."""

from sqlalchemy import select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.catalogue import read_plain, read_toml, rule_named, shipped
from careerpath.policy.edition import Edition, to_plain
from careerpath.policy.shapes import shape_of, toml_text
from careerpath.rulebook.models import EditionState, StoredEdition
from careerpath.rulebook.sheets import LevelHead, edition_from_workbook, edition_with_levels
from careerpath.words import NotFound, Refused, msg

KEY_LENGTH = 64
REASON_LENGTH = 400
WORKBOOKS = (".xlsx", ".xls")


@operation(Permission.RULES_EDIT)
def draft_edition(actor: Actor, text: str, file: str) -> int:
    """Keep an edition written in TOML as a draft, which counts for nothing yet; gives its id.

    Refuses what is not a sound edition, naming the place in ``file``. A draft with the same key is replaced; an edition
    that was adopted under it is not.
    """
    return _keep(actor, read_toml(text, file), text, file)


@operation(Permission.RULES_EDIT)
def draft_workbook(actor: Actor, content: bytes, file: str) -> int:
    """Keep an edition from a workbook as a draft; gives its id. Refusals name sheet and cell."""
    edition = edition_from_workbook(content, file)
    return _keep(actor, edition, toml_of(edition), file)


@operation(Permission.RULES_EDIT)
def draft_levels(actor: Actor, base: Edition, content: bytes, file: str, given: LevelHead) -> int:
    """Keep as a draft what an edition becomes with the level table of a workbook; gives its id."""
    edition = edition_with_levels(base, content, file, given)
    return _keep(actor, edition, toml_of(edition), file)


@operation(Permission.RULES_EDIT)
def import_edition(actor: Actor, text: str, file: str) -> int:
    """Bring in an edition written in TOML and adopt it at once; gives its id. The same text twice changes nothing.

    Refuses what is not a sound edition, naming the place in ``file``, and another text under a key that is taken.
    """
    edition = read_toml(text, file)
    kept = _under(edition.head.rule, edition.head.key)
    if kept is not None and kept.state is not EditionState.DRAFT and _same(kept, edition):
        _adopt(actor, kept)
        return kept.id
    edition_id = _keep(actor, edition, text, file)
    _adopt(actor, _stored(edition_id))
    return edition_id


@operation(Permission.RULES_EDIT)
def adopt_edition(actor: Actor, edition_id: int) -> None:
    """Let a draft count from its day on. Refuses one whose rule, place and day another edition has already."""
    stored = _stored(edition_id)
    if stored.state is EditionState.WITHDRAWN:
        raise Refused(msg("该版本已停用，不能直接采用。请换一个编号重新导入。"))
    _adopt(actor, stored)


@operation(Permission.RULES_EDIT)
def withdraw_edition(actor: Actor, edition_id: int, reason: str) -> None:
    """Take an adopted edition out of use for a reason; what was decided under it keeps it."""
    stored = _stored(edition_id)
    if stored.state is not EditionState.ADOPTED:
        raise Refused(msg("只有采用过的版本才能停用。草案可以直接删除。"))
    if not reason.strip():
        raise Refused(msg("请写明停用的原因。"), field="reason")
    if len(reason) > REASON_LENGTH:
        raise Refused(msg("超过 %(most)s 个字，请缩短。", most=REASON_LENGTH), field="reason")
    stored.state = EditionState.WITHDRAWN
    stored.withdrawn_at = clock.now()
    stored.withdrawn_by = actor.name
    stored.withdrawn_reason = reason.strip()
    audit.note(reason.strip())


@operation(Permission.RULES_EDIT)
def drop_draft(actor: Actor, edition_id: int) -> None:
    """Delete a draft; an edition that counted once stays."""
    stored = _stored(edition_id)
    if stored.state is not EditionState.DRAFT:
        raise Refused(msg("该版本已采用，不能删除。如不再使用，请停用。"))
    db.session.delete(stored)


def is_workbook(file: str) -> bool:
    """Whether a file is a workbook by its name."""
    return file.lower().endswith(WORKBOOKS)


def toml_of(edition: Edition) -> str:
    """An edition as TOML."""
    return toml_text(shape_of(edition.head.rule), to_plain(edition))


def rivals(rule: str, key: str, place: str, effective_from: object) -> tuple[str, ...]:
    """The titles of other editions that begin on the same day for the same place: which one held would be open."""
    known = [
        *db.session.execute(
            select(StoredEdition.key, StoredEdition.title, StoredEdition.place, StoredEdition.effective_from)
            .where(StoredEdition.rule == rule, StoredEdition.state == EditionState.ADOPTED)
            .order_by(StoredEdition.id)
            .with_for_update()
        ).all()
    ]
    taken = {each[0] for each in known} | {key}
    own = [(each[1], each[0]) for each in known if each[0] != key and (each[2], each[3]) == (place, effective_from)]
    supplied = [
        (edition.head.title, edition.head.key)
        for edition in shipped(rule)
        if edition.head.key not in taken
        and (edition.head.place, edition.head.effective_from) == (place, effective_from)
    ]
    return tuple(f"{title}（{other}）" for title, other in (*own, *supplied))


def _keep(actor: Actor, edition: Edition, text: str, file: str) -> int:
    head = edition.head
    if len(head.key) > KEY_LENGTH:
        raise Refused(
            msg("%(file)s：编号超过 %(most)s 个字，请缩短（head.key）。", file=file, most=KEY_LENGTH), field="key"
        )
    kept = _under(head.rule, head.key)
    if kept is None:
        kept = StoredEdition(rule=head.rule, key=head.key, state=EditionState.DRAFT)
    elif kept.state is not EditionState.DRAFT:
        if _same(kept, edition):
            raise Refused(
                msg("%(file)s：编号 %(key)s 的版本已经导入，内容相同。", file=file, key=head.key), field="key"
            )
        raise Refused(
            msg(
                "%(file)s：编号 %(key)s 的版本已经导入且内容不同。版本一经导入不再修改，请换一个编号（head.key）。",
                file=file,
                key=head.key,
            ),
            field="key",
        )
    kept.title = head.title[:120]
    kept.place = head.place[:40]
    kept.effective_from = head.effective_from
    kept.content = to_plain(edition)
    kept.source_text = text
    kept.file_name = file[:200]
    kept.added_at = clock.now()
    kept.added_by = actor.name
    session_add(kept)
    return kept.id


def _adopt(actor: Actor, stored: StoredEdition) -> None:
    if stored.state is EditionState.ADOPTED:
        return
    # What was sound when it came in must still be so under the reader of today.
    rule_named(stored.rule).read(stored.content, stored.key)
    same = rivals(stored.rule, stored.key, stored.place, stored.effective_from)
    if same:
        raise Refused(
            msg(
                "%(place)s自 %(day)s 起施行的版本已有：%(others)s。同一天只能有一版生效：请先停用原版本"
                "（随程序提供的版本请用同一编号替代），或改用另一个施行日期。",
                place=stored.place,
                day=stored.effective_from,
                others="、".join(same),
            ),
            field="effective_from",
        )
    stored.state = EditionState.ADOPTED
    stored.adopted_at = clock.now()
    stored.adopted_by = actor.name
    stored.withdrawn_at = None
    stored.withdrawn_by = stored.withdrawn_reason = ""


def _under(rule: str, key: str) -> StoredEdition | None:
    return db.session.scalars(
        select(StoredEdition).where(StoredEdition.rule == rule, StoredEdition.key == key).with_for_update()
    ).one_or_none()


def _stored(edition_id: int) -> StoredEdition:
    stored = db.session.get(StoredEdition, edition_id, with_for_update=True)
    if stored is None:
        raise NotFound
    return stored


def _same(stored: StoredEdition, edition: Edition) -> bool:
    """Whether both say the same, however their numbers are written."""
    return read_plain(stored.content, stored.key) == edition
