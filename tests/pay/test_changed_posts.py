"""Somebody takes another post: the level is to be proposed anew, and nobody forgets it."""

from datetime import date, timedelta

from flask import Flask

from careerpath.core import clock
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.history import change_post
from careerpath.pay.operations.rounds import drop_round
from careerpath.pay.queries.changed_posts import changed_post_count, changed_posts
from careerpath.policy.codes import Post
from careerpath.policy.pay import Cause
from careerpath.talent_pool.models import Promotion, PromotionState
from careerpath.talent_pool.operations.appointments import appoint_promotion
from tests.factories.access import signed_in
from tests.factories.employees import CLERK, selects_of
from tests.factories.pay import PayTown, adopt_scheme
from tests.factories.talent_pool import make_promotion

PLACED = date(2025, 11, 1)
TODAY = date(2025, 12, 5)


def promoted(town: PayTown) -> Promotion:
    """A member of staff whose notice has run out becomes the secretary of another community of the street."""
    promotion = make_promotion(
        town.staff,
        town.town.community,
        state=PromotionState.NOTICE,
        notice_starts_on=date(2025, 11, 20),
        notice_ends_on=date(2025, 11, 27),
        approved_on=date(2025, 11, 19),
    )
    appoint_promotion(town.hr, promotion.id, date(2025, 12, 1))
    return promotion


def test_after_an_appointment_the_street_is_told_and_its_round_proposes_the_change(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(PLACED)
    assert changed_post_count(town.clerk) == 0
    promoted(town)
    (line,) = changed_posts(town.clerk).rows
    assert (line.employee_id, line.post, line.placed_post) == (town.staff.id, Post.CHIEF, Post.STAFF)
    assert (line.since, line.placed_on) == (date(2025, 12, 1), date(2025, 1, 1))
    assert "1 人主要职务已变动" in signed_in(app, town.clerk).get("/").text
    assert "1 人主要职务已变动" not in signed_in(app, town.hr).get("/").text
    round_id = town.generate()
    (proposal,) = town.proposals(round_id, town.staff)
    assert (proposal.cause, proposal.starts_on, proposal.post) == (Cause.POST_CHANGE, date(2025, 12, 1), "chief")
    assert changed_post_count(town.clerk) == 0


def test_a_round_that_is_taken_back_has_looked_at_nobody(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(PLACED)
    promoted(town)
    drop_round(town.clerk, town.generate())
    assert changed_post_count(town.clerk) == 1


def test_a_round_of_an_earlier_day_or_of_another_street_does_not_count(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(PLACED)
    promoted(town)
    town.generate(date(2025, 11, 30))
    assert changed_post_count(town.clerk) == 1
    assert changed_post_count(town.stranger) == 0


def test_who_was_never_placed_and_who_keeps_the_post_are_not_named(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(PLACED)
    moved = NewPosting(unit_id=town.town.neighbour.id, post="deputy", starts_on=date(2025, 12, 1))
    change_post(CLERK, town.deputy.id, moved)
    new = town.person(town.town.community)
    change_post(CLERK, new.id, NewPosting(unit_id=town.town.community.id, post="deputy", starts_on=TODAY))
    assert changed_posts(town.clerk).total == 0


def test_a_post_of_a_later_day_waits_for_its_day(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(PLACED)
    moved = NewPosting(unit_id=town.town.community.id, post="deputy", starts_on=TODAY + timedelta(days=20))
    change_post(CLERK, town.staff.id, moved)
    assert changed_post_count(town.clerk) == 0
    with clock.Stopped(clock.now() + timedelta(days=20)):
        assert changed_post_count(town.clerk) == 1


def test_nothing_waits_where_the_scheme_has_no_levels(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(PLACED)
    promoted(town)
    adopt_scheme(flat=True, key="flat-2025", effective_from="2025-12-02")
    assert changed_post_count(town.clerk) == 0
    assert changed_posts(town.clerk).total == 0


def test_the_list_names_old_post_and_level_in_a_fixed_number_of_queries(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(PLACED)
    promotion = promoted(town)
    client = signed_in(app, town.finance)
    page = client.get("/pay/changed-posts").text
    assert town.staff.name in page
    assert "费城街道 书苑社区" in page
    assert f"/pay/employees/{promotion.employee_id}" in page
    assert "发起套级晋级" not in page
    assert len(selects_of(lambda: changed_posts(town.finance))) <= 4
