"""Who acts: a plain value, made once a request, handed to every query and operation."""

from dataclasses import dataclass

from careerpath.access.permissions import ROLE_PERMISSIONS, Permission, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """A role for the unit at ``path`` and everything below it; the empty path is the whole installation."""

    role: Role
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An account with the roles it holds today. ``user_id`` is None for nobody and for the console."""

    user_id: int | None
    name: str
    display_name: str
    grants: tuple[Grant, ...] = ()
    unit_name: str = ""

    @classmethod
    def nobody(cls) -> "Actor":
        """Somebody who has not signed in."""
        return cls(None, "", "")

    @classmethod
    def console(cls) -> "Actor":
        """The command line of the machine, for setting up before there is any account."""
        return cls(None, "console", "console", (Grant(Role.CONSOLE, ""),))

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, wherever."""
        return frozenset(grant.role for grant in self.grants)

    def has(self, permission: Permission) -> bool:
        """Whether the permission is held anywhere at all."""
        if permission is Permission.OPEN:
            return True
        if permission is Permission.SIGNED_IN:
            return self.user_id is not None
        return any(permission in ROLE_PERMISSIONS[grant.role] for grant in self.grants)

    def can(self, permission: Permission, path: str) -> bool:
        """Whether the permission is held for the unit at ``path``: the pure twin of ``scope.within``."""
        return any(path.startswith(prefix) for prefix in self.prefixes(permission))

    def prefixes(self, permission: Permission) -> tuple[str, ...]:
        """The unit paths for which the permission is held, without those that lie inside another."""
        held = sorted({grant.path for grant in self.grants if permission in ROLE_PERMISSIONS[grant.role]})
        kept: list[str] = []
        for path in held:
            if not kept or not path.startswith(kept[-1]):
                kept.append(path)
        return tuple(kept)
