"""A report from its plan to its signature: what may be done, and what not any more."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Role
from careerpath.annual_reports.models import AnnualReport, ReportState, ReportText
from careerpath.annual_reports.operations import (
    ReportGiven,
    change_annual_report,
    drop_annual_report,
    freeze_report,
    gather_report,
    plan_report,
    reset_report_text,
    unfreeze_report,
    write_report_text,
)
from careerpath.annual_reports.queries import gathering
from careerpath.annual_reports.queries.gathering import all_figures, sections_of
from careerpath.annual_reports.queries.reports import compared, report_page, title_of, usual_title
from careerpath.annual_reports.queries.section import Figure
from careerpath.annual_reports.queries.sections import recruitment
from careerpath.annual_reports.queries.wording import fill
from careerpath.core.db import db
from careerpath.words import Conflict, NotFound, Refused
from tests.annual_reports.samples import SECTIONS
from tests.factories.access import Town, make_actor
from tests.factories.annual_reports import make_report
from tests.factories.employees import make_employee
from tests.factories.recruitment import make_appointment, make_batch, make_position

ON = date(2025, 11, 30)
SIGNED = date(2025, 12, 1)
GIVEN = ReportGiven(year=2025, on=ON, signed_by="中共费县县委社会工作部")


class Office:
    """A district that reports on its recruitment alone: the other sections have tests of their own."""

    def __init__(self) -> None:
        self.town = Town()
        self.hr: Actor = make_actor(Role.DISTRICT_HR, self.town.district)
        self.batch = make_batch(self.town.district)

    def appoint(self, day: date = date(2025, 7, 1)) -> None:
        employee = make_employee(None, self.town.community)
        make_appointment(make_position(self.batch, self.town.community), employee, starts_on=day)

    def planned(self) -> AnnualReport:
        return report_of(plan_report(self.hr, self.town.district.id, GIVEN))

    def signed(self) -> AnnualReport:
        report = self.planned()
        freeze_report(self.hr, report.id, SIGNED, "费社工发〔2025〕41号")
        return report_of(report.id)

    def recruited(self, report: AnnualReport) -> Decimal | None:
        return next(one for one in self.figures(report) if one.code == "recruited").value

    def figures(self, report: AnnualReport) -> tuple[Figure, ...]:
        return all_figures(sections_of(report_of(report.id), self.hr))

    def said(self, report: AnnualReport) -> str:
        sections = sections_of(report_of(report.id), self.hr)
        return fill(sections[0].text, all_figures(sections))


@pytest.fixture
def office(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(gathering, "SECTIONS", (recruitment.SECTION,))
    return Office()


def report_of(report_id: int) -> AnnualReport:
    return db.session.get_one(AnnualReport, report_id)


def test_a_plan_is_gathered_at_once_and_signed_by_the_unit_unless_another_office_is_named(office: Office) -> None:
    office.appoint()
    report = office.planned()
    assert office.recruited(report) == 1
    assert report.gathered_by == office.hr.display_name
    assert title_of(report, "费县") == "费县社区工作者队伍建设年度报告（2025年）" == usual_title("费县", 2025)
    other = plan_report(office.hr, office.town.street.id, ReportGiven(year=2025, on=ON))
    assert report_of(other).signed_by == "费城街道"


@pytest.mark.parametrize(
    ("given", "told", "field"),
    [
        (ReportGiven(year=2026, on=ON), "请核对年度", "year"),
        (ReportGiven(year=1999, on=ON), "请核对年度", "year"),
        (ReportGiven(year=2025, on=date(2024, 12, 31)), "不在 2025 年内", "on"),
        (ReportGiven(year=2025, on=date(2025, 12, 31)), "晚于今天", "on"),
        (ReportGiven(year=2025, on=ON, title="长" * 121), "最多 120 个字", "title"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(office: Office, given: ReportGiven, told: str, field: str) -> None:
    with pytest.raises(Refused, match=told) as refusal:
        plan_report(office.hr, office.town.district.id, given)
    assert refusal.value.field == field


def test_a_unit_has_one_report_of_a_year_and_a_community_none(office: Office) -> None:
    office.planned()
    with pytest.raises(Refused, match="已经有了"):
        office.planned()
    with pytest.raises(Refused, match="由市、区"):
        plan_report(office.hr, office.town.community.id, GIVEN)


def test_an_appointment_more_changes_figure_text_and_what_is_compared(office: Office) -> None:
    office.appoint()
    report = office.planned()
    assert "招聘录用社区工作者1人" in office.said(report)
    office.appoint()
    difference = next(one for one in compared(office.hr, report.id).differences if one.figure.code == "recruited")
    assert [(said, now) for _, said, now in difference.pairs()] == [(Decimal(1), Decimal(2))] * 2
    gather_report(office.hr, report.id)
    assert "招聘录用社区工作者2人" in office.said(report)
    assert compared(office.hr, report.id).differences == ()


def test_another_day_is_gathered_at_once_and_the_year_stays(office: Office) -> None:
    office.appoint(date(2025, 11, 20))
    report = office.planned()
    earlier = ReportGiven(year=2025, on=date(2025, 10, 31))
    change_annual_report(office.hr, report.id, earlier, report.version)
    assert office.recruited(report) == 0
    with pytest.raises(Refused, match="年度不能更改"):
        change_annual_report(office.hr, report.id, ReportGiven(year=2024, on=date(2024, 12, 31)), report.version)
    with pytest.raises(Conflict):
        change_annual_report(office.hr, report.id, GIVEN, 1)


def test_a_text_of_ones_own_keeps_up_with_the_figures_and_can_be_put_back(office: Office) -> None:
    office.appoint()
    report = office.planned()
    assert "招聘录用社区工作者1人" in office.said(report)
    write_report_text(office.hr, report.id, "recruitment", "  今年招了{招聘录用人数}人。\n\n 明年再招。 ")
    assert office.said(report) == "今年招了1人。\n明年再招。"
    office.appoint()
    gather_report(office.hr, report.id)
    assert office.said(report).startswith("今年招了2人")
    reset_report_text(office.hr, report.id, "recruitment")
    reset_report_text(office.hr, report.id, "recruitment")
    assert "招聘录用社区工作者2人" in office.said(report)


def test_a_text_with_a_place_that_no_figure_fills_is_refused_and_so_is_an_empty_one(office: Office) -> None:
    report = office.planned()
    for text, told in (
        ("招了{人数}人", "{人数}"),
        ("招了{招聘录用人数人", "{"),
        (" \n ", "请填写"),
        ("长" * 4001, "最多 4000"),
    ):
        with pytest.raises(Refused, match=told.replace("{", r"\{").replace("}", r"\}")):
            write_report_text(office.hr, report.id, "recruitment", text)
    with pytest.raises(NotFound):
        write_report_text(office.hr, report.id, "nothing", "文字")


def test_two_who_write_the_same_section_do_not_overwrite_each_other(office: Office) -> None:
    report = office.planned()
    write_report_text(office.hr, report.id, "recruitment", "甲")
    with pytest.raises(Conflict) as conflict:
        write_report_text(office.hr, report.id, "recruitment", "乙")
    assert conflict.value.current == {"text": "甲"}
    write_report_text(office.hr, report.id, "recruitment", "乙", 1)
    assert sections_of(report_of(report.id), office.hr)[0].text == "乙"


def test_a_signed_report_says_the_same_whatever_is_recorded_later(office: Office) -> None:
    office.appoint()
    report = office.planned()
    office.appoint()
    freeze_report(office.hr, report.id, SIGNED, "费社工发〔2025〕41号")
    assert office.recruited(report) == 2
    office.appoint()
    assert office.recruited(report) == 2
    assert (report.state, report.signed_on) == (ReportState.FROZEN, SIGNED)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: gather_report(office.hr, report.id),
        lambda: drop_annual_report(office.hr, report.id),
        lambda: change_annual_report(office.hr, report.id, GIVEN, report.version),
        lambda: write_report_text(office.hr, report.id, "recruitment", "文字"),
        lambda: reset_report_text(office.hr, report.id, "recruitment"),
        lambda: freeze_report(office.hr, report.id, SIGNED),
    )
    for deed in deeds:
        with pytest.raises(Refused, match="已定稿"):
            deed()


def test_a_signature_needs_a_day_that_can_be_and_texts_that_can_be_filled(office: Office) -> None:
    report = office.planned()
    with pytest.raises(Refused, match="早于统计截止日"):
        freeze_report(office.hr, report.id, date(2025, 11, 29))
    with pytest.raises(Refused, match="晚于今天"):
        freeze_report(office.hr, report.id, date(2025, 12, 6))
    made = make_report(office.town.street, sections=SECTIONS)
    write_report_text(office.hr, made.id, "recruitment", "平均年龄{平均年龄}岁")
    with pytest.raises(Refused, match="“招聘录用”的文字中"):
        freeze_report(office.hr, made.id, SIGNED)


def test_a_signature_is_taken_back_for_a_reason_that_the_trail_keeps(office: Office) -> None:
    report = office.signed()
    with pytest.raises(Refused, match="写明原因"):
        unfreeze_report(office.hr, report.id, " ")
    unfreeze_report(office.hr, report.id, "漏列一个批次")
    assert (report.state, report.frozen_by) == (ReportState.DRAFT, "")
    note = db.session.scalars(select(AuditEntry.note).where(AuditEntry.operation == "unfreeze_report")).one()
    assert note == "漏列一个批次"
    with pytest.raises(Refused, match="草稿"):
        unfreeze_report(office.hr, report.id, "再来")


def test_a_dropped_draft_takes_its_texts_along(office: Office) -> None:
    report = office.planned()
    write_report_text(office.hr, report.id, "recruitment", "文字")
    drop_annual_report(office.hr, report.id)
    assert db.session.scalar(select(func.count(ReportText.id))) == 0
    assert db.session.scalar(select(func.count(AnnualReport.id))) == 0


def test_a_section_is_not_shown_to_whom_its_permission_lacks(office: Office) -> None:
    made = make_report(office.town.district, sections=SECTIONS, year=2024, on=date(2024, 12, 31))
    auditor = make_actor(Role.AUDITOR, office.town.district)
    assert [one.code for one in report_page(auditor, made.id).sections] == ["team", "recruitment"]
    worker = make_actor(Role.WORKER, office.town.community)
    assert [one.code for one in sections_of(made, worker)] == ["team"]
    with pytest.raises(NotFound):
        report_page(worker, made.id)
