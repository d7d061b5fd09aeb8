"""Whose turn it is, reports that are due, wishes, hosts: what lists and pages rest on."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from careerpath.core.db import db
from careerpath.policy.rotation import Stay, turn_of
from careerpath.rotations.models import Host, HostKind, RotationState
from careerpath.rotations.operations.hosts import HostGiven, change_host, host_of_unit, keep_host, retire_host
from careerpath.rotations.operations.reports import write_report
from careerpath.rotations.operations.wishes import WishGiven, restore_wish, wish_rotation, withdraw_wish
from careerpath.rotations.queries.due import rotations_due
from careerpath.rotations.queries.person import person_lines
from careerpath.rotations.queries.reporting import reports_asked
from careerpath.rotations.queries.standing import Standing
from careerpath.rotations.queries.turns import TurnFilters, turn_page
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.employees import selects_of
from tests.factories.rotations import RULES, make_host, make_rotation, make_wish
from tests.factories.skills import make_line
from tests.rotations.lending import ENDS, PROPOSED, STARTS, Lending, day

STAY = Stay("secondment", date(2025, 9, 1), date(2026, 2, 28))


def test_the_list_of_turns_says_what_the_rule_says_of_each(app: Flask) -> None:
    office = Lending()

    @settings(max_examples=8, deadline=None)
    @given(
        st.dates(date(2015, 1, 1), date(2025, 12, 31)),
        st.lists(st.dates(date(2016, 1, 1), date(2025, 6, 30)), max_size=2),
        st.dates(date(2019, 1, 1), date(2026, 1, 1)),
    )
    def compare(joined_on: date, begins: list[date], on: date) -> None:
        person = office.person(joined_community_on=joined_on)
        stays = []
        for first in begins:
            last = first + timedelta(days=100)
            make_rotation(person, office.host, RotationState.RETURNED, starts_on=first, ends_on=last, returned_on=last)
            stays.append(Stay("secondment", first, last, last))
        wanted = turn_of(RULES, joined_on, stays, on)
        assert wanted is not None
        page = turn_page(office.street, TurnFilters(on=on, q=person.number), size=500).page
        listed = [line for line in page.rows if line.employee_id == person.id]
        assert bool(listed) is (wanted.is_due and joined_on <= on)
        if listed:
            assert (listed[0].last, listed[0].due.since) == (wanted.last, wanted.since)

    compare()


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        ([], [None, None]),
        ([date(2025, 11, 30)], [date(2025, 11, 30), None]),
        ([date(2025, 10, 1), date(2025, 11, 1)], [date(2025, 10, 1), None]),
        ([date(2025, 12, 10)], [date(2025, 12, 10), None]),
        ([date(2025, 12, 10), date(2026, 2, 28)], [date(2025, 12, 10), date(2026, 2, 28)]),
    ],
)
def test_a_report_answers_one_day_and_two_of_one_time_do_not_make_up_for_the_next(
    came: list[date], expected: list[date | None]
) -> None:
    found = reports_asked(RULES, STAY, came)
    assert [one.due_on for one in found] == [date(2025, 11, 30), date(2026, 2, 28)]
    assert [one.came_on for one in found] == expected


def test_reports_are_of_days_away_and_one_for_a_day(app: Flask) -> None:
    office = Lending()
    rotation = office.approved()
    with day(date(2025, 12, 1)):
        write_report(office.street, rotation.id, date(2025, 11, 30), "参与走访。")
        for on, said in ((date(2025, 11, 30), "已有一份报告"), (date(2025, 8, 31), "报告日期应在"), (ENDS, "晚于今天")):
            with pytest.raises(Refused, match=said):
                write_report(office.street, rotation.id, on, "参与走访。")


def test_the_start_page_counts_what_waits_in_one_statement_beside_the_rules(app: Flask) -> None:
    office = Lending()
    office.proposed()
    office.approved()
    back = date(2025, 11, 1)
    make_rotation(office.person(), office.host, RotationState.RETURNED, returned_on=back)
    make_wish(office.person())
    with day(date(2025, 12, 5)):
        district = rotations_due(office.district)
        street = rotations_due(office.street)
        assert len(selects_of(lambda: rotations_due(office.street))) == 2
    assert (district.to_approve, district.to_evaluate, district.overdue, district.wishes) == (1, 1, 0, 1)
    assert (street.to_approve, street.to_evaluate, street.unreported, street.wishes) == (0, 0, 1, 1)
    with day(ENDS - timedelta(days=5)):
        assert rotations_due(office.street).soon == 1
    with day(ENDS + timedelta(days=1)):
        assert rotations_due(office.street).overdue == 1


def test_a_persons_rotations_are_told_as_of_a_day(app: Flask) -> None:
    office = Lending()
    rotation = office.returned()
    assert rotation.employee_id is not None
    [line] = person_lines(rotation.employee_id, date(2025, 12, 1))
    assert (line.kind, line.standing, line.returned_on) == ("挂职锻炼", Standing.AWAY, None)
    [line] = person_lines(rotation.employee_id, ENDS)
    assert (line.standing, line.returned_on) == (Standing.TO_EVALUATE, ENDS)
    office.proposed(office.person())
    assert len(person_lines(rotation.employee_id, ENDS)) == 1


def test_a_wish_stays_open_until_it_is_withdrawn_and_three_are_enough(app: Flask) -> None:
    office = Lending()
    person = office.person()
    wishes = [wish_rotation(office.street, person.id, WishGiven(kind=kind)) for kind in ("secondment", "shadowing", "")]
    with pytest.raises(Refused, match="同样的意愿"):
        wish_rotation(office.street, person.id, WishGiven(kind="shadowing"))
    with pytest.raises(Refused, match="最多登记 3 条"):
        wish_rotation(office.street, person.id, WishGiven(kind="rotation"))
    withdraw_wish(office.street, wishes[0])
    with pytest.raises(Refused, match="已于"):
        withdraw_wish(office.street, wishes[0])
    restore_wish(office.street, wishes[0])
    with pytest.raises(Refused, match="无需恢复"):
        restore_wish(office.street, wishes[0])


def test_a_wish_that_a_rotation_answered_is_not_opened_again(app: Flask) -> None:
    office = Lending()
    person = office.person()
    wish = make_wish(person)
    office.proposed(person, wish_id=wish.id)
    with pytest.raises(Refused, match="已经安排"):
        restore_wish(office.street, wish.id)


def test_lines_of_hosts_and_wishes_are_those_of_the_district(app: Flask) -> None:
    office = Lending()
    make_line(office.town.district, "mediation", "矛盾调解")
    person = office.person()
    wish_rotation(office.street, person.id, WishGiven(lines=("mediation",)))
    with pytest.raises(Refused, match="没有“cooking”这项业务"):
        wish_rotation(office.street, person.id, WishGiven(lines=("cooking",)))
    with pytest.raises(Refused, match="没有“cooking”这项业务"):
        keep_host(
            office.street,
            office.town.street.id,
            HostGiven(kind=HostKind.DEPARTMENT, name="司法所", lines=("cooking",)),
        )


def test_hosts_bear_one_name_once_and_units_come_onto_the_list_by_themselves(app: Flask) -> None:
    office = Lending()
    street = office.town.street.id
    keep_host(office.street, street, HostGiven(kind=HostKind.DEPARTMENT, name="综治中心", kinds=("shadowing",)))
    for changes, said in (
        ({}, "已经登记"),
        ({"name": "司法所", "kind": HostKind.UNIT}, "无需另行登记"),
        ({"name": "司法所", "kinds": ("holiday",)}, "没有“holiday”这种锻炼方式"),
        ({"name": "司法所", "places": -1}, "可接收人数"),
    ):
        values = {"kind": HostKind.DEPARTMENT, "name": "综治中心"} | changes
        with pytest.raises(Refused, match=said):
            keep_host(office.street, street, HostGiven(**values))
    with pytest.raises(Refused, match="由区级或街道登记"):
        keep_host(office.street, office.town.community.id, HostGiven(kind=HostKind.DEPARTMENT, name="服务站"))
    host_id = host_of_unit(office.street, office.town.foreign.id)
    assert host_of_unit(office.district, office.town.foreign.id) == host_id
    host = db.session.get_one(Host, host_id)
    assert (host.kind, host.unit_id, host.name) == (HostKind.UNIT, office.town.other_street.id, "文昌社区")
    with pytest.raises(NotFound):
        retire_host(office.street, host_id)


def test_a_host_is_not_overwritten_by_who_saw_an_older_one(app: Flask) -> None:
    office = Lending()
    host = make_host(office.town.street)
    seen = host.version
    change_host(office.street, host.id, HostGiven(kind=HostKind.DEPARTMENT, name="综治中心"), seen)
    with pytest.raises(Conflict) as conflict:
        change_host(office.street, host.id, HostGiven(kind=HostKind.OTHER, name="司法所"), seen)
    assert conflict.value.current["name"] == "综治中心"


def test_who_is_long_back_is_not_asked_for_reports(app: Flask) -> None:
    office = Lending()
    with day(PROPOSED):
        make_rotation(office.person(), office.host, RotationState.RETURNED, starts_on=STARTS, ends_on=ENDS,
                      returned_on=date(2025, 10, 1))  # fmt: skip
    with day(date(2025, 12, 5)):
        assert rotations_due(office.street).unreported == 0
