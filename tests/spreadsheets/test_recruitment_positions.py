"""Positions of a planned batch in and out."""

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.guard import Denied
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Channel
from careerpath.recruitment.models import BatchState, RecruitmentPosition
from careerpath.spreadsheets.operations.imports import Upload
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import RowState
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import Town, make_actor
from tests.factories.recruitment import make_batch, make_position
from tests.spreadsheets.books import bring_in, cells, compared, faults, states, taken_out

HEADINGS = ["岗位代码", "招聘单位", "岗位名称", "招聘方式", "招聘人数", "定向人员类别"]


def sent(*rows: Sequence[object]) -> Upload:
    """A workbook of positions."""
    return Upload("岗位.xlsx", make_xlsx([HEADINGS, *rows]))


class Planned:
    """A planned batch of a district."""

    def __init__(self) -> None:
        self.town = Town()
        self.office = make_actor(Role.DISTRICT_HR, self.town.district, "office")
        self.batch = make_batch(self.town.district, BatchState.PLANNED)
        self.id = self.batch.id

    def kept(self) -> list[RecruitmentPosition]:
        db.session.rollback()
        query = select(RecruitmentPosition).where(RecruitmentPosition.batch_id == self.id)
        return list(db.session.scalars(query.order_by(RecruitmentPosition.code)))


def test_positions_come_in_are_numbered_and_are_taken_back(app: Flask) -> None:
    batch = Planned()
    place, other = batch.town.community.code, batch.town.foreign.code
    upload = sent(
        [None, place, "社区工作者", "公开招聘", 2, ""], ["A7", other, "网格员", "专项招聘", "1", "在岗网格员"]
    )
    assert faults(compared(batch.office, upload, "positions", batch_id=batch.id)) == []
    import_id = bring_in(batch.office, upload, "positions", batch_id=batch.id)
    first, second = batch.kept()
    assert (first.code, first.places, first.channel, first.post) == ("001", 2, Channel.OPEN_RECRUITMENT, "staff")
    assert (second.code, second.group, second.unit_id) == ("A7", "grid_worker", batch.town.foreign.id)
    undo_import(batch.office, import_id)
    assert batch.kept() == []


def test_what_goes_out_comes_back_changed_where_it_was_changed(app: Flask) -> None:
    batch = Planned()
    for code in ("001", "002"):
        make_position(batch.batch, batch.town.community, 3, code=code)
    out = taken_out(batch.office, "positions", batch_id=batch.id)
    assert states(compared(batch.office, out, "positions")) == [RowState.UNCHANGED] * 2
    changed = sent(["2", batch.town.community.code, "社区工作者", "补选", 4, None])
    (outcome,) = compared(batch.office, changed, "positions", batch_id=batch.id).outcomes
    assert cells(outcome) == {"channel": ("公开招聘", "补选"), "places": ("3", "4")}
    import_id = bring_in(batch.office, changed, "positions", batch_id=batch.id)
    assert [(one.code, one.places) for one in batch.kept()] == [("001", 3), ("002", 4)]
    undo_import(batch.office, import_id)
    assert [one.places for one in batch.kept()] == [3, 3]


def test_wrong_cells_are_named(app: Flask) -> None:
    batch = Planned()
    place = batch.town.community.code
    found = compared(
        batch.office,
        sent(
            ["001", place, "社区工作者", "公开招聘", 0, ""],
            ["002", "没有这个社区", "社区工作者", "公开招聘", 1, ""],
            ["003", place, "社区工作者", "抽签", 1, ""],
            ["004", place, "社区工作者", "公开招聘", 1, "宇航员"],
            ["004", place, "社区工作者", "公开招聘", 1, ""],
            ["005", batch.town.district.code, "社区工作者", "公开招聘", 1, ""],
        ),
        "positions",
        batch_id=batch.id,
    )
    assert [(row, column) for row, column, _ in faults(found)] == [
        (2, "招聘人数"),
        (3, "招聘单位"),
        (4, "招聘方式"),
        (5, "定向人员类别"),
        (6, "岗位代码"),
        (7, "招聘单位"),
    ]


def test_a_published_batch_takes_no_positions_and_streets_plan_none(app: Flask) -> None:
    batch = Planned()
    published = make_batch(batch.town.district, BatchState.PUBLISHED)
    row = [None, batch.town.community.code, "社区工作者", "公开招聘", 2, ""]
    with pytest.raises(Refused, match="报名审查"):
        compared(batch.office, sent(row), "positions", batch_id=published.id)
    clerk = make_actor(Role.STREET_HR, batch.town.street, "clerk")
    with pytest.raises(Denied):
        compared(clerk, sent(row), "positions", batch_id=batch.id)
