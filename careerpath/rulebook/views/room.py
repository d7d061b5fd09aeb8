"""The blueprint of the rulebook, and what upper rooms may hang on the page of an edition."""

from flask import Blueprint, current_app, url_for

from careerpath.policy.catalogue import RULES

blueprint = Blueprint("rulebook", __name__)

RULE = f"<any({','.join(RULES)}):rule>"
EDITION = "/rules/editions/<int:edition_id>"

TRIALS = "careerpath.rulebook.trials"
"""The key of the program's catalogue: by rule the address that shows who would change under an edition."""


def trial_url(rule: str, edition_id: int | None) -> str | None:
    """The page of an upper room that tries a stored edition on the people; None where there is none."""
    endpoint = current_app.extensions.get(TRIALS, {}).get(rule)
    if edition_id is None or endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, edition_id=edition_id)
