"""How steps and states are shown: the six steps with dates, and a colour for each state."""

from collections.abc import Mapping
from datetime import date

from careerpath.policy.appraisal_steps import STEP_NAMES, State, Step
from careerpath.words import Message, msg

STATE_KINDS = {State.OPEN: "", State.SUBMITTED: "primary", State.RETURNED: "danger", State.DECIDED: "success"}

Stage = tuple[Message, Message | None, str]

DUES = {
    Step.SELF_SUMMARY: "self_summary",
    Step.COMMUNITY_OPINION: "community",
    Step.STREET_REVIEW: "street",
    Step.DISTRICT_DECISION: "district",
}


def stages(current: Step, due: Mapping[str, date]) -> tuple[Stage, ...]:
    """Title, deadline and state (done, current, later) of each step."""
    order = tuple(Step)
    place = order.index(current)
    found: list[Stage] = []
    for number, step in enumerate(order):
        note = msg("%(day)s 前", day=due[DUES[step]]) if step in DUES else None
        state = "done" if number < place else "current" if number == place else "later"
        found.append((STEP_NAMES[step], note, state))
    return tuple(found)
