"""The photo and the scanned papers of an application, however they come in."""

from functools import partial

from sqlalchemy import func, select

from careerpath.access.guard import after_commit, session_add
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.files import files
from careerpath.employees.operations.contents import paper_name, read_paper, read_photo
from careerpath.employees.operations.identity import without_identity
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import Application, ApplicationPaper, BatchState, RecruitmentBatch
from careerpath.recruitment.operations.steps import check_state
from careerpath.recruitment.queries.sealed import keep_file
from careerpath.words import NotFound, Refused, msg

MOST_PAPERS = 30
"""Papers that one application may carry."""
OTHER_PAPER = "other"
"""The code of a paper that the rules do not ask for."""
SETTLED = (BatchState.CONCLUDED, BatchState.CANCELLED)


def check_unsettled(batch: RecruitmentBatch) -> None:
    """Refuse a change of the papers of a batch that is over."""
    check_state(batch, *(state for state in BatchState if state not in SETTLED))


def put_photo(application: Application, body: bytes) -> None:
    """Keep a portrait, drawn anew; the former one goes after the commit."""
    former = application.photo_key
    application.photo_key = keep_file(read_photo(body), application.uid)
    if former:
        after_commit(partial(files().remove, former))


def put_paper(application: Application, edition: RecruitmentEdition, code: str, name: str, body: bytes) -> int:
    """Keep a paper under the code of a document that the rules ask of this applicant, or as another one."""
    known = [one.code for one in edition.documents if not one.group or one.group in application.groups]
    if code not in (*known, OTHER_PAPER):
        message = msg("本批次不收“%(code)s”这类材料，请在列出的材料中选择。", code=code)
        raise Refused(message, field="code")
    count = db.session.scalar(select(func.count()).where(ApplicationPaper.application_id == application.id))
    if (count or 0) >= MOST_PAPERS:
        raise Refused(msg("材料已有 %(count)s 份，请先移除不需要的材料。", count=count), field="file")
    content = read_paper(body)
    paper = ApplicationPaper(
        application_id=application.id,
        code=code,
        name=without_identity(paper_name(name, content.media_type)),
        file_key=keep_file(content.body, application.uid),
        media_type=content.media_type,
        size=len(content.body),
        added_at=clock.now(),
    )
    session_add(paper)
    return paper.id


def drop_paper(application: Application, paper_id: int) -> None:
    """Take a paper away; its content goes after the commit."""
    query = select(ApplicationPaper).where(
        ApplicationPaper.id == paper_id, ApplicationPaper.application_id == application.id
    )
    paper = db.session.scalars(query.with_for_update()).one_or_none()
    if paper is None:
        raise NotFound
    after_commit(partial(files().remove, paper.file_key))
    db.session.delete(paper)
