"""The pages of reports: the list, one report, its texts, the list behind a figure, what has changed since."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from careerpath.access.models import AuditEntry, RoleGrant
from careerpath.access.permissions import Role
from careerpath.annual_reports.models import AnnualReport, ReportState, ReportText
from careerpath.annual_reports.queries import gathering
from careerpath.annual_reports.queries.section import Behind
from careerpath.annual_reports.queries.sections import recruitment
from careerpath.core.db import db, writing
from tests.annual_reports.samples import SECTIONS
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.annual_reports import make_report, make_report_text
from tests.factories.employees import make_employee, selects_of
from tests.factories.recruitment import make_appointment, make_batch, make_position

MOST_QUERIES = 8
FRAME = 4
"""Queries of the frame of every page: who is here, since when, with which roles, what is due."""


@pytest.fixture
def town(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(gathering, "SECTIONS", (recruitment.SECTION,))
    return Town()


@pytest.fixture
def district(app: Flask, town: Town) -> FlaskClient:
    return signed_in(app, make_actor(Role.DISTRICT_HR, town.district))


def appoint(town: Town, count: int, day: date = date(2025, 7, 1)) -> None:
    batch = make_batch(town.district)
    for _ in range(count):
        make_appointment(make_position(batch, town.community), make_employee(None, town.community), starts_on=day)


def test_a_report_is_planned_read_and_signed_on_its_pages(town: Town, district: FlaskClient) -> None:
    appoint(town, 1)
    form = {"unit": "费县", "unit_id": "", "year": "2025", "on": "2025-11-30", "signed_by": "中共费县县委社会工作部"}
    made = district.post("/annual-reports/new", data=form)
    assert made.status_code == 302
    page = district.get(made.location).text
    assert "费县社区工作者队伍建设年度报告（2025年）" in page
    assert "招聘录用社区工作者1人" in page
    signed = district.post(
        f"{made.location}/freeze", data={"signed_on": "2025-12-01", "document": "费社工发〔2025〕41号"}
    )
    assert signed.status_code == 302
    page = district.get(made.location).text
    assert "已定稿" in page
    assert "重新汇总" not in page
    assert "费社工发〔2025〕41号" in district.get("/annual-reports?year=2025&state=frozen").text
    opened = district.post(f"{made.location}/unfreeze", data={"reason": "漏列一个批次"})
    assert opened.status_code == 302
    assert district.post(f"{made.location}/drop").location == "/annual-reports"


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(town: Town, district: FlaskClient) -> None:
    form = {"unit": "没有的单位", "year": "2025", "on": "2025-11-30", "title": "工作报告"}
    refused = district.post("/annual-reports/new", data=form)
    assert refused.status_code == 422
    assert "没有找到这个单位" in refused.text
    assert "工作报告" in refused.text
    made = make_report(town.district, sections=SECTIONS)
    late = district.post(f"/annual-reports/{made.id}/freeze", data={"signed_on": "2025-11-01"})
    assert late.status_code == 422
    assert "早于统计截止日" in late.text
    stale = {"version": "7", "year": "2025", "on": "2025-11-30"}
    assert district.post(f"/annual-reports/{made.id}/edit", data=stale).status_code == 409


def test_every_number_on_the_page_leads_to_a_list_with_as_many_lines(town: Town, district: FlaskClient) -> None:
    appoint(town, 3)
    appoint(town, 2, date(2024, 7, 1))
    form = {"unit": "费县", "unit_id": str(town.district.id), "year": "2025", "on": "2025-11-30"}
    page = district.get(district.post("/annual-reports/new", data=form).location).text
    found = re.findall(r'<a href="(/annual-reports/\d+/listed\?[^"]+)">(\d+)</a>', page)
    assert len(found) > 10
    for url, number in found:
        listed = district.get(url.replace("&amp;", "&")).text
        assert f"<strong>{number}</strong>" in listed, url


def test_the_page_of_a_report_costs_few_queries_however_much_it_says(town: Town, district: FlaskClient) -> None:
    made = make_report(town.district, sections=SECTIONS)
    make_report_text(made, "team", "平均年龄{平均年龄}岁")
    for path in ("", f"/{made.id}", f"/{made.id}/edit", f"/{made.id}/texts/team"):
        spent = selects_of(lambda path=path: district.get(f"/annual-reports{path}"))  # type: ignore[misc]
        assert len(spent) <= MOST_QUERIES, path
    spent = selects_of(lambda: district.get(f"/annual-reports/{made.id}/listed?code=recruited"))
    assert len(spent) <= MOST_QUERIES + FRAME


def test_a_text_is_previewed_saved_and_put_back(town: Town, district: FlaskClient) -> None:
    made = make_report(town.district, sections=SECTIONS)
    url = f"/annual-reports/{made.id}/texts/recruitment"
    assert "{招聘录用人数·累计}" in district.get(url).text
    text = "今年招了{招聘录用人数}人，{甲}。"
    looked = district.post(url, data={"text": text, "preview": "1"})
    assert looked.status_code == 200
    assert "今年招了62人" in looked.text
    assert "不认识的指标" in looked.text
    assert db.session.scalars(select(ReportText)).all() == []
    refused = district.post(url, data={"text": text})
    assert refused.status_code == 422
    assert "不是本报告的指标" in refused.text
    assert district.post(url, data={"text": "今年招了{招聘录用人数}人。"}).status_code == 302
    assert "今年招了62人。" in district.get(f"/annual-reports/{made.id}").text
    late = district.post(url, data={"text": "另一人写的"})
    assert late.status_code == 409
    assert "今年招了{招聘录用人数}人。" in late.text
    assert district.post(f"{url}/reset").status_code == 302
    assert "累计212人" in district.get(f"/annual-reports/{made.id}").text


def test_the_list_behind_a_signed_figure_says_what_has_changed_since(town: Town, district: FlaskClient) -> None:
    appoint(town, 2)
    made = make_report(town.district, ReportState.FROZEN, SECTIONS)
    url = f"/annual-reports/{made.id}/listed?code=recruited&period=year"
    page = district.get(url).text
    assert "定稿时为 62，现在是 2" in page
    part = district.get(f"{url}&unit={town.community.id}").text
    assert "书苑社区" in part
    assert "定稿时为" not in part
    compared = district.get(f"/annual-reports/{made.id}/compared").text
    assert "招聘录用人数" in compared
    assert "62" in compared
    assert district.get(f"{url}&unit={town.city.id}").status_code == 404
    assert district.get(f"/annual-reports/{made.id}/listed?code=nothing").status_code == 404
    for only in ("colour:red", "ages:99", "source:nothing"):
        assert district.get(f"{url}&only={only}").status_code == 404
    reason = "detail:" + "长" * 100
    assert "长" * 100 in district.get(f"/annual-reports/{made.id}/listed?code=team_left&only={reason}").text


def test_a_list_that_is_cut_leads_to_the_page_that_has_all_of_it(town: Town, district: FlaskClient) -> None:
    behind = Behind("figures.targets", {"unit_id": str(town.district.id), "on": "2025-11-30"})
    annexes = (replace(SECTIONS[1].annexes[0], behind=behind),)
    made = make_report(town.district, sections=(replace(SECTIONS[1], annexes=annexes),))
    page = district.get(f"/annual-reports/{made.id}").text
    link = re.search(r'只列出前 20 行。 <a href="([^"]+)"', page)
    assert link is not None
    assert link[1].startswith("/figures/targets")
    assert district.get(link[1].replace("&amp;", "&")).status_code == 200


def test_the_list_behind_a_figure_is_taken_out_with_a_note_in_the_trail(town: Town, district: FlaskClient) -> None:
    appoint(town, 2)
    made = make_report(town.district, sections=SECTIONS)
    answer = district.post(f"/annual-reports/{made.id}/listed.xlsx", data={"code": "recruited", "period": "total"})
    book = load_workbook(BytesIO(answer.data))
    rows = list(book[book.sheetnames[0]].values)
    assert len([row for row in rows if "书苑社区" in row]) == 2
    note = db.session.scalars(select(AuditEntry.note).where(AuditEntry.operation == "note_list_export")).one()
    assert note.endswith("共 2 行")


def test_who_takes_lists_out_of_a_street_takes_none_out_of_the_district(app: Flask, town: Town) -> None:
    appoint(town, 2)
    made = make_report(town.district, sections=SECTIONS)
    actor = make_actor(Role.AUDITOR, town.district)
    with writing() as session:
        session.add(
            RoleGrant(user_id=actor.user_id, role=Role.STREET_HR, unit_id=town.street.id, starts_on=date(2025, 1, 1))
        )
    browser = signed_in(app, actor)
    assert "导出 Excel" not in browser.get(f"/annual-reports/{made.id}/listed?code=recruited").text
    assert browser.post(f"/annual-reports/{made.id}/listed.xlsx", data={"code": "recruited"}).status_code == 404


def test_a_street_sees_its_own_report_alone_and_an_auditor_changes_nothing(app: Flask, town: Town) -> None:
    own, above = make_report(town.street, sections=SECTIONS), make_report(town.district, sections=SECTIONS)
    street = signed_in(app, make_actor(Role.STREET_HR, town.street))
    assert street.get(f"/annual-reports/{own.id}").status_code == 200
    assert street.get(f"/annual-reports/{above.id}").status_code == 404
    auditor = signed_in(app, make_actor(Role.AUDITOR, town.district))
    page = auditor.get(f"/annual-reports/{above.id}").text
    assert "修改文字" not in page
    assert "定稿</a>" not in page
    assert auditor.post(f"/annual-reports/{above.id}/gather").status_code == 403
    assert db.session.get_one(AnnualReport, above.id).gathered_by == "区级经办"
