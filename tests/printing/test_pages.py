"""Printing from the pages: one at once, many as background work, and checking what was printed."""

import zipfile
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from careerpath.appraisals.operations.street import submit_street
from careerpath.appraisals.queries.papers import papers, roster
from careerpath.core.db import db
from careerpath.jobs.models import Job, JobState
from careerpath.jobs.runner import run_job
from careerpath.printing.operations.appraisals import FORMS_JOB, KIND, PrintOrder, order_forms
from careerpath.words import NotFound, msg
from tests.appraisals.test_pages import signed_in
from tests.factories.appraisals import Year

HANDLERS = {KIND: FORMS_JOB}


def order(year: Year, *, by_community: bool = False) -> PrintOrder:
    """The own street's forms."""
    return PrintOrder(msg("打印"), "费城街道2025年度考核登记表", year.street.id, by_community=by_community)


def result(job_id: int, app: Flask) -> bytes:
    """The result of a job that is run now."""
    assert run_job(job_id, HANDLERS, "test")
    job = db.session.get_one(Job, job_id)
    assert job.state is JobState.DONE, job.message
    content: bytes = app.extensions["careerpath.files"].read(job.result_key)
    return content


def test_one_form_comes_at_once_for_those_who_may_print_it(app: Flask) -> None:
    year = Year(people=1)
    year.fill(year.records[0])
    url = f"/print/records/{year.records[0].id}/form.pdf"
    answer = signed_in(app, year.clerk.name).get(url)
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
    assert signed_in(app, year.stranger.name).get(url).status_code == 404


def test_a_street_is_printed_as_one_pdf_in_roster_order(app: Flask) -> None:
    year = Year(people=3)
    with pikepdf.open(BytesIO(result(order_forms(year.clerk, order(year)), app))) as pdf:
        assert len(pdf.pages) == 3


def test_a_street_is_printed_as_one_file_for_each_community(app: Flask) -> None:
    year = Year(people=2)
    content = result(order_forms(year.clerk, order(year, by_community=True)), app)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == ["001 书苑社区.pdf"]


def test_nobody_orders_the_forms_of_a_foreign_street(app: Flask) -> None:
    year = Year(people=1)
    with pytest.raises(NotFound):
        order_forms(year.stranger, order(year))


def test_ordering_six_times_makes_one_job(app: Flask) -> None:
    year = Year(people=1)
    assert len({order_forms(year.clerk, order(year)) for _ in range(6)}) == 1


def test_the_page_names_everybody_whose_text_goes_on_to_an_attached_page(app: Flask) -> None:
    year = Year(people=2)
    client = signed_in(app, year.clerk.name)
    url = f"/print/streets/{year.street.id}"
    assert "都能印在一页内" in client.get(url).text
    record = year.records[0]
    long = {"version": record.version, "values": {"opinion": "认真负责，" * 90}}
    assert client.patch(f"/appraisals/records/{record.id}/row", json=long).status_code == 200
    assert "文字放不下的人员" in client.get(url).text


def test_the_summary_comes_as_pdf_and_as_an_excel_table_with_the_same_people(app: Flask) -> None:
    year = Year(people=2)
    for record in year.records:
        year.fill(record)
    client = signed_in(app, year.clerk.name)
    url = f"/print/streets/{year.street.id}/summary"
    assert client.get(f"{url}.pdf").data.startswith(b"%PDF")
    rows = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{url}.xlsx").data)).get_sheet_by_index(0).to_python()
    names = {person.name for person in year.employees}
    assert names <= {str(cell) for row in rows for cell in row}


def test_the_code_at_the_foot_tells_whether_the_paper_is_still_true(app: Flask) -> None:
    year = Year(people=1)
    year.fill(year.records[0])
    form = papers(year.clerk, roster(year.clerk, street_id=year.street.id))[0].form
    client = signed_in(app, year.clerk.name)
    url = f"/print/check?number={form.number}&code={form.check_code}"
    assert "一致：这份表" in client.get(url).text
    submit_street(year.clerk, year.street.id)
    assert "不一致" in client.get(url).text
    assert "没有找到" in signed_in(app, year.stranger.name).get(url).text


def test_the_district_prints_its_whole_year_as_one_pdf_or_by_community(app: Flask) -> None:
    year = Year(people=2)
    client = signed_in(app, year.hr.name)
    assert client.get(f"/appraisals/{year.id}").text.count(f"/print/years/{year.id}/forms") == 2
    for each, pages in (("street", 3), ("community", 2)):
        answer = client.post(f"/print/years/{year.id}/forms", data={"each": each})
        content = BytesIO(result(int(answer.location.rsplit("/", 1)[1]), app))
        if each == "street":
            with pikepdf.open(content) as pdf:
                assert len(pdf.pages) == pages
        else:
            with zipfile.ZipFile(content) as archive:
                assert len(archive.namelist()) == pages
