"""The start page: what waits with its day, and below it how things stand."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.dashboard.queries import tasks
from careerpath.dashboard.queries.card import Card
from careerpath.dashboard.queries.cards import cards
from careerpath.dashboard.queries.deadlines import DeadlineKind, Span, counts, deadline_counts, deadlines
from careerpath.dashboard.queries.tasks.groups import grouped
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.employees.operations.facts import NewCertificate, NewContract
from careerpath.employees.operations.history import add_fact
from careerpath.honours.models import CallState
from careerpath.policy.codes import Sex
from careerpath.rotations.models import RotationState
from careerpath.words import msg
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of
from tests.factories.honours import make_call
from tests.factories.mentoring import make_mentor, make_pairing
from tests.factories.pay import PayTown
from tests.factories.rotations import make_host, make_rotation
from tests.factories.talent_pool import make_entry

TODAY = date(2025, 12, 5)
SPAN = Span(date(2024, 12, 5), date(2026, 1, 4))


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def of(role: Role, unit: Unit) -> Actor:
    return Actor(None, "somebody", "somebody", (Grant(role, unit.path),))


def shown(app: Flask, actor: Actor) -> dict[str, Card]:
    with app.test_request_context():
        return {str(card.title): card for card in cards(actor)}


def figures(card: Card) -> dict[str, str]:
    return {str(line.title): str(line.value) for line in card.lines}


def test_the_team_is_counted_with_the_pool_for_those_who_may_see_it(app: Flask, town: Town) -> None:
    one = make_employee(None, town.community)
    make_employee(None, town.foreign, joined_community_on=date(2025, 3, 1))
    make_entry(one, town.community)
    district = figures(shown(app, of(Role.DISTRICT_HR, town.district))["队伍概况"])
    assert (district["在职人数"], district["今年进入"], district["在库后备"]) == ("2 人", "1 人", "1 人")
    secretary = figures(shown(app, of(Role.COMMUNITY_SECRETARY, town.community))["队伍概况"])
    assert secretary["在职人数"] == "1 人"
    assert "在库后备" not in secretary


def test_the_deadlines_counted_in_the_database_are_those_of_the_list(app: Flask, town: Town) -> None:
    one, other = make_employee(None, town.community), make_employee(None, town.community)
    make_employee(None, town.community, identity=make_identity(date(1965, 3, 10), Sex.MALE))
    contract = NewContract(starts_on=date(2025, 11, 1), ends_on=date(2025, 12, 31), probation_ends_on=TODAY)
    add_fact(CLERK, one.id, contract)
    certificate = NewCertificate(grade="junior", obtained_on=date(2019, 6, 1), registered_on=date(2022, 11, 1),
                                 registered_until=date(2025, 10, 31))  # fmt: skip
    add_fact(CLERK, one.id, certificate)
    host = make_host(town.district)
    make_rotation(other, host, RotationState.APPROVED, starts_on=date(2025, 5, 1), ends_on=date(2025, 10, 31))
    make_pairing(
        make_mentor(town.street), other, town.community, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
    )
    for actor in (of(Role.DISTRICT_HR, town.district), of(Role.STREET_HR, town.other_street)):
        with app.test_request_context():
            counted = deadline_counts(actor, SPAN, TODAY)
            assert counted == counts(deadlines(actor, SPAN), TODAY)
    with app.test_request_context():
        found = deadline_counts(of(Role.DISTRICT_HR, town.district), SPAN, TODAY)
    assert found[DeadlineKind.CONTRACT] == found[DeadlineKind.PROBATION] == (0, 1)
    assert found[DeadlineKind.ROTATION] == found[DeadlineKind.CERTIFICATE] == (1, 0)
    lines = shown(app, of(Role.DISTRICT_HR, town.district))["30 天内到期"].lines
    late = {str(line.title): str(line.late) for line in lines if line.late}
    assert late == {"达到退休年龄": "过期 1", "证书登记到期": "过期 1", "轮岗锻炼到期返回": "过期 1"}


def test_finance_sees_the_months_and_nothing_of_files(app: Flask) -> None:
    pay = PayTown()
    assert list(shown(app, pay.finance)) == ["工资发放"]


def test_a_worker_without_a_file_has_no_cards(app: Flask, town: Town) -> None:
    assert shown(app, of(Role.WORKER, town.community)) == {}


def test_what_is_late_comes_first_and_then_what_is_due_soonest(app: Flask, town: Town) -> None:
    make_call(town.district, CallState.NOMINATION, name="甲", closes_on=date(2025, 12, 20))
    make_call(town.district, CallState.NOMINATION, name="乙", closes_on=date(2025, 12, 1))
    make_call(town.district, CallState.NOMINATION, name="丙", closes_on=date(2025, 12, 10))
    with app.test_request_context():
        found = [one for one in tasks(of(Role.DISTRICT_HR, town.district)) if one.due_on is not None]
    assert [(one.due_on, one.late) for one in found] == [
        (date(2025, 12, 1), True),
        (date(2025, 12, 10), False),
        (date(2025, 12, 20), False),
    ]


def test_the_start_page_puts_what_cannot_wait_under_a_heading_of_its_own() -> None:
    today, title = date(2025, 12, 5), msg("审定")
    late = Task(title, title, "/1", late=True)
    now = Task(title, title, "/2", due=title, due_on=today)
    soon = Task(title, title, "/3", due=title, due_on=date(2025, 12, 6))
    open_end = Task(title, title, "/4")
    groups = grouped([late, now, soon, open_end], today)
    assert [group.tasks for group in groups] == [(late, now), (soon,), (open_end,)]
    assert [group.tasks for group in grouped([open_end], today)] == [(open_end,)]


def test_the_cards_cost_the_same_however_many_people(app: Flask, town: Town) -> None:
    hr = of(Role.DISTRICT_HR, town.district)
    for _ in range(3):
        make_employee(None, town.community)
    shown(app, hr)
    assert len(selects_of(lambda: shown(app, hr))) <= 4


def test_the_start_page_asks_little_of_the_database(app: Flask, town: Town) -> None:
    """Each room asks once what waits, some of them once more for the rules in force; four more are for the cards."""
    hr = of(Role.DISTRICT_HR, town.district)
    make_entry(make_employee(None, town.community), town.community)

    def both() -> None:
        with app.test_request_context():
            tasks(hr)
            cards(hr)

    both()
    assert len(selects_of(both)) <= 22


def test_the_start_page_leads_to_the_overview_and_to_the_deadlines(app: Flask, town: Town) -> None:
    make_employee(None, town.community)
    page = signed_in(app, make_actor(Role.STREET_HR, town.street)).get("/").get_data(as_text=True)
    assert "队伍概况" in page
    assert 'href="/overview"' in page
    assert 'href="/deadlines?days=30"' in page
