"""The blueprint of the rulebook, and what upper rooms may hang on the page of an edition."""

from flask import Blueprint, current_app, url_for

from careerpath.access.actor import Actor
from careerpath.access.tabs import may_open
from careerpath.policy.catalogue import RULES

blueprint = Blueprint("rulebook", __name__)

RULE = f"<any({','.join(RULES)}):rule>"
EDITION = "/rules/editions/<int:edition_id>"

TRIALS = "careerpath.rulebook.trials"
"""The key of the program's catalogue: by rule the address that shows who would change under an edition."""


def trial_url(actor: Actor, rule: str, edition_id: int) -> str | None:
    """The page of an upper room that tries a stored edition on the people; None where the actor has none."""
    endpoint = current_app.extensions.get(TRIALS, {}).get(rule)
    if endpoint is None or not may_open(actor, endpoint):
        return None
    return url_for(endpoint, edition_id=edition_id)
