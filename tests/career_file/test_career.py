"""The career file: one timeline of a person, where they stand, what is open; for each reader, as of any day."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.career_file.queries.career import Theme
from careerpath.career_file.queries.lines import LineKind
from careerpath.core import clock
from careerpath.employees.operations.corrections import NewCorrection, ask_correction
from careerpath.employees.operations.facts import FactKind, NewCertificate, NewPosting
from careerpath.employees.operations.history import add_fact, change_post, withdraw_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.talent_pool.queries.ladder import ladder_of
from careerpath.training.queries.needs import person_needs
from tests.career_file.careers import Careers, titles, told
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, selects_of
from tests.factories.mentoring import make_mentor, make_pairing
from tests.factories.rotations import make_host, make_rotation
from tests.factories.talent_pool import make_task

TODAY = date(2025, 12, 5)


@pytest.fixture
def place(app: Flask) -> Careers:
    return Careers()


def kinds(place: Careers, reader: str) -> set[LineKind]:
    return {line.kind for line in place.career(getattr(place, reader)).lines}


def test_every_room_and_the_file_itself_bring_their_lines_newest_first(place: Careers) -> None:
    page = place.career()
    assert {line.kind for line in page.lines} == set(LineKind) - {LineKind.SKILL}
    days = [line.on for line in page.lines]
    assert days == sorted(days, reverse=True)
    assert days[0] <= TODAY
    lines = told(page)
    assert ("2018-07-01", "进入社区工作", "") in lines
    assert ("2018-07-01", "任书苑社区 社区工作者", "现任") in lines
    assert ("2016-05-04", "加入中国共产党", "") in lines
    assert ("2023-03-01", "诫勉", "处分期满") in lines
    assert ("2022-07-01", "签订劳动合同", "履行中") in lines
    assert ("2012-06-30", "山东财经大学 专科毕业", "") in lines or any("山东财经大学" in one[1] for one in lines)
    assert any(one[1] == "2024年度考核" for one in lines)


def test_the_timeline_is_grouped_by_year_and_narrowed_to_a_theme(place: Careers) -> None:
    page = place.career()
    years = [year for year, _ in page.years()]
    assert years == sorted(years, reverse=True)
    assert sum(len(lines) for _, lines in page.years()) == len(page.lines)
    honours = [line.kind for _, lines in page.years(Theme.HONOURS) for line in lines]
    assert set(honours) == {LineKind.HONOUR, LineKind.DISCIPLINE}
    assert page.counts[Theme.HONOURS] == len(honours)
    assert sum(page.counts.values()) == len(page.lines)


def test_a_promotion_and_the_post_it_came_to_are_told_once_with_the_record_behind_it(place: Careers) -> None:
    assert [one for one in place.career().lines if one.endpoint == "talent_pool.promotion"]
    new = NewPosting(unit_id=place.town.community.id, post="chief", title="社区党组织书记", starts_on=date(2025, 12, 3))
    change_post(CLERK, place.person.id, new)
    (line,) = [one for one in place.career().lines if one.on == date(2025, 12, 3)]
    assert (line.kind, line.endpoint) == (LineKind.POOL, "talent_pool.promotion")
    assert str(line.title) == "任书苑社区 社区党组织书记"


def test_an_earlier_day_knows_nothing_of_what_came_later(place: Careers) -> None:
    page = place.career(on=date(2023, 6, 30))
    assert all(line.on <= date(2023, 6, 30) for line in page.lines)
    assert ("2023-03-01", "诫勉", "处分期内") in told(page)
    assert page.stand.grade is None
    assert page.waiting == ()


def test_what_was_entered_later_belongs_to_the_day_but_was_not_known_on_it(place: Careers) -> None:
    add_fact(CLERK, place.person.id, NewCertificate(grade="junior", obtained_on=date(2020, 9, 1)))
    day = date(2021, 1, 1)
    assert "取得助理社会工作师" in titles(place.career(on=day))
    assert place.career(on=day).stand.certificate is not None
    then = place.career(on=day, known_on=day)
    assert "取得助理社会工作师" not in titles(then)
    assert then.stand.certificate is None


def test_a_later_correction_does_not_change_what_was_known_before_it(place: Careers) -> None:
    given = NewCertificate(grade="junior", obtained_on=date(2025, 6, 1))
    number = add_fact(CLERK, place.person.id, given)
    with clock.Stopped(datetime(2026, 3, 2, 4, tzinfo=UTC)):
        withdraw_fact(CLERK, place.person.id, number, FactKind.CERTIFICATE)
        assert "取得助理社会工作师" not in titles(place.career(on=TODAY))
        assert "取得助理社会工作师" in titles(place.career(on=TODAY, known_on=TODAY))


def test_a_level_that_was_approved_later_was_not_known_then(place: Careers) -> None:
    held = place.career().stand.level
    assert held is not None
    day = held.starts_on
    assert day < TODAY
    assert place.career(on=day).stand.level is not None
    assert place.career(on=day, known_on=day).stand.level is None
    assert LineKind.PAY not in {line.kind for line in place.career(on=day, known_on=day).lines}


def test_ladder_and_training_are_those_of_their_own_pages(place: Careers) -> None:
    page, ladder = place.career(), ladder_of(place.district, place.person.id)
    own = page.stand.ladder
    assert own is not None
    assert (own.steps, own.since, own.next, own.gate) == (ladder.steps, ladder.since, ladder.next, ladder.first)
    needs = person_needs(place.person.id, TODAY.year, TODAY)
    assert page.stand.training is not None
    assert (page.stand.training.needs, page.stand.training.hours) == (needs.needs, needs.hours)


def test_each_reader_reads_only_what_other_pages_show_them(place: Careers) -> None:
    everything = set(LineKind) - {LineKind.SKILL}
    assert kinds(place, "district") == kinds(place, "street") == kinds(place, "auditor") == everything
    assert kinds(place, "secretary") == everything - {LineKind.POOL, LineKind.PAY}
    page = place.career(place.secretary)
    assert page.stand.ladder is None
    assert (page.stand.sees_pay, page.stand.level, page.stand.page) == (False, None, None)
    assert {line.kind for line in place.own().lines} == everything


def test_a_grade_given_elsewhere_is_left_to_those_who_may_see_it_there(place: Careers) -> None:
    new = NewPosting(unit_id=place.town.foreign.id, post="staff", starts_on=date(2025, 12, 1))
    change_post(CLERK, place.person.id, new)
    other = make_actor(Role.STREET_HR, place.town.other_street, "elsewhere")
    page = place.career(other)
    assert LineKind.APPRAISAL not in {line.kind for line in page.lines}
    assert page.stand.grade is None
    assert not page.linked
    assert LineKind.APPRAISAL in {line.kind for line in place.career().lines}


def test_a_result_is_told_only_once_it_is_decided(place: Careers) -> None:
    grade = place.career().grades[0]
    assert grade.decided_on is not None
    earlier = date.fromordinal(grade.decided_on.toordinal() - 1)
    assert [row.grade for row in place.career(on=earlier).grades] == [""]


def test_what_is_open_leads_to_where_it_is_seen_to(place: Careers) -> None:
    make_task(place.entry, text="牵头一次居民议事", due_on=date(2025, 11, 30))
    ask_correction(place.worker, NewCorrection("联系方式", "电话号码已经更换。"))
    office = {str(one.title): one for one in place.career().waiting}
    assert office["培养任务：牵头一次居民议事"].late
    assert office["培养任务：牵头一次居民议事"].endpoint == "talent_pool.entry"
    assert office["更正申请：联系方式"].endpoint == "corrections.answer"
    assert office["缺照片"].endpoint == "employees.person_tab"
    own = {str(one.title): one for one in place.own().waiting}
    assert own["培养任务：牵头一次居民议事"].endpoint == "talent_pool.own_ladder"
    assert own["更正申请：联系方式"].endpoint == "own_file.tab"
    secretary = {str(one.title) for one in place.career(place.secretary).waiting}
    assert not secretary & {"培养任务：牵头一次居民议事", "更正申请：联系方式"}


def test_a_return_that_is_overdue_and_an_evaluation_that_is_due_wait(place: Careers) -> None:
    over = {"starts_on": date(2024, 11, 1), "ends_on": date(2025, 11, 30)}
    away = make_rotation(place.person, make_host(place.town.street), **over)
    pairing = make_pairing(make_mentor(place.town.district), place.person, place.town.community, **over)
    office = {(one.endpoint, str(one.detail)): one for one in place.career().waiting}
    late, due = office["rotations.rotation", "逾期未归"], office["mentoring.pairing", "待评价"]
    assert (late.late, late.values) == (True, {"rotation_id": away.id})
    assert (due.late, due.values) == (False, {"pairing_id": pairing.id})
    own = {(one.endpoint, str(one.detail)) for one in place.own().waiting}
    assert {("rotations.own_rotation", "逾期未归"), ("mentoring.own_mentoring", "待评价")} <= own


def test_days_that_are_coming_stand_in_their_order(place: Careers) -> None:
    coming = place.career().coming
    assert [one.on for one in coming] == sorted(one.on for one in coming)
    assert ("2025-12-31", "劳动合同到期") in {(one.on.isoformat(), str(one.title)) for one in coming}


def test_nothing_waits_for_who_has_left_and_nobody_is_led_further(place: Careers) -> None:
    end_service(CLERK, place.person.id, EndOfService(left_on=date(2025, 12, 4), reason="辞职"))
    page = place.career()
    assert ("2025-12-04", "离职", "") in told(page)
    assert (page.waiting, page.coming, page.stand.serving) == ((), (), False)
    assert page.stand.ladder is not None
    assert page.stand.ladder.next is None


def test_the_tab_is_the_first_of_the_further_ones_and_offers_the_day(app: Flask, place: Careers) -> None:
    client = signed_in(app, place.district)
    address = f"/employees/{place.person.id}/career"
    file = client.get(f"/employees/{place.person.id}").get_data(as_text=True)
    assert file.index(address) < file.index(f"/employees/{place.person.id}/growth")
    page = client.get(address).get_data(as_text=True)
    for words in ("成长台阶", "薪酬等级", "下一步：", "本年培训", "2024年度考核", "打印成长档案"):
        assert words in page
    earlier = client.get(f"{address}?on=2023-06-30&known=then").get_data(as_text=True)
    assert "截至 2023-06-30（当时所知）" in earlier
    assert "回到今天" in earlier
    assert "theme=honours" in client.get(f"{address}?on=2024-12-31").get_data(as_text=True)
    honours = client.get(f"{address}?theme=honours").get_data(as_text=True)
    assert "诫勉" in honours
    assert "进入社区工作" not in honours


def test_nonsense_in_the_address_shows_today(app: Flask, place: Careers) -> None:
    client = signed_in(app, place.district)
    address = f"/employees/{place.person.id}/career"
    for query in ("on=2031-01-01", "on=%E6%98%8E%E5%A4%A9", "theme=secrets", "known=then"):
        page = client.get(f"{address}?{query}")
        assert page.status_code == 200
        assert "回到今天" not in page.get_data(as_text=True)


def test_strangers_do_not_find_a_career_and_workers_only_their_own(app: Flask, place: Careers) -> None:
    address = f"/employees/{place.person.id}/career"
    stranger = signed_in(app, place.pay.stranger)
    assert (stranger.get(address).status_code, stranger.get(f"{address}.pdf").status_code) == (404, 404)
    worker = signed_in(app, place.worker)
    assert (worker.get(address).status_code, worker.get(f"{address}.pdf").status_code) == (403, 403)
    assert signed_in(app, place.pay.finance).get(address).status_code == 403


def test_the_file_costs_the_same_however_much_somebody_went_through(app: Flask, place: Careers) -> None:
    client = signed_in(app, place.district)
    address = f"/employees/{place.person.id}/career"
    few = len(selects_of(lambda: client.get(address)))
    place.add(place.person, 2024)
    assert len(selects_of(lambda: client.get(address))) == few
    # Two for the sign-in and one for the bell beside 25 of its own.
    assert few <= 28
