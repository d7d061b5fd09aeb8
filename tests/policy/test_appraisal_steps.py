"""The steps of a year and of one record."""

from datetime import date

import pytest

from careerpath.policy.appraisal_steps import (
    Act,
    Party,
    State,
    Step,
    after,
    allowed,
    current_step,
    may_edit,
    planned_steps,
)
from careerpath.words import Refused
from tests.policy.editions import FEIXIAN


def test_a_record_goes_from_open_to_decided_and_may_be_returned_on_the_way() -> None:
    state = State.OPEN
    for act in (Act.SUBMIT, Act.RETURN, Act.SUBMIT, Act.DECIDE):
        state = after(state, act)
    assert state is State.DECIDED


@pytest.mark.parametrize(
    ("state", "act", "words"),
    [
        (State.OPEN, Act.DECIDE, "尚未提交"),
        (State.OPEN, Act.RETURN, "尚未提交"),
        (State.SUBMITTED, Act.SUBMIT, "已经提交"),
        (State.RETURNED, Act.DECIDE, "已退回街道"),
        (State.DECIDED, Act.RETURN, "已经审定"),
        (State.DECIDED, Act.SUBMIT, "已经审定"),
    ],
)
def test_what_may_not_follow_is_refused_with_what_to_do(state: State, act: Act, words: str) -> None:
    with pytest.raises(Refused, match=words):
        after(state, act)


def test_each_party_is_offered_only_its_own_acts() -> None:
    assert allowed(State.SUBMITTED, Party.STREET) == ()
    assert allowed(State.SUBMITTED, Party.DISTRICT) == (Act.RETURN, Act.DECIDE)
    assert allowed(State.RETURNED, Party.STREET) == (Act.SUBMIT,)
    assert allowed(State.DECIDED) == ()


def test_a_submitted_or_decided_record_is_locked() -> None:
    assert [state for state in State if may_edit(state)] == [State.OPEN, State.RETURNED]


def test_the_six_steps_have_their_deadlines() -> None:
    steps = planned_steps(FEIXIAN.calendar, 2025)
    assert [str(step.name) for step in steps] == ["开展", "个人总结", "社区意见", "街道评鉴", "区级审定", "归档"]
    assert steps[3].number == 4
    assert steps[3].party is Party.STREET
    assert steps[3].due_on == date(2025, 12, 20)
    assert steps[4].due_on == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("state", "summary", "opinion", "step"),
    [
        (State.OPEN, False, False, Step.SELF_SUMMARY),
        (State.OPEN, False, True, Step.SELF_SUMMARY),
        (State.OPEN, True, False, Step.COMMUNITY_OPINION),
        (State.OPEN, True, True, Step.STREET_REVIEW),
        (State.SUBMITTED, True, True, Step.DISTRICT_DECISION),
        (State.RETURNED, True, True, Step.STREET_REVIEW),
        (State.DECIDED, True, True, Step.FILING),
    ],
)
def test_a_record_stands_at_the_step_that_waits(state: State, summary: bool, opinion: bool, step: Step) -> None:
    assert current_step(state, has_self_summary=summary, has_community_opinion=opinion) is step
