"""Editions to bring in: small ones, with what a test wants to be different."""

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.policy.edition import shipped_texts

FILE = "办法.toml"


def appraisal_text(key: str = "test-2025", day: str = "2025-01-01", place: str = "某县", **changed: str) -> str:
    """A sound edition of the appraisal rules in TOML; ``changed`` replaces the values of lines by their keys."""
    text = shipped_texts("appraisal")["appraisal-feixian.toml"]
    given = {"key": f'"{key}"', "place": f'"{place}"', "effective_from": day, **changed}
    lines = []
    for line in text.splitlines():
        name = line.partition(" = ")[0]
        lines.append(f"{name} = {given.pop(name)}" if name in given else line)
    return "\n".join(lines) + "\n"


def editor() -> Actor:
    """Somebody who keeps the rules."""
    return Actor(None, "editor", "editor", (Grant(Role.DISTRICT_HR, ""),))
