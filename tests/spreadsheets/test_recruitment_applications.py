"""Applications of a batch in and out: all or nothing, cell by cell, masked, and taken back while nobody reviewed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.core.sheets import open_workbook, read_rows
from careerpath.recruitment.models import Application, ApplicationState, BatchState, Entry, RecruitmentBatch, Verdict
from careerpath.recruitment.operations.review import Finding, review_application
from careerpath.recruitment.sheets.applications import applications_spec
from careerpath.spreadsheets.models import SheetImportChange
from careerpath.spreadsheets.operations.exports import find_export
from careerpath.spreadsheets.operations.imports import Upload, sweep_imports
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import RowState, Wish
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_identity, selects_of
from tests.factories.recruitment import make_application, make_batch, make_position
from tests.spreadsheets.books import bring_in, cells, compared, faults, states, taken_out

HEADINGS = ["报考岗位代码", "姓名", "身份证号", "手机", "学历", "毕业院校", "报考类别", "服从调剂"]


def someone(**changes: Any) -> list[Any]:
    """A row of somebody who applies."""
    values = {
        "position": "001",
        "name": "黎书航",
        "identity": make_identity(),
        "phone": "13812345678",
        "education": "大学本科毕业",
        "school": "临沂大学",
        "groups": "",
        "transfer": "是",
    }
    return list((values | changes).values())


def sent(*rows: Iterable[Any], headings: list[str] = HEADINGS, above: str = "") -> Upload:
    """A workbook as somebody filled it in; ``above`` stands over the headings."""
    lines = [[above], headings] if above else [headings]
    return Upload("报名.xlsx", make_xlsx([*lines, *(list(row) for row in rows)]))


class Open:
    """A batch that takes applications, with two positions in two streets."""

    def __init__(self) -> None:
        self.town = Town()
        self.office = make_actor(Role.DISTRICT_HR, self.town.district, "office")
        self.clerk = make_actor(Role.STREET_HR, self.town.street, "clerk")
        self.batch = make_batch(self.town.district)
        self.position = make_position(self.batch, self.town.community, code="001")
        self.other = make_position(self.batch, self.town.foreign, code="002")

    def bring(self, upload: Upload, actor: Actor | None = None) -> int:
        return bring_in(actor or self.office, upload, "applications", batch_id=self.batch.id)

    def look(self, upload: Upload, actor: Actor | None = None) -> Any:
        return compared(actor or self.office, upload, "applications", batch_id=self.batch.id)

    def kept(self) -> list[Application]:
        db.session.rollback()
        query = select(Application).where(Application.batch_id == self.batch.id).order_by(Application.number)
        return list(db.session.scalars(query))


@pytest.fixture
def batch(app: Flask) -> Iterator[Open]:
    """A batch on a day of its applications."""
    with clock.Stopped(datetime(2025, 11, 20, 2, 0, tzinfo=UTC)):
        yield Open()


def test_applications_come_in_with_all_that_was_written_and_are_taken_back(batch: Open) -> None:
    import_id = batch.bring(sent(someone(), someone(name="李四", position="2", transfer="否")))
    first, second = batch.kept()
    assert (first.name, first.education, first.accepts_transfer, first.entry) == ("黎书航", "21", True, Entry.IMPORT)
    assert (first.state, second.unit_id) == (ApplicationState.SUBMITTED, batch.town.foreign.id)
    assert undo_import(batch.office, import_id) == 2
    assert batch.kept() == []


def test_what_was_reviewed_is_not_taken_back(batch: Open) -> None:
    import_id = batch.bring(sent(someone()))
    reviewer = make_actor(Role.DISTRICT_HR, batch.town.district, "reviewer")
    review_application(reviewer, batch.kept()[0].id, Finding(Verdict.FAILED, "材料不全"))
    with pytest.raises(Refused, match=r"黎书航.*2025-"):
        undo_import(batch.office, import_id)


def test_nothing_is_taken_back_once_the_review_is_closed(batch: Open) -> None:
    import_id = batch.bring(sent(someone()))
    with writing() as session:
        session.get_one(RecruitmentBatch, batch.batch.id).state = BatchState.EXAM
    with pytest.raises(Refused, match="已进入“笔试”阶段"):
        undo_import(batch.office, import_id)


def test_wrong_cells_are_named_with_row_and_column(batch: Open) -> None:
    standing = make_application(batch.position, identity=(known := make_identity()))
    twice = make_identity()
    found = batch.look(
        sent(
            someone(position="777"),
            someone(identity="371399199004120000"),
            someone(identity=known),
            someone(identity=twice),
            someone(identity=twice),
            someone(groups="航天员"),
            someone(school="临沂大学", education=""),
        )
    )
    named = faults(found)
    assert [(row, column) for row, column, _ in named] == [
        (2, "报考岗位代码"),
        (3, "身份证号"),
        (4, "身份证号"),
        (6, "身份证号"),
        (7, "报考类别"),
        (8, "学历"),
    ]
    assert standing.number in named[2][2]
    assert "第 5 行" in named[3][2]
    with pytest.raises(Refused, match="6 行有错误"):
        batch.bring(sent(*(someone(position="777") for _ in range(6))))
    assert [one.id for one in batch.kept()] == [standing.id]


def test_somebody_outside_the_group_of_a_position_is_named(batch: Open) -> None:
    group = "grid_worker"
    make_position(batch.batch, batch.town.community, code="003", group=group)
    ((row, column, message),) = faults(batch.look(sent(someone(position="003"))))
    assert (row, column) == (2, "报考类别")
    assert "003" in message


def test_after_closing_only_what_there_is_changes(batch: Open) -> None:
    batch.bring(sent(someone()))
    with clock.Stopped(datetime(2025, 12, 13, 2, 0, tzinfo=UTC)):
        found = batch.look(sent(someone(identity=make_identity())))
        ((row, column, message),) = faults(found)
        assert (row, column) == (2, "")
        assert "截止" in message
        same = taken_out(batch.office, "applications", batch_id=batch.batch.id)
        assert states(batch.look(same)) == [RowState.UNCHANGED]


def test_an_export_masks_names_its_batch_and_comes_back_unchanged(batch: Open) -> None:
    batch.bring(sent(someone(name="=黎书航"), someone(position="002")))
    out = taken_out(batch.office, "applications", batch_id=batch.batch.id)
    read = read_rows(open_workbook(out.content, out.name), applications_spec(None))
    row = read.rows[0].values
    assert ("********" in str(row["identity"]), row["phone"], row["address"]) == (True, "138****5678", None)
    assert row["name"] == "=黎书航"
    back = compared(batch.office, out, "applications")
    assert states(back) == [RowState.UNCHANGED] * 2


def test_full_numbers_go_out_only_as_wished(batch: Open) -> None:
    number = make_identity()
    batch.bring(sent(someone(identity=number)))
    out = taken_out(batch.office, "applications", batch_id=batch.batch.id, reveal=True)
    row = read_rows(open_workbook(out.content, out.name), applications_spec(None)).rows[0].values
    assert (row["identity"], row["phone"]) == (number, "13812345678")


def test_changes_are_compared_cell_by_cell_and_given_back(batch: Open) -> None:
    number = make_identity()
    batch.bring(sent(someone(identity=number)))
    (before,) = batch.kept()
    row = [before.number, *someone(identity=before.identity_masked, phone="13900001111", school="山东大学")]
    upload = sent(row, headings=["报名号", *HEADINGS])
    (outcome,) = batch.look(upload).outcomes
    assert cells(outcome) == {"phone": ("138****5678", "13900001111"), "school": ("临沂大学", "山东大学")}
    import_id = batch.bring(upload)
    assert (batch.kept()[0].school, batch.kept()[0].phone_masked) == ("山东大学", "139****1111")
    undo_import(batch.office, import_id)
    assert (batch.kept()[0].school, batch.kept()[0].phone_masked) == ("临沂大学", "138****5678")


def test_what_an_import_changed_of_somebody_purged_is_kept_nowhere(batch: Open) -> None:
    batch.bring(sent(someone()))
    (person,) = batch.kept()
    row = [person.number, *someone(identity=person.identity_masked, phone="", school="山东大学")]
    batch.bring(sent(row, headings=["报名号", *HEADINGS]))
    assert [line.before for line in changes() if line.before] == [{"school": "临沂大学"}]
    with writing() as session:
        session.delete(session.get_one(Application, person.id))
    sweep_imports(Actor.console())
    assert changes() == []


def changes() -> list[SheetImportChange]:
    """What all imports changed."""
    db.session.rollback()
    return list(db.session.scalars(select(SheetImportChange)))


def test_the_same_file_brought_again_says_nothing_new(batch: Open) -> None:
    upload = sent(someone(), someone(position="002"))
    batch.bring(upload)
    assert states(batch.look(upload)) == [RowState.UNCHANGED] * 2


def test_a_street_enters_people_for_its_own_positions_only(batch: Open) -> None:
    batch.bring(sent(someone()), batch.clerk)
    ((_, column, message),) = faults(batch.look(sent(someone(position="002")), batch.clerk))
    assert (column, "002" in message) == ("报考岗位代码", True)
    batch.bring(sent(someone(position="002", name="别街的人")))
    out = find_export(batch.clerk, "applications", Wish(batch_id=batch.batch.id))
    names = [row["name"] for piece in out.pieces for row in out.rows(piece)]
    assert names == ["黎书航"]


def test_a_file_for_another_batch_is_refused(batch: Open) -> None:
    with pytest.raises(Refused, match=r"第九批.*所选招聘批次"):
        batch.look(sent(someone(), above="招聘批次：第九批（2025年）"))
    with pytest.raises(Refused, match="哪个招聘批次"):
        compared(batch.office, sent(someone()), "applications")
    named = compared(batch.office, sent(someone(), above=f"招聘批次：{batch.batch.name}"), "applications")
    assert states(named) == [RowState.NEW]


def test_drafts_do_not_go_out(batch: Open) -> None:
    make_application(batch.position, ApplicationState.DRAFT)
    with pytest.raises(Refused, match="没有符合条件的内容"):
        taken_out(batch.office, "applications", batch_id=batch.batch.id)


def test_many_applications_take_few_queries(batch: Open) -> None:
    def reads(count: int) -> int:
        upload = sent(*(someone() for _ in range(count)))
        return len(selects_of(lambda: batch.bring(upload)))

    assert reads(40) == reads(3)


def test_born_on_the_day_of_the_identity(batch: Open) -> None:
    batch.bring(sent(someone(identity=make_identity(date(1999, 3, 4)))))
    assert batch.kept()[0].born_on == date(1999, 3, 4)
