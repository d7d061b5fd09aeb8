"""Bringing editions in, and taking them out of use."""

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.catalogue import read_toml
from careerpath.policy.edition import to_plain
from careerpath.rulebook.models import StoredEdition
from careerpath.words import NotFound, Refused, msg


@operation(Permission.RULES_EDIT)
def import_edition(actor: Actor, text: str, file: str) -> int:
    """Bring in an edition written in TOML; gives its id. The same text twice changes nothing.

    Refuses what is not a sound edition, naming the place in ``file``, and another text under a key that is taken.
    """
    edition = read_toml(text, file)
    head = edition.head
    plain = to_plain(edition)
    kept = db.session.scalars(
        select(StoredEdition).where(StoredEdition.rule == head.rule, StoredEdition.key == head.key).with_for_update()
    ).one_or_none()
    if kept is not None:
        if kept.content != plain:
            raise Refused(
                msg(
                    "%(file)s：编号 %(key)s 的版本已经导入且内容不同。版本一经导入不再修改，请换一个编号（head.key）。",
                    file=file,
                    key=head.key,
                ),
                field="key",
            )
        kept.withdrawn_at = None
        return kept.id
    stored = StoredEdition(
        rule=head.rule,
        key=head.key,
        title=head.title[:120],
        place=head.place[:40],
        effective_from=head.effective_from,
        content=plain,
        source_text=text,
        added_at=clock.now(),
        added_by=actor.name,
    )
    session_add(stored)
    return stored.id


@operation(Permission.RULES_EDIT)
def withdraw_edition(actor: Actor, edition_id: int) -> None:
    """Take an edition out of use; what was decided under it keeps it."""
    stored = db.session.get(StoredEdition, edition_id, with_for_update=True)
    if stored is None:
        raise NotFound
    stored.withdrawn_at = clock.now()
