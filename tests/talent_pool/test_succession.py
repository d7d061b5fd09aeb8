"""Who follows whom: holders of posts with what ends them, reserves by readiness, and the years ahead."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.policy.codes import Sex, UnitKind
from careerpath.policy.talent_pool import Concern, Ending
from careerpath.talent_pool.models import Readiness
from careerpath.talent_pool.queries.succession import Seat, SuccessionFilters, filters_of, succession
from tests.factories.access import Town, make_actor, make_unit, signed_in
from tests.factories.employees import make_employee, make_identity, selects_of
from tests.factories.talent_pool import make_entry


class Posts:
    """A district whose first street has a secretary who retires soon and a young one."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)

    def holder(self, unit: Unit, post: str, born: date, sex: Sex = Sex.MALE, **changes: Any) -> Employee:
        """Somebody in a post since 2018."""
        return make_employee(None, unit, post=post, identity=make_identity(born, sex), **changes)

    def seats(self, *, actor: Any = None, **filters: Any) -> dict[tuple[str, str], Seat]:
        """The posts by community and rung."""
        found = succession(actor or self.district, SuccessionFilters(**filters))
        return {(seat.unit_name, seat.rung.code): seat for seat in found.seats}


@pytest.fixture
def posts(app: Flask) -> Posts:
    return Posts()


def test_a_post_names_who_holds_it_and_what_ends_that_first(posts: Posts) -> None:
    town = posts.town
    # Born in January 1966: 60 years and 4 months, so the last day is the end of May 2026.
    posts.holder(town.community, "chief", date(1966, 1, 10), name="王立")
    posts.holder(town.community, "deputy", date(1985, 1, 10), name="李然")
    seats = posts.seats()
    (secretary,) = seats["书苑社区", "secretary"].holders
    assert (secretary.name, secretary.retires_on, secretary.since) == ("王立", date(2026, 5, 31), date(2018, 7, 1))
    assert secretary.first is not None
    assert (secretary.first.kind, secretary.first.months) == (Ending.RETIREMENT, 5)
    (deputy,) = seats["书苑社区", "committee"].holders
    assert deputy.first is not None
    assert (deputy.first.kind, deputy.first.on) == (Ending.TERM, date(2026, 12, 31))
    assert seats["银杏社区", "secretary"].holders == ()


def test_a_woman_retires_by_the_line_of_the_post_she_holds(posts: Posts) -> None:
    posts.holder(posts.town.community, "deputy", date(1975, 6, 1), Sex.FEMALE)
    (holder,) = posts.seats()["书苑社区", "committee"].holders
    # 55 years and 17 months by the line of cadre posts; other women would have gone at 50 and 3 months.
    assert holder.retires_on == date(2031, 11, 30)


def test_reserves_stand_by_readiness_and_a_post_that_falls_vacant_with_none_ready_is_a_risk(posts: Posts) -> None:
    town = posts.town
    posts.holder(town.community, "chief", date(1966, 1, 10))
    posts.holder(town.neighbour, "chief", date(1985, 1, 10))
    ready, later = make_employee(None, town.community), make_employee(None, town.community)
    make_entry(later, town.community, readiness=Readiness.LATER)
    make_entry(later, town.neighbour, readiness=Readiness.LATER)
    seats = posts.seats()
    near, far = seats["书苑社区", "secretary"], seats["银杏社区", "secretary"]
    assert near.concerns == (Concern.RETIRING, Concern.TERM, Concern.NOT_READY)
    assert far.concerns == (Concern.TERM, Concern.NOT_READY)
    assert (near.risk, far.risk) == (True, False)
    make_entry(ready, town.community, readiness=Readiness.NOW)
    near = posts.seats()["书苑社区", "secretary"]
    assert [one.name for one in near.ready(Readiness.NOW)] == [ready.name]
    assert [one.name for one in near.ready(Readiness.LATER)] == [later.name]
    assert near.concerns == (Concern.RETIRING, Concern.TERM)
    assert not near.risk


def test_a_vacant_post_and_one_without_any_reserve_are_risks(posts: Posts) -> None:
    posts.holder(posts.town.community, "chief", date(1985, 1, 10))
    seats = posts.seats()
    assert seats["书苑社区", "secretary"].concerns == (Concern.TERM, Concern.NO_RESERVE)
    assert seats["书苑社区", "secretary"].risk
    # There is no reserve for the elected rung: none is missing.
    assert seats["书苑社区", "committee"].reserves is None
    assert seats["书苑社区", "committee"].concerns == (Concern.VACANT,)
    assert set(posts.seats(concern=Concern.NO_RESERVE)) == {
        (name, "secretary") for name in ("书苑社区", "银杏社区", "文昌社区", "兴业社区")
    }


def test_who_is_past_the_last_day_is_told(posts: Posts) -> None:
    posts.holder(posts.town.community, "chief", date(1962, 1, 10))
    seat = posts.seats()["书苑社区", "secretary"]
    assert Concern.OVER in seat.concerns
    assert seat.holders[0].first is not None
    assert seat.holders[0].first.over


def test_the_years_ahead_name_who_retires_and_count_terms(posts: Posts) -> None:
    town = posts.town
    posts.holder(town.community, "chief", date(1966, 1, 10), name="王立")
    posts.holder(town.neighbour, "chief", date(1967, 1, 10), name="李然")
    posts.holder(town.foreign, "chief", date(1990, 1, 10), name="周新")
    found = succession(posts.district, SuccessionFilters(years=3))
    told = {year.year: ([holder.name for _, holder in year.retiring], year.terms) for year in found.years}
    assert told == {2025: ([], 0), 2026: (["王立"], 3), 2027: (["李然"], 0), 2028: ([], 0)}
    assert set(posts.seats(year=2027)) == {("银杏社区", "secretary")}
    assert set(posts.seats(year=2026, years=1)) == {
        (name, "secretary") for name in ("书苑社区", "银杏社区", "文昌社区")
    }


def test_villages_are_listed_only_where_somebody_holds_a_post_or_is_in_reserve(posts: Posts) -> None:
    street = posts.town.street
    empty, held = (make_unit(name, UnitKind.VILLAGE, street) for name in ("东村", "西村"))
    posts.holder(held, "chief", date(1985, 1, 10))
    names = {name for name, _ in posts.seats()}
    assert held.short_name in names
    assert empty.short_name not in names


def test_a_street_sees_its_own_communities_and_filters_narrow_further(posts: Posts) -> None:
    assert {name for name, _ in posts.seats(actor=posts.street)} == {"书苑社区", "银杏社区"}
    assert {name for name, _ in posts.seats(unit="银杏")} == {"银杏社区"}
    assert {name for name, _ in posts.seats(unit_id=posts.town.other_street.id)} == {"文昌社区", "兴业社区"}
    assert {rung for _, rung in posts.seats(rung="committee")} == {"committee"}
    found = filters_of({"years": "99", "year": "26", "concern": "nothing", "unit_id": "x", "risks": "no"})
    assert found == SuccessionFilters()
    assert filters_of({"years": "5", "year": "2027", "concern": "vacant"}).narrow


def test_who_left_or_serves_no_more_holds_no_post(posts: Posts) -> None:
    person = posts.holder(posts.town.community, "chief", date(1985, 1, 10))
    with writing() as session:
        session.get_one(Employee, person.id).left_on = date(2025, 11, 30)
    assert posts.seats()["书苑社区", "secretary"].holders == ()


def test_the_page_shows_posts_years_and_risks_in_as_many_queries_for_many_as_for_few(app: Flask, posts: Posts) -> None:
    town = posts.town
    posts.holder(town.community, "chief", date(1966, 1, 10), name="王立")
    reserve = make_employee(None, town.community, name="赵远")
    make_entry(reserve, town.community, readiness=Readiness.NOW)
    client = signed_in(app, posts.district)

    def opened(query: str = "") -> str:
        answer = client.get(f"/talent-pool/succession{query}")
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    few = len(selects_of(lambda: opened()))
    page = opened()
    row = next(row for row in page.split("<tr>") if "王立" in row and "书苑社区</" not in row and "data-label" in row)
    assert "2026-05-31" in page
    assert "退休 5 个月" in page
    assert "赵远" in page
    assert "王立" in row
    assert "没有这样的岗位" in opened("?year=2031")
    assert "只看有风险的" in opened("?risks=yes")
    for name in ("甲", "乙", "丙"):
        unit = make_unit(f"{name}社区", UnitKind.COMMUNITY, town.street)
        posts.holder(unit, "chief", date(1970, 1, 10))
        posts.holder(unit, "deputy", date(1980, 1, 10))
    assert len(selects_of(lambda: opened())) == few
    # Eight and three for who signed in.
    assert few <= 8 + 3


def test_pages_of_posts_follow_each_other(posts: Posts) -> None:
    first = succession(posts.district, SuccessionFilters(), size=5)
    second = succession(posts.district, SuccessionFilters(), size=5, after=first.page.after)
    keys = [seat.key for found in (first, second) for seat in found.page.rows]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys)) == 8


def test_without_rules_in_force_the_page_says_what_to_do(
    app: Flask, posts: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careerpath.talent_pool.queries.succession.rules_or_none", lambda _: None)
    answer = signed_in(app, posts.district).get("/talent-pool/succession")
    assert "没有现行的成长台阶规则" in answer.get_data(as_text=True)
