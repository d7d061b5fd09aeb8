"""The papers of a round of levels: what they say, one at once, all as background work, the list."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from careerpath.cli.pay_changes import print_changes
from careerpath.core.db import db
from careerpath.core.pdf.foot import Foot
from careerpath.jobs.models import Job, JobState
from careerpath.jobs.runner import run_job
from careerpath.pay.operations.rounds import Review, review_proposals, submit_round
from careerpath.pay.queries.papers import ChangePaper, change_check, change_papers, paper_ids
from careerpath.printing.operations.pay_changes import CHANGES_JOB, KIND, ChangesOrder, order_pay_changes
from careerpath.printing.queries.pay_changes import change_form, changes_list
from careerpath.words import NotFound, Refused, msg
from tests.appraisals.test_pages import signed_in
from tests.core.pdf.pages import text_of
from tests.factories.employees import selects_of
from tests.factories.pay import PayTown

NEW_YEAR = date(2026, 1, 1)


def stepped(town: PayTown) -> int:
    """A round of steps after everybody was placed, approved."""
    town.place_everybody(date(2024, 6, 1))
    round_id = town.generate(NEW_YEAR)
    town.approve_all(round_id, "费人社薪〔2025〕9号")
    return round_id


def paper_of(town: PayTown, round_id: int) -> ChangePaper:
    """The paper of the one on the staff."""
    return change_papers(town.clerk, [town.proposals(round_id, town.staff)[0].id])[0]


def result(job_id: int, app: Flask) -> bytes:
    """The result of a job that is run now."""
    assert run_job(job_id, {KIND: CHANGES_JOB}, "test")
    job = db.session.get_one(Job, job_id)
    assert job.state is JobState.DONE, job.message
    content: bytes = app.extensions["careerpath.files"].read(job.result_key)
    return content


def order(*, by_community: bool = False) -> ChangesOrder:
    """All forms of a round."""
    return ChangesOrder(msg("打印"), "费城街道工资变动审批表", by_community=by_community)


def test_a_form_says_both_sides_cause_documents_and_who_signed(app: Flask) -> None:
    town = PayTown()
    form = change_form(paper_of(town, stepped(town)), Foot())
    assert (form.title, form.unit, form.name) == ("费县社区工作者工资变动审批表", "费城街道银杏社区", town.staff.name)
    names = [(one.name, one.before.level, one.after.level, one.after.since) for one in form.components]
    assert names == [
        ("基本补贴", "", "", "2022.01.01"),
        ("职务补贴", "", "", "2022.01.01"),
        ("级差补贴", "3 档 2 级", "3 档 3 级", "2025.01.01"),
    ]
    assert (str(form.total_before), str(form.total_after), str(form.increase)) == ("2250.00", "2350.00", "100.00")
    assert form.reason.startswith("年限晋级：社区工作满 6 年")
    assert form.documents == "费组字〔2020〕1号（示例，非官方）第六条"
    assert form.remark == "批准文号：费人社薪〔2025〕9号。执行日期早于审批当月，差额按月补发或扣回。"
    assert (form.street_opinion, form.street_reporter) == ("同意上报。", town.clerk.display_name)
    assert (form.district_opinion, form.district_date) == ("同意。", "2025年12月5日")
    assert form.example


def test_before_the_district_has_decided_its_cells_wait_for_the_pen(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    form = change_form(paper_of(town, round_id), Foot())
    assert (form.street_opinion, form.street_reporter, form.district_opinion, form.district_date) == ("", "", "", "")
    submit_round(town.clerk, round_id, "同意上报。")
    assert change_form(paper_of(town, round_id), Foot()).street_opinion == "同意上报。"


def test_one_form_comes_at_once_with_the_mark_of_example_amounts(app: Flask, tmp_path: Path) -> None:
    town = PayTown()
    round_id = stepped(town)
    url = f"/print/pay-changes/{town.proposals(round_id, town.staff)[0].id}/form.pdf"
    answer = signed_in(app, town.clerk.name).get(url)
    assert answer.mimetype == "application/pdf"
    words = text_of(answer.data, tmp_path)
    assert town.staff.name in words
    assert "示例数据" in words
    assert signed_in(app, town.stranger.name).get(url).status_code == 404


def test_a_round_is_printed_as_one_pdf_without_those_who_are_withheld(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    held = (town.proposals(round_id, town.staff)[0].id,)
    review_proposals(town.clerk, round_id, Review(held, withheld=True, note="待核"))
    with pikepdf.open(BytesIO(result(order_pay_changes(town.clerk, round_id, order()), app))) as pdf:
        assert len(pdf.pages) == 2


def test_a_round_is_printed_as_one_file_for_each_community(app: Flask) -> None:
    town = PayTown()
    content = result(order_pay_changes(town.hr, town.generate(), order(by_community=True)), app)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {name[4:] for name in archive.namelist()} == {"书苑社区.pdf", "银杏社区.pdf"}


def test_a_round_of_nobody_is_not_printed(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    with pytest.raises(Refused, match="没有可以打印的人员"):
        order_pay_changes(town.clerk, town.generate(), order())


def test_the_list_sums_up_what_a_round_adds(app: Flask) -> None:
    town = PayTown()
    round_id = stepped(town)
    found = changes_list(town.clerk, round_id)
    assert [(row.level_after, str(row.increase)) for row in found.rows if row.name == town.staff.name] == [
        ("3 档 3 级", "100.00")
    ]
    client = signed_in(app, town.hr.name)
    assert client.get(f"/print/pay-rounds/{round_id}/list.pdf").mimetype == "application/pdf"
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/print/pay-rounds/{round_id}/list.xlsx").data))
    assert "费人社薪〔2025〕9号" in str(book.get_sheet_by_index(0).to_python())
    assert "生成一个 PDF" in client.get(f"/print/pay-rounds/{round_id}").text


def test_papers_of_many_cost_no_more_queries_than_those_of_one(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    ids = paper_ids(town.clerk, round_id=round_id)
    one, many = (len(selects_of(lambda some=some: change_papers(town.clerk, some))) for some in (ids[:1], ids))  # type: ignore[misc]
    assert one == many


def test_the_code_at_the_foot_changes_with_what_the_paper_says(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    paper = paper_of(town, round_id)
    assert change_check(town.clerk, paper.number) == (paper.proposal_id, paper.check_code)
    submit_round(town.clerk, round_id, "同意上报。")
    assert change_check(town.clerk, paper.number)[1] != paper.check_code
    for wrong in ("GZ-2025-999999", "GZ-2019-000001", "KH-2025-1", "GZ", ""):
        with pytest.raises(NotFound):
            change_check(town.clerk, wrong)
    with pytest.raises(NotFound):
        change_check(town.stranger, paper.number)


def test_a_printed_form_is_checked_by_the_number_and_the_code_at_its_foot(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    paper = paper_of(town, round_id)
    client = signed_in(app, town.clerk.name)
    url = f"/print/check?number={paper.number}&code={paper.check_code}"
    page = client.get(url).text
    assert "一致：" in page
    assert f"/pay/proposals/{paper.proposal_id}" in page
    submit_round(town.clerk, round_id, "同意上报。")
    assert "不一致：" in client.get(url).text
    assert "没有找到编号" in signed_in(app, town.stranger.name).get(url).text


def test_forms_and_the_list_are_printed_at_the_terminal(app: Flask, tmp_path: Path) -> None:
    town = PayTown()
    stepped(town)
    street = town.town.street
    for name, form in (("a.pdf", "pay-change-form"), ("a.zip", "pay-change-form"), ("list.xlsx", "pay-change-list")):
        print_changes(town.clerk, form, street, None, (), tmp_path / name)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == 6
    print_changes(town.clerk, "pay-change-form", street, 2025, (town.staff.number,), tmp_path / "one.pdf")
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        assert len(pdf.pages) == 1
    print_changes(town.clerk, "pay-change-form", street, None, (), None)
    with pytest.raises(Refused, match="没有可以打印的人员"):
        print_changes(town.stranger, "pay-change-form", None, None, (), tmp_path / "none.pdf")
    with pytest.raises(Refused, match="还没有套级晋级批次"):
        print_changes(town.hr, "pay-change-list", town.town.other_street, None, (), tmp_path / "none.pdf")
