"""What an operation is called with in the test of all operations: one sample, and short ways to write it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from careerpath.access.permissions import Role


@dataclass(frozen=True)
class Sample:
    """The role that calls, the ids by the operation's own names, and everything else that it is given."""

    role: Role
    ids: Mapping[str, str]
    rest: Mapping[str, Any] = field(default_factory=dict)

    def given(self, records: Mapping[str, int]) -> dict[str, Any]:
        """The arguments, with the ids of these records."""
        return {**{name: records[record] for name, record in self.ids.items()}, **self.rest}


def own(name: str, role: Role = Role.STREET_HR, **rest: Any) -> Sample:
    """One record of one's own."""
    return Sample(role, {name: name}, rest)


def near(*names: str, **rest: Any) -> Sample:
    """Records that a street's clerk names."""
    return Sample(Role.STREET_HR, {name: name for name in names}, rest)
