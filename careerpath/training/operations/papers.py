"""The papers of a class: schedule, handouts, slides, each checked by its content."""

from functools import partial

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import after_commit, operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.files import files
from careerpath.employees.operations.contents import paper_name, read_paper
from careerpath.employees.operations.identity import without_identity
from careerpath.training.models import ClassPaper, TrainingClass
from careerpath.training.queries.papers import SEAL
from careerpath.words import Refused, msg

MOST_PAPERS = 30


@operation(Permission.TRAINING_HOLD)
def add_class_paper(actor: Actor, class_id: int, name: str, body: bytes) -> int:
    """Keep a paper with a class one holds; gives its id. What it is, is told by its content alone."""
    found = fetch(actor, TrainingClass, class_id, Permission.TRAINING_HOLD, lock=True)
    count = db.session.scalar(select(func.count()).where(ClassPaper.class_id == found.id))
    if (count or 0) >= MOST_PAPERS:
        raise Refused(msg("资料已有 %(count)s 份，请先移除不需要的资料。", count=count), field="file")
    content = read_paper(body)
    paper = ClassPaper(
        class_id=found.id,
        name=without_identity(paper_name(name, content.media_type)),
        file_key=SEAL.keep_file(content.body, str(found.id)),
        media_type=content.media_type,
        size=len(content.body),
        added_at=clock.now(),
        by=actor.display_name,
    )
    session_add(paper)
    return paper.id


@operation(Permission.TRAINING_HOLD)
def remove_class_paper(actor: Actor, class_paper_id: int) -> int:
    """Take a paper away, its content after the commit; gives the class."""
    paper = db.session.get(ClassPaper, class_paper_id)
    found = fetch(actor, TrainingClass, paper.class_id if paper else 0, Permission.TRAINING_HOLD, lock=True)
    kept = db.session.get_one(ClassPaper, class_paper_id)
    after_commit(partial(files().remove, kept.file_key))
    db.session.delete(kept)
    return found.id
