"""``careerpath print`` for mentoring, rotations, training, honours and skills: one record's papers or a unit's."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import near
from careerpath.cli.context import tell
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.honours.models import HonourCall
from careerpath.printing.catalogue import FORMS
from careerpath.printing.queries.growth import classes, filling, honours, mentoring, rosters, rotations
from careerpath.training.models import TrainingClass
from careerpath.training.queries.reach import met_classes
from careerpath.words import NotFound, Refused, msg

GROWTH_FORMS = frozenset(
    form.code for form in FORMS if form.each in ("pairing", "mentor", "rotation", "class", "call", "unit")
)
"""The forms that this command prints."""

ROSTERS = {
    "mentor-roster": (rosters.mentor_roster, Permission.MENTORING_VIEW),
    "rotation-roster": (rosters.rotation_roster, Permission.ROTATION_VIEW),
    "skill-cover": (rosters.skill_cover, Permission.SKILL_VIEW),
}

OF_UNITS = (*filling.OF_MENTORING, filling.ROTATION)
"""Forms that may be printed for everybody of a unit and a year."""


def print_growth(
    actor: Actor,
    form: str,
    record: str | None,
    unit: Unit | None,
    year: int | None,
    on: date | None,
    numbers: Sequence[str],
    output: Path | None,
) -> None:
    """Print a paper of growth.

    ``record`` is the id of a pairing, mentor or rotation, or the name or id of a class or call; of the last two the
    newest is taken where none is given. Without a record, agreements, letters, evaluations and forms of rotations are
    printed for everybody of a unit and a year. Without ``output`` nothing is printed: everybody whose text would not
    fit is named.
    """
    if form in filling.FORMS:
        _print_forms(actor, form, _ids(actor, form, record, unit, year, numbers), output)
        return
    if output is None:
        raise click.UsageError(f"{form} needs -o.")
    _write(output, _paper(actor, form, record, unit, on))


def _paper(actor: Actor, form: str, record: str | None, unit: Unit | None, on: date | None) -> bytes:
    if form in ROSTERS:
        make, permission = ROSTERS[form]
        unit_id = unit.id if unit else rosters.widest_unit(actor, permission)
        if unit_id is None:
            raise NotFound
        return classes.list_pdf(make(actor, unit_id, on or clock.today()))[1]
    if form == "mentoring-log":
        return mentoring.log_book_pdf(actor, _one(record, "pairing"))[1]
    if form == "rotation-notice":
        return rotations.rotation_notice_pdf(actor, _one(record, "rotation"))[1]
    if form in honours.KINDS:
        return honours.announcement_pdf(actor, form, _call(actor, record))[1]
    class_id = _class(actor, record)
    if form == "class-notice":
        return classes.class_notice_pdf(actor, class_id)[1]
    make_list = classes.sign_in_sheet if form == "class-sign-in" else classes.class_roster
    return classes.list_pdf(make_list(actor, class_id))[1]


def _ids(
    actor: Actor, form: str, record: str | None, unit: Unit | None, year: int | None, numbers: Sequence[str]
) -> list[int]:
    if form == filling.CERTIFICATE:
        return classes.certified_ids(actor, _class(actor, record), numbers=numbers, path=unit.path if unit else "")
    if form == filling.HONOUR:
        return honours.nominee_ids(actor, _call(actor, record), numbers=numbers, path=unit.path if unit else "")
    if record is not None:
        option = {filling.LETTER: "mentor", filling.ROTATION: "rotation"}.get(form, "pairing")
        return [_one(record, option)]
    paths = [unit.path] if unit else [path for path in actor.prefixes(Permission.MENTORING_VIEW)]
    return [found for path in paths for found in filling.unit_ids(actor, form, path, year, numbers)]


def _print_forms(actor: Actor, form: str, ids: Sequence[int], output: Path | None) -> None:
    if not ids:
        raise Refused(msg("没有可以打印的人员。请核对单位、年度和编号。"))
    if output is None:
        _check(filling.overflowing(actor, form, ids), len(ids))
        return
    part = output.with_name(f"{output.name}.part")
    try:
        count = filling.fill_forms(actor, form, ids, part)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已打印 %(count)s 人：%(file)s", count=count, file=str(output)))


def _check(found: Sequence[tuple[str, Sequence[str]]], count: int) -> None:
    for name, cells in found:
        for cell in cells:
            click.echo(say(msg("%(name)s：%(cell)s续附页", name=name, cell=cell)))
    if found:
        raise Refused(msg("%(count)s 人的文字放不下，将续在附页上。", count=len(found)))
    tell(msg("%(count)s 人的文字都能印在一页内。", count=count))


def _one(record: str | None, option: str) -> int:
    found = whole_number(record or "")
    if found is None:
        raise Refused(msg("请用 --%(option)s 写明编号。", option=option))
    return found


def _class(actor: Actor, wanted: str | None) -> int:
    query = select(TrainingClass.id).where(met_classes(actor, Permission.TRAINING_VIEW))
    if wanted:
        query = query.where((TrainingClass.name == wanted) | (TrainingClass.id == (whole_number(wanted) or 0)))
    found = db.session.scalars(query.order_by(TrainingClass.id.desc()).limit(1)).one_or_none()
    if found is None:
        raise Refused(msg("没有找到培训班，请核对培训班名称或编号。"))
    return found


def _call(actor: Actor, wanted: str | None) -> int:
    query = select(HonourCall.id).where(near(actor, HonourCall.unit_id, Permission.HONOUR_VIEW))
    if wanted:
        query = query.where((HonourCall.name == wanted) | (HonourCall.id == (whole_number(wanted) or 0)))
    found = db.session.scalars(query.order_by(HonourCall.id.desc()).limit(1)).one_or_none()
    if found is None:
        raise Refused(msg("没有找到评选，请核对评选名称或编号。"))
    return found


def _write(output: Path, content: bytes) -> None:
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已写入 %(file)s", file=str(output)))
