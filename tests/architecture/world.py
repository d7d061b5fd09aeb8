"""A small world with something of everything: an own street, the next one, and one in another district.

A new room adds the ids of its records to ``_records``, under the names that its addresses use. An address with a name
that is missing there fails the test of all routes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import AuditEntry, RoleGrant, SignIn, Unit, User
from careerpath.access.operations.sign_ins import sign_in
from careerpath.access.permissions import Role
from careerpath.appraisals.models import Appraisal, StreetAppraisal
from careerpath.appraisals.operations.years import open_year
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import AttachmentKind, Posting
from careerpath.employees.operations.corrections import NewCorrection, ask_correction
from careerpath.employees.operations.lines import NewCareerLine, add_line
from careerpath.employees.operations.papers import add_attachment, set_photo
from careerpath.employees.operations.people import link_account
from careerpath.jobs.operations import order_job
from careerpath.policy.codes import UnitKind
from careerpath.rulebook.operations import import_edition
from careerpath.spreadsheets.models import SheetImport
from careerpath.words import msg
from tests.architecture.batches import batch_records
from tests.architecture.growth import growth_records
from tests.architecture.levels import level_records
from tests.architecture.months import month_records
from tests.architecture.reporting import report_records
from tests.architecture.reserves import reserve_records
from tests.employees.test_papers import make_image
from tests.factories.access import PASSWORD, make_unit, make_user
from tests.factories.appraisals import new_year
from tests.factories.employees import make_employee
from tests.factories.rulebook import FILE, appraisal_text, editor

ROLES = tuple(role for role in Role if role is not Role.CONSOLE)

OWN_STREET, NEXT_STREET, OTHER_DISTRICT = "own street", "next street", "other district"

LEVELS: Mapping[Role, str] = {
    Role.STREET_HR: "street",
    Role.COMMUNITY_SECRETARY: "community",
    Role.WORKER: "community",
}
"""Where the tested account of a role holds it; all others hold theirs for the district."""

OF_THE_INSTALLATION = frozenset({"edition_id"})
"""Records that belong to no unit: everybody with the permission meets them."""

OF_THE_DISTRICT = frozenset(
    {"year_id", "run_id", "batch_id", "objection_id", "selection_id", "channel_id", "call_id", "mentor_id"}
)
"""Records that the next street shares with the own one."""


@dataclass(frozen=True)
class World:
    """Ids of records by the names that addresses use, by place; jobs and sign-ins also by account."""

    places: Mapping[str, Mapping[str, int]]
    accounts: Mapping[Role, str]
    own: Mapping[Role, Mapping[str, int]] = field(default_factory=dict)

    def ids(self, role: Role, place: str) -> Mapping[str, int]:
        """The records that an account of this role meets in a place."""
        return {**self.places[place], **(self.own[role] if place == OWN_STREET else {})}

    def strange_places(self, role: Role) -> tuple[str, ...]:
        """The places where an account of this role has no business."""
        return (NEXT_STREET, OTHER_DISTRICT) if role in LEVELS else (OTHER_DISTRICT,)


def make_world() -> World:
    """Build it with the operations, wherever there is one."""
    city = make_unit("临沂市", UnitKind.CITY)
    district, other = (make_unit(name, UnitKind.DISTRICT, city) for name in ("费县", "平邑县"))
    streets = {
        OWN_STREET: make_unit("费城街道", UnitKind.STREET, district),
        NEXT_STREET: make_unit("上冶镇", UnitKind.TOWN, district),
        OTHER_DISTRICT: make_unit("平邑街道", UnitKind.STREET, other),
    }
    communities = {place: make_unit(f"{place}社区", UnitKind.COMMUNITY, street) for place, street in streets.items()}
    workers = {place: make_user(f"worker {place}", Role.WORKER, unit) for place, unit in communities.items()}
    people = {}
    for place, community in communities.items():
        people[place] = make_employee(None, community).id
        link_account(_clerk(streets[place]), people[place], workers[place].id)
    for area in (district, other):
        open_year(Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, area.path),)), new_year(area))
    edition_id = import_edition(editor(), appraisal_text(), FILE)
    places = {
        place: {**_records(streets[place], communities[place], people[place], workers[place]), "edition_id": edition_id}
        for place in streets
    }
    for place, records in month_records([district, other], people).items():
        places[place] |= records
    districts = {OWN_STREET: district, NEXT_STREET: district, OTHER_DISTRICT: other}
    for place, records in batch_records(districts, communities).items():
        places[place] |= records
    for place, records in reserve_records(districts, communities, people).items():
        places[place] |= records
    for place, records in growth_records(districts, communities, people).items():
        places[place] |= records
    for place, records in report_records(streets).items():
        places[place] |= records
    levels = {"district": district, "street": streets[OWN_STREET], "community": communities[OWN_STREET]}
    accounts: dict[Role, str] = {}
    own: dict[Role, dict[str, int]] = {}
    for role in ROLES:
        if role is Role.WORKER:
            accounts[role] = workers[OWN_STREET].name
        else:
            accounts[role] = make_user(role.value, role, levels[LEVELS.get(role, "district")]).name
        own[role] = _own(accounts[role])
    return World(places, accounts, own)


def _records(street: Unit, community: Unit, employee_id: int, worker: User) -> dict[str, int]:
    clerk_user = make_user(f"clerk-{street.id}", Role.STREET_HR, street)
    clerk = Actor(clerk_user.id, clerk_user.name, clerk_user.name, (Grant(Role.STREET_HR, street.path),))
    line = NewCareerLine(starts_on=date(2018, 7, 1), text="社区工作者")
    set_photo(clerk, employee_id, make_image())
    request = NewCorrection("联系方式", "电话号码已经更换。")
    part = db.session.scalars(select(StreetAppraisal).where(StreetAppraisal.unit_id == street.id)).one()
    own = _own(clerk_user.name)
    return {
        **own,
        "line_id": add_line(clerk, employee_id, line),
        "attachment_id": add_attachment(clerk, employee_id, AttachmentKind.IDENTITY, "证件.jpg", make_image()),
        "request_id": ask_correction(Actor(worker.id, worker.name, "", (Grant(Role.WORKER, community.path),)), request),
        "unit_id": community.id,
        "user_id": clerk_user.id,
        "grant_id": db.session.scalars(select(RoleGrant.id).where(RoleGrant.user_id == clerk_user.id)).one(),
        "entry_id": db.session.scalars(
            select(func.max(AuditEntry.id)).where(AuditEntry.user_name == clerk_user.name)
        ).one(),
        "employee_id": employee_id,
        "fact_id": db.session.scalars(select(Posting.id).where(Posting.employee_id == employee_id)).one(),
        "year_id": part.year_id,
        "street_id": part.id,
        "appraisal_id": db.session.scalars(select(Appraisal.id).where(Appraisal.employee_id == employee_id)).one(),
        **level_records(clerk, street, employee_id),
    }


def _own(name: str) -> dict[str, int]:
    """A job, a sign-in and an import of an account."""
    user = db.session.scalars(select(User).where(User.name == name)).one()
    actor = Actor(user.id, user.name, user.name)
    job_id = order_job(actor, "tally", msg("登记表"), {})
    assert sign_in(Actor.nobody(), name, PASSWORD) is not None
    sign_in_id = db.session.scalars(select(func.max(SignIn.id)).where(SignIn.user_id == user.id)).one()
    assert sign_in_id is not None
    return {"job_id": job_id, "sign_in_id": sign_in_id, "import_id": _import(user.id, job_id)}


def _import(owner_id: int, job_id: int) -> int:
    """A roster that somebody sent and that nobody has compared yet."""
    with writing() as session:
        sent = SheetImport(
            sheet="employees", owner_id=owner_id, job_id=job_id, file_name="花名册.xlsx", sent_at=clock.now()
        )
        session.add(sent)
        session.flush()
        return sent.id


def _clerk(street: Unit) -> Actor:
    return Actor(None, "clerk", "clerk", (Grant(Role.STREET_HR, street.path),))
