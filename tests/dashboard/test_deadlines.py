"""Days that are coming or have passed, each with the page where it is dealt with."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.dashboard.queries.deadlines import Deadline, DeadlineKind, Span, counts, deadlines
from careerpath.employees.operations.facts import NewCertificate, NewContract
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.codes import Sex
from careerpath.rotations.models import RotationState
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of
from tests.factories.mentoring import make_mentor, make_pairing
from tests.factories.rotations import make_host, make_rotation

TODAY = date(2025, 12, 5)
SPAN = Span(date(2024, 12, 5), date(2026, 2, 3))


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def district_of(town: Town) -> Actor:
    return Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, town.district.path),))


def found(app: Flask, actor: Actor, kind: DeadlineKind | None = None, path: str = "") -> list[Deadline]:
    with app.test_request_context():
        return deadlines(actor, SPAN, kind, path)


def test_a_contract_that_was_renewed_is_no_deadline(app: Flask, town: Town) -> None:
    ended, renewed = make_employee(None, town.community, name="林满"), make_employee(None, town.community)
    for one in (ended, renewed):
        add_fact(CLERK, one.id, NewContract(starts_on=date(2023, 1, 1), ends_on=date(2025, 12, 31)))
    add_fact(CLERK, renewed.id, NewContract(starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31)))
    (due,) = found(app, district_of(town))
    assert (due.kind, due.name, due.on) == (DeadlineKind.CONTRACT, "林满", date(2025, 12, 31))
    assert due.url.endswith(f"/employees/{ended.id}/contracts")


def test_probations_and_registrations_come_to_their_day(app: Flask, town: Town) -> None:
    one = make_employee(None, town.community)
    add_fact(
        CLERK, one.id, NewContract(starts_on=date(2025, 11, 1), ends_on=date(2028, 10, 31),
                                   probation_ends_on=date(2025, 12, 31)),
    )  # fmt: skip
    add_fact(
        CLERK, one.id, NewCertificate(grade="junior", obtained_on=date(2019, 6, 1), registered_on=date(2022, 11, 1),
                                      registered_until=date(2025, 10, 31)),
    )  # fmt: skip
    kinds = [(each.kind, each.on) for each in found(app, district_of(town))]
    assert kinds == [(DeadlineKind.CERTIFICATE, date(2025, 10, 31)), (DeadlineKind.PROBATION, date(2025, 12, 31))]


def test_a_probation_that_has_passed_is_not_late(app: Flask, town: Town) -> None:
    for day in (date(2025, 12, 4), TODAY):
        given = NewContract(starts_on=date(2025, 7, 1), ends_on=date(2028, 6, 30), probation_ends_on=day)
        add_fact(CLERK, make_employee(None, town.community).id, given)
    (one,) = found(app, district_of(town), DeadlineKind.PROBATION)
    assert one.on == TODAY


def test_who_retires_is_told_ahead(app: Flask, town: Town) -> None:
    make_employee(None, town.community, name="林老", identity=make_identity(date(1965, 9, 10), Sex.MALE))
    make_employee(None, town.community, name="林壮", identity=make_identity(date(1975, 9, 10), Sex.MALE))
    (one,) = found(app, district_of(town), DeadlineKind.RETIREMENT)
    assert one.name == "林老"
    assert SPAN.first <= one.on <= SPAN.last


def test_who_retires_is_judged_by_the_ages_and_the_post_of_today(app: Flask, town: Town) -> None:
    identity = make_identity(date(1965, 9, 10), Sex.MALE)
    make_employee(None, town.community, name="林新", identity=identity, joined_community_on=date(2025, 10, 1))
    (one,) = found(app, district_of(town), DeadlineKind.RETIREMENT)
    assert (one.name, one.on) == ("林新", date(2025, 12, 31))


def test_who_is_away_is_expected_back_and_pairings_run_out(app: Flask, town: Town) -> None:
    one, other = make_employee(None, town.community), make_employee(None, town.community)
    host = make_host(town.district)
    late = make_rotation(one, host, RotationState.APPROVED, starts_on=date(2025, 5, 1), ends_on=date(2025, 10, 31))
    make_rotation(other, host, RotationState.RETURNED, starts_on=date(2025, 5, 1), ends_on=date(2025, 10, 31))
    pairing = make_pairing(
        make_mentor(town.street), other, town.community, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
    )
    rotation, agreed = found(app, district_of(town))
    assert rotation.url.endswith(f"/rotations/{late.id}")
    assert agreed.url.endswith(f"/mentoring/pairings/{pairing.id}")
    assert counts([rotation, agreed], TODAY) == {DeadlineKind.ROTATION: (1, 0), DeadlineKind.PAIRING: (0, 1)}


def test_foreign_people_and_those_who_left_are_not_told(app: Flask, town: Town) -> None:
    foreign, left = make_employee(None, town.foreign), make_employee(None, town.community)
    for one in (foreign, left):
        add_fact(CLERK, one.id, NewContract(starts_on=date(2023, 1, 1), ends_on=date(2025, 12, 31)))
    end_service(CLERK, left.id, EndOfService(left_on=date(2025, 6, 30), reason="辞职"))
    clerk = Actor(None, "clerk", "clerk", (Grant(Role.STREET_HR, town.street.path),))
    assert found(app, clerk) == []
    assert len(found(app, district_of(town))) == 1
    assert found(app, district_of(town), path=town.street.path) == []


def test_each_kind_costs_one_query_however_many_there_are(app: Flask, town: Town) -> None:
    hr = district_of(town)
    with app.test_request_context():
        few = len(selects_of(lambda: deadlines(hr, SPAN)))
        for _ in range(4):
            one = make_employee(None, town.community)
            add_fact(CLERK, one.id, NewContract(starts_on=date(2023, 1, 1), ends_on=date(2025, 12, 31)))
        assert len(selects_of(lambda: deadlines(hr, SPAN))) == few <= 8


def test_the_page_counts_lists_and_narrows(app: Flask, town: Town) -> None:
    one = make_employee(None, town.community, name="林某")
    add_fact(CLERK, one.id, NewContract(starts_on=date(2023, 1, 1), ends_on=date(2025, 11, 30)))
    client = signed_in(app, make_actor(Role.STREET_HR, town.street))
    page = client.get("/deadlines").get_data(as_text=True)
    assert "劳动合同到期，续签或者终止" in page
    assert "过期 5 天" in page
    assert "这段时间没有到期的事项" in client.get("/deadlines?kind=rotation").get_data(as_text=True)
    assert "林某" in client.get(f"/deadlines?unit={town.community.short_name}&days=365").get_data(as_text=True)
    assert client.get("/deadlines?days=abc&kind=nonsense&unit=没有").status_code == 200
