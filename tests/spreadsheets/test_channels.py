"""The people of targeted recruitments go out with reasons and come back with results; who follows whom goes out."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.guard import Denied
from careerpath.core.db import db
from careerpath.core.sheets import open_workbook, read_rows
from careerpath.employees.models import Employee
from careerpath.spreadsheets.catalogue import importable
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.operations.exports import find_export, make_workbook
from careerpath.spreadsheets.operations.imports import Upload, begin_import, confirm_import
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.queries.imports import kept_outcomes
from careerpath.spreadsheets.sheets.desk import RowFault, RowState, Wish
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, Readiness
from careerpath.talent_pool.operations.channels import (
    CandidateFinding,
    add_channel_candidate,
    close_channel_review,
    conclude_channel,
    record_channel_result,
    review_channel_candidates,
)
from careerpath.talent_pool.operations.channels.results import ChannelOutcome
from careerpath.talent_pool.sheets.channels import CANDIDATES_SPEC
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import signed_in
from tests.factories.talent_pool import make_entry
from tests.talent_pool.channel_people import Channels
from tests.talent_pool.reserves import day

SHEET = "channel-candidates"
HEADINGS = ["编号", "姓名", "结果", "总成绩", "名次", "聘用单位", "聘用日期", "办理离职"]
AFTER = date(2025, 12, 11)


class Results:
    """A recruitment with two places and three who passed the review."""

    def __init__(self) -> None:
        self.place = Channels()
        self.channel = self.place.announced()
        self.people = [self.place.person(f"王{name}", [("chief", date(2015, 3, 1), None)]) for name in "甲乙丙"]
        self.ids = [add_channel_candidate(self.place.street, self.channel.id, one.id) for one in self.people]
        review_channel_candidates(self.place.district, self.channel.id, self.ids, CandidateFinding(True))

    def close(self) -> None:
        """Settle who takes part."""
        with day(AFTER):
            close_channel_review(self.place.district, self.channel.id)

    def sheet(self, *rows: list[object]) -> Upload:
        """A workbook of results: place of the person, then the cells from the result on."""
        lines = [[self.people[int(str(row[0]))].number, self.people[int(str(row[0]))].name, *row[1:]] for row in rows]
        return Upload("结果.xlsx", make_xlsx([[f"定向招聘：{self.channel.name}"], HEADINGS, *lines]))

    def results(self) -> list[str]:
        """What became of each."""
        return [db.session.get_one(ChannelCandidate, one).result.value for one in self.ids]


@pytest.fixture
def office(app: Flask) -> Results:
    return Results()


def test_results_come_in_all_or_none_end_service_and_can_be_taken_back(office: Results) -> None:
    office.close()
    district = office.place.district
    given = office.sheet(
        [0, "聘用", "81.5", 1, "街道综合服务中心", "2026-01-05", "是"],
        [1, "未聘用", 70, 2],
        [2, "", "", "", "", "", ""],
    )
    import_id = begin_import(district, SHEET, given)
    outcomes = kept_outcomes(district, import_id)
    assert [one.state for one in outcomes] == [RowState.CHANGED, RowState.CHANGED, RowState.UNCHANGED]
    assert [(one.title, one.old, one.new) for one in outcomes[0].changes][:2] == [
        ("结果", "", "聘用"),
        ("总成绩", "", "81.5"),
    ]
    confirm_import(district, import_id)
    assert office.results() == ["hired", "not_hired", "admitted"]
    assert db.session.get_one(ChannelCandidate, office.ids[0]).total == Decimal("81.50")
    assert db.session.get_one(Employee, office.people[0].id).left_on == date(2026, 1, 4)
    undo_import(district, import_id)
    assert office.results() == ["admitted"] * 3
    assert db.session.get_one(Employee, office.people[0].id).left_on is None


def test_what_goes_out_comes_back_unchanged_and_carries_the_reasons(office: Results) -> None:
    office.close()
    hired = ChannelOutcome(
        result=ChannelResult.HIRED, total=Decimal(80), rank=1, hired_by="街道综合服务中心", hired_on=date(2026, 1, 5)
    )
    record_channel_result(office.place.district, office.ids[0], hired)
    wish = Wish(channel_id=office.channel.id)
    sent = Upload("人选.xlsx", make_workbook(find_export(office.place.district, SHEET, wish)).content)
    read = read_rows(open_workbook(sent.content, "人选.xlsx"), CANDIDATES_SPEC)
    assert [row.values["name"] for row in read.rows] == ["王甲", "王乙", "王丙"]
    assert "累计 129 个月" in str(read.rows[0].values["reasons"])
    import_id = begin_import(office.place.district, SHEET, sent)
    assert {one.state for one in kept_outcomes(office.place.district, import_id)} == {RowState.UNCHANGED}


def test_wrong_rows_are_named_with_what_to_do(office: Results) -> None:
    with pytest.raises(Refused, match="只能在“考试考察”阶段办理"):
        begin_import(office.place.district, SHEET, office.sheet([0, "未聘用"]))
    office.close()
    given = office.sheet([0, "聘用"], [1, "未聘用", "", "", "某中心"], [2, "聘用", "", "", "某中心", "2025-12-10"])
    import_id = begin_import(office.place.district, SHEET, given)
    told = [str(one.wrongs[0].message) for one in kept_outcomes(office.place.district, import_id)]
    assert told[0] == "请填写聘用单位。"
    assert told[1].startswith("没有聘用的不填写")
    assert "应晚于报名截止日" in told[2]
    strange = make_xlsx([[f"定向招聘：{office.channel.name}"], HEADINGS, ["FX-9999", "王甲", "未聘用"]])
    import_id = begin_import(office.place.district, SHEET, Upload("结果.xlsx", strange))
    assert "名单中没有编号为 FX-9999" in str(kept_outcomes(office.place.district, import_id)[0].wrongs[0].message)


def test_a_file_says_which_recruitment_it_is_about_or_it_is_chosen(office: Results) -> None:
    office.close()
    district, about = office.place.district, About(channel_id=office.channel.id)
    plain = make_xlsx([HEADINGS, [office.people[0].number, "王甲", "未聘用"]])
    with pytest.raises(Refused, match="请选择这个文件属于哪个定向招聘"):
        begin_import(district, SHEET, Upload("结果.xlsx", plain))
    begin_import(district, SHEET, Upload("结果.xlsx", plain), about)
    other = make_xlsx([["定向招聘：另一次"], HEADINGS, [office.people[0].number, "王甲", "未聘用"]])
    with pytest.raises(Refused, match="文件写明属于“另一次”"):
        begin_import(district, SHEET, Upload("结果.xlsx", other), about)
    with pytest.raises(Refused, match="没有定向招聘“另一次”"):
        begin_import(district, SHEET, Upload("结果.xlsx", other))


def test_more_than_there_are_places_is_refused_with_the_row(office: Results) -> None:
    office.close()
    hired = ["聘用", "", "", "某中心", "2026-01-05", ""]
    import_id = begin_import(office.place.district, SHEET, office.sheet([0, *hired], [1, *hired], [2, *hired]))
    with pytest.raises(RowFault, match="第 5 行") as fault:
        confirm_import(office.place.district, import_id)
    assert "聘用人数已满" in str(fault.value)
    assert office.results() == ["admitted"] * 3


def test_results_are_not_taken_from_under_a_concluded_recruitment(office: Results) -> None:
    office.close()
    import_id = begin_import(office.place.district, SHEET, office.sheet([0, "未聘用"], [1, "未聘用"], [2, "未聘用"]))
    confirm_import(office.place.district, import_id)
    with day(AFTER):
        conclude_channel(office.place.district, office.channel.id)
        with pytest.raises(Refused, match="已进入“办结”阶段"):
            undo_import(office.place.district, import_id)


def test_a_street_takes_its_own_people_out_and_brings_nothing_in(office: Results) -> None:
    with pytest.raises(Denied):
        importable(office.place.street, SHEET)
    assert find_export(office.place.street, SHEET, Wish(channel_id=office.channel.id)).count == 3
    with pytest.raises(Refused, match="没有可以导出的人选"):
        find_export(office.place.stranger, SHEET, Wish(channel_id=office.channel.id))
    with pytest.raises(Refused, match="请选择定向招聘"):
        find_export(office.place.street, SHEET, Wish())


def test_the_export_keeps_the_recruitment_that_its_page_named(app: Flask, office: Results) -> None:
    client = signed_in(app, office.place.district)
    page = client.get(f"/talent-pool/channels/{office.channel.id}/candidates").get_data(as_text=True)
    assert f"/spreadsheets/channel-candidates/export?channel={office.channel.id}" in page
    assert "2025年定向招聘" in client.get("/spreadsheets/channel-candidates/export").get_data(as_text=True)
    chosen = {"unit": "", "channel": str(office.channel.id)}
    sent = client.post("/spreadsheets/channel-candidates/export", data=chosen)
    assert "2025年定向招聘" in client.get("/spreadsheets/channel-candidates/import").get_data(as_text=True)
    assert client.get(f"/spreadsheets/channel-candidates/template?channel={office.channel.id}").status_code == 200
    assert sent.status_code == 200
    read = read_rows(open_workbook(sent.data, "人选.xlsx"), CANDIDATES_SPEC)
    assert len(read.rows) == 3


def test_succession_goes_out_with_a_row_for_each_holder_and_each_vacancy(office: Results) -> None:
    make_entry(office.people[1], office.place.town.community, readiness=Readiness.NOW)
    export = find_export(office.place.street, "succession", Wish())
    rows = [row for piece in export.pieces for row in export.rows(piece)]
    secretaries = [row for row in rows if row["unit"] == "书苑社区" and row["rung"] == "社区党组织书记"]
    assert {row["holder"] for row in secretaries} == {"王甲", "王乙", "王丙"}
    assert {row["now"] for row in secretaries} == {"王乙"}
    assert {row["term_ends_on"] for row in secretaries} == {date(2026, 12, 31)}
    (vacant,) = [row for row in rows if row["unit"] == "银杏社区" and row["rung"] == "社区党组织书记"]
    assert "holder" not in vacant
    assert vacant["concerns"] == "空缺、无后备"
    narrowed = find_export(office.place.district, "succession", Wish(unit_id=office.place.town.foreign.id))
    assert {row["unit"] for piece in narrowed.pieces for row in narrowed.rows(piece)} == {"文昌社区"}
