"""Honours go out, are edited, and come back with a preview, all or nothing."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.guard import Denied
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Honour
from careerpath.employees.operations.facts import NewHonour
from careerpath.employees.operations.history import add_fact
from careerpath.spreadsheets.catalogue import importable
from careerpath.spreadsheets.operations.exports import find_export
from careerpath.spreadsheets.operations.imports import Upload, begin_import, confirm_import
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.queries.imports import kept_outcomes
from careerpath.spreadsheets.sheets.desk import Outcome, RowState, Wish
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_employee
from tests.spreadsheets.books import taken_out

HEADINGS = ["编号", "姓名", "荣誉类别", "荣誉级别", "荣誉名称", "授予日期", "任期结束日期", "授予单位", "文号"]
DELEGATE = NewHonour(
    kind="party_delegate",
    level="county",
    granted_on=date(2021, 12, 1),
    ends_on=date(2026, 11, 30),
    granted_by="中共费县委员会",
)


class Office:
    """A street with a delegate and somebody without honours, and a person of the next street."""

    def __init__(self) -> None:
        self.town = Town()
        self.clerk = make_actor(Role.STREET_HR, self.town.street)
        self.delegate = make_employee(None, self.town.community, honours=(DELEGATE,))
        self.plain = make_employee(None, self.town.neighbour)
        self.elsewhere = make_employee(None, self.town.foreign)

    def compared(self, *rows: list[object]) -> tuple[int, list[Outcome]]:
        """An import that waits for its confirmation, and what its rows would do."""
        upload = Upload("荣誉.xlsx", make_xlsx([HEADINGS, *rows]))
        import_id = begin_import(self.clerk, "honours", upload)
        return import_id, list(kept_outcomes(self.clerk, import_id))


def live() -> set[tuple[int, str, str, date | None, str]]:
    """The honours that stand: person, title, level, end and who granted them."""
    query = select(Honour).where(Honour.superseded_at.is_(None))
    return {(one.employee_id, one.title, one.level, one.ends_on, one.granted_by) for one in db.session.scalars(query)}


def test_honours_come_in_new_and_corrected_and_can_be_undone(app: Flask) -> None:
    office = Office()
    one, other = office.delegate, office.plain
    before = live()
    import_id, outcomes = office.compared(
        [one.number, one.name, "党代会代表", "区级", "", "2021.12.1", "2027-11-30", "", "费委〔2021〕30号"],
        [
            other.number,
            other.name,
            "最美社工",
            "市级",
            "临沂市最美社工",
            "2024-03-05",
            "",
            "中共临沂市委社会工作部",
            "",
        ],
    )
    assert [outcome.state for outcome in outcomes] == [RowState.CHANGED, RowState.NEW]
    assert [(change.key, change.old, change.new) for change in outcomes[0].changes] == [
        ("ends_on", "2026-11-30", "2027-11-30"),
        ("document", "", "费委〔2021〕30号"),
    ]
    confirm_import(office.clerk, import_id)
    assert live() == {
        (one.id, "区县级党代表", "county", date(2027, 11, 30), "中共费县委员会"),
        (other.id, "临沂市最美社工", "city", None, "中共临沂市委社会工作部"),
    }
    undo_import(office.clerk, import_id)
    assert live() == before


def test_what_goes_out_comes_back_unchanged(app: Flask) -> None:
    office = Office()
    add_fact(CLERK, office.plain.id, NewHonour(kind="labour_model", level="province", granted_on=date(2023, 5, 1)))
    import_id = begin_import(office.clerk, "honours", taken_out(office.clerk, "honours"))
    outcomes = kept_outcomes(office.clerk, import_id)
    assert [outcome.state for outcome in outcomes] == [RowState.UNCHANGED] * 2


def test_a_wrong_row_is_named_with_its_place(app: Flask) -> None:
    office = Office()
    one = office.plain
    model: list[object] = ["最美社工", "市级", "临沂市最美社工", "2024-03-05", "", "", ""]
    _, outcomes = office.compared(
        [one.number, "别人", *model],
        [office.elsewhere.number, office.elsewhere.name, *model],
        [one.number, one.name, "人大代表", "区县级", "", "2022-01-05", "", "", ""],
        [one.number, one.name, "其他荣誉", "市级", "", "2022-01-05", "", "", ""],
        [one.number, one.name, "好人", "市级", "", "2022-01-05", "", "", ""],
        [one.number, one.name, *model],
    )
    assert [outcome.state for outcome in outcomes] == [RowState.WRONG] * 6
    assert [outcome.wrongs[0].key for outcome in outcomes] == ["name", "number", "ends_on", "title", "kind", "title"]


def test_an_auditor_brings_none_in_and_a_street_takes_out_its_own(app: Flask) -> None:
    office = Office()
    add_fact(CLERK, office.elsewhere.id, DELEGATE)
    assert find_export(office.clerk, "honours", Wish()).count == 1
    assert find_export(make_actor(Role.DISTRICT_HR, office.town.district), "honours", Wish()).count == 2
    auditor = make_actor(Role.AUDITOR, office.town.district)
    with pytest.raises(Denied):
        importable(auditor, "honours")
