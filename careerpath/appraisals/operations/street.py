"""The street's part: scores, proposed grades and opinions row by row, then one submission that locks."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.operations.reckoning import (
    check_version,
    facts_of_record,
    grade_code,
    is_graded,
    reckon,
    refuse_closed,
    touch,
)
from careerpath.appraisals.queries.editions import edition_of
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.appraisal import AppraisalEdition, check_street_grade
from careerpath.policy.appraisal_steps import State
from careerpath.policy.codes import Grade
from careerpath.words import Message, Refused, msg

LONGEST_OPINION = 500


@dataclass(frozen=True, slots=True)
class RowEntry:
    """The cells of one row that were typed, and the version they were typed on.

    ``scores.CODE`` and ``satisfaction`` hold a ``Decimal`` or None (emptied); ``grade`` and ``opinion`` hold text.
    """

    version: int
    cells: Mapping[str, Decimal | str | None]


@operation(Permission.APPRAISAL_FILL)
def fill_row(actor: Actor, appraisal_id: int, given: RowEntry) -> int:
    """Keep the typed cells of one person's row and reckon it anew; gives the new version.

    Raises ``Refused`` with the field for a score beyond its limits or a grade that a rule forbids, ``Conflict`` when
    somebody else was first.
    """
    record = fetch(actor, Appraisal, appraisal_id, Permission.APPRAISAL_FILL, lock=True)
    refuse_closed(record)
    year = db.session.get_one(AppraisalYear, record.year_id)
    edition = edition_of(year)
    if all(_stands(record, name, value, edition) for name, value in given.cells.items()):
        return record.version
    check_version(record, given.version, given.cells)
    _put(record, given.cells, edition)
    _check_limits(record, year, edition)
    record.complete = not missing(record, year, edition)
    record.street_by, record.street_on = actor.display_name, clock.today()
    touch(record, actor)
    db.session.flush()
    return record.version


@operation(Permission.APPRAISAL_FILL)
def fill_rows(actor: Actor, street_id: int, given: Mapping[int, RowEntry]) -> int:
    """Keep many rows at once, all or none; gives how many changed."""
    fetch(actor, StreetAppraisal, street_id, Permission.APPRAISAL_FILL)
    return sum(fill_row(actor, number, entry) != entry.version for number, entry in given.items())


@operation(Permission.APPRAISAL_FILL)
def submit_street(actor: Actor, street_id: int) -> int:
    """Hand the street's records to the district and lock them; gives how many went.

    Refuses, naming people and what is missing, while a record is incomplete. Submitting again what is already with
    the district changes nothing.
    """
    part = fetch(actor, StreetAppraisal, street_id, Permission.APPRAISAL_FILL, lock=True)
    year = db.session.get_one(AppraisalYear, part.year_id)
    edition = edition_of(year)
    query = select(Appraisal).where(Appraisal.street_appraisal_id == part.id).order_by(Appraisal.roster_order)
    records = db.session.scalars(query.with_for_update()).all()
    waiting = [record for record in records if record.state in {State.OPEN, State.RETURNED}]
    if not waiting:
        return 0
    lacking = {record.roster_order: missing(record, year, edition) for record in waiting}
    wrong = [(place, faults) for place, faults in lacking.items() if faults]
    if wrong:
        place, faults = wrong[0]
        raise Refused(
            msg(
                "还有 %(count)s 人未填完，不能提交。第一处：第 %(row)s 号，%(fault)s",
                count=len(wrong),
                row=place,
                fault=faults[0],
            )
        )
    for record in waiting:
        record.state = State.SUBMITTED
        record.return_comment = ""
    part.submitted_at = clock.now()
    return len(waiting)


def missing(record: Appraisal, year: AppraisalYear, edition: AppraisalEdition) -> list[Message]:
    """What a record still lacks before it can be submitted."""
    if not is_graded(record):
        return [] if record.undetermined_note else [msg("未填写未确定等次情况说明。")]
    found = [
        msg("“%(name)s”未填。", name=indicator.name)
        for indicator in edition.indicators
        if (record.satisfaction is None if indicator.from_satisfaction else indicator.code not in record.scores)
    ]
    if not record.street_grade:
        found.append(msg("未选建议等次。"))
    else:
        chosen = Grade(record.street_grade)
        found += check_street_grade(edition, facts_of_record(record, year, edition), chosen, year.reference_on)
    if not record.street_opinion:
        found.append(msg("未填街道意见。"))
    return found


def _stands(record: Appraisal, name: str, value: Decimal | str | None, edition: AppraisalEdition) -> bool:
    """Whether a cell already holds what was typed: sending the same twice has one effect."""
    if name.startswith("scores."):
        return record.scores.get(name.removeprefix("scores.")) == value
    if name == "satisfaction":
        return record.satisfaction == value
    if name == "grade":
        return record.street_grade == (grade_code(str(value), edition).value if value else "")
    if name == "opinion":
        return record.street_opinion == str(value or "").strip()
    return False


def _put(record: Appraisal, cells: Mapping[str, Decimal | str | None], edition: AppraisalEdition) -> None:
    scores = dict(record.scores)
    for name, value in cells.items():
        if name.startswith("scores."):
            code = name.removeprefix("scores.")
            indicator = edition.indicator(code)
            if indicator is None or indicator.from_satisfaction:
                raise Refused(msg("没有可填的指标“%(code)s”。", code=code), field=name)
            if value is None:
                scores.pop(code, None)
            elif isinstance(value, Decimal):
                scores[code] = value
        elif name == "satisfaction":
            record.satisfaction = value if isinstance(value, Decimal) else None
        elif name == "grade":
            record.street_grade = grade_code(str(value), edition).value if value else ""
        elif name == "opinion":
            text = str(value or "").strip()
            if len(text) > LONGEST_OPINION:
                raise Refused(msg("街道意见最多 %(most)s 字。", most=LONGEST_OPINION), field="opinion")
            record.street_opinion = text
        else:
            raise Refused(msg("这一列不能填写。"), field=name)
    record.scores = scores


def _check_limits(record: Appraisal, year: AppraisalYear, edition: AppraisalEdition) -> None:
    """Refuse points beyond an indicator's limits, with the grid's name of the field."""
    codes = {indicator.code for indicator in edition.indicators}
    try:
        facts_of_record(record, year, edition)
        reckon(record, year, edition)
    except Refused as refusal:
        field = f"scores.{refusal.field}" if refusal.field in codes else refusal.field
        raise Refused(refusal.message, field=field) from refusal
