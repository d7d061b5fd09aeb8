"""The list, one file, changing it, and who may see what."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import CorrectionRequest, CorrectionState, Employee
from careerpath.employees.operations.corrections import Answer, NewCorrection, answer_correction, ask_correction
from careerpath.employees.operations.details import Details
from careerpath.employees.operations.facts import NewContract, NewEducation
from careerpath.employees.operations.people import (
    EndOfService,
    change_employee,
    end_service,
    link_account,
    register_employees,
)
from careerpath.employees.queries import PeopleFilters, find_people, own_employee, people_list, person_head
from careerpath.employees.queries.corrections import waiting_count, waiting_requests
from careerpath.employees.queries.people import SORTS
from careerpath.employees.queries.person import overview, own_head
from careerpath.employees.queries.trail import trail_of
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import Town, make_actor, make_user
from tests.factories.employees import CLERK, make_employee, make_identity, make_new, selects_of


def numbers(actor: Actor, **filters: object) -> list[str]:
    """The numbers on the first page of a list."""
    return [row.number for row in people_list(actor, PeopleFilters(**filters)).rows]  # type: ignore[arg-type]


def test_a_street_lists_its_own_people_and_nobody_else(app: Flask) -> None:
    town = Town()
    make_employee(None, town.community, number="A-1")
    make_employee(None, town.foreign, number="B-1")
    street = make_actor(Role.STREET_HR, town.street)
    assert numbers(street) == ["A-1"]
    assert numbers(make_actor(Role.COMMUNITY_SECRETARY, town.foreign)) == ["B-1"]
    assert numbers(make_actor(Role.WORKER, town.community)) == []
    assert find_people(street, "B-1") == []


def test_the_list_is_narrowed_by_every_filter(app: Flask) -> None:
    town = Town()
    make_employee(None, town.community, number="A-1", name="黎书航", post="chief", political="01")
    make_employee(
        None,
        town.neighbour,
        number="A-2",
        name="林一诺",
        educations=(NewEducation(level="21"),),
        channel="by_election",
    )
    gone = make_employee(None, town.foreign, number="A-3", name="许知远")
    end_service(CLERK, gone.id, EndOfService(left_on=date(2025, 1, 31), reason="辞职"))
    assert numbers(CLERK) == ["A-1", "A-2"]
    assert numbers(CLERK, status="left") == ["A-3"]
    assert numbers(CLERK, status="all") == ["A-1", "A-2", "A-3"]
    assert numbers(CLERK, q="书航") == numbers(CLERK, q="LSH") == numbers(CLERK, q="a-1") == ["A-1"]
    assert numbers(CLERK, q="%") == []
    assert numbers(CLERK, post="chief") == numbers(CLERK, political="01") == ["A-1"]
    assert numbers(CLERK, education="21") == numbers(CLERK, channel="by_election") == ["A-2"]
    assert numbers(CLERK, certificate="none") == ["A-1", "A-2"]
    assert numbers(CLERK, unit_id=town.street.id) == ["A-1", "A-2"]
    assert numbers(CLERK, unit="银杏") == ["A-2"]


def test_who_has_left_is_listed_with_the_last_post(app: Flask) -> None:
    town = Town()
    gone = make_employee(None, town.community, title="网格员")
    end_service(CLERK, gone.id, EndOfService(left_on=date(2025, 1, 31), reason="辞职"))
    (row,) = people_list(CLERK, PeopleFilters(status="left")).rows
    assert (row.title, row.unit, row.street, row.serving) == ("网格员", "书苑社区", "费城街道", False)


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_every_order_can_be_paged_forward_and_back(app: Flask, sort: str) -> None:
    town = Town()
    register_employees(
        CLERK,
        [
            make_new(
                town.community,
                identity=make_identity(date(1980 + place % 3, 5, 1), serial=place),
                joined_community_on=date(2015 + place % 2, 1, 1),
            )
            for place in range(7)
        ],
    )
    every = [row.number for row in people_list(CLERK, PeopleFilters(), sort).rows]
    seen: list[str] = []
    after = None
    while True:
        page = people_list(CLERK, PeopleFilters(), sort, after=after, size=3)
        seen += [row.number for row in page.rows]
        if page.after is None:
            break
        after = page.after
    assert seen == every
    assert sorted(every) == [f"FX-{place:04d}" for place in range(1, 8)]
    back = people_list(CLERK, PeopleFilters(), sort, before=page.before, size=3)
    assert [row.number for row in back.rows] == every[3:6]


def test_a_list_and_a_file_cost_the_same_with_5_and_with_500_people(app: Flask) -> None:
    town = Town()
    street = make_actor(Role.STREET_HR, town.street)
    filters = PeopleFilters(unit_id=town.street.id, post="staff", q="林")

    def costs() -> tuple[int, int]:
        first = db.session.scalars(select(Employee.id)).first()
        assert first is not None
        db.session.expire_all()
        listed = selects_of(lambda: people_list(street, filters))
        shown = selects_of(lambda: overview(person_head(street, first)))
        return len(listed), len(shown)

    register_employees(street, [make_new(town.community) for _ in range(5)])
    few = costs()
    register_employees(street, [make_new(town.neighbour) for _ in range(495)])
    assert costs() == few
    assert few[0] <= 4
    assert few[1] <= 5


def test_two_who_change_one_file_are_told_with_both_versions(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, name="黎书航", native_place="山东费县")
    seen = person.version
    change_employee(
        CLERK, person.id, Details(name="黎书航", joined_community_on=date(2018, 7, 1), native_place="山东沂水"), seen
    )
    late = Details(name="黎书航", joined_community_on=date(2018, 7, 1), native_place="山东平邑")
    with pytest.raises(Conflict) as conflict:
        change_employee(CLERK, person.id, late, seen)
    assert conflict.value.typed == {"native_place": "山东平邑"}
    assert conflict.value.current == {"native_place": "山东沂水"}
    assert person.native_place == "山东沂水"


def test_a_change_keeps_what_is_not_given_and_reads_what_is(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, phone="13912345678", address="和平路 88 号")
    masked, address = person.identity_masked, person.address_sealed
    given = Details(name="黎书航", joined_community_on=date(2018, 7, 1), phone="13800001111")
    change_employee(CLERK, person.id, given, person.version)
    assert (person.identity_masked, person.address_sealed) == (masked, address)
    assert (person.phone_masked, person.initials) == ("138****1111", "lsh")
    later = Details(name="黎书航", joined_community_on=date(2019, 1, 1))
    with pytest.raises(Refused, match="任职开始日期 2018-07-01 早于进社区工作日期 2019-01-01"):
        change_employee(CLERK, person.id, later, person.version)


def test_a_corrected_identity_number_must_not_belong_to_another_file(app: Flask) -> None:
    town = Town()
    taken = make_identity(serial=30)
    make_employee(None, town.foreign, identity=taken)
    person = make_employee(None, town.community)
    street = make_actor(Role.STREET_HR, town.street)
    given = Details(name="黎书航", joined_community_on=date(2018, 7, 1), identity=taken)
    with pytest.raises(Refused, match="已在其他单位登记"):
        change_employee(street, person.id, given, person.version)


def test_a_file_of_another_street_is_not_there(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.foreign)
    street = make_actor(Role.STREET_HR, town.street)
    with pytest.raises(NotFound):
        person_head(street, person.id)
    with pytest.raises(NotFound):
        change_employee(street, person.id, Details(name="甲", joined_community_on=date(2018, 7, 1)), 1)
    with pytest.raises(NotFound):
        end_service(street, person.id, EndOfService(left_on=date(2025, 1, 1), reason="辞职"))


def test_telephone_and_address_in_full_are_for_the_office_and_the_person(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, phone="13912345678", address="和平路 88 号")
    worker = make_actor(Role.WORKER, town.community)
    link_account(CLERK, person.id, worker.user_id)

    def seen(actor: Actor) -> tuple[str, str]:
        page = overview(person_head(actor, person.id))
        return page.phone, page.address

    assert seen(make_actor(Role.STREET_HR, town.street)) == ("13912345678", "和平路 88 号")
    assert seen(make_actor(Role.AUDITOR, town.district)) == ("139****5678", "")
    assert seen(make_actor(Role.COMMUNITY_SECRETARY, town.community)) == ("139****5678", "")
    own = overview(own_head(worker))
    assert (own.phone, own.address) == ("13912345678", "和平路 88 号")


def test_probation_beyond_the_law_is_a_warning(app: Flask) -> None:
    town = Town()
    contract = NewContract(starts_on=date(2024, 1, 1), ends_on=date(2026, 12, 30), probation_ends_on=date(2024, 3, 1))
    person = make_employee(None, town.community, contracts=(contract,))
    (warning,) = overview(person_head(CLERK, person.id)).warnings
    assert "超过《中华人民共和国劳动合同法》第十九条规定的 2 个月" in str(warning)


def test_an_account_belongs_to_one_file_only(app: Flask) -> None:
    town = Town()
    user = make_user("worker", Role.WORKER, town.community)
    one, other = make_employee(None, town.community), make_employee(None, town.community)
    link_account(CLERK, one.id, user.id)
    with pytest.raises(Refused, match="已经与另一份档案关联"):
        link_account(CLERK, other.id, user.id)
    worker = Actor(user.id, "worker", "worker", (Grant(Role.WORKER, town.community.path),))
    assert own_employee(worker) == one
    assert own_employee(Actor.nobody()) is None


def test_the_person_asks_for_a_correction_and_the_street_answers(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    worker = make_actor(Role.WORKER, town.community)
    street, other = make_actor(Role.STREET_HR, town.street), make_actor(Role.STREET_HR, town.other_street)
    with pytest.raises(NotFound):
        ask_correction(worker, NewCorrection("学历学位", "应为本科"))
    link_account(CLERK, person.id, worker.user_id)
    with pytest.raises(Refused, match="不要在这里填写身份证号码"):
        ask_correction(worker, NewCorrection("基本信息", f"号码应为 {make_identity(serial=40)}"))
    request_id = ask_correction(worker, NewCorrection("学历学位", "应为本科"))
    assert [one.text for one in waiting_requests(street)] == ["应为本科"]
    assert (waiting_count(street), waiting_count(other)) == (1, 0)
    with pytest.raises(NotFound):
        answer_correction(other, request_id, Answer(True, ""))
    with pytest.raises(Refused, match="请写明理由"):
        answer_correction(street, request_id, Answer(False, " "))
    answer_correction(street, request_id, Answer(False, "请补交学位证"))
    assert db.session.get_one(CorrectionRequest, request_id).state is CorrectionState.DECLINED
    with pytest.raises(Refused, match="已由"):
        answer_correction(street, request_id, Answer(True, ""))


def test_the_trail_of_a_file_tells_old_and_new_and_hides_what_is_sealed(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, native_place="山东费县")
    make_employee(None, town.community, native_place="河北")
    street = make_actor(Role.STREET_HR, town.street)
    given = Details(
        name=person.name, joined_community_on=date(2018, 7, 1), native_place="山东沂水", phone="13912345678"
    )
    change_employee(street, person.id, given, person.version)
    latest, *earlier = trail_of(person_head(street, person.id))
    assert (latest.operation, latest.user_name, latest.kind) == ("change_employee", street.name, "changed")
    changes = {one.column: (one.old, one.new) for one in latest.differences}
    assert changes["native_place"] == ("山东费县", "山东沂水")
    assert changes["phone_sealed"] == ("•••", "•••")
    assert {entry.table for entry in earlier} == {"employee", "posting"}
    assert "河北" not in str(earlier)
