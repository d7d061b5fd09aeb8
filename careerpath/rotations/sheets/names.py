"""Hosts and kinds as a table names them."""

import re
from dataclasses import dataclass

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.rotations.models import Host
from careerpath.rotations.queries.reach import district_units, host_met
from careerpath.words import Refused, msg

_BETWEEN = re.compile(r"[、,，;；/]+")


@dataclass(frozen=True, slots=True)
class HostMeant:
    """What a cell means: a host of the list, or a unit of the tree that is not on it yet."""

    name: str
    host_id: int | None = None
    unit_id: int | None = None


class HostNames:
    """The active hosts that an actor meets and the units of the district, by name. Three queries."""

    def __init__(self, actor: Actor, permission: Permission) -> None:
        self._found: dict[str, list[HostMeant]] = {}
        self._at_units: dict[int, int] = {}
        rows = db.session.execute(
            select(Host.id, Host.name, Host.at_unit_id, Unit.short_name)
            .join(Unit, Unit.id == Host.unit_id)
            .where(host_met(actor, permission), Host.active.is_(True))
        )
        for host_id, name, at_unit_id, keeper in rows:
            meant = HostMeant(name, host_id=host_id)
            self._add(meant, name, f"{keeper}{name}")
            if at_unit_id is not None:
                self._at_units[at_unit_id] = host_id
        units = db.session.execute(
            select(Unit.id, Unit.name, Unit.short_name).where(
                district_units(actor, permission), or_(Unit.ends_on.is_(None), Unit.ends_on >= clock.today())
            )
        )
        for unit_id, name, short_name in units:
            if unit_id not in self._at_units:
                self._add(HostMeant(name, unit_id=unit_id), *{name, short_name})

    def find(self, text: str) -> HostMeant:
        """The host that a cell means. Raises ``Refused`` for none and for several of the name."""
        found = self._found.get(_fold(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(
                msg("有 %(count)s 个接收单位叫“%(name)s”，请在前面写上登记单位。", count=len(found), name=text)
            )
        raise Refused(msg("没有接收单位“%(name)s”，请先登记，或核对名称。", name=text))

    def _add(self, meant: HostMeant, *names: str) -> None:
        for name in names:
            self._found.setdefault(_fold(name), []).append(meant)


def listed(text: object) -> list[str]:
    """The words of a cell with several."""
    return [word.strip() for word in _BETWEEN.split(str(text or "")) if word.strip()]


def _fold(text: str) -> str:
    return "".join(text.split()).replace("/", "").casefold()
