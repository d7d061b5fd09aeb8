"""The day as of which pages are shown: chosen once, kept from page to page, left with one step."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import writing
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.history import change_post
from careerpath.employees.operations.people import EndOfService, end_service
from tests.factories.access import Town, make_actor, make_unit, signed_in
from tests.factories.employees import CLERK, make_employee
from tests.factories.talent_pool import make_entry

THEN = date(2024, 12, 31)
LATER = datetime(2025, 3, 3, 2, tzinfo=UTC)
"""A morning of the year after, on which files were changed."""


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


@pytest.fixture
def office(app: Flask, town: Town) -> FlaskClient:
    return signed_in(app, make_actor(Role.DISTRICT_HR, town.district))


def page(office: FlaskClient, address: str) -> str:
    answer = office.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


KNOWING = (
    "/overview", "/employees", "/figures/people", "/figures/targets", "/recruitment/headcount", "/talent-pool/",
    "/talent-pool/entries", "/mentoring/", "/mentoring/pairings", "/rotations/", "/rotations/wishes",
    "/rotations/turns", "/rotations/hosts", "/honours/register", "/training/needs", "/training/overview",
    "/training/studies", "/training/degree-studies", "/training/registrations", "/skills/", "/skills/people", "/units",
)  # fmt: skip
"""Every page without an id that can be shown as of a day."""


@pytest.mark.parametrize("address", KNOWING)
def test_a_page_that_knows_a_day_has_the_control_and_says_when_it_is_not_today(
    office: FlaskClient, address: str
) -> None:
    today, then = page(office, address), page(office, f"{address}?on={THEN}")
    assert 'id="as-of"' in today
    assert "回到今天" not in today
    assert "<strong>截至 2024-12-31</strong>" in then
    assert f'href="{address}">回到今天' in then
    assert today.count('name="on"') == 2, "once in the frame, once for telephones"


@pytest.mark.parametrize("address", KNOWING)
def test_no_day_and_no_argument_that_somebody_types_breaks_a_page(office: FlaskClient, address: str) -> None:
    for day in ("0001-01-01", "1900-01-01", "2100-12-31", "9999-12-31"):
        # Before the first norm there are no quotas, and the page of headcounts says so.
        assert office.get(f"{address}?on={day}").status_code in (200, 422), day
    shown = page(office, f"{address}?endpoint=a&_anchor=b&_method=c&_scheme=d&_external=e&on={THEN}")
    assert f'href="{address}?endpoint=a&amp;_anchor=b&amp;_method=c&amp;_scheme=d&amp;_external=e">回到今天' in shown


def test_the_day_of_a_page_about_somebody_leads_to_nobody_else(office: FlaskClient, town: Town) -> None:
    person, other = make_employee(None, town.community), make_employee(None, town.community)
    shown = page(office, f"/employees/{person.id}/career?on={THEN}&employee_id={other.id}")
    assert f'href="/employees/{person.id}/career?employee_id={other.id}">回到今天' in shown


def test_a_page_without_a_day_has_no_control(office: FlaskClient) -> None:
    assert 'id="as-of"' not in page(office, "/")
    assert 'id="as-of"' not in page(office, f"/deadlines?on={THEN}")


def test_the_chosen_day_goes_along_to_pages_that_know_one_and_to_no_others(office: FlaskClient) -> None:
    menu = page(office, f"/employees?on={THEN}")
    assert f'href="/recruitment/headcount?on={THEN}"' in menu
    assert f'href="/figures/people?on={THEN}"' in menu
    assert 'href="/deadlines"' in menu
    assert 'href="/pay/rounds"' in menu


def test_as_known_then_goes_along_only_to_pages_that_can_show_it(office: FlaskClient) -> None:
    menu = page(office, f"/employees?on={THEN}&known=then")
    assert f'href="/figures/people?on={THEN}&amp;known=then"' in menu
    assert f'href="/mentoring/?on={THEN}"' in menu
    assert "截至 2024-12-31（当时所知）" in menu
    assert "（当时所知）" not in page(office, f"/mentoring/?on={THEN}&known=then")


def test_the_present_line_of_the_menu_is_marked_on_another_day_too(office: FlaskClient) -> None:
    assert f'href="/employees?on={THEN}" aria-current="page"' in page(office, f"/employees?on={THEN}")


def test_today_and_days_that_cannot_be_are_as_if_no_day_was_chosen(office: FlaskClient) -> None:
    for typed in ("2025-12-05", "2099-01-01", "gestern", ""):
        shown = page(office, f"/employees?on={typed}")
        assert "回到今天" not in shown, typed
        assert 'href="/figures/people"' in shown, typed
    ahead = page(office, "/recruitment/headcount?on=2026-06-30")
    assert "<strong>截至 2026-06-30</strong>" in ahead, "a norm can be looked at ahead"
    assert 'href="/employees"' in ahead, "people cannot"


def test_filters_and_the_control_keep_each_other(office: FlaskClient) -> None:
    shown = page(office, f"/employees?on={THEN}&known=then&post=chief&after=x")
    assert '<input type="hidden" name="post" value="chief">' in shown
    assert '<input type="hidden" name="known" value="then">' in shown
    assert 'href="/employees?post=chief">回到今天' in shown
    assert f'href="/employees?on={THEN}&amp;known=then">清除条件' in shown
    assert "上月末 2025-11-30" in shown
    assert "上年末 2024-12-31" in shown


def test_last_years_list_and_headcount_come_out_the_same_after_later_changes(office: FlaskClient, town: Town) -> None:
    """Who left, moved or came since: the day is what it was."""
    with clock.Stopped(datetime(2024, 6, 3, 2, tzinfo=UTC)):
        gone = make_employee(None, town.community, name="林去")
        moved = make_employee(None, town.community, name="林迁")
    addresses = (f"/employees?on={THEN}", f"/recruitment/headcount?on={THEN}", f"/figures/people?on={THEN}",
                 f"/overview?on={THEN}")  # fmt: skip
    before = [_content(page(office, address)) for address in addresses]
    with clock.Stopped(LATER):
        end_service(CLERK, gone.id, EndOfService(left_on=date(2025, 2, 28), reason="辞职"))
        change_post(CLERK, moved.id, NewPosting(unit_id=town.foreign.id, post="chief", starts_on=date(2025, 3, 1)))
        make_employee(None, town.neighbour, name="林来", joined_community_on=date(2025, 3, 1))
    assert [_content(page(office, address)) for address in addresses] == before
    assert "林来" in page(office, "/employees")


def test_a_later_correction_changes_the_day_but_not_what_was_known_then(office: FlaskClient, town: Town) -> None:
    with clock.Stopped(datetime(2024, 6, 3, 2, tzinfo=UTC)):
        one = make_employee(None, town.community, name="林更")
    addresses = (f"/employees?on={THEN}", f"/recruitment/headcount?on={THEN}&q=书苑")
    known = [_content(page(office, f"{address}&known=then")) for address in addresses]
    with clock.Stopped(LATER):
        end_service(CLERK, one.id, EndOfService(left_on=date(2024, 11, 30), reason="补办离职"))
    assert "林更" not in page(office, addresses[0])
    assert [_content(page(office, f"{address}&known=then")) for address in addresses] == known
    assert "林更" in known[0]


def test_the_tree_shows_the_units_of_the_day(office: FlaskClient, town: Town) -> None:
    make_unit("老街社区", town.community.kind, town.street, ends_on=date(2025, 6, 30))
    new = make_unit("新城社区", town.community.kind, town.street)
    with writing() as session:
        session.get_one(Unit, new.id).starts_on = date(2025, 3, 1)
    now, then = page(office, f"/units?at={town.street.id}"), page(office, f"/units?at={town.street.id}&on={THEN}")
    assert "新城社区" in now
    assert "2025-06-30 撤销" in now
    assert "新城社区" not in then
    assert "老街社区" in then
    assert "2025-06-30 撤销" not in then
    assert "老街社区" in page(office, f"/units?q=老街&on={THEN}")
    assert "没有找到" in page(office, "/units?q=老街")
    assert "<dd>3</dd>" in page(office, f"/units/{town.street.id}?on={THEN}")


def test_the_pool_of_an_earlier_day_has_those_who_left_since(office: FlaskClient, town: Town) -> None:
    stays, left, new = (make_employee(None, town.community, name=name) for name in ("林留", "林出", "林新"))
    make_entry(stays, town.community, entered_on=date(2024, 3, 1))
    make_entry(left, town.community, entered_on=date(2024, 3, 1), left_on=date(2025, 5, 31))
    make_entry(new, town.community, entered_on=date(2025, 3, 1))
    then = page(office, f"/talent-pool/entries?on={THEN}")
    assert "林留" in then
    assert "林出" in then
    assert "林新" not in then
    assert "已出库</span>" not in then
    now = page(office, "/talent-pool/entries")
    assert "林新" in now
    assert "林出" not in now


def _content(shown: str) -> str:
    """What stands in the page itself, without the frame."""
    return shown[shown.index('id="content"') :]
