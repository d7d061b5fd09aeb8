"""The registration of a certificate and its last day: entered, refused, shown, renewed."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Certificate
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact, correct_fact
from careerpath.spreadsheets.sheets.desk import RowState
from careerpath.words import Refused
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_employee
from tests.spreadsheets.books import bring_in, compared, person, roster, states, taken_out

HELD = NewCertificate(
    grade="junior",
    obtained_on=date(2022, 9, 1),
    registered_on=date(2022, 11, 5),
    registered_until=date(2025, 11, 4),
)


@pytest.mark.parametrize(
    ("registered_on", "until", "field"),
    [
        (None, date(2025, 11, 4), "registered_on"),
        (date(2022, 11, 5), date(2022, 11, 4), "registered_until"),
        (date(2022, 8, 31), date(2025, 11, 4), "registered_on"),
    ],
)
def test_a_registration_lasts_from_its_day_to_its_last_day(
    app: Flask, registered_on: date | None, until: date, field: str
) -> None:
    employee = make_employee(None, Town().community)
    given = NewCertificate(
        grade="junior", obtained_on=date(2022, 9, 1), registered_on=registered_on, registered_until=until
    )
    with pytest.raises(Refused) as refused:
        add_fact(CLERK, employee.id, given)
    assert refused.value.field == field


def test_a_file_shows_how_long_a_registration_lasts_and_that_it_is_over(app: Flask) -> None:
    town = Town()
    employee = make_employee(None, town.community)
    fact_id = add_fact(CLERK, employee.id, HELD)
    client = signed_in(app, make_actor(Role.STREET_HR, town.street))
    page = f"/employees/{employee.id}/studies"
    assert "2025-11-04" in client.get(page).text
    assert "已到期" in client.get(page).text
    correct_fact(CLERK, employee.id, fact_id, NewCertificate(
        grade="junior", obtained_on=HELD.obtained_on, registered_on=HELD.registered_on,
        registered_until=date(2028, 11, 4)))  # fmt: skip
    text = client.get(page).text
    assert ("2028-11-04" in text, "已到期" in text) == (True, False)


def test_the_form_of_a_certificate_takes_the_last_day_of_its_registration(app: Flask) -> None:
    town = Town()
    employee = make_employee(None, town.community)
    client = signed_in(app, make_actor(Role.STREET_HR, town.street))
    data = {"grade": "junior", "obtained_on": "2022-09-01", "registered_until": "2025.11.4"}
    url = f"/employees/{employee.id}/facts/certificate/add"
    refused = client.post(url, data=data)
    assert refused.status_code == 422
    assert "请同时填写登记日期" in refused.text
    assert client.post(url, data=data | {"registered_on": "2022-11-05"}).status_code == 302
    kept = db.session.scalars(select(Certificate)).one()
    assert (kept.registered_on, kept.registered_until) == (date(2022, 11, 5), date(2025, 11, 4))


def test_the_roster_brings_the_last_day_in_and_takes_it_out(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    bring_in(
        clerk,
        roster(person(certificate_registered_on=date(2020, 12, 1), certificate_registered_until=date(2026, 11, 30))),
    )
    kept = db.session.scalars(select(Certificate)).one()
    assert (kept.registered_on, kept.registered_until) == (date(2020, 12, 1), date(2026, 11, 30))
    assert states(compared(clerk, taken_out(clerk))) == [RowState.UNCHANGED]
