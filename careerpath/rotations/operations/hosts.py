"""The list of hosts: who takes people, how many at once, for what."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.policy.rotation import kind_named
from careerpath.rotations.models import Host, HostKind
from careerpath.rotations.operations.texts import read_line
from careerpath.rotations.queries.reach import district_units
from careerpath.rotations.queries.rules import rules_on
from careerpath.skills.queries.lines import lines_of
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_NAME = 80
LONGEST_CONTACT = 80
LONGEST_REMARK = 200
MOST_PLACES = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class HostGiven:
    """A host. ``kinds`` are kinds of rotation it takes (none: all), ``lines`` what can be learnt there, by code."""

    kind: HostKind
    name: str
    places: int = 0
    kinds: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    contact: str = ""
    remark: str = ""


@operation(Permission.ROTATION_PROPOSE)
def keep_host(actor: Actor, unit_id: int, given: HostGiven) -> int:
    """Put a host on the list of a district or street; gives its id. Units of the tree come by ``host_of_unit``."""
    unit = fetch_unit(actor, unit_id, Permission.ROTATION_PROPOSE)
    if unit.kind not in {UnitKind.CITY, UnitKind.DISTRICT, *STREET_KINDS}:
        raise Refused(msg("接收单位由区级或街道登记，请改选街道或区（县）。"), field="unit_id")
    if given.kind is HostKind.UNIT:
        raise Refused(msg("街道和社区已在单位中登记，安排锻炼时可直接选用，无需另行登记。"), field="kind")
    values = _read(given, unit)
    _refuse_namesake(unit.id, str(values["name"]), None)
    host = Host(unit_id=unit.id, **values)
    session_add(host)
    return host.id


@operation(Permission.ROTATION_PROPOSE)
def change_host(actor: Actor, host_id: int, given: HostGiven, version: int) -> None:
    """Change what stands of a host; a unit of the tree keeps its kind and name.

    Raises ``Conflict`` when ``version`` is no longer the present one.
    """
    host = fetch(actor, Host, host_id, Permission.ROTATION_PROPOSE, lock=True)
    if host.version != version:
        raise Conflict(
            msg("这个接收单位刚刚被其他人修改，请核对后重新提交。"),
            typed=_texts(given),
            current=_texts(given_of(host)),
        )
    values = _read(given, db.session.get_one(Unit, host.unit_id))
    if host.at_unit_id is not None:
        values |= {"kind": host.kind, "name": host.name}
    elif given.kind is HostKind.UNIT:
        raise Refused(msg("接收单位的类别不能改为街道社区。"), field="kind")
    _refuse_namesake(host.unit_id, str(values["name"]), host.id)
    for name, value in values.items():
        setattr(host, name, value)


@operation(Permission.ROTATION_PROPOSE)
def retire_host(actor: Actor, host_id: int) -> None:
    """Take a host off the list: nobody else is sent there. Who is there stays until the end."""
    host = fetch(actor, Host, host_id, Permission.ROTATION_PROPOSE, lock=True)
    if not host.active:
        raise Refused(msg("“%(name)s”已经停用。", name=host.name))
    host.active = False


@operation(Permission.ROTATION_PROPOSE)
def restore_host(actor: Actor, host_id: int) -> None:
    """Put a host back on the list."""
    host = fetch(actor, Host, host_id, Permission.ROTATION_PROPOSE, lock=True)
    if host.active:
        raise Refused(msg("“%(name)s”正在使用，无需恢复。", name=host.name))
    host.active = True


@operation(Permission.ROTATION_PROPOSE)
def host_of_unit(actor: Actor, unit_id: int) -> int:
    """The host that a unit of the tree is, entered on first use; gives its id. Any unit of the actor's district."""
    unit = db.session.scalars(
        select(Unit).where(Unit.id == unit_id, district_units(actor, Permission.ROTATION_PROPOSE))
    ).one_or_none()
    if unit is None:
        raise NotFound
    known = db.session.scalars(select(Host).where(Host.at_unit_id == unit.id)).one_or_none()
    if known is not None:
        return known.id
    if unit.ends_on is not None and unit.ends_on < clock.today():
        raise Refused(msg("“%(name)s”已撤销，请改选其他单位。", name=unit.short_name), field="host")
    host = Host(unit_id=_keeper(unit), kind=HostKind.UNIT, name=unit.name[:LONGEST_NAME], at_unit_id=unit.id)
    session_add(host)
    return host.id


def given_of(host: Host) -> HostGiven:
    """A host as it stands, for a form."""
    return HostGiven(
        kind=host.kind,
        name=host.name,
        places=host.places,
        kinds=tuple(host.kinds),
        lines=tuple(host.lines),
        contact=host.contact,
        remark=host.remark,
    )


def _keeper(unit: Unit) -> int:
    """The district or street that keeps a unit in its list: the street above a community, else the unit itself."""
    above = db.session.scalars(
        select(Unit).where(Unit.id.in_(ids_of(unit.path)), Unit.kind.in_({UnitKind.DISTRICT, *STREET_KINDS}))
    )
    return max(above, key=lambda one: len(one.path), default=unit).id


def _read(given: HostGiven, unit: Unit) -> dict[str, object]:
    if not 0 <= given.places <= MOST_PLACES:
        raise Refused(msg("可接收人数应为 0 至 %(most)s，请改正。", most=MOST_PLACES), field="places")
    if given.kinds:
        edition = rules_on(clock.today())
        for code in given.kinds:
            kind_named(edition, code)
    known = {line.code for line in lines_of(unit.path, retired=True)} if given.lines else set()
    strange = [code for code in given.lines if code not in known]
    if strange:
        raise Refused(msg("没有“%(code)s”这项业务，请从业务目录中选择。", code=strange[0]), field="lines")
    return {
        "kind": given.kind,
        "name": read_line(given.name, LONGEST_NAME, "name", msg("请填写接收单位名称。")),
        "places": given.places,
        "kinds": list(dict.fromkeys(given.kinds)),
        "lines": list(dict.fromkeys(given.lines)),
        "contact": read_line(given.contact, LONGEST_CONTACT, "contact"),
        "remark": read_line(given.remark, LONGEST_REMARK, "remark"),
    }


def _refuse_namesake(unit_id: int, name: str, own_id: int | None) -> None:
    query = select(Host.id).where(Host.unit_id == unit_id, Host.name == name, Host.id != (own_id or 0))
    if db.session.scalars(query).first() is not None:
        raise Refused(msg("接收单位“%(name)s”已经登记，请直接使用或修改原来的一条。", name=name), field="name")


def _texts(given: HostGiven) -> Mapping[str, object]:
    return asdict(given) | {"kinds": "、".join(given.kinds), "lines": "、".join(given.lines)}
