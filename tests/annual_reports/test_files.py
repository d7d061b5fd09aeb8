"""The report as files: the same figures in all of them, for those who may see it."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.annual_reports.documents.contents import Report
from careerpath.annual_reports.models import AnnualReport
from careerpath.annual_reports.operations.reports import (
    ReportGiven,
    freeze_report,
    gather_report,
    plan_report,
    unfreeze_report,
    write_report_text,
)
from careerpath.annual_reports.queries import gathering
from careerpath.annual_reports.queries.papers import (
    Kind,
    counted_report,
    kept_report,
    number_of,
    report_check,
    report_file,
    report_for,
    report_json,
    report_pdf,
    report_xlsx,
)
from careerpath.annual_reports.queries.sections import headcount, recruitment, team
from careerpath.annual_reports.sheets.workbook import FIGURES
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.recruitment.queries.rules import NORMS
from careerpath.words import NotFound, Refused
from tests.conftest import TODAY
from tests.core.pdf.pages import text_of
from tests.factories.access import Town, make_actor, make_user, signed_in
from tests.factories.employees import make_employee

ON = date(2025, 12, 5)


@dataclass
class Office:
    """A district with three people and the draft of this year's report."""

    town: Town
    hr: Actor
    report_id: int

    @classmethod
    def make(cls) -> "Office":
        """Two people of one community, one of another street's."""
        town = Town()
        hr = make_actor(Role.DISTRICT_HR, town.district)
        for unit in (town.community, town.community, town.foreign):
            make_employee(None, unit)
        return cls(town, hr, plan_report(hr, town.district.id, ReportGiven(year=2025, on=ON)))

    def freeze(self) -> AnnualReport:
        """The report, signed."""
        freeze_report(self.hr, self.report_id, ON, "费组发〔2025〕3号")
        return db.session.scalars(select(AnnualReport).where(AnnualReport.id == self.report_id)).one()


@pytest.fixture
def two_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports of two sections: what is told of files does not depend on how many there are."""
    monkeypatch.setattr(gathering, "SECTIONS", (team.SECTION, recruitment.SECTION))


@pytest.fixture
def whole_office(app: Flask) -> Office:
    return Office.make()


@pytest.fixture
def office(app: Flask, two_sections: None) -> Office:
    return Office.make()


def figures_of(report: Report) -> dict[tuple[str, str], tuple[Decimal | None, ...]]:
    return {
        (chapter.title, one.name): (one.value, one.last, one.change, one.total)
        for chapter in report.chapters
        for one in chapter.figures
    }


def number(value: object) -> Decimal | None:
    return None if value in (None, "—") else Decimal(str(value))


def test_paper_workbook_and_json_tell_the_same_figures(whole_office: Office, tmp_path: Path) -> None:
    office = whole_office
    wanted = figures_of(kept_report(office.hr, office.report_id))
    assert len(wanted) > 5
    name, content = report_json(office.hr, office.report_id)
    assert name == f"{office.town.district.short_name}社区工作者队伍建设年度报告（2025年）.json"
    plain = json.loads(content)
    keys = ("value", "last", "change", "total")
    assert wanted == {
        (section["title"], one["name"]): tuple(number(one[key]) for key in keys)
        for section in plain["sections"]
        for one in section["figures"]
    }
    book = openpyxl.load_workbook(BytesIO(report_xlsx(office.hr, office.report_id)[1]))
    rows = [[cell.value for cell in row] for row in book[FIGURES].iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[:2] == ["章节", "指标"])
    told = {(str(row[0]), str(row[1])): tuple(number(value) for value in row[3:7]) for row in rows[head + 1 :]}
    assert told == wanted
    assert {type(value) for row in rows[head + 1 :] for value in row[3:7]} <= {int, float, type(None)}
    paper = text_of(report_pdf(office.hr, office.report_id)[1], tmp_path)
    for chapter in kept_report(office.hr, office.report_id).chapters:
        totals = any(one.total is not None for one in chapter.figures)
        for one in chapter.figures:
            assert "".join((one.name, one.unit, *one.words()[: 4 if totals else 3])) in paper, one.name


def test_every_table_and_list_has_its_sheet(office: Office) -> None:
    report = kept_report(office.hr, office.report_id)
    tables = [grid for chapter in report.chapters for grid in chapter.tables if grid.rows]
    lists = [names for chapter in report.chapters for names in chapter.lists if names.rows]
    book = openpyxl.load_workbook(BytesIO(report_xlsx(office.hr, office.report_id)[1]))
    assert len(book.sheetnames) == 2 + len(tables) + len(lists)
    assert tables


def test_one_more_person_changes_every_file(office: Office) -> None:
    before = figures_of(kept_report(office.hr, office.report_id))
    make_employee(None, office.town.community)
    assert figures_of(kept_report(office.hr, office.report_id)) == before, "it says what was gathered"
    gather_report(office.hr, office.report_id)
    after = figures_of(kept_report(office.hr, office.report_id))
    people = next(key for key in before if key[1] == "在岗人数")
    assert (before[people][0], after[people][0]) == (Decimal(3), Decimal(4))


def test_a_signed_report_has_a_number_and_a_code_that_tells_any_change(office: Office) -> None:
    draft = kept_report(office.hr, office.report_id)
    assert (draft.mark[:4], draft.foot.number, draft.foot.check_code) == ("【草稿】", "", "")
    record = office.freeze()
    signed = kept_report(office.hr, office.report_id)
    assert "草稿" not in signed.mark
    assert signed.foot.number == number_of(record) == f"ND-2025-{office.report_id:06d}"
    assert report_check(office.hr, signed.foot.number) == (office.report_id, signed.foot.check_code)
    unfreeze_report(office.hr, office.report_id, "补充说明")
    with pytest.raises(NotFound):
        report_check(office.hr, signed.foot.number)
    write_report_text(office.hr, office.report_id, "team", "全县在岗{在岗人数}人。")
    office.freeze()
    again = kept_report(office.hr, office.report_id)
    assert again.foot.number == signed.foot.number
    assert again.foot.check_code != signed.foot.check_code
    assert next(one for one in again.chapters if one.code == "team").paragraphs == ("全县在岗3人。",)


def test_what_is_signed_keeps_its_title_and_its_grounds(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "SECTIONS", (headcount.SECTION,))
    office.freeze()
    before = kept_report(office.hr, office.report_id)
    assert before.grounds
    with writing():
        db.session.get_one(Unit, office.town.district.id).short_name = "新区"
    monkeypatch.setattr(type(NORMS), "on_or_none", lambda *_: None)
    after = kept_report(office.hr, office.report_id)
    assert (after.title, after.grounds, after.example) == (before.title, before.grounds, before.example)
    assert after.foot.check_code == before.foot.check_code
    assert counted_report(office.hr, office.town.district.id, 2025).grounds == ()


def test_who_may_see_less_checks_the_paper_by_the_same_code(office: Office) -> None:
    office.freeze()
    whole = kept_report(office.hr, office.report_id)
    auditor = make_actor(Role.AUDITOR, office.town.district)
    seen = kept_report(auditor, office.report_id)
    assert seen.foot.check_code == whole.foot.check_code
    assert {one.code for one in seen.chapters} <= {one.code for one in whole.chapters}


def test_the_check_page_knows_a_signed_report(app: Flask, office: Office) -> None:
    office.freeze()
    foot = kept_report(office.hr, office.report_id).foot
    browser = signed_in(app, office.hr)
    page = browser.get("/print/check", query_string={"number": foot.number, "code": foot.check_code}).text
    assert "一致：这份表打印之后，记录内容没有变动。" in page
    assert f"/annual-reports/{office.report_id}" in page
    page = browser.get("/print/check", query_string={"number": foot.number, "code": "0000-0000"}).text
    assert "不一致：" in page
    page = browser.get("/print/check", query_string={"number": "ND-2024-000099", "code": "0000-0000"}).text
    assert "没有找到编号为 ND-2024-000099 的表" in page


def test_the_pages_hand_out_the_files_to_those_of_the_unit(app: Flask, office: Office) -> None:
    browser = signed_in(app, office.hr)
    for ending, media in (("pdf", "application/pdf"), ("json", "application/json"), ("xlsx", "spreadsheetml.sheet")):
        answer = browser.get(f"/annual-reports/{office.report_id}/report.{ending}")
        assert (answer.status_code, media in answer.content_type) == (200, True)
    street = signed_in(app, make_actor(Role.STREET_HR, office.town.street))
    assert street.get(f"/annual-reports/{office.report_id}/report.pdf").status_code == 404


def test_a_year_that_nobody_gathered_is_counted_now(office: Office) -> None:
    name, content = report_file(office.hr, office.town.street.id, 2025, Kind.JSON)
    plain = json.loads(content)
    assert name.startswith(office.town.street.short_name)
    assert (plain["report"]["state"], plain["report"]["on"]) == ("draft", "2025-12-05")
    assert report_for(office.hr, office.town.street.id, 2024).on == date(2024, 12, 31)
    with pytest.raises(Refused, match="2026 年还没有到"):
        report_for(office.hr, office.town.street.id, 2026)
    with pytest.raises(Refused, match="请选择这样的单位"):
        report_for(office.hr, office.town.community.id, 2025)


@pytest.fixture
def known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank_database: Path, two_sections: None
) -> Iterator[dict[str, str]]:
    """What the command names: the codes of a district and of a street."""
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    settings = {"INSTANCE": str(tmp_path), "SECRET_KEY": "a" * 64, "DATA_KEY": "b" * 64, "PLACE": "费县"}
    for name, value in settings.items():
        monkeypatch.setenv(f"CAREERPATH_{name}", value)
    with clock.Stopped(TODAY):
        with application():
            office = Office.make()
            make_user("hr", Role.DISTRICT_HR, office.town.district)
            make_user("street", Role.STREET_HR, office.town.street)
            found = {"district": office.town.district.code, "street": office.town.street.code}
        yield found


def run(*arguments: str, user: str = "hr") -> Result:
    return CliRunner().invoke(program, ["report", "annual", "--as", user, *arguments])


def test_the_command_writes_the_report_to_a_file(known: dict[str, str], tmp_path: Path) -> None:
    for ending, start in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")):
        target = tmp_path / f"report.{ending}"
        result = run("--unit", known["district"], "--year", "2025", "-o", str(target))
        assert result.exit_code == 0, (result.output, result.exception)
        assert target.read_bytes().startswith(start)
    shown = run("--unit", known["street"], "--year", "2025", "--json", user="street")
    assert json.loads(shown.stdout)["report"]["unit"]["code"] == known["street"]
    assert shown.stdout.startswith("{")


def test_the_command_refuses_what_cannot_be_reported(known: dict[str, str], tmp_path: Path) -> None:
    target = str(tmp_path / "x.pdf")
    assert run("--unit", known["district"], "--year", "2025").exit_code == 2
    assert run("--unit", known["district"], "--year", "2025", "-o", str(tmp_path / "x.doc")).exit_code == 2
    foreign = run("--unit", known["district"], "--year", "2025", "-o", target, user="street")
    assert isinstance(foreign.exception, NotFound)
    assert isinstance(run("--unit", known["street"], "--year", "2027", "-o", target).exception, Refused)
    assert [path.name for path in tmp_path.glob("x.*")] == []
