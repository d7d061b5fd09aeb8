"""Units as a roster names them: by code, by name, or by street and name where a name is not enough."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from sqlalchemy import ColumnElement, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.words import Refused, msg

ABOVE_STREETS = frozenset({UnitKind.CITY, UnitKind.DISTRICT})
CHUNK = 500
_SEPARATORS = re.compile(r"[\s/\\>·、\-—]+")


class UnitNames:
    """The units for which an actor holds a permission, read once (one query), found by name and named in full."""

    def __init__(self, actor: Actor, permission: Permission) -> None:
        self._places: dict[int, Unit] = {}
        self._add(within(actor, Unit.id, permission))
        self._names: dict[str, set[int]] = {}
        self._found: dict[str, Unit | Refused] = {}
        for place in self._places.values():
            for name in {place.code, place.name, place.short_name, self.path_text(place.id), self._with_name(place)}:
                self._names.setdefault(_fold(name), set()).add(place.id)

    def find(self, text: str) -> Unit:
        """The unit that a cell means. Raises ``Refused`` with the nearest names, or those among which to choose."""
        if text not in self._found:
            try:
                self._found[text] = self._find(text)
            except Refused as refusal:
                self._found[text] = refusal
        found = self._found[text]
        if isinstance(found, Refused):
            raise found
        return found

    def path_text(self, unit_id: int) -> str:
        """Street and unit, ``费城街道/书苑社区``; an unknown unit is read first."""
        if unit_id not in self._places:
            self.know([unit_id])
        return "/".join(place.short_name for place in self._chain(unit_id))

    def know(self, unit_ids: Iterable[int]) -> None:
        """Read the units that are not known yet, so that they can be named."""
        missing = sorted(set(unit_ids) - set(self._places))
        for start in range(0, len(missing), CHUNK):
            self._add(Unit.id.in_(missing[start : start + CHUNK]))

    def path_texts(self) -> list[str]:
        """All places that somebody may be posted to, in order, for a drop-down."""
        return [
            self.path_text(place.id)
            for place in sorted(self._places.values(), key=lambda place: place.code)
            if place.kind not in ABOVE_STREETS and _lasts(place)
        ]

    def _find(self, text: str) -> Unit:
        ids = self._names.get(_fold(text), set())
        places = [self._places[one] for one in sorted(ids)]
        lasting = [place for place in places if _lasts(place)] or places
        if len(lasting) == 1:
            return lasting[0]
        if lasting:
            raise Refused(
                msg(
                    "有 %(count)s 个单位叫“%(name)s”，请写明是哪一个：%(names)s。",
                    count=len(lasting),
                    name=text,
                    names="、".join(self.path_text(place.id) for place in lasting[:5]),
                )
            )
        near = self._near(text)
        if near:
            raise Refused(
                msg(
                    "没有找到单位“%(name)s”，或者它不在您的管辖范围内。是否为：%(names)s？",
                    name=text,
                    names="、".join(near),
                )
            )
        raise Refused(msg("没有找到单位“%(name)s”，或者它不在您的管辖范围内。请填单位编码或全称。", name=text))

    def _near(self, text: str) -> list[str]:
        wanted = _fold(text)
        names = get_close_matches(wanted, self._names, 4, 0.6)
        ids = dict.fromkeys(one for name in names for one in sorted(self._names[name]))
        return [self.path_text(one) for one in list(ids)[:3]]

    def _with_name(self, place: Unit) -> str:
        chain = self._chain(place.id)
        return "/".join([*(above.short_name for above in chain[:-1]), place.name])

    def _chain(self, unit_id: int) -> list[Unit]:
        here = self._places.get(unit_id)
        if here is None:
            return []
        ids = [int(part) for part in here.path.split("/") if part]
        known = [self._places[one] for one in ids if one in self._places]
        return [place for place in known if place.kind not in ABOVE_STREETS] or [here]

    def _add(self, condition: ColumnElement[bool]) -> None:
        for unit in db.session.scalars(select(Unit).where(condition)):
            self._places[unit.id] = unit


def _lasts(place: Unit) -> bool:
    return place.ends_on is None or place.ends_on >= clock.today()


def _fold(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).casefold()
