"""The review of nominations: the rule advises, the district decides, then nominations are closed."""

from datetime import date

import pytest
from flask import Flask

from careerpath.core.db import db
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionState
from careerpath.talent_pool.operations.nomination_review import (
    EntrantFinding,
    close_nominations,
    reopen_entrant_review,
    review_entrant,
    review_entrants,
)
from careerpath.talent_pool.queries.advice import kept_advice
from careerpath.words import NotFound, Refused
from tests.factories.employees import make_identity, selects_of
from tests.talent_pool.choosing import Choosing, day

# The people of these tests have no appraisals: the advice is against them, and an admission needs a reason.
KNOWN = "近两年考核由街道书面证明"


@pytest.fixture
def office(app: Flask) -> Choosing:
    return Choosing()


def kept(entrant: SelectionEntrant) -> SelectionEntrant:
    return db.session.get_one(SelectionEntrant, entrant.id)


def test_the_advice_is_kept_beside_the_finding(office: Choosing) -> None:
    entrant = office.nominated(office.announced())
    assert review_entrant(office.district, entrant.id, EntrantFinding(True, KNOWN)) is EntrantState.ADMITTED
    entrant = kept(entrant)
    assert (entrant.eligible, entrant.reviewed_on, entrant.review_reason) == (False, date(2025, 12, 5), KNOWN)
    lines = {line.code: line for line in kept_advice(entrant.eligible, entrant.eligibility).lines}
    assert lines["political"].holds is True
    assert lines["service"].met_on == date(2020, 7, 1)
    assert lines["appraisals"].holds is False
    assert "第四条" in lines["age"].ground


def test_an_admission_against_the_advice_and_every_rejection_need_a_reason(office: Choosing) -> None:
    selection = office.announced()
    old = office.nominated(selection, office.person(born=date(1975, 1, 1)))
    with pytest.raises(Refused, match="写明理由") as refused:
        review_entrant(office.district, old.id, EntrantFinding(True))
    assert refused.value.field == "reason"
    with pytest.raises(Refused, match="须写明理由"):
        review_entrant(office.district, old.id, EntrantFinding(False))
    with pytest.raises(Refused, match="最多"):
        review_entrant(office.district, old.id, EntrantFinding(False, "长" * 201))
    assert review_entrant(office.district, old.id, EntrantFinding(False, "超过年龄")) is EntrantState.REJECTED
    assert kept(old).eligible is False


def test_a_review_is_taken_back_and_made_anew(office: Choosing) -> None:
    entrant = office.nominated(office.announced())
    with pytest.raises(Refused, match="无需重新审查"):
        reopen_entrant_review(office.district, entrant.id, "误判")
    review_entrant(office.district, entrant.id, EntrantFinding(False, "材料不全"))
    with pytest.raises(Refused, match="不在待审查之列"):
        review_entrant(office.district, entrant.id, EntrantFinding(True, KNOWN))
    reopen_entrant_review(office.district, entrant.id, "补齐材料")
    entrant = kept(entrant)
    assert (entrant.state, entrant.reviewed_on, entrant.eligibility) == (EntrantState.NOMINATED, None, [])
    review_entrant(office.district, entrant.id, EntrantFinding(True, KNOWN))


def test_many_are_reviewed_together_and_those_it_does_not_fit_are_named(office: Choosing) -> None:
    selection = office.announced()
    people = [office.person() for _ in range(3)]
    ids = [office.nominated(selection, one).id for one in people]
    with pytest.raises(Refused, match=people[0].name):
        review_entrants(office.district, selection.id, ids, EntrantFinding(True))
    assert review_entrants(office.district, selection.id, ids, EntrantFinding(True, KNOWN)) == 3
    with pytest.raises(Refused, match="待审查之列"):
        review_entrants(office.district, selection.id, ids, EntrantFinding(True, KNOWN))
    with pytest.raises(Refused, match="勾选"):
        review_entrants(office.district, selection.id, [], EntrantFinding(True, KNOWN))


def test_entrants_of_another_selection_are_not_reviewed_with_this_one(office: Choosing) -> None:
    first, second = office.announced(), office.announced(name="另一次竞岗")
    entrant = office.nominated(second)
    with pytest.raises(NotFound):
        review_entrants(office.district, first.id, [entrant.id], EntrantFinding(True, KNOWN))


def test_thirty_reviews_ask_the_database_no_more_than_two(office: Choosing) -> None:
    selection = office.announced()
    ids = [office.nominated(selection).id for _ in range(32)]
    finding = EntrantFinding(True, KNOWN)
    few = selects_of(lambda: review_entrants(office.district, selection.id, ids[:2], finding))
    many = selects_of(lambda: review_entrants(office.district, selection.id, ids[2:], finding))
    assert len(many) == len(few) <= 12


def test_a_condition_that_the_gate_does_not_have_is_not_judged(office: Choosing) -> None:
    entrant = office.nominated(office.announced())
    with pytest.raises(Refused, match="没有“support”"):
        review_entrant(office.district, entrant.id, EntrantFinding(True, KNOWN, {"support": True}))


def test_nominations_are_closed_after_their_last_day_when_nobody_waits(office: Choosing) -> None:
    selection = office.announced()
    first, second = office.nominated(selection), office.nominated(selection)
    with pytest.raises(Refused, match="次日起"), day(date(2025, 12, 10)):
        close_nominations(office.district, selection.id)
    review_entrant(office.district, first.id, EntrantFinding(True, KNOWN))
    with day(date(2025, 12, 11)):
        with pytest.raises(Refused, match="还有 1 人"):
            close_nominations(office.district, selection.id)
        review_entrant(office.district, second.id, EntrantFinding(False, "不同意参加"))
        assert close_nominations(office.district, selection.id) == 1
        assert db.session.get_one(Selection, selection.id).state is SelectionState.STAGES
        with pytest.raises(Refused, match="阶段"):
            reopen_entrant_review(office.district, second.id, "迟到的材料")


def test_a_selection_with_nobody_admitted_does_not_go_on(office: Choosing) -> None:
    selection = office.announced()
    entrant = office.nominated(selection, office.person(identity=make_identity(date(1970, 1, 1))))
    review_entrant(office.district, entrant.id, EntrantFinding(False, "超过年龄"))
    with day(date(2025, 12, 11)), pytest.raises(Refused, match="没有审查通过"):
        close_nominations(office.district, selection.id)
