"""By what people can be counted: each with its key in the database, its words, its order and the list behind it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, exists, select

from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.queries.units import ids_of
from careerpath.core.db import db
from careerpath.employees.forms.words import CHANNELS, SOURCES
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.people import NONE
from careerpath.figures.queries.bands import AGES, SERVICE, Bands
from careerpath.policy import codes
from careerpath.policy.codes.code import Code
from careerpath.talent_pool.models import PoolEntry
from careerpath.talent_pool.queries.reserves import in_pool_on
from careerpath.words import Message, msg

Words = Message | str
UNKNOWN = msg("未填写")


@dataclass(frozen=True, slots=True)
class Head:
    """One row or column: its key, its words, where it stands, and what the list of people is narrowed to.

    ``filters`` are those of the address of the list; ``None`` where no list shows just these people.
    """

    key: object
    words: Words
    place: tuple[Any, ...]
    filters: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that people are counted by. ``key`` is taken of ``employees.queries.as_of.standing``."""

    code: str
    title: Message
    key: Callable[[Any, AsOf], ColumnElement[Any]]
    heads: Callable[[Collection[Any]], dict[Any, Head]]
    """The heads of the keys that were found; two keys with one head are counted together."""


def _coded(code: str, title: Message, table: type[Code], filter_name: str = "", none: Message = UNKNOWN) -> Dimension:
    order = {one.value: place for place, one in enumerate(table)}
    name = filter_name or code

    def heads(keys: Collection[Any]) -> dict[Any, Head]:
        return {
            key: Head(key, table(key) if key in order else none, (order.get(key, len(order)),), {name: key or NONE})
            for key in keys
        }

    return Dimension(code, title, lambda people, _: people[code], heads)


def _worded(code: str, title: Message, words: Mapping[Any, Message]) -> Dimension:
    order = {one: place for place, one in enumerate(words)}

    def heads(keys: Collection[Any]) -> dict[Any, Head]:
        return {key: Head(key, words[key], (order[key],), {code: key.value}) for key in keys}

    return Dimension(code, title, lambda people, _: people[code], heads)


def _banded(code: str, title: Message, column: str, bands: Bands, unit: Message) -> Dimension:
    def heads(keys: Collection[Any]) -> dict[Any, Head]:
        return {key: Head(key, bands.words(key, unit), (key,), {code: str(bands.all[key])}) for key in keys}

    return Dimension(code, title, lambda people, as_of: bands.key(people[column], as_of.on), heads)


def _communities(keys: Collection[Any]) -> dict[Any, Head]:
    rows = db.session.execute(select(Unit.id, Unit.short_name, Unit.code).where(Unit.id.in_(keys)))
    return {row.id: Head(row.id, row.short_name, (row.code,), {"unit_id": str(row.id)}) for row in rows}


def _streets(keys: Collection[Any]) -> dict[Any, Head]:
    """Of each unit the street above it, or the unit itself where there is none. Two queries."""
    paths = {one: path for one, path in db.session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(keys)))}
    above = {one for path in paths.values() for one in ids_of(path)}
    query = select(Unit.id, Unit.short_name, Unit.code, Unit.kind).where(Unit.id.in_(above))
    units = {row.id: row for row in db.session.execute(query)}
    found = {}
    for unit_id, path in paths.items():
        street = next((one for one in ids_of(path) if units[one].kind in STREET_KINDS), unit_id)
        row = units[street]
        found[unit_id] = Head(row.id, row.short_name, (row.code,), {"unit_id": str(row.id)})
    return found


def _in_pool(people: Any, as_of: AsOf) -> ColumnElement[Any]:
    held = exists().where(PoolEntry.employee_id == people.id, *in_pool_on(as_of.on))
    return case((held, 1), else_=0)


def _pool(keys: Collection[Any]) -> dict[Any, Head]:
    words = {1: msg("在库"), 0: msg("不在库")}
    return {key: Head(key, words[key], (-key,), None) for key in keys}


def _titles(keys: Collection[Any]) -> dict[Any, Head]:
    return {key: Head(key, key or UNKNOWN, (key == "", key), None) for key in keys}


DIMENSIONS: Mapping[str, Dimension] = {
    one.code: one
    for one in (
        Dimension("street", msg("街道"), lambda people, _: people.unit_id, _streets),
        Dimension("community", msg("社区"), lambda people, _: people.unit_id, _communities),
        _coded("post", msg("岗位"), codes.Post),
        Dimension("title", msg("职务"), lambda people, _: people.title, _titles),
        _coded("sex", msg("性别"), codes.Sex),
        _banded("ages", msg("年龄"), "born_on", AGES, msg("岁")),
        _coded("education", msg("学历"), codes.Education),
        _coded("political", msg("政治面貌"), codes.Political),
        _coded("certificate", msg("职业资格证书"), codes.Certificate, none=msg("无证书")),
        _banded("service", msg("社区工龄"), "joined_on", SERVICE, msg("年")),
        _worded("channel", msg("进入方式"), CHANNELS),
        _worded("source", msg("人员来源"), SOURCES),
        Dimension("pool", msg("后备库"), _in_pool, _pool),
    )
}
"""In the order in which a choice offers them."""
