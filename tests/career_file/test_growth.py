"""The file's tab "培养经历": everything that somebody went through, from all rooms, as of a day."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.operations.accounts import NewGrant, grant_role
from careerpath.access.permissions import Role
from careerpath.career_file.queries.growth import FINDERS, Growth, growth_of
from careerpath.career_file.queries.lines import LineKind
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewHonour, NewPosting
from careerpath.employees.operations.history import add_fact, change_post
from careerpath.employees.operations.people import link_account
from careerpath.employees.queries.person import person_head
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import EntrantState, Leaving, PromotionState, SelectionState
from careerpath.training.models import ClassState, EnrolmentState, TryState
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.factories.honours import make_call, make_nominee
from tests.factories.mentoring import make_mentor, make_pairing
from tests.factories.rotations import make_host, make_rotation
from tests.factories.skills import make_line, make_skill
from tests.factories.studies import make_study, make_try
from tests.factories.talent_pool import make_entrant, make_entry, make_promotion, make_selection
from tests.factories.training import make_class, make_course, make_enrolment

TODAY = date(2025, 12, 5)


class Grown:
    """Somebody with one record in every room."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.person = make_employee(None, self.town.community, name="王立")
        self.add(self.person)

    def add(self, person: Employee, year: int = 2025) -> None:
        """One record in every room; ``year`` is that of the exam."""
        town = self.town
        make_pairing(make_mentor(town.district), person, town.community)
        make_rotation(person, make_host(town.street))
        closed = make_class(make_course(town.district), ClassState.CLOSED)
        make_enrolment(closed, person, state=EnrolmentState.ATTENDED)
        make_try(person, TryState.PASSED, year=year, registered_on=date(2025, 3, 20), result_on=date(2025, 9, 10))
        make_study(person)
        make_skill(person, make_line(town.district), shown_on=date(2025, 6, 1))
        add_fact(CLERK, person.id, NewHonour(kind="model_worker", level="county", granted_on=date(2024, 12, 1)))
        make_nominee(make_call(town.district), person, town.community)
        make_entry(person, town.community)
        decided = make_selection(town.district, SelectionState.CONCLUDED, notice_starts_on=date(2025, 12, 4))
        make_entrant(
            decided, person, town.community, state=EntrantState.ADMITTED, outcome=Outcome.SELECTED,
            nominated_on=date(2025, 12, 2),
        )  # fmt: skip
        make_promotion(person, town.community, PromotionState.CONCLUDED, starts_on=date(2025, 12, 3))

    def growth(self, on: date = TODAY) -> Growth:
        """What the district reads."""
        return growth_of(self.district, person_head(self.district, self.person.id), on)


@pytest.fixture
def place(app: Flask) -> Grown:
    return Grown()


def counted(found: Growth) -> dict[LineKind, int]:
    return {group.kind: len(group.lines) for group in found.groups}


def test_every_room_brings_its_records_in_the_order_of_the_kinds(place: Grown) -> None:
    found = place.growth()
    assert counted(found) == {
        LineKind.MENTORING: 1,
        LineKind.ROTATION: 1,
        LineKind.TRAINING: 1,
        LineKind.STUDY: 2,
        LineKind.SKILL: 1,
        LineKind.HONOUR: 2,
        LineKind.POOL: 3,
    }
    assert [group.kind for group in found.groups] == list(FINDERS)
    told = {(str(line.title), str(line.state)) for group in found.groups[5:] for line in group.lines}
    assert ("区县级最美社工", "已授予") in told
    assert ("推荐参评费县最美社工", "已推荐") in told
    assert ("列为社区党组织书记后备", "在库") in told
    assert ("任社区党组织书记", "已任职") in told


def test_an_earlier_day_knows_nothing_of_what_came_later(place: Grown) -> None:
    assert counted(place.growth(date(2025, 5, 31))) == {
        LineKind.MENTORING: 1,
        # A rotation that has been approved is told before it begins.
        LineKind.ROTATION: 1,
        LineKind.TRAINING: 0,
        LineKind.STUDY: 2,
        LineKind.SKILL: 0,
        LineKind.HONOUR: 1,
        LineKind.POOL: 1,
    }


def test_the_result_of_an_exam_is_told_from_the_day_it_came(place: Grown) -> None:
    def state(on: date) -> str:
        (line,) = [one for one in place.growth(on).groups[3].lines if "考试" in str(one.title)]
        return str(line.state)

    assert [state(one) for one in (date(2025, 9, 9), date(2025, 9, 10))] == ["已报考", "已通过"]


def test_the_result_of_a_selection_is_told_from_its_notice_on(place: Grown) -> None:
    def states(on: date) -> set[str]:
        lines = place.growth(on).groups[-1].lines
        return {str(line.state) for line in lines if str(line.title).startswith("参加")}

    assert states(date(2025, 12, 3)) == {"审查通过"}
    assert states(date(2025, 12, 4)) == {"入选"}


def test_a_time_in_the_pool_ends_with_its_reason(place: Grown) -> None:
    other = make_employee(None, place.town.community, name="李然")
    make_entry(other, place.town.community, left_on=date(2025, 11, 30), leaving=Leaving.REFUSAL)
    (line,) = growth_of(place.district, person_head(place.district, other.id), TODAY).groups[-1].lines
    assert (str(line.state), line.ends_on) == ("本人放弃", date(2025, 11, 30))
    (line,) = growth_of(place.district, person_head(place.district, other.id), date(2025, 11, 30)).groups[-1].lines
    assert (str(line.state), line.ends_on) == ("在库", None)


def test_the_timeline_holds_every_line_once_newest_first(place: Grown) -> None:
    found = place.growth()
    lines = [line for _, those in found.years for line in those]
    assert len(lines) == found.total == 11
    assert [line.on for line in lines] == sorted((line.on for line in lines), reverse=True)
    assert [year for year, _ in found.years] == [2025, 2024]


def test_the_tab_stands_in_the_file_and_shows_groups_or_a_timeline(app: Flask, place: Grown) -> None:
    client = signed_in(app, place.district)
    address = f"/employees/{place.person.id}/growth"
    assert address in client.get(f"/employees/{place.person.id}").get_data(as_text=True)
    page = client.get(address).get_data(as_text=True)
    assert "导师帮带 1，轮岗锻炼 1，教育培训 1，职业资格与学历 2，业务技能 1，荣誉表彰 2，后备与晋升 3" in page
    assert "/honours/nominees/" in page
    by_day = client.get(f"{address}?view=timeline").get_data(as_text=True)
    assert "2024年" in by_day
    assert by_day.index("2025年") < by_day.index("2024年")
    earlier = client.get(f"{address}?on=2024-12-31").get_data(as_text=True)
    assert "截至 2024-12-31" in earlier
    assert "导师帮带 0" in earlier
    assert "截至 2025-12-05" in client.get(f"{address}?on=2031-01-01").get_data(as_text=True)


def test_a_secretary_does_not_read_of_the_pool_in_a_file(app: Flask, place: Grown) -> None:
    secretary = make_actor(Role.COMMUNITY_SECRETARY, place.town.community)
    found = growth_of(secretary, person_head(secretary, place.person.id), TODAY)
    assert LineKind.POOL not in counted(found)
    page = signed_in(app, secretary).get(f"/employees/{place.person.id}/growth").get_data(as_text=True)
    assert "后备与晋升" not in page


def test_who_reads_of_another_streets_pool_does_not_read_of_this_ones(app: Flask, place: Grown) -> None:
    reader = make_actor(Role.COMMUNITY_SECRETARY, place.town.community)
    security = make_actor(Role.SECURITY_ADMIN, place.town.city)
    grant_role(security, reader.user_id or 0, NewGrant(Role.STREET_HR, place.town.other_street.id, TODAY))
    there = make_employee(None, place.town.foreign, name="李然")
    place.add(there, 2024)
    client = signed_in(app, reader)
    for person, told in ((place.person, False), (there, True)):
        page = client.get(f"/employees/{person.id}/growth").get_data(as_text=True)
        assert ("后备与晋升" in page) is told
        assert (f"/employees/{person.id}/ladder" in page) is told


def test_records_that_stayed_with_another_street_are_told_without_a_link(app: Flask, place: Grown) -> None:
    street = signed_in(app, place.street)
    address = f"/employees/{place.person.id}/growth"
    assert "/mentoring/pairings/" in street.get(address).get_data(as_text=True)
    moved = make_employee(None, place.town.foreign, name="李然")
    place.add(moved)
    change_post(CLERK, moved.id, NewPosting(unit_id=place.town.community.id, post="staff", starts_on=date(2025, 12, 1)))
    page = street.get(f"/employees/{moved.id}/growth").get_data(as_text=True)
    assert "导师 周导" in page
    assert "/mentoring/pairings/" not in page.split("<main")[1]


def test_a_person_sees_all_of_their_own_and_an_account_without_a_file_is_told_so(app: Flask, place: Grown) -> None:
    worker = make_actor(Role.WORKER, place.town.community)
    client = signed_in(app, worker)
    assert "没有与您的账号关联的档案" in client.get("/own/growth").get_data(as_text=True)
    link_account(place.district, place.person.id, worker.user_id or 0)
    page = client.get("/own/growth").get_data(as_text=True)
    assert "我的培养经历" in page
    assert "后备与晋升 3" in page
    assert "/mentoring/pairings/" not in page.split("<main")[1]
    assert "/own/growth" in client.get("/my-file").get_data(as_text=True)
    assert client.get(f"/employees/{place.person.id}/growth").status_code == 403


def test_a_file_without_anything_says_what_will_stand_there(app: Flask, place: Grown) -> None:
    other = make_employee(None, place.town.community, name="李然")
    page = signed_in(app, place.street).get(f"/employees/{other.id}/growth").get_data(as_text=True)
    assert "还没有培养经历" in page


def test_the_tab_costs_the_same_however_much_somebody_went_through(app: Flask, place: Grown) -> None:
    client = signed_in(app, place.district)
    address = f"/employees/{place.person.id}/growth"
    few = len(selects_of(lambda: client.get(address)))
    place.add(place.person, 2024)
    assert len(selects_of(lambda: client.get(address))) == few
    # Two for the sign-in, one for the bell, two for the head of the file, and one or two of each room.
    assert few <= 19
