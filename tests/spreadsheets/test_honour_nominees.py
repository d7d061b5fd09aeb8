"""Nominations for honours come in from a workbook of their call, and go out with what became of them."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.guard import Denied
from careerpath.access.permissions import Role
from careerpath.core.sheets import open_workbook, read_rows
from careerpath.employees.operations.facts import NewDiscipline
from careerpath.employees.operations.history import add_fact
from careerpath.honours.models import NomineeState
from careerpath.honours.operations import ChoiceGiven, choose_nominees, close_nominations_of_call, withdraw_nominee
from careerpath.honours.queries.calls import call_head
from careerpath.honours.queries.nominees import NomineeFilters, nominee_lines
from careerpath.honours.sheets.nominees import NOMINEES_SPEC
from careerpath.spreadsheets.catalogue import importable
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.operations.exports import find_export, make_workbook
from careerpath.spreadsheets.operations.imports import Upload, begin_import, confirm_import
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.queries.imports import kept_outcomes
from careerpath.spreadsheets.sheets.desk import RowState, Wish
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK
from tests.honours.calling import MERITS, Calling

SHEET = "honour-nominees"
HEADINGS = ["编号", "姓名", "推荐单位", "主要事迹", "情况说明"]


class Office:
    """A call with one nominee and two more people."""

    def __init__(self) -> None:
        self.place = Calling()
        self.call = self.place.announced()
        self.people = [self.place.person(f"王{name}") for name in "甲乙丙"]
        self.first = self.place.nominate(self.call, self.people[0])

    def sheet(self, *rows: list[object], name: str = "") -> Upload:
        """A workbook: place of the person, then the cells from the nominating unit on."""
        lines = [[self.people[int(str(row[0]))].number, self.people[int(str(row[0]))].name, *row[1:]] for row in rows]
        return Upload("推荐.xlsx", make_xlsx([[f"评选：{name or self.call.name}"], HEADINGS, *lines]))

    def begun(self, given: Upload) -> int:
        """An import of the street that is compared."""
        return begin_import(self.place.street, SHEET, given)

    def states(self) -> dict[str, NomineeState]:
        """Who is nominated and where they stand."""
        head = call_head(self.place.district, self.call.id)
        page = nominee_lines(self.place.district, head, NomineeFilters())
        return {line.name: line.record.state for line in page.rows}


@pytest.fixture
def office(app: Flask) -> Office:
    return Office()


def test_nominations_come_in_and_can_be_taken_back(office: Office) -> None:
    given = office.sheet([0, "", ""], [1, "", "入户走访八百户。"], [2, "县民政局", "调解纠纷三十起。"])
    import_id = office.begun(given)
    outcomes = kept_outcomes(office.place.street, import_id)
    assert [one.state for one in outcomes] == [RowState.UNCHANGED, RowState.NEW, RowState.NEW]
    assert [(one.title, one.new) for one in outcomes[2].changes] == [
        ("推荐单位", "县民政局"),
        ("主要事迹", "调解纠纷三十起。"),
    ]
    confirm_import(office.place.street, import_id)
    assert set(office.states()) == {"王甲", "王乙", "王丙"}
    undo_import(office.place.street, import_id)
    assert set(office.states()) == {"王甲"}


def test_what_is_said_anew_of_a_nominee_is_a_change(office: Office) -> None:
    import_id = office.begun(office.sheet([0, "", "牵头完成十部电梯加装。"]))
    (outcome,) = kept_outcomes(office.place.street, import_id)
    assert [(one.old, one.new) for one in outcome.changes] == [(MERITS, "牵头完成十部电梯加装。")]
    confirm_import(office.place.street, import_id)
    withdraw_nominee(office.place.street, office.first, "本人不愿参评")
    (outcome,) = kept_outcomes(office.place.street, office.begun(office.sheet([0, "", "重新推荐。"])))
    assert outcome.state is RowState.NEW


def test_wrong_rows_are_named_with_what_to_do(office: Office) -> None:
    add_fact(CLERK, office.people[2].id, NewDiscipline(measure="警告", starts_on=date(2025, 12, 1)))
    given = office.sheet([1, "", ""], [1, "", "甲"], [2, "", "调解纠纷三十起。"])
    told = [str(one.wrongs[0].message) for one in kept_outcomes(office.place.street, office.begun(given))]
    assert told == [
        "请填写主要事迹。",
        "与第 3 行重复。请只保留一行。",
        "档案中有需要说明的情况，仍要推荐的请写明理由。",
    ]
    strange = make_xlsx([[f"评选：{office.call.name}"], HEADINGS, ["FX-9999", "", "", "甲"]])
    (outcome,) = kept_outcomes(office.place.street, office.begun(Upload("推荐.xlsx", strange)))
    assert "没有编号为 FX-9999 的人员" in str(outcome.wrongs[0].message)


def test_a_file_says_which_call_it_is_about_or_it_is_chosen(office: Office) -> None:
    plain = Upload("推荐.xlsx", make_xlsx([HEADINGS, [office.people[1].number, "王乙", "", "甲"]]))
    with pytest.raises(Refused, match="请选择这个文件属于哪个评选"):
        office.begun(plain)
    begin_import(office.place.street, SHEET, plain, About(call_id=office.call.id))
    other = office.sheet([1, "", "甲"], name="另一次")
    with pytest.raises(Refused, match="文件写明属于“另一次”"):
        begin_import(office.place.street, SHEET, other, About(call_id=office.call.id))
    with pytest.raises(Refused, match="没有评选“另一次”"):
        office.begun(other)


def test_after_the_nominations_nothing_comes_in_and_nothing_is_taken_back(office: Office) -> None:
    import_id = office.begun(office.sheet([1, "", "甲"]))
    confirm_import(office.place.street, import_id)
    close_nominations_of_call(office.place.district, office.call.id)
    with pytest.raises(Refused, match="只能在“推荐申报”阶段办理"):
        office.begun(office.sheet([2, "", "甲"]))
    with pytest.raises(Refused, match="已进入“评审”阶段"):
        undo_import(office.place.street, import_id)


def exported(office: Office, actor: object) -> list[dict[str, object]]:
    content = make_workbook(find_export(actor, SHEET, Wish(call_id=office.call.id))).content  # type: ignore[arg-type]
    return [dict(row.values) for row in read_rows(open_workbook(content, "人选.xlsx"), NOMINEES_SPEC).rows]


def test_what_goes_out_comes_back_unchanged(office: Office) -> None:
    content = make_workbook(find_export(office.place.street, SHEET, Wish(call_id=office.call.id))).content
    import_id = office.begun(Upload("人选.xlsx", content))
    assert [one.state for one in kept_outcomes(office.place.street, import_id)] == [RowState.UNCHANGED]


def test_a_street_takes_its_own_people_out_without_what_is_being_decided(office: Office) -> None:
    close_nominations_of_call(office.place.district, office.call.id)
    choose_nominees(office.place.district, office.call.id, {office.first: ChoiceGiven(chosen=True, rank=1, votes=9)})
    (row,) = exported(office, office.place.district)
    assert (row["state"], row["rank"], row["votes"]) == (NomineeState.CHOSEN, 1, 9)
    (row,) = exported(office, office.place.street)
    assert (row["state"], row["rank"], row["votes"]) == (NomineeState.NOMINATED, None, None)
    with pytest.raises(Refused, match="没有可以导出的人选"):
        find_export(office.place.stranger, SHEET, Wish(call_id=office.call.id))
    with pytest.raises(Refused, match="请选择评选"):
        find_export(office.place.street, SHEET, Wish())
    with pytest.raises(Denied):
        importable(make_actor(Role.AUDITOR, office.place.town.district), SHEET)


def test_pages_of_the_sheet_keep_the_call_that_its_page_named(app: Flask, office: Office) -> None:
    client = signed_in(app, office.place.street)
    page = client.get(f"/honours/{office.call.id}/nominees").get_data(as_text=True)
    assert f"/spreadsheets/honour-nominees/export?call={office.call.id}" in page
    assert f"/spreadsheets/honour-nominees/import?call={office.call.id}" in page
    for address in ("export", "import"):
        assert office.call.name in client.get(f"/spreadsheets/{SHEET}/{address}").get_data(as_text=True)
    sent = client.post(f"/spreadsheets/{SHEET}/export", data={"unit": "", "call": str(office.call.id)})
    assert len(read_rows(open_workbook(sent.data, "人选.xlsx"), NOMINEES_SPEC).rows) == 1
    assert client.get(f"/spreadsheets/{SHEET}/template?call={office.call.id}").status_code == 200
