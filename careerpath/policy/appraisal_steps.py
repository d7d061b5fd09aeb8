"""The steps of an appraisal year and of one record: what may follow what, and who does it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careerpath.policy.appraisal.parts import Calendar
from careerpath.words import Message, Refused, msg


class State(StrEnum):
    """Where a person's record stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECIDED = "decided"


class Act(StrEnum):
    """What may be done to a record as a whole."""

    SUBMIT = "submit"
    RETURN = "return"
    DECIDE = "decide"


class Party(StrEnum):
    """Who acts in an appraisal."""

    WORKER = "worker"
    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"


FOLLOWS: dict[tuple[State, Act], State] = {
    (State.OPEN, Act.SUBMIT): State.SUBMITTED,
    (State.RETURNED, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.RETURN): State.RETURNED,
    (State.SUBMITTED, Act.DECIDE): State.DECIDED,
}
"""The whole state machine: what is not here may not follow."""

WHO = {Act.SUBMIT: Party.STREET, Act.RETURN: Party.DISTRICT, Act.DECIDE: Party.DISTRICT}
"""Who does what."""

STATE_NAMES = {
    State.OPEN: msg("填报中"),
    State.SUBMITTED: msg("已提交"),
    State.RETURNED: msg("已退回"),
    State.DECIDED: msg("已审定"),
}

_NOT_NOW = {
    State.OPEN: msg("这份考核尚未提交，请等街道提交后再办理。"),
    State.SUBMITTED: msg("这份考核已经提交，不能再提交；需要修改的，请区级退回。"),
    State.RETURNED: msg("这份考核已退回街道，请等街道修改并重新提交。"),
    State.DECIDED: msg("这份考核已经审定，不能再办理。"),
}


def allowed(state: State, party: Party | None = None) -> tuple[Act, ...]:
    """What may be done next to a record in ``state``, by anybody or by one party."""
    acts = [act for (found, act) in FOLLOWS if found == state]
    return tuple(act for act in acts if party is None or WHO[act] is party)


def after(state: State, act: Act) -> State:
    """The state after ``act``; raises ``Refused`` where it may not follow."""
    following = FOLLOWS.get((state, act))
    if following is None:
        raise Refused(_NOT_NOW[state])
    return following


def may_edit(state: State) -> bool:
    """Whether summary, opinion, scores and proposed grade may still be written."""
    return Act.SUBMIT in allowed(state)


class Step(StrEnum):
    """The six steps shown across the top of an appraisal page."""

    OPENING = "opening"
    SELF_SUMMARY = "self_summary"
    COMMUNITY_OPINION = "community_opinion"
    STREET_REVIEW = "street_review"
    DISTRICT_DECISION = "district_decision"
    FILING = "filing"


STEP_NAMES = {
    Step.OPENING: msg("开展"),
    Step.SELF_SUMMARY: msg("个人总结"),
    Step.COMMUNITY_OPINION: msg("社区意见"),
    Step.STREET_REVIEW: msg("街道评鉴"),
    Step.DISTRICT_DECISION: msg("区级审定"),
    Step.FILING: msg("归档"),
}

STEP_PARTIES = {
    Step.OPENING: Party.DISTRICT,
    Step.SELF_SUMMARY: Party.WORKER,
    Step.COMMUNITY_OPINION: Party.COMMUNITY,
    Step.STREET_REVIEW: Party.STREET,
    Step.DISTRICT_DECISION: Party.DISTRICT,
    Step.FILING: Party.STREET,
}


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of a year: its number from 1, who acts, and until when (``None``: no deadline)."""

    number: int
    step: Step
    name: Message
    party: Party
    due_on: date | None


def planned_steps(calendar: Calendar, year: int) -> tuple[PlannedStep, ...]:
    """The six steps of the appraisal of ``year`` with their deadlines."""
    due = {
        Step.SELF_SUMMARY: calendar.self_summary_due.on(year),
        Step.COMMUNITY_OPINION: calendar.community_due.on(year),
        Step.STREET_REVIEW: calendar.street_due.on(year),
        Step.DISTRICT_DECISION: calendar.district_due.on(year),
    }
    return tuple(
        PlannedStep(number, step, STEP_NAMES[step], STEP_PARTIES[step], due.get(step))
        for number, step in enumerate(Step, start=1)
    )


def current_step(state: State, *, has_self_summary: bool, has_community_opinion: bool, filed: bool = False) -> Step:
    """The step at which one record stands.

    A returned record is the street's again. A filed one stays at the last step.
    """
    if state == State.DECIDED or filed:
        return Step.FILING
    if state == State.SUBMITTED:
        return Step.DISTRICT_DECISION
    if state == State.RETURNED:
        return Step.STREET_REVIEW
    if not has_self_summary:
        return Step.SELF_SUMMARY
    return Step.STREET_REVIEW if has_community_opinion else Step.COMMUNITY_OPINION
