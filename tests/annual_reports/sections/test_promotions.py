"""The report's section on promotions: who rose, which recruits lead, whom institutions hired, who stands where."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.models import Unit
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.promotions import SECTION
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewPosting
from careerpath.talent_pool.models import ChannelResult, ChannelState, PromotionState
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town
from tests.factories.employees import make_employee
from tests.factories.recruitment import make_appointment, make_batch, make_position
from tests.factories.talent_pool import make_channel, make_channel_candidate, make_entry, make_promotion

ON = date(2025, 12, 5)
JOINED = date(2021, 7, 1)


class Risen:
    """A district with promotions of this year and the last, and one that is under way."""

    def __init__(self) -> None:
        self.town = Town()
        self.concluded(self.town.community, date(2025, 3, 1))
        self.concluded(self.town.foreign, date(2024, 3, 1), rung="compound_secretary")
        self.concluded(self.town.community, date(2025, 4, 1), rung="committee", elected=True, held_on=date(2025, 3, 20))
        make_promotion(make_employee(None, self.town.community), self.town.community, PromotionState.NOTICE)

    def concluded(self, unit: Unit, starts_on: date, **changes: object) -> Employee:
        person = make_employee(None, unit)
        make_promotion(person, unit, PromotionState.CONCLUDED, starts_on=starts_on, **changes)
        return person

    def recruit(self, *posts: NewPosting, batch: str = "第二批（2021年）") -> Employee:
        """Somebody of a batch who later took other posts; the first is the one they came for."""
        first = NewPosting(unit_id=self.town.community.id, post="staff", starts_on=JOINED)
        return make_employee(
            None, self.town.community, joined_community_on=JOINED, batch=batch, postings=posts or (first,)
        )

    def post(self, starts_on: date, post: str = "staff", ends_on: date | None = None, **changes: object) -> NewPosting:
        unit = self.town.community.id
        return NewPosting(unit_id=unit, post=post, starts_on=starts_on, ends_on=ends_on, **changes)  # type: ignore[arg-type]

    def section(self, unit: Unit | None = None, year: int = 2025, on: date = ON) -> Section:
        return SECTION.build(report_scope(unit or self.town.district, year, on))


@pytest.fixture
def risen(app: Flask) -> Risen:
    return Risen()


def test_only_what_ended_in_a_posting_is_a_promotion(risen: Risen) -> None:
    section = risen.section()
    numbers = told(section)
    assert numbers["promoted"] == (2, 1, 3)
    assert numbers["promoted_way_appointed"] == (1, 1, 2)
    assert numbers["promoted_way_elected"] == (1, 0, 1)
    assert numbers["promotion_proposed"] == (4, 0, 4)
    assert line(table(section, "promoted_rungs"), "社区党组织书记") == (1, 0, 1)
    assert line(table(section, "promoted_rungs"), "小区党支部书记") == (0, 1, 1)


def test_a_posting_that_begins_after_the_reports_day_does_not_count_yet(risen: Risen) -> None:
    assert told(risen.section(on=date(2025, 2, 28)))["promoted"] == (0, 1, 1)


def test_those_who_came_from_the_pool_are_told_apart(risen: Risen) -> None:
    person = make_employee(None, risen.town.community)
    entry = make_entry(person, risen.town.community)
    made = {"entry_id": entry.id, "starts_on": date(2025, 5, 1)}
    make_promotion(person, risen.town.community, PromotionState.CONCLUDED, **made)
    assert told(risen.section())["promoted_from_pool"] == (1, 0, 1)


def test_recruits_who_rose_to_lead_are_counted_once(risen: Risen) -> None:
    risen.recruit(
        risen.post(JOINED, ends_on=date(2024, 5, 31)),
        risen.post(date(2024, 6, 1), "deputy", ends_on=date(2025, 5, 31)),
        risen.post(date(2025, 6, 1), "chief"),
    )
    assert told(risen.section())["recruits_leading"] == (1, 1, 1)


def test_who_was_recruited_as_a_head_has_not_risen(risen: Risen) -> None:
    risen.recruit(risen.post(JOINED, "chief"))
    assert told(risen.section())["recruits_leading"] == (0, 0, 0)


def test_who_came_by_no_batch_is_no_recruit_and_an_appointment_is_a_batch(risen: Risen) -> None:
    rising = (risen.post(JOINED, ends_on=date(2025, 5, 31)), risen.post(date(2025, 6, 1), "chief"))
    person = risen.recruit(*rising, batch="")
    assert told(risen.section())["recruits_leading"] == (0, 0, 0)
    batch = make_batch(risen.town.district, announced_on=date(2021, 3, 1))
    make_appointment(make_position(batch, risen.town.community), person)
    assert told(risen.section())["recruits_leading"] == (1, 0, 1)


def test_compound_secretaries_are_known_by_title_or_party_role(risen: Risen) -> None:
    risen.recruit(risen.post(JOINED), risen.post(date(2025, 6, 1), title="幸福里小区党支部书记", main=False))
    risen.recruit(
        risen.post(JOINED), risen.post(date(2024, 6, 1), title="网格员", party_role="小区党支部书记", main=False)
    )
    section = risen.section()
    assert told(section)["recruits_compound"] == (1, 1, 2)
    assert told(section)["recruits_leading"] == (0, 0, 0)


def test_those_hired_by_institutions_are_told_by_the_day_of_hiring(risen: Risen) -> None:
    channel = make_channel(risen.town.district, ChannelState.CONCLUDED, concluded_on=date(2025, 11, 20))
    for result, day in ((ChannelResult.HIRED, date(2025, 11, 15)), (ChannelResult.NOT_HIRED, None)):
        person = make_employee(None, risen.town.community)
        make_channel_candidate(
            channel, person, risen.town.community, result=result, hired_on=day, hired_by="综合服务中心"
        )
    assert told(risen.section())["institution_hired"] == (1, 0, 1)


def test_everybody_stands_on_the_highest_rung_of_their_posts(risen: Risen) -> None:
    risen.recruit(risen.post(JOINED), risen.post(date(2025, 6, 1), title="幸福里小区党支部书记", main=False))
    risen.recruit(risen.post(JOINED, "chief"))
    ladder = table(risen.section(), "ladder")
    assert line(ladder, "社区工作者") == (4, 5)
    assert line(ladder, "小区党支部书记") == (1, 0)
    assert line(ladder, "社区党组织书记") == (1, 1)
    assert line(ladder, "合计") == (6, 6)


def test_every_number_is_the_length_of_its_list(risen: Risen) -> None:
    risen.recruit(risen.post(JOINED), risen.post(date(2025, 6, 1), title="幸福里小区党支部书记", main=False))
    risen.recruit(risen.post(JOINED, ends_on=date(2025, 5, 31)), risen.post(date(2025, 6, 1), "chief"))
    for unit in (risen.town.city, risen.town.district, risen.town.street):
        scope = report_scope(unit, 2025, ON)
        assert differences(SECTION, scope, SECTION.build(scope)) == []


def test_one_more_promotion_changes_figure_list_and_words(risen: Risen) -> None:
    before = risen.section()
    person = risen.concluded(risen.town.neighbour, date(2025, 11, 1))
    after = risen.section()
    assert (told(before)["promoted"], told(after)["promoted"]) == ((2, 1, 3), (3, 1, 4))
    assert person.name in [row[0] for row in after.annexes[0].rows]


def test_a_year_without_promotions_and_a_place_without_a_ladder_are_ordinary(risen: Risen) -> None:
    section = risen.section(year=2015, on=date(2015, 12, 31))
    assert section.text == "本年未办结晋升任用。"
    assert told(section)["on_ladder"] == (0, 0, None)
    assert table(section, "ladder").rows == ()


def test_a_street_tells_of_its_own_people_alone(risen: Risen) -> None:
    numbers = told(risen.section(risen.town.other_street))
    assert numbers["promoted"] == (0, 1, 1)
    assert numbers["on_ladder"] == (1, 1, None)
