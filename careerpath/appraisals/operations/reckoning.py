"""From a record to the facts of the rules, and from their answer back to the record."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from careerpath.access.actor import Actor
from careerpath.appraisals.models import WITHOUT_GRADE, Appraisal, AppraisalYear
from careerpath.appraisals.queries.editions import edition_of
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.queries import Service
from careerpath.policy.appraisal import AppraisalEdition, Facts, grade, propose_status
from careerpath.policy.appraisal_steps import State, may_edit
from careerpath.policy.codes import Grade
from careerpath.policy.reason import plain
from careerpath.words import Conflict, Refused, msg


def facts_of_service(service: Service) -> dict[str, Any]:
    """The facts of the file that the rules look at, as plain values under the names of ``rules try``."""
    facts = {
        "absence_days": service.unexcused_days,
        "sick_leave_days": service.sick_days,
        "personal_leave_days": service.personal_days,
        "on_probation_until": service.probation_until,
        "under_investigation": service.under_investigation,
        "under_discipline_until": service.discipline_until,
    }
    return {name: plain(value) for name, value in facts.items() if value not in (None, False, Decimal(0))}


def propose_special(year: AppraisalYear, service: Service) -> tuple[str, list[dict[str, Any]]]:
    """5A, 5B, 5C or 6A with its reason, or an empty code."""
    edition = edition_of(year)
    facts = Facts.from_plain({"year": year.year, **facts_of_service(service)}, edition)
    found = propose_status(edition, facts, year.reference_on)
    return (found.grade.value, [found.reason.as_json()]) if found else ("", [])


def facts_of_record(record: Appraisal, year: AppraisalYear, edition: AppraisalEdition) -> Facts:
    """The facts of one record as they stand: those of the file, and the scores given so far."""
    filed = Facts.from_plain({"year": year.year, **record.facts}, edition)
    return Facts(
        year=filed.year,
        scores=dict(record.scores),
        satisfaction=record.satisfaction,
        absence_days=filed.absence_days,
        sick_leave_days=filed.sick_leave_days,
        personal_leave_days=filed.personal_leave_days,
        on_probation_until=filed.on_probation_until,
        under_investigation=filed.under_investigation,
        under_discipline_until=filed.under_discipline_until,
        seconded=filed.seconded,
        earlier_grades=filed.earlier_grades,
    )


def reckon(record: Appraisal, year: AppraisalYear, edition: AppraisalEdition) -> None:
    """Compute total, suggestion and reasons of a record anew from its facts and scores."""
    found = grade(edition, facts_of_record(record, year, edition), year.reference_on)
    record.total = found.score
    record.suggested_grade = found.grade.value if found.grade else ""
    record.because = [reason.as_json() for reason in (*found.reasons, *found.proposals)]


def is_graded(record: Appraisal) -> bool:
    """Whether a person receives one of the four grades and counts for the quota."""
    return record.special not in WITHOUT_GRADE


def grade_code(text: str, edition: AppraisalEdition) -> Grade:
    """A grade by its code or by its printed word in this edition."""
    wanted = text.strip().upper()
    for code in Grade:
        if wanted in {code.value, edition.name(code)}:
            return code
    words = "、".join(f"{code.value} {edition.name(code)}" for code in Grade)
    raise Refused(msg("没有“%(text)s”这个等次，可填：%(words)s。", text=text, words=words), field="grade")


def open_year_of(year_id: int) -> AppraisalYear:
    """The year, held open until the commit: nobody files it meanwhile. Refuses one that is filed."""
    year = db.session.get_one(AppraisalYear, year_id, with_for_update={"read": True})
    if year.closed_at is not None:
        raise Refused(msg("%(year)s 年度考核已经归档，不能再修改。", year=year.year))
    return year


def refuse_closed(record: Appraisal) -> None:
    """Refuse a change to a record that is submitted or decided."""
    if not may_edit(record.state):
        raise Refused(CLOSED[record.state])


CLOSED = {
    State.SUBMITTED: msg("这份考核已由街道提交区级审定，不能再修改。如需修改，请联系区级退回。"),
    State.DECIDED: msg("这份考核已经区级审定，不能再修改。"),
}


def check_version(record: Appraisal, version: int, typed: Mapping[str, object]) -> None:
    """Refuse a change made on an older version, handing both back for a choice."""
    if record.version != version:
        at = clock.office_time(record.touched_at).strftime("%H:%M") if record.touched_at else ""
        standing = {**row_values(record), "by": record.touched_by, "at": at}
        raise Conflict(msg("其他人刚刚修改了这份考核，请核对后再保存。"), typed=dict(typed), current=standing)


def touch(record: Appraisal, actor: Actor) -> None:
    """Keep who wrote last, and when."""
    record.touched_by, record.touched_at = actor.display_name, clock.now()


def row_values(record: Appraisal) -> dict[str, str]:
    """What stands in the cells of a record, by the names of the grid's fields."""
    values = {f"scores.{code}": format(points.normalize(), "f") for code, points in record.scores.items()}
    return values | {
        "version": str(record.version),
        "satisfaction": "" if record.satisfaction is None else format(record.satisfaction.normalize(), "f"),
        "grade": record.street_grade,
        "opinion": record.street_opinion,
        "self_summary": record.self_summary,
        "community_opinion": record.community_opinion,
    }
