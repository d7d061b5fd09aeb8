"""What rungs and gates are called: by the edition in force, and where it no longer knows them by any other."""

from collections.abc import Iterable

from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.talent_pool.queries.rules import known_rules


def rung_names(edition: TalentPoolEdition | None, codes: Iterable[str]) -> dict[str, str]:
    """The names of rungs by code; one that no edition knows is called by its code. One query at the most."""
    known = {rung.code: rung.name for rung in edition.rungs} if edition is not None else {}
    wanted = set(codes)
    if not wanted <= set(known):
        for other in reversed(known_rules()):
            known = {rung.code: rung.name for rung in other.rungs} | known
    return {code: code for code in wanted} | known


def gate_names(edition: TalentPoolEdition | None, codes: Iterable[str]) -> dict[str, str]:
    """The names of gates by code, likewise."""
    known = {gate.code: gate.name for gate in edition.gates} if edition is not None else {}
    wanted = set(codes)
    if not wanted <= set(known):
        for other in reversed(known_rules()):
            known = {gate.code: gate.name for gate in other.gates} | known
    return {code: code for code in wanted} | known
