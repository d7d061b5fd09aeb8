"""Opening and filing a year."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.appraisals.operations.district import Decision, decide_records
from careerpath.appraisals.operations.street import submit_street
from careerpath.appraisals.operations.years import close_year, enrol_missing, open_year
from careerpath.employees.operations.facts import NewAbsence, NewContract
from careerpath.words import Refused
from tests.factories.appraisals import Year, new_year
from tests.factories.employees import make_employee


def test_everybody_in_service_on_the_day_gets_a_record_at_their_street(app: Flask) -> None:
    year = Year(people=3)
    assert len(year.records) == 3
    assert year.record_of(year.elsewhere).street_appraisal_id == year.part(year.town.other_street).id


def test_a_year_is_opened_once_and_its_dates_follow_each_other(app: Flask) -> None:
    year = Year(people=1)
    with pytest.raises(Refused, match="已经开展"):
        open_year(year.hr, new_year(year.town.district))
    backwards = new_year(year.town.district, 2024, community_due_on=date(2024, 12, 1))
    with pytest.raises(Refused, match="依次后延"):
        open_year(year.hr, backwards)


def test_a_street_cannot_open_a_year(app: Flask) -> None:
    year = Year(people=1)
    with pytest.raises(Refused, match="没有办理这项业务的权限"):
        open_year(year.clerk, new_year(year.town.district, 2024))


def test_leave_over_half_the_year_and_probation_are_proposed_with_their_reason(app: Flask) -> None:
    year = Year(people=1)
    on_leave = make_employee(None, year.town.community, absences=(NewAbsence(year=2025, sick_days=Decimal(183)),))
    just_half = make_employee(None, year.town.community, absences=(NewAbsence(year=2025, sick_days=Decimal(182)),))
    new = make_employee(
        None,
        year.town.community,
        joined_community_on=date(2025, 9, 1),
        contracts=(
            NewContract(starts_on=date(2025, 9, 1), ends_on=date(2028, 8, 31), probation_ends_on=date(2026, 1, 31)),
        ),
    )
    assert enrol_missing(year.hr, year.id) == 3
    assert year.record_of(on_leave).special == "6A"
    assert "183" in year.record_of(on_leave).undetermined_note
    assert year.record_of(just_half).special == ""
    assert year.record_of(new).special == "5A"


def test_a_year_is_filed_only_when_everybody_is_decided(app: Flask) -> None:
    year = Year(people=1)
    with pytest.raises(Refused, match="还有 2 人未审定"):
        close_year(year.hr, year.id)
    for part, record in ((year.street, year.records[0]), (year.part(year.town.other_street), None)):
        record = record or year.record_of(year.elsewhere)
        actor = year.clerk if part.id == year.street.id else year.stranger
        year.fill(record, actor=actor)
        submit_street(actor, part.id)
        decide_records(year.hr, part.id, Decision((record.id,), {}))
    close_year(year.hr, year.id)
    with pytest.raises(Refused, match="已经归档"):
        enrol_missing(year.hr, year.id)
