"""The published division codes load completely, and twice is as good as once."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.spreadsheets.sheets.desk import RowState
from tests.factories.access import Town, make_actor, make_user
from tests.spreadsheets.books import bring_in, cells, compared, csv, faults, states, taken_out

DIVISIONS = Path(__file__).resolve().parents[2] / "careerpath" / "access" / "data"
HEAD = "code,name,kind,parent,households,residents\n"


@pytest.fixture
def admin(app: Flask) -> Actor:
    return Actor(make_user("system").id, "system", "system", (Grant(Role.SYSTEM_ADMIN, ""),))


@pytest.mark.parametrize(("file", "count"), [("divisions-371325.csv", 429), ("divisions-2102.csv", 1995)])
def test_a_divisions_file_loads_completely_and_twice_changes_nothing(admin: Actor, file: str, count: int) -> None:
    upload = csv((DIVISIONS / file).read_text(encoding="utf-8"))
    bring_in(admin, upload, "units")
    assert db.session.scalar(select(func.count()).select_from(Unit)) == count
    assert compared(admin, upload, "units").counts[RowState.UNCHANGED] == count
    back = compared(admin, taken_out(admin, "units"), "units")
    assert (back.counts[RowState.UNCHANGED], len(back.outcomes)) == (count, count)


def test_figures_come_in_and_empty_ones_leave_what_is_known(app: Flask) -> None:
    town = Town()
    admin = make_actor(Role.SYSTEM_ADMIN, town.city)
    row = f"{town.community.code},书苑社区,community,{town.street.code}"
    bring_in(admin, csv(f"{HEAD}{row},1850,5200\n"), "units")
    (outcome,) = compared(admin, csv(f"{HEAD}{row},1900,\n"), "units").outcomes
    assert cells(outcome) == {"households": ("1850", "1900")}


def test_what_is_wrong_with_units_is_named_by_row_and_column(app: Flask) -> None:
    town = Town()
    admin = make_actor(Role.SYSTEM_ADMIN, town.city)
    street = town.street.code
    found = compared(
        admin,
        csv(f"{HEAD}7001,甲社区,community,{street},x,\n7002,乙社区,社区队,{street},,\n7003,丙,community,404,,\n"),
        "units",
    )
    assert [(row, column) for row, column, _ in faults(found)] == [(2, "户数"), (3, "类别")]
    orphan = compared(admin, csv(f"{HEAD}7003,丙社区,community,404,,\n7003,丁社区,community,{street},,\n"), "units")
    assert {(row, column) for row, column, _ in faults(orphan)} == {(2, "上级编码"), (3, "编码")}


def test_units_elsewhere_are_told_before_anything_is_written(app: Flask) -> None:
    town = Town()
    district = make_actor(Role.DISTRICT_HR, town.district)
    elsewhere = f"7100,平邑县,district,{town.city.code},,\n7101,平邑街道,street,7100,,\n"
    rows = f"{elsewhere}7102,丙社区,community,{town.street.code},,\n"
    found = compared(district, csv(HEAD + rows), "units")
    assert states(found) == [RowState.WRONG, RowState.WRONG, RowState.NEW]
    assert all("管辖范围" in message for _, _, message in faults(found))
