"""How papers say codes and places, and the foot that they all have."""

from careerpath.access.actor import Actor
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.wording import stamped
from careerpath.policy.codes import Code


def code_name(table: type[Code], value: str) -> str:
    """What a code is called; empty for one that is not in its table."""
    return next((entry.zh for entry in table if entry.value == value), "")


def place_of(unit: str, above: str, kind_is_community: bool) -> str:
    """A unit with the street above it, where it is a community."""
    return f"{above}{unit}" if kind_is_community and above != unit else unit


def foot_of(actor: Actor, number: str = "", code: str = "") -> Foot:
    """The line at the foot of what somebody prints."""
    return stamped(actor.display_name, number, code)
