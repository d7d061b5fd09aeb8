"""Everybody on the ladder: counts by rung, what each one lacks, and who meets the conditions when."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.core.web.paging import Page
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.history import add_fact
from careerpath.talent_pool.queries import ladder_list, rules
from careerpath.talent_pool.queries.ladder_list import LadderFilters, LadderLine, LadderList, ladder_lines
from careerpath.words import Refused
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.talent_pool.reserves import Pool, day

ADDRESS = "/talent-pool/ladder"


class Office(Pool):
    """A chief, a deputy, two compound secretaries and three workers, of whom one is no party member."""

    def __init__(self) -> None:
        super().__init__()
        self.chief = self.person(post="chief", name="蔺书记")
        self.deputy = self.person(post="deputy", name="卓副职")
        self.compound = self.person(name="房小区")
        self.side(self.compound, date(2022, 5, 1))
        self.acting = self.person(self.town.foreign, post="deputy", name="莫兼职")
        self.side(self.acting, date(2023, 5, 1))
        self.worker = self.person(name="尤社工")
        self.outsider = self.person(self.town.neighbour, political="13", name="申群众")
        self.newcomer = self.person(self.town.neighbour, joined_community_on=date(2025, 3, 1), name="俞新人")

    def side(self, employee: Employee, since: date) -> None:
        """The branch of a compound beside the main post."""
        given = NewPosting(unit_id=employee.unit_id, post="staff", title="小区党支部书记", main=False, starts_on=since)
        add_fact(CLERK, employee.id, given)

    def listed(self, **filters: Any) -> LadderList:
        """What the district reads."""
        return ladder_lines(self.district, LadderFilters(**filters))


def names(page: LadderList) -> set[str]:
    """Who stands in the list."""
    return {row.name for row in page.page.rows}


def test_everybody_stands_on_the_highest_rung_once(app: Flask) -> None:
    page = Office().listed()
    assert [(rung.code, rung.count) for rung in page.rungs] == [
        ("worker", 3), ("compound_secretary", 1), ("committee", 2), ("secretary", 1)
    ]  # fmt: skip
    assert page.total == page.page.total == 7


def test_a_line_tells_the_rung_the_step_and_what_is_lacking(app: Flask) -> None:
    office = Office()
    office.appraise(office.deputy, office.acting)
    lines = {row.name: row for row in office.listed().page.rows}
    told = {name: (row.rung, row.aim, str(row.words)) for name, row in lines.items()}
    assert told["尤社工"] == ("社区工作者", "任小区党支部书记", "条件均符合")
    assert told["申群众"] == ("社区工作者", "任小区党支部书记", "尚不符合：政治面貌")
    assert told["俞新人"] == ("社区工作者", "任小区党支部书记", "2026-03-01 起条件符合")
    assert told["房小区"] == ("小区党支部书记", "推荐为社区“两委”委员人选", "尚不符合：年度考核")
    assert told["卓副职"] == ("社区“两委”委员", "任社区党组织书记", "条件均符合")
    assert told["蔺书记"] == ("社区党组织书记", "", "已在最高台阶")
    assert lines["房小区"].since == date(2022, 5, 1)
    assert lines["房小区"].home == "费城街道 书苑社区 社区工作者"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"rung": "committee"}, {"卓副职", "莫兼职"}),
        ({"rung": "worker", "standing": "now"}, {"尤社工"}),
        ({"standing": "3"}, {"俞新人"}),
        ({"standing": "soon"}, {"俞新人"}),
        ({"rung": "worker", "standing": "lacking"}, {"申群众"}),
        ({"standing": "unknown"}, set()),
        ({"unit": "银杏"}, {"申群众", "俞新人"}),
        ({"unit": "上冶镇"}, {"莫兼职"}),
        ({"q": "尤社"}, {"尤社工"}),
        ({"gate": "to_committee", "rung": "committee"}, {"卓副职", "莫兼职"}),
        ({"gate": "to_committee", "rung": "committee", "standing": "now"}, set()),
    ],
)
def test_the_list_is_narrowed_by_rung_unit_name_and_verdict(
    app: Flask, filters: dict[str, str], found: set[str]
) -> None:
    assert names(Office().listed(**filters)) == found


def test_time_alone_brings_people_into_the_list_on_their_day(app: Flask) -> None:
    office = Office()
    with day(date(2025, 11, 30)):
        assert names(office.listed(standing="3")) == set()
    with day(date(2025, 12, 1)):
        assert names(office.listed(standing="3")) == {"俞新人"}
    with day(date(2026, 3, 1)):
        assert "俞新人" in names(office.listed(standing="now"))


def test_any_gate_can_be_looked_at_for_everybody_below_it(app: Flask) -> None:
    office = Office()
    office.appraise(office.worker)
    lines = {row.name: row for row in office.listed(gate="reserve_secretary").page.rows}
    assert str(lines["尤社工"].words) == "条件均符合"
    assert str(lines["蔺书记"].words) == "已在这一台阶或以上"
    with pytest.raises(Refused, match="没有“to_moon”"):
        office.listed(gate="to_moon")


def test_who_is_in_the_pool_is_marked_with_the_rung(app: Flask) -> None:
    office = Office()
    entry = office.reserve()
    lines = {row.employee_id: row for row in office.listed().page.rows}
    assert lines[entry.employee_id].reserve_for == ("社区党组织书记",)
    assert lines[office.worker.id].reserve_for == ()


def test_who_holds_no_post_stands_before_the_ladder(app: Flask) -> None:
    office = Office()
    make_employee(None, office.town.community, starts_on=date(2026, 1, 1), name="封待岗")
    page = office.listed(rung="none")
    assert names(page) == {"封待岗"}
    assert (page.rungs[0].code, page.rungs[0].count) == ("none", 1)


def test_each_office_sees_its_own_people(app: Flask) -> None:
    office = Office()
    assert names(ladder_lines(office.stranger, LadderFilters())) == {"莫兼职"}
    assert "莫兼职" not in names(ladder_lines(office.street, LadderFilters()))
    secretary = make_actor(Role.COMMUNITY_SECRETARY, office.town.community)
    assert ladder_lines(secretary, LadderFilters()).total == 0


def test_a_page_costs_the_same_for_few_and_many(app: Flask) -> None:
    office = Office()
    few = len(selects_of(lambda: office.listed(rung="secretary")))
    many = len(selects_of(office.listed))
    assert few == many <= 8 + 6
    assert len(selects_of(lambda: office.listed(standing="now"))) <= 8 + 6


def test_the_list_comes_in_pages_and_back(app: Flask) -> None:
    office = Office()
    every = [row.number for row in office.listed().page.rows]
    assert every == sorted(every)

    def page(**marks: str | None) -> Page[LadderLine]:
        return ladder_lines(office.district, LadderFilters(), size=3, **marks).page

    first = page()
    second = page(after=first.after)
    third = page(after=second.after)
    assert [row.number for one in (first, second, third) for row in one.rows] == every
    assert (first.before, third.after) == (None, None)
    assert page(before=third.before) == second


def test_a_filter_of_conditions_over_too_many_people_asks_for_a_unit(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office()
    monkeypatch.setattr(ladder_list, "MOST_JUDGED", 6)
    client = signed_in(app, office.district)
    answer = client.get(f"{ADDRESS}?standing=now")
    assert answer.status_code == 422
    assert "一次最多查 6 人，现有 7 人" in answer.text
    assert client.get(f"{ADDRESS}?standing=now&unit=书苑社区").status_code == 200


def test_the_page_shows_steps_with_counts_and_the_lines(app: Flask) -> None:
    office = Office()
    client = signed_in(app, office.street)
    page = client.get(ADDRESS)
    assert page.status_code == 200
    for words in (
        "共 6 人",
        "房小区",
        "尚不符合：政治面貌",
        "示例办法 非官方",
        f"/employees/{office.worker.id}/ladder",
    ):
        assert words in page.text, words
    assert "没有符合条件的人员" in client.get(f"{ADDRESS}?q=无此人").text
    assert client.get(f"{ADDRESS}?gate=to_moon").status_code == 422


def test_a_place_without_an_edition_is_told_on_the_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules.RULES, "known", tuple)
    answer = signed_in(app, Office().district).get(ADDRESS)
    assert answer.status_code == 422
    assert "notice-warning" in answer.text
