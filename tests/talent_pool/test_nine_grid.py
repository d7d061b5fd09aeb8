"""The nine cells: appraisals of the last years against the assessment of potential."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.talent_pool.models import Leaving, PoolEntry
from careerpath.talent_pool.operations.pool import LeavingGiven, leave_pool
from careerpath.talent_pool.queries import rules
from careerpath.talent_pool.queries.nine_grid import CELLS, UNPLACED, GridFilters, NineGrid, nine_grid
from tests.factories.access import make_actor, signed_in
from tests.factories.appraisals import make_decided_year
from tests.factories.employees import selects_of
from tests.factories.talent_pool import RULES
from tests.talent_pool.reserves import Pool, day

ADDRESS = "/talent-pool/nine-grid"


class Assessed(Pool):
    """Reserves of known performance and potential, and two of whom one side is not known."""

    def __init__(self) -> None:
        super().__init__()
        self.grades: dict[int, str] = {}
        self.star = self.assessed("85", "1")
        self.steady = self.assessed("60", "2")
        self.weak = self.assessed("59.99", "3")
        self.elsewhere = self.assessed("80", "1", foreign=True)
        self.unjudged = self.assessed(None, "1")
        self.ungraded = self.assessed("90", "")
        for year in (2022, 2023, 2024):
            make_decided_year(self.town.district, self.town.street, year, self.grades)

    def assessed(self, potential: str | None, grade: str, foreign: bool = False) -> PoolEntry:
        """A reserve with the points of potential, and the same grade in three years or none."""
        points = None if potential is None else Decimal(potential)
        entry = self.reserve(self.town.foreign if foreign else None, potential=points)
        if grade:
            self.grades[entry.employee_id] = grade
        return entry

    def cells(self, **filters: str) -> dict[str, int]:
        """How many stand in the cells that are not empty."""
        page = nine_grid(self.district, GridFilters(**filters))
        return {cell.code: cell.count for row in page.rows for cell in row if cell.count}

    def behind(self, cell: str) -> NineGrid:
        """The grid with the names of one cell in the table."""
        return nine_grid(self.district, GridFilters(cell=cell))


def test_everybody_stands_in_the_cell_of_grades_and_potential(app: Flask) -> None:
    assessed = Assessed()
    assert assessed.cells() == {"high-high": 2, "middle-middle": 1, "low-low": 1}
    page = nine_grid(assessed.district, GridFilters())
    assert (page.placed, page.unplaced, page.page.total) == (4, 2, 4)
    assert [cell.code for cell in page.rows[0]] == ["low-high", "middle-high", "high-high"]
    assert {cell.code for row in page.rows for cell in row} == set(CELLS)


def test_the_names_behind_a_cell_come_with_their_points(app: Flask) -> None:
    assessed = Assessed()
    page = assessed.behind("high-high")
    assert {row.entry_id for row in page.page.rows} == {assessed.star.id, assessed.elsewhere.id}
    (line,) = assessed.behind("low-low").page.rows
    assert (line.performance, line.potential) == (Decimal(60), Decimal("59.99"))
    assert str(line.words) == "近 3 个年度考核平均 60 分，潜力 59.99 分。"
    assert [
        row.name for cell_row in page.rows for cell in cell_row if cell.code == "low-low" for row in cell.names
    ] == [line.name]


def test_who_cannot_be_placed_is_listed_with_what_is_lacking(app: Flask) -> None:
    assessed = Assessed()
    told = {row.entry_id: str(row.words) for row in assessed.behind(UNPLACED).page.rows}
    assert told == {
        assessed.unjudged.id: "没有潜力评估分，请在后备评估中填写。",
        assessed.ungraded.id: "近年没有确定等次的年度考核。",
    }


@pytest.mark.parametrize(
    ("filters", "count"),
    [({"unit": "上冶镇"}, 1), ({"unit": "书苑"}, 3), ({"rung": "secretary"}, 4), ({"rung": "x"}, 0)],
)
def test_the_grid_is_narrowed_by_unit_and_rung(app: Flask, filters: dict[str, str], count: int) -> None:
    assert sum(Assessed().cells(**filters).values()) == count


def test_who_has_left_the_pool_or_is_not_yet_in_it_stands_nowhere(app: Flask) -> None:
    assessed = Assessed()
    leave_pool(assessed.district, assessed.star.id, LeavingGiven(Leaving.REFUSAL, date(2025, 12, 4), "家庭原因"))
    assert assessed.cells()["high-high"] == 1
    with day(date(2025, 5, 31)):
        assert assessed.cells() == {}


def test_each_office_sees_its_own_reserves(app: Flask) -> None:
    assessed = Assessed()
    assert nine_grid(assessed.stranger, GridFilters()).placed == 1
    assert nine_grid(assessed.street, GridFilters()).placed == 3
    secretary = make_actor(Role.COMMUNITY_SECRETARY, assessed.town.community)
    assert nine_grid(secretary, GridFilters()).placed == 0


def test_the_grid_costs_three_queries_however_many_there_are(app: Flask) -> None:
    assessed = Assessed()
    assert len(selects_of(assessed.cells)) == 3
    assert len(selects_of(lambda: assessed.behind("high-high"))) == 3


def test_the_page_shows_the_cells_and_the_table_beside(app: Flask) -> None:
    assessed = Assessed()
    client = signed_in(app, assessed.street)
    page = client.get(ADDRESS)
    assert page.status_code == 200
    for words in ("潜力高", "90 分及以上", "75—90 分", "另有 2 人没有考核等次或潜力分", "近 3 个年度考核平均 100 分"):
        assert words in page.text, words
    chosen = client.get(f"{ADDRESS}?cell=middle-middle").text
    assert "绩效中、潜力中：1 人" in chosen
    assert "没有符合条件的后备人才" in client.get(f"{ADDRESS}?cell=low-high").text


def test_a_place_without_an_edition_is_told_on_the_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules.RULES, "known", tuple)
    answer = signed_in(app, Pool().district).get(ADDRESS)
    assert answer.status_code == 422
    assert "notice-warning" in answer.text


def test_an_edition_without_a_grid_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    without = replace(rules.rules_named(RULES), grid=None)
    monkeypatch.setattr(rules.RULES, "known", lambda: (without,))
    answer = signed_in(app, Pool().district).get(ADDRESS)
    assert answer.status_code == 200
    assert "现行办法没有规定九宫格的分值。" in answer.text
