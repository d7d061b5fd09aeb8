"""``careerpath print`` for recruitment: announcements of a batch, forms of its applicants, papers of its rooms."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.cli.context import tell
from careerpath.core.db import db
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.policy.recruitment import Stage
from careerpath.printing.catalogue import FORMS
from careerpath.printing.queries.recruitment import announcing, filling
from careerpath.printing.queries.recruitment.announcing import announcement_pdf
from careerpath.recruitment.models import RecruitmentBatch
from careerpath.recruitment.queries.nearby import near
from careerpath.words import Refused, msg

RECRUITMENT_FORMS = frozenset(form.code for form in FORMS if form.each in ("batch", "applicant"))
"""The forms that this command prints."""

STAGES: Mapping[str, Stage] = {"written": Stage.SHORTLIST, "total": Stage.FINAL}
"""Which 成绩公告 is wanted."""

OF_ROOMS: Mapping[str, Callable[[Actor, int], tuple[str, bytes]]] = {
    "seating-chart": announcing.seating_pdf,
    "secret-labels": announcing.labels_pdf,
}


def print_recruitment(
    actor: Actor,
    form: str,
    batch: str | None,
    unit: Unit | None,
    numbers: Sequence[str],
    stage: str | None,
    output: Path | None,
) -> None:
    """Print a form of a batch, by default of the newest that the actor meets.

    ``batch`` is its id or its name; ``numbers`` are of applications or exam numbers. Without ``output`` nothing is
    printed: everybody whose text would not fit is named.
    """
    batch_id = _batch(actor, batch)
    if form not in filling.FORMS:
        if output is None:
            raise click.UsageError(f"{form} needs -o.")
        _write(output, _announced(actor, form, batch_id, stage))
        return
    ids = filling.form_ids(actor, form, batch_id, numbers=numbers, path=unit.path if unit else "")
    if not ids:
        raise Refused(msg("没有可以打印的人员。请核对批次、单位和序号。"))
    if output is None:
        _check(actor, form, ids)
        return
    part = output.with_name(f"{output.name}.part")
    try:
        count = filling.fill_forms(actor, form, ids, part)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已打印 %(count)s 人：%(file)s", count=count, file=str(output)))


def _announced(actor: Actor, form: str, batch_id: int, stage: str | None) -> bytes:
    if form == "score-list":
        return announcing.score_list_pdf(actor, batch_id, STAGES[stage] if stage else None)[1]
    if form in OF_ROOMS:
        return OF_ROOMS[form](actor, batch_id)[1]
    return announcement_pdf(actor, form, batch_id)[1]


def _batch(actor: Actor, wanted: str | None) -> int:
    query = select(RecruitmentBatch.id).where(near(actor, Permission.RECRUITMENT_VIEW))
    if wanted:
        query = query.where((RecruitmentBatch.name == wanted) | (RecruitmentBatch.id == (whole_number(wanted) or 0)))
    found = db.session.scalars(query.order_by(RecruitmentBatch.id.desc()).limit(1)).one_or_none()
    if found is None:
        raise Refused(msg("没有找到招聘批次，请核对批次名称或编号。"))
    return found


def _check(actor: Actor, form: str, ids: Sequence[int]) -> None:
    found = filling.overflowing(actor, form, ids)
    for one, cells in found:
        for cell in cells:
            words = msg("%(name)s：%(cell)s续 %(over)s 字", name=one.name, cell=cell.label, over=cell.over)
            click.echo(say(words))
    if found:
        raise Refused(msg("%(count)s 人的文字放不下，将续在附页上。", count=len(found)))
    tell(msg("%(count)s 人的文字都能印在一页内。", count=len(ids)))


def _write(output: Path, content: bytes) -> None:
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已写入 %(file)s", file=str(output)))
