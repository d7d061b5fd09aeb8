"""Hosts: the list with places taken on a day, one of them with who is there, and looking one up while typing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import MOST_FOUND
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.rotations.models import Host, HostKind, Rotation, RotationState
from careerpath.rotations.queries.names import kind_names
from careerpath.rotations.queries.reach import district_units, host_met
from careerpath.rotations.queries.rotations import RotationLine, line_query, lines_of
from careerpath.rotations.queries.standing import away_on
from careerpath.skills.queries.lines import line_names, names_line
from careerpath.words import NotFound

SHOWN = 200
"""How many people of one host are listed; the list of rotations shows all."""


@dataclass(frozen=True, slots=True)
class HostFilters:
    """What is looked for, on a day; ``state`` is ``free``, ``full`` or ``retired``."""

    on: date
    q: str = ""
    kind: str = ""
    state: str = ""
    unit_id: int | None = None
    line: str = ""
    """Where this line of work can be learnt."""

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.kind or self.state or self.unit_id or self.line)


@dataclass(frozen=True, slots=True)
class HostLine:
    """One host with the people who are there on the day and those who are to come."""

    id: int
    name: str
    kind: HostKind
    keeper: str
    places: int
    here: int
    coming: int
    kinds: tuple[str, ...]
    contact: str
    active: bool

    @property
    def free(self) -> int | None:
        """Places left on the day; None where the host offers no number."""
        return max(self.places - self.here, 0) if self.places else None


@dataclass(frozen=True, slots=True)
class HostPage:
    """A host with who is there, who comes, and who was."""

    record: Host
    keeper: str
    at_unit: str
    kinds: tuple[str, ...]
    lines: tuple[str, ...]
    here: int
    people: tuple[RotationLine, ...]
    total: int
    may_keep: bool


@dataclass(frozen=True, slots=True)
class HostFound:
    """An answer of a look-up: a host of the list, or a unit of the tree that may become one (``u`` before its id)."""

    key: str
    name: str
    where: str


def host_filters_of(args: Mapping[str, str]) -> HostFilters:
    """The filters that stand in an address."""
    kind, state = args.get("kind", ""), args.get("state", "")
    return HostFilters(
        on=read_day(args.get("on", "")) or clock.today(),
        q=args.get("q", "").strip()[:64],
        kind=kind if kind in set(HostKind) else "",
        state=state if state in {"free", "full", "retired"} else "",
        unit_id=whole_number(args.get("unit_id", "")),
        line=args.get("line", "").strip()[:24],
    )


def host_lines(
    actor: Actor, filters: HostFilters, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> Page[HostLine]:
    """One page of hosts by name. Four queries, however many there are."""
    here = _count(away_on(filters.on))
    coming = _count((Rotation.starts_on > filters.on) & Rotation.state.in_(_TO_COME))
    query: Any = (
        select(Host, Unit.short_name, here.label("here"), coming.label("coming"))
        .join(Unit, Unit.id == Host.unit_id)
        .where(host_met(actor, Permission.ROTATION_VIEW))
    )
    if filters.q:
        query = query.where(Host.name.contains(filters.q, autoescape=True))
    if filters.kind:
        query = query.where(Host.kind == HostKind(filters.kind))
    if filters.unit_id is not None:
        query = query.where(Host.unit_id == filters.unit_id)
    if filters.line:
        query = query.where(names_line(Host.lines, filters.line))
    query = query.where(Host.active.is_(filters.state != "retired"))
    if filters.state == "free":
        query = query.where(or_(Host.places == 0, here < Host.places))
    elif filters.state == "full":
        query = query.where(Host.places > 0, here >= Host.places)
    page = keyset_page(
        query,
        (SortKey(Host.name), SortKey(Host.id)),
        lambda row: (row[0].name, row[0].id),
        after=after,
        before=before,
        size=size,
    )
    names = kind_names()
    rows = [
        HostLine(
            id=host.id,
            name=host.name,
            kind=host.kind,
            keeper=keeper,
            places=host.places,
            here=there,
            coming=to_come,
            kinds=tuple(names.get(code, code) for code in host.kinds),
            contact=host.contact,
            active=host.active,
        )
        for host, keeper, there, to_come in page.rows
    ]
    return Page(rows, page.total, page.after, page.before)


def host_page(actor: Actor, host_id: int, on: date, permission: Permission = Permission.ROTATION_VIEW) -> HostPage:
    """One host, or ``NotFound``: everybody who was, is or will be there, newest first. Five queries."""
    found = db.session.execute(
        select(Host, Unit.short_name, Unit.path)
        .join(Unit, Unit.id == Host.unit_id)
        .where(Host.id == host_id, host_met(actor, permission))
    ).one_or_none()
    if found is None:
        raise NotFound
    host, keeper, path = found
    at_unit = db.session.scalar(select(Unit.short_name).where(Unit.id == host.at_unit_id)) if host.at_unit_id else ""
    wanted = Rotation.host_id == host.id, Rotation.state != RotationState.CANCELLED
    total, here = db.session.execute(select(func.count(), func.count().filter(away_on(on))).where(*wanted)).one()
    rows = db.session.execute(
        line_query().where(*wanted).order_by(Rotation.starts_on.desc(), Rotation.id.desc()).limit(SHOWN)
    ).all()
    kinds = kind_names()
    lines = line_names(host.lines, path)
    return HostPage(
        record=host,
        keeper=keeper,
        at_unit=at_unit or "",
        kinds=tuple(kinds.get(code, code) for code in host.kinds),
        lines=tuple(lines[code] for code in host.lines),
        here=here,
        people=tuple(lines_of(rows, on)),
        total=total,
        may_keep=actor.can(Permission.ROTATION_PROPOSE, path),
    )


def find_hosts(actor: Actor, text: str, permission: Permission, limit: int = 10) -> list[HostFound]:
    """Active hosts of the list, and units of the district that are not on it, by a part of the name. Three queries."""
    text = text.strip()
    if not text:
        return []
    most = max(1, min(limit, MOST_FOUND))
    hosts = db.session.execute(
        select(Host.id, Host.name, Unit.short_name)
        .join(Unit, Unit.id == Host.unit_id)
        .where(host_met(actor, permission), Host.active.is_(True), Host.name.contains(text, autoescape=True))
        .order_by(func.length(Host.name), Host.name, Host.id)
        .limit(most)
    )
    found = [HostFound(str(host_id), name, keeper) for host_id, name, keeper in hosts]
    listed = select(Host.id).where(Host.at_unit_id == Unit.id).exists()
    above = Unit.__table__.alias("above")
    units = db.session.execute(
        select(Unit.id, Unit.name, above.c.short_name)
        .outerjoin(above, above.c.id == Unit.parent_id)
        .where(
            district_units(actor, permission),
            ~listed,
            or_(Unit.ends_on.is_(None), Unit.ends_on >= clock.today()),
            or_(Unit.name.contains(text, autoescape=True), Unit.initials.startswith(text.lower(), autoescape=True)),
        )
        .order_by(func.length(Unit.name), Unit.code)
        .limit(most)
    )
    found += [HostFound(f"u{unit_id}", name, keeper or "") for unit_id, name, keeper in units]
    return found[:most]


def keepers(actor: Actor, kinds: Collection[str]) -> Sequence[tuple[int, str]]:
    """The districts and streets in whose list the actor may put a host, by code. One query."""
    rows = db.session.execute(
        select(Unit.id, Unit.short_name, Unit.path)
        .where(Unit.kind.in_(kinds), or_(Unit.ends_on.is_(None), Unit.ends_on >= clock.today()))
        .order_by(Unit.code)
    )
    return [(unit_id, name) for unit_id, name, path in rows if actor.can(Permission.ROTATION_PROPOSE, path)]


_TO_COME = (RotationState.PROPOSED, RotationState.APPROVED)


def _count(wanted: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count()).select_from(Rotation).where(Rotation.host_id == Host.id, wanted)
    return counted.correlate(Host).scalar_subquery()
