"""Skills go out, are edited, and come back; the cover of communities goes out."""

from collections.abc import Sequence
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.models import Skill
from careerpath.spreadsheets.operations.exports import find_export
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import RowState, Wish
from careerpath.words import Refused
from tests.factories.skills import make_skill
from tests.skills.everyone import Skills
from tests.spreadsheets.books import bring_in, cells, compared, faults, states, taken_out, typed

HEADINGS = ["编号", "姓名", "业务条线", "技能等级", "认定方式", "认定日期", "有效期至", "认定依据"]


def kept() -> set[tuple[int, int, str, date | None, str]]:
    """What stands: person, line, level, last day and evidence."""
    db.session.rollback()
    return {
        (one.employee_id, one.line_id, one.level.value, one.valid_until, one.evidence)
        for one in db.session.scalars(select(Skill))
    }


def test_skills_come_in_new_and_corrected_and_can_be_undone(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.party, evidence="社区评定")
    before = kept()
    upload = typed(
        [world.chen.number, "陈静", "党建工作", "能教", "岗位实践", "2025-06-01", "2027-05-31", ""],
        [world.lin.number, "林涛", "grid", "熟练", "考试", "2025.11.3", "", "区级测试"],
        headings=HEADINGS,
    )
    comparison = compared(world.street, upload, "skills")
    assert states(comparison) == [RowState.CHANGED, RowState.NEW]
    assert cells(comparison.outcomes[0]) == {"level": ("能办", "能教"), "valid_until": ("", "2027-05-31")}
    import_id = bring_in(world.street, upload, "skills")
    assert kept() == {
        (world.chen.id, world.party.id, "teaching", date(2027, 5, 31), "社区评定"),
        (world.lin.id, world.grid.id, "able", None, "区级测试"),
    }
    assert states(compared(world.street, upload, "skills")) == [RowState.UNCHANGED] * 2
    undo_import(world.street, import_id)
    assert kept() == before


def test_what_cannot_be_is_marked_in_its_cell(app: Flask) -> None:
    world = Skills()
    stranger = world.stranger()

    def row(number: str, name: str, line: str, on: str, until: str = "") -> Sequence[object]:
        return [number, name, line, "能办", "测试", on, until, ""]

    comparison = compared(
        world.street,
        typed(
            row(stranger.number, "周平", "党建工作", "2025-11-03"),
            row(world.chen.number, "陈静静", "招商引资", "2025-11-03"),
            row(world.chen.number, "陈静", "党建工作", "2025-12-31"),
            row(world.lin.number, "林涛", "党建工作", "2025-11-03", "2025-11-02"),
            row(world.lin.number, "林涛", "party", "2025-11-03"),
            headings=HEADINGS,
        ),
        "skills",
    )
    assert [(number, title) for number, title, _ in faults(comparison)] == [
        (2, "编号"),
        (3, "姓名"),
        (3, "业务条线"),
        (4, "认定日期"),
        (5, "有效期至"),
        (6, "认定日期"),
    ]


def test_what_went_out_comes_back_unchanged(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.party, SkillLevel.TEACHING, shown_by=ShownBy.CONTEST, valid_until=date(2027, 1, 1))
    make_skill(world.zhao, world.relief)
    out = taken_out(world.street, "skills")
    assert states(compared(world.street, out, "skills")) == [RowState.UNCHANGED] * 2
    assert find_export(world.street, "skills", Wish(unit_id=world.town.neighbour.id)).count == 1
    with pytest.raises(Refused, match="没有符合条件的内容"):
        find_export(world.street, "skills", Wish(on=date(2025, 5, 31)))


def test_the_cover_goes_out_with_a_column_for_each_line(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.party)
    found = find_export(world.district, "skill-cover", Wish())
    rows = [row for piece in found.pieces for row in found.rows(piece)]
    assert [column.title for column in found.spec.columns][-3:] == ["党建工作", "网格治理", "社会救助"]
    by_unit = {row["unit"]: row for row in rows}
    assert by_unit["书苑社区"]["line_party"] == 1
    assert by_unit["书苑社区"]["gaps"] == "党建工作缺1人、网格治理缺1人、社会救助缺2人"
    assert find_export(world.district, "skill-cover", Wish(unit_id=world.town.neighbour.id)).count == 1
