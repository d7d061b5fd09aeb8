"""Lent and borrowed people: on a unit's page, beside its headcount, on a day in the past."""

from datetime import date, timedelta

from flask import Flask

from careerpath.access.permissions import Role
from careerpath.rotations.models import HostKind, RotationState
from careerpath.rotations.queries.exchange import Exchange, exchange_of, exchange_page
from careerpath.rotations.queries.rotations import RotationFilters, rotation_lines
from careerpath.rotations.queries.standing import Standing
from tests.factories.access import make_actor, make_unit, signed_in
from tests.factories.employees import selects_of
from tests.factories.rotations import make_host, make_rotation
from tests.rotations.lending import ENDS, STARTS, Lending


class Exchanging(Lending):
    """The district with one person of a community away, and one from elsewhere in it."""

    def __init__(self) -> None:
        super().__init__()
        self.own, self.guest = self.person(), self.person(self.town.foreign)
        self.here = make_host(self.town.street, kind=HostKind.UNIT, at_unit_id=self.town.community.id, name="书苑社区")
        self.away = make_rotation(self.own, self.host, starts_on=STARTS, ends_on=ENDS)
        self.visit = make_rotation(self.guest, self.here, kind="rotation", starts_on=STARTS, ends_on=ENDS)


def test_both_units_count_who_is_lent_and_borrowed_on_a_day(app: Flask) -> None:
    office = Exchanging()
    ids = [office.town.community.id, office.town.foreign.id, office.town.neighbour.id]
    found = exchange_of(ids, STARTS)
    assert found == {ids[0]: Exchange(1, 1), ids[1]: Exchange(1, 0), ids[2]: Exchange(0, 0)}
    assert exchange_of(ids, STARTS - timedelta(days=1))[ids[0]] == Exchange(0, 0)


def test_the_last_day_away_counts_and_the_next_does_not(app: Flask) -> None:
    office = Lending()
    back = date(2025, 12, 31)
    make_rotation(
        office.person(), office.host, RotationState.RETURNED, starts_on=STARTS, ends_on=ENDS, returned_on=back
    )
    unit = office.town.community.id
    assert exchange_of([unit], back)[unit].lent == 1
    assert exchange_of([unit], back + timedelta(days=1))[unit].lent == 0


def test_who_is_lent_still_counts_at_home(app: Flask) -> None:
    office = Exchanging()
    page = exchange_page(office.street, office.town.community.id, STARTS)
    assert (page.headcount, page.lent_people, page.borrowed_people, page.on_duty) == (1, 1, 1, 1)


def test_a_move_within_a_street_is_no_exchange_of_the_street(app: Flask) -> None:
    office = Lending()
    department = make_host(office.town.street, kind=HostKind.DEPARTMENT)
    make_rotation(office.person(), department, starts_on=STARTS, ends_on=ENDS)
    assert exchange_page(office.street, office.town.street.id, STARTS).lent == ()
    assert len(exchange_page(office.street, office.town.community.id, STARTS).lent) == 1


def test_a_cadre_sent_down_is_borrowed_by_the_community_and_lent_by_nobody(app: Flask) -> None:
    office = Lending()
    here = make_host(office.town.street, kind=HostKind.UNIT, at_unit_id=office.town.community.id, name="书苑社区")
    make_rotation(
        None, here, kind="downward", person_name="赵某", unit_id=office.town.street.id, starts_on=STARTS, ends_on=ENDS
    )
    community = exchange_page(office.street, office.town.community.id, STARTS)
    assert (community.borrowed_people, community.on_duty) == (1, 1)
    street = office.town.street.id
    assert exchange_of([street], STARTS)[street] == Exchange(0, 0)


def test_the_headcount_page_shows_lent_and_borrowed(app: Flask) -> None:
    office = Exchanging()
    shown = signed_in(app, office.district).get("/recruitment/headcount?on=2025-09-01").text
    assert f'href="/rotations/units/{office.town.community.id}?on=2025-09-01"' in shown
    assert "借出" in shown


def test_any_number_of_units_costs_two_queries(app: Flask) -> None:
    office = Exchanging()
    ids = [make_unit(f"{place}社区", office.town.community.kind, office.town.street).id for place in range(5)]
    assert len(selects_of(lambda: exchange_of(ids, STARTS))) == 2


def test_a_list_of_a_past_day_comes_out_as_it_was(app: Flask) -> None:
    office = Lending()
    rotation = office.returned()
    lines = {
        on: rotation_lines(office.district, RotationFilters(on=on)).page.rows[0].standing
        for on in (STARTS - timedelta(days=1), STARTS, ENDS - timedelta(days=1), ENDS)
    }
    assert list(lines.values()) == [Standing.COMING, Standing.AWAY, Standing.AWAY, Standing.TO_EVALUATE]
    assert rotation.returned_on == ENDS


def test_every_standing_is_found_by_its_own_filter_alone(app: Flask) -> None:
    office = Lending()
    day = date(2026, 3, 10)
    made = {
        Standing.PROPOSED: make_rotation(office.person(), office.host, RotationState.PROPOSED),
        Standing.CANCELLED: make_rotation(office.person(), office.host, RotationState.CANCELLED),
        Standing.COMING: make_rotation(office.person(), office.host, starts_on=date(2026, 4, 1)),
        Standing.AWAY: make_rotation(office.person(), office.host),
        Standing.OVERDUE: make_rotation(office.person(), office.host, ends_on=ENDS),
        Standing.TO_EVALUATE: make_rotation(office.person(), office.host, RotationState.RETURNED, returned_on=ENDS),
        Standing.EVALUATED: make_rotation(
            office.person(), office.host, RotationState.EVALUATED, returned_on=ENDS, evaluated_on=date(2026, 3, 1)
        ),
    }
    for standing, rotation in made.items():
        found = rotation_lines(office.district, RotationFilters(on=day, state=standing.value))
        assert [line.id for line in found.page.rows] == [rotation.id]
        assert (found.page.rows[0].standing, found.counts[standing]) == (standing, 1)


def test_each_office_meets_the_rotations_of_its_people_and_of_its_hosts(app: Flask) -> None:
    office = Exchanging()
    everything = RotationFilters(on=STARTS)

    def met(role: Role, name: str) -> set[int]:
        actor = make_actor(role, getattr(office.town, name), f"{role.value}-{name}")
        return {line.id for line in rotation_lines(actor, everything).page.rows}

    both = {office.away.id, office.visit.id}
    assert met(Role.COMMUNITY_SECRETARY, "community") == both
    assert met(Role.COMMUNITY_SECRETARY, "foreign") == {office.visit.id}
    assert met(Role.COMMUNITY_SECRETARY, "neighbour") == set()
    assert met(Role.AUDITOR, "district") == both
