"""A street's round: who is proposed, since when, why, and what the street does with it."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.operations.facts import NewContract, NewPosting
from careerpath.employees.operations.history import change_post
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.pay.models import PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.operations.approvals import Approval, approve_proposals
from careerpath.pay.operations.rounds import (
    Review,
    drop_round,
    finish_round,
    generate_round,
    regenerate_round,
    review_proposals,
    submit_round,
)
from careerpath.policy.pay import Cause
from careerpath.rulebook.models import StoredEdition
from careerpath.rulebook.operations import withdraw_edition
from careerpath.words import NotFound, Refused
from tests.factories.access import make_actor
from tests.factories.employees import CLERK
from tests.factories.pay import BACHELOR, RULES, PayTown, adopt_scheme

TODAY = date(2025, 12, 5)
NEW_YEAR = date(2026, 1, 1)


def seen(rows: list[PlacementProposal]) -> list[tuple[date, Cause, int | None, int]]:
    """What each proposal says in short."""
    return [(one.starts_on, one.cause, one.before_level, one.after_level) for one in rows]


def test_everybody_is_placed_once_at_the_level_of_the_day_since_it_has_held(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    assert {one.employee_id for one in town.proposals(round_id)} == {town.chief.id, town.deputy.id, town.staff.id}
    # Six full years by 2024-06-30 are two steps; the second counts from 1 January 2025.
    assert seen(town.proposals(round_id, town.staff)) == [(date(2025, 1, 1), Cause.INITIAL, None, 3)]
    assert seen(town.proposals(round_id, town.deputy)) == [(date(2025, 1, 1), Cause.INITIAL, None, 6)]
    # A bachelor's diploma and degree are one level more.
    assert seen(town.proposals(round_id, town.chief)) == [(date(2025, 1, 1), Cause.INITIAL, None, 10)]
    assert town.round(round_id).looked_at == 3


def test_a_proposal_says_what_each_component_comes_to_and_why(app: Flask) -> None:
    town = PayTown()
    proposal = town.proposals(town.generate(), town.staff)[0]
    assert [(one["name"], one["amount"]) for one in proposal.after_items] == [
        ("基本补贴", "2000.00"),
        ("职务补贴", "100.00"),
        ("级差补贴", "250.00"),
    ]
    assert (proposal.before_monthly, proposal.after_monthly) == (None, Decimal("2350.00"))
    tenure = next(reason for reason in proposal.because if reason["rule"].endswith("level.tenure"))
    assert tenure["document"] == "费组字〔2020〕1号（示例，非官方）第六条"
    assert "满 6 年" in tenure["text"]
    assert proposal.facts["service"] == [{"starts_on": "2018-07-01"}]


def test_nobody_is_proposed_again_until_the_next_step_is_due(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(date(2024, 6, 1))
    assert town.levels(town.staff) == [(date(2022, 1, 1), 2)]
    idle = town.generate(date(2024, 12, 31))
    assert town.proposals(idle) == []
    drop_round(town.clerk, idle)
    rows = town.proposals(town.generate(NEW_YEAR), town.staff)
    assert seen(rows) == [(date(2025, 1, 1), Cause.TENURE, 2, 3)]
    assert (rows[0].before_monthly, rows[0].after_monthly) == (Decimal("2250.00"), Decimal("2350.00"))


def test_a_certificate_heard_of_late_changes_every_level_since_its_month(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(date(2024, 6, 1))
    town.approve_all(town.generate(NEW_YEAR))
    town.certify(town.staff, date(2024, 9, 20))
    rows = town.proposals(town.generate(NEW_YEAR))
    assert {one.employee_id for one in rows} == {town.staff.id}
    assert seen(rows) == [(date(2024, 9, 1), Cause.CERTIFICATE, 2, 3), (date(2025, 1, 1), Cause.TENURE, 3, 4)]
    # On the first of January the level of the year before stood as approved; it is replaced for that day.
    assert [one.before_since for one in rows] == [date(2022, 1, 1), date(2025, 1, 1)]


def test_with_a_new_post_the_person_is_placed_anew_and_the_old_amounts_are_those_of_the_old_post(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    change_post(
        CLERK, town.staff.id, NewPosting(unit_id=town.town.neighbour.id, post="deputy", starts_on=date(2025, 12, 1))
    )
    rows = town.proposals(town.generate())
    assert seen(rows) == [(date(2025, 12, 1), Cause.POST_CHANGE, 3, 6)]
    assert rows[0].before_monthly == Decimal("2350.00")
    assert [one["amount"] for one in rows[0].before_items] == ["2000.00", "100.00", "250.00"]
    assert [one["amount"] for one in rows[0].after_items] == ["2000.00", "200.00", "550.00"]


def test_two_excellent_years_running_are_an_early_step(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(date(2024, 6, 1))
    for year in (2023, 2024):
        town.appraise(year, {town.staff.id: "1"})
    rows = town.proposals(town.generate(), town.staff)
    assert [(one.starts_on, one.before_level, one.after_level) for one in rows] == [(date(2025, 1, 1), 2, 4)]
    assert "2023—2024" in str(rows[0].because)


def test_a_failed_year_that_was_counted_is_taken_back_from_its_day(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    town.appraise(2023, {town.staff.id: "4"})
    rows = town.proposals(town.generate(), town.staff)
    assert [(one.starts_on, one.before_level, one.after_level) for one in rows] == [(date(2025, 1, 1), 3, 2)]
    assert rows[0].cause is Cause.CORRECTION


def test_who_has_left_is_not_proposed(app: Flask) -> None:
    town = PayTown()
    end_service(CLERK, town.staff.id, EndOfService(left_on=date(2025, 11, 30), reason="辞职"))
    assert {one.employee_id for one in town.proposals(town.generate())} == {town.chief.id, town.deputy.id}


def test_whose_facts_do_not_suffice_is_listed_with_what_is_missing_and_not_placed(app: Flask) -> None:
    town = PayTown()
    unknown = town.person(town.town.community, study=None)
    round_id = town.generate()
    assert town.proposals(round_id, unknown) == []
    lacking = town.round(round_id).lacking
    assert [(one["employee_id"], one["unit"], one["missing"]) for one in lacking] == [
        (unknown.id, "书苑社区", ["缺少学历。"])
    ]


def test_a_street_has_one_open_round_at_a_time(app: Flask) -> None:
    town = PayTown()
    town.generate()
    with pytest.raises(Refused, match="费城街道还有一批套级晋级没有办结"):
        town.generate(NEW_YEAR)
    assert generate_round(town.stranger, town.town.other_street.id, TODAY)


def test_a_street_begins_no_round_of_another_one(app: Flask) -> None:
    town = PayTown()
    with pytest.raises(NotFound):
        generate_round(town.stranger, town.town.street.id, TODAY)


def test_a_community_is_no_unit_for_a_round_and_a_slip_of_the_year_is_noticed(app: Flask) -> None:
    town = PayTown()
    with pytest.raises(Refused, match="请选择街道"):
        generate_round(town.clerk, town.town.community.id, TODAY)
    with pytest.raises(Refused, match="不能晚于 2026-12-31"):
        town.generate(date(2036, 1, 1))
    with pytest.raises(Refused, match="没有生效的办法"):
        town.generate(date(2019, 12, 31))


def test_withholding_needs_a_reason_and_keeps_a_person_out_of_what_is_submitted(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    held = town.proposals(round_id, town.staff)[0].id
    with pytest.raises(Refused, match="请写明暂不上报的原因"):
        review_proposals(town.clerk, round_id, Review((held,), withheld=True, note=" "))
    assert review_proposals(town.clerk, round_id, Review((held,), withheld=True, note="正在处分期")) == 1
    assert review_proposals(town.clerk, round_id, Review((held,), withheld=True, note="正在处分期")) == 0
    assert submit_round(town.clerk, round_id, "同意上报。") == 2
    assert town.proposals(round_id, town.staff)[0].state is ProposalState.WITHHELD
    assert [one.note for one in town.proposals(round_id, town.chief)] == ["同意上报。"]
    with pytest.raises(Refused, match="没有可以上报的人员"):
        submit_round(town.clerk, round_id)


def test_the_changes_of_one_person_are_withheld_together(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(date(2024, 6, 1))
    town.certify(town.staff, date(2024, 9, 20))
    round_id = town.generate(NEW_YEAR)
    first, second = town.proposals(round_id, town.staff)
    assert review_proposals(town.clerk, round_id, Review((second.id,), withheld=True, note="待核实")) == 1
    assert {one.state for one in town.proposals(round_id, town.staff)} == {ProposalState.WITHHELD}
    assert first.id != second.id


def test_who_is_withheld_is_proposed_again_in_the_next_round(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    held = town.proposals(round_id, town.staff)[0].id
    review_proposals(town.clerk, round_id, Review((held,), withheld=True, note="待核实"))
    submit_round(town.clerk, round_id)
    chosen = tuple(one.id for one in town.proposals(round_id) if one.state is ProposalState.SUBMITTED)
    with pytest.raises(Refused, match="还有 2 人未办结"):
        finish_round(town.clerk, round_id)
    approve_proposals(town.hr, round_id, Approval(chosen))
    assert town.round(round_id).closed_at is None
    finish_round(town.clerk, round_id)
    assert [one.employee_id for one in town.proposals(town.generate())] == [town.staff.id]


def test_a_round_is_taken_back_while_nothing_is_approved(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    drop_round(town.clerk, round_id)
    assert town.proposals(round_id) == []
    again = town.generate()
    submit_round(town.clerk, again)
    approve_proposals(town.hr, again, Approval((town.proposals(again)[0].id,)))
    with pytest.raises(Refused, match="不能整批撤回"):
        drop_round(town.clerk, again)


def test_after_a_file_was_corrected_the_round_is_worked_out_anew(app: Flask) -> None:
    town = PayTown()
    unknown = town.person(town.town.community, study=None)
    round_id = town.generate()
    held = town.proposals(round_id, town.deputy)[0].id
    review_proposals(town.clerk, round_id, Review((held,), withheld=True, note="待核实"))
    town.certify(town.staff, date(2025, 6, 1))
    town.study(unknown)
    assert regenerate_round(town.clerk, round_id) == 4
    assert town.round(round_id).lacking == []
    assert [one.after_level for one in town.proposals(round_id, town.staff)] == [4]
    kept = town.proposals(round_id, town.deputy)[0]
    assert (kept.state, kept.note) == (ProposalState.WITHHELD, "待核实")


def test_what_was_submitted_stays_when_the_rest_is_worked_out_anew(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    held = town.proposals(round_id, town.staff)[0].id
    review_proposals(town.clerk, round_id, Review((held,), withheld=True, note="证书待登记"))
    submit_round(town.clerk, round_id)
    town.certify(town.staff, date(2025, 6, 1))
    town.certify(town.deputy, date(2025, 6, 1))
    assert regenerate_round(town.clerk, round_id) == 1
    assert [(one.after_level, one.state) for one in town.proposals(round_id, town.staff)] == [
        (4, ProposalState.PROPOSED)
    ]
    assert [(one.after_level, one.state) for one in town.proposals(round_id, town.deputy)] == [
        (6, ProposalState.SUBMITTED)
    ]


def test_a_new_scheme_between_two_rounds_changes_levels_from_its_first_day(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    adopt_scheme(key="next", effective_from="2026-01-01", every_years=2)
    rows = town.proposals(town.generate(NEW_YEAR), town.staff)
    # Seven full years are three steps of two years, where they were two of three.
    assert seen(rows) == [(NEW_YEAR, Cause.SCHEME, 3, 4)]


def test_a_new_scheme_with_other_amounts_alone_moves_nobody(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    adopt_scheme(key="next", effective_from="2026-01-01", step=200, base=2100)
    assert town.proposals(town.generate(NEW_YEAR)) == []


def test_a_level_of_last_year_is_worked_out_under_the_scheme_of_last_year(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    adopt_scheme(key="next", effective_from="2026-01-01", base=2100)
    town.certify(town.staff, date(2025, 10, 9))
    rows = town.proposals(town.generate(NEW_YEAR), town.staff)
    assert seen(rows) == [(date(2025, 10, 1), Cause.CERTIFICATE, 3, 4)]
    assert (rows[0].before_monthly, rows[0].after_monthly) == (Decimal("2350.00"), Decimal("2450.00"))
    assert "费组字〔2020〕1号" in str(rows[0].because)


def test_a_scheme_without_levels_has_nothing_to_place(app: Flask) -> None:
    town = PayTown()
    adopt_scheme(key="flat", effective_from="2025-11-01", flat=True)
    with pytest.raises(Refused, match="不分等级，无需套级"):
        town.generate()


def test_a_bachelor_heard_of_late_moves_the_level_since_graduation(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(date(2024, 6, 1))
    town.study(town.staff, BACHELOR)
    rows = town.proposals(town.generate(date(2024, 12, 1)), town.staff)
    assert [(one.starts_on, one.before_level, one.after_level) for one in rows] == [(date(2022, 1, 1), 2, 3)]


def test_a_first_level_is_told_by_what_it_pays_now_and_without_probation(app: Flask) -> None:
    town = PayTown()
    adopt_scheme(key="next", effective_from="2025-06-01", base=2500, probation=True)
    contract = NewContract(starts_on=date(2025, 10, 1), ends_on=date(2028, 9, 30), probation_ends_on=date(2026, 1, 31))
    fresh = town.person(town.town.community, joined_community_on=date(2025, 10, 1), contracts=(contract,))
    rows = town.proposals(town.generate())
    amounts = {one.employee_id: one.after_monthly for one in rows}
    assert amounts[town.staff.id] == Decimal("2850.00")
    assert amounts[fresh.id] == Decimal("2650.00")


def test_a_round_of_the_district_and_one_of_a_street_do_not_propose_the_same_people(app: Flask) -> None:
    town = PayTown()
    above = make_actor(Role.STREET_HR, town.town.district, "above")
    town.generate()
    with pytest.raises(Refused, match="费城街道还有一批"):
        generate_round(above, town.town.district.id, TODAY)
    drop_round(town.clerk, db.session.scalars(select(PlacementRound.id)).one())
    whole = generate_round(above, town.town.district.id, TODAY)
    assert len(town.proposals(whole)) == 4
    with pytest.raises(Refused, match="费县还有一批"):
        town.generate()


def test_a_round_that_was_begun_follows_a_new_scheme_until_somebody_is_submitted(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate(NEW_YEAR)
    adopt_scheme(key="next", effective_from="2026-01-01", base=2500)
    regenerate_round(town.clerk, round_id)
    assert town.round(round_id).edition_key == "next"
    assert [one.after_monthly for one in town.proposals(round_id, town.staff)] == [Decimal("2850.00")]
    held = town.proposals(round_id, town.staff)[0].id
    review_proposals(town.clerk, round_id, Review((held,), withheld=True, note="待核实"))
    submit_round(town.clerk, round_id)
    withdraw_edition(
        RULES, db.session.scalars(select(StoredEdition.id).where(StoredEdition.key == "next")).one(), "有误"
    )
    adopt_scheme(key="newest", effective_from="2026-01-01", base=2700)
    with pytest.raises(Refused, match="薪酬办法已有新版"):
        regenerate_round(town.clerk, round_id)


def test_a_closed_round_is_not_touched_any_more(app: Flask) -> None:
    town = PayTown()
    round_id = town.place_everybody()
    one = town.proposals(round_id)[0].id
    for deed in (
        lambda: regenerate_round(town.clerk, round_id),
        lambda: drop_round(town.clerk, round_id),
        lambda: finish_round(town.clerk, round_id),
        lambda: submit_round(town.clerk, round_id),
        lambda: review_proposals(town.clerk, round_id, Review((one,), withheld=True, note="待核")),
    ):
        with pytest.raises(Refused, match="已经办结"):
            deed()
