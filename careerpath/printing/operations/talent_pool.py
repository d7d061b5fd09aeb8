"""Printing forms of many entrants of a selection as background work."""

import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import IO, Any

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.core.media import PDF
from careerpath.core.pdf.filling import merge
from careerpath.jobs.operations import order_job
from careerpath.jobs.runner import Result
from careerpath.printing.queries.talent_pool.filling import FORMS, NOBODY, entrant_ids, fill_forms
from careerpath.talent_pool.queries.selections import near_selection
from careerpath.words import NotFound, Refused, msg

KIND = "selection-forms"
PIECE = 200
"""Forms in one piece of a job."""

AT_ONCE = 20
"""So many people are printed while one waits."""


@operation(Permission.POOL_VIEW)
def order_selection_forms(actor: Actor, selection_id: int, form: str) -> int:
    """Order a form for every entrant of a selection in the actor's reach; gives the id of the job."""
    if form not in FORMS:
        raise NotFound
    selection = near_selection(actor, selection_id, Permission.POOL_VIEW)
    if not entrant_ids(actor, selection.id):
        raise Refused(NOBODY)
    title = msg("打印 %(selection)s %(form)s", selection=selection.name, form=str(FORMS[form].name))
    name = f"{selection.name}{FORMS[form].name}"
    return order_job(actor, KIND, title, {"selection_id": selection.id, "form": form, "file_name": name})


class SelectionFormsJob:
    """Makes one form of many entrants."""

    permission = Permission.POOL_VIEW

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The pieces: so many people in the order of the form."""
        ids = entrant_ids(actor, request["selection_id"])
        return [{"form": request["form"], "ids": ids[start : start + PIECE]} for start in range(0, len(ids), PIECE)]

    def make(self, actor: Actor, part: Any) -> bytes:
        """One piece as PDF."""
        target = BytesIO()
        fill_forms(actor, part["form"], part["ids"], target)
        return target.getvalue()

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """All pieces as one PDF."""
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the runner reads and closes it
        merge(chunk_files, target, title=request["file_name"])
        target.seek(0)
        return Result(f"{request['file_name']}.pdf", PDF, target)


SELECTION_FORMS_JOB = SelectionFormsJob()
