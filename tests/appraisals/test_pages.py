"""The pages of appraisals, as browsers with and without script use them."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from careerpath.access.permissions import Role
from careerpath.appraisals.operations.street import submit_street
from careerpath.appraisals.operations.years import enrol_missing
from careerpath.core.db import db
from careerpath.employees.operations.people import link_account
from careerpath.policy.appraisal_steps import State
from tests.factories.access import PASSWORD, make_user
from tests.factories.appraisals import Year
from tests.factories.employees import CLERK, make_employee


def signed_in(app: Flask, name: str) -> FlaskClient:
    """A browser in which somebody has signed in."""
    client = app.test_client()
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302
    return client


def test_the_street_saves_a_row_as_it_is_typed_and_hears_the_total_and_the_quota(app: Flask) -> None:
    year = Year(people=5)
    record = year.records[0]
    client = signed_in(app, year.clerk.name)
    values = {"scores.tasks": "３８", "scores.integrity": "20", "scores.training": "14", "satisfaction": "96.4%"}
    answer = client.patch(f"/appraisals/records/{record.id}/row", json={"version": record.version, "values": values})
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["shown"]["total"] == "96.10"
    assert answer.json["summary"] == {"filled": 0, "expected": 5, "excellent": 0, "quota": 1, "left": 1}


def test_a_cell_that_is_no_number_is_named_and_nothing_is_kept(app: Flask) -> None:
    year = Year(people=1)
    record = year.records[0]
    client = signed_in(app, year.clerk.name)
    sent = {"version": record.version, "values": {"scores.tasks": "三十", "opinion": "好"}}
    answer = client.patch(f"/appraisals/records/{record.id}/row", json=sent)
    assert (answer.status_code, list((answer.json or {})["faults"])) == (422, ["scores.tasks"])
    assert year.records[0].street_opinion == ""


def test_the_second_editor_gets_both_versions(app: Flask) -> None:
    year = Year(people=1)
    record = year.records[0]
    client = signed_in(app, year.clerk.name)
    url, seen = f"/appraisals/records/{record.id}/row", record.version
    client.patch(url, json={"version": seen, "values": {"opinion": "先到"}})
    answer = client.patch(url, json={"version": seen, "values": {"opinion": "后到"}})
    assert answer.status_code == 409
    assert (answer.json or {})["current"]["values"]["opinion"] == "先到"


def test_a_foreign_row_is_not_found_whatever_number_is_guessed(app: Flask) -> None:
    year = Year(people=1)
    client = signed_in(app, year.stranger.name)
    answer = client.patch(f"/appraisals/records/{year.records[0].id}/row", json={"version": 1, "values": {}})
    assert answer.status_code == 404
    assert client.get(f"/appraisals/streets/{year.street.id}").status_code == 404


def test_the_grid_works_as_a_plain_form(app: Flask) -> None:
    year = Year(people=1)
    record = year.records[0]
    client = signed_in(app, year.clerk.name)
    page = client.get(f"/appraisals/streets/{year.street.id}").text
    assert f'name="{record.id}:scores.tasks"' in page
    form = {"key": str(record.id), f"{record.id}:version": str(record.version), f"{record.id}:opinion": "按时完成任务"}
    assert client.post(f"/appraisals/streets/{year.street.id}", data=form).status_code == 302
    assert year.records[0].street_opinion == "按时完成任务"


def test_a_street_looks_once_more_submits_and_the_district_decides(app: Flask) -> None:
    year = Year(people=2)
    client = signed_in(app, year.clerk.name)
    url = f"/appraisals/streets/{year.street.id}"
    assert "还有 2 人未填完" in client.get(f"{url}/submit").text
    assert client.post(f"{url}/submit").status_code == 422
    for record in year.records:
        year.fill(record)
    assert client.post(f"{url}/submit").status_code == 302
    first, second = year.records
    assert first.state is State.SUBMITTED
    district = signed_in(app, year.hr.name)
    returned = {"ids": [str(first.id)], "act": "return", "comment": "请核对满意度"}
    assert district.post(f"{url}/decide", data=returned).status_code == 302
    decided = {"ids": [str(second.id)], "act": "decide"}
    assert district.post(f"{url}/decide", data=decided).status_code == 302
    assert [record.state for record in year.records] == [State.RETURNED, State.DECIDED]
    assert "请核对满意度" in client.get(url).text


def test_one_excellent_too_many_is_refused_on_the_page_with_the_rule(app: Flask) -> None:
    year = Year(people=5)
    for place, record in enumerate(year.records):
        year.fill(record, grade="1" if place < 2 else "2", satisfaction="100")
    submit_street(year.clerk, year.street.id)
    district = signed_in(app, year.hr.name)
    url = f"/appraisals/streets/{year.street.id}"
    everyone = {"ids": [str(record.id) for record in year.records], "act": "decide"}
    answer = district.post(f"{url}/decide", data=everyone)
    assert answer.status_code == 422
    assert "优秀名额已超出（2/1" in answer.text
    assert district.post(f"{url}/quota", data={"document": "费组字〔2025〕1号"}).status_code == 302


def test_a_worker_writes_on_a_phone_and_the_draft_is_kept(app: Flask) -> None:
    year = Year(people=1)
    user = make_user("worker", Role.WORKER, year.town.community)
    link_account(CLERK, year.employees[0].id, user.id)
    record = year.records[0]
    client = signed_in(app, "worker")
    assert "个人总结" in client.get("/").text
    url = f"/my-appraisals/{record.id}"
    kept = client.patch(f"{url}/draft", json={"version": record.version, "values": {"text": "一年来"}})
    assert (kept.status_code, (kept.json or {})["version"]) == (200, record.version)
    assert "一年来" in client.get(url).text
    other = year.record_of(year.elsewhere)
    assert client.get(f"/my-appraisals/{other.id}").status_code == 404
    assert client.get(f"/appraisals/records/{record.id}").status_code == 403


def test_the_district_opens_a_year_with_the_dates_of_the_edition(app: Flask) -> None:
    year = Year(people=1)
    district = signed_in(app, year.hr.name)
    page = district.get("/appraisals/new?year=2026").text
    assert 'value="2026-12-20"' in page
    form = {
        "unit_id": str(year.town.district.id),
        "year": "2026",
        "edition": "feixian-2022",
        "reference_on": "2026-12-31",
        "self_summary_due_on": "2026-12-10",
        "community_due_on": "2026-12-15",
        "street_due_on": "2026-12-20",
        "district_due_on": "2027-01-15",
    }
    assert district.post("/appraisals/new", data=form).status_code == 302
    assert "2026年度" in district.get("/appraisals").text


def test_pages_of_a_large_street_cost_no_more_queries_than_of_a_small_one(app: Flask) -> None:
    year = Year(people=2)
    client = signed_in(app, year.clerk.name)
    url = f"/appraisals/streets/{year.street.id}"
    small = queries_of(client, url)
    for _ in range(30):
        make_employee(None, year.town.community)
    assert enrol_missing(year.hr, year.id) == 30
    assert queries_of(client, url) == small <= 12


def queries_of(client: FlaskClient, url: str) -> int:
    """How many statements a page sends, those of finding out who asks included; the first visit does not count."""
    assert client.get(url).status_code == 200
    statements: list[str] = []

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(url).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len([statement for statement in statements if not statement.startswith("BEGIN")])
