"""The county's annual report says what the county reports, counted from records: one record more is one more."""

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.annual_reports.queries.gathering import all_figures, gather
from careerpath.annual_reports.queries.scope import Scope, scope_of
from careerpath.annual_reports.queries.wording import fill, unknown_places
from careerpath.core import clock
from careerpath.core.db import Record, db, writing
from careerpath.demo.marks import Mark
from careerpath.demo.office import Office
from careerpath.demo.places import FEIXIAN
from careerpath.employees.models import Employee, Honour, Posting
from careerpath.mentoring.models import Mentor
from careerpath.policy.rotation import Direction
from careerpath.policy.talent_pool import Outcome
from careerpath.recruitment.models import Application, Appointment
from careerpath.rotations.models import Rotation, RotationState
from careerpath.talent_pool.models import EntrantState, SelectionEntrant
from tests.demo.programs import people_built

R = TypeVar("R", bound=Record)

REPORTED = {
    "recruited": 212,
    "pool_entrants": 206,
    "pool_selected": 121,
    "recruits_leading": 5,
    "recruits_compound": 25,
    "mentors": 80,
    "rotations_up": 44,
    "rotations_down": 16,
    "honoured_kind_party_delegate": 4,
    "honoured_kind_peoples_deputy": 1,
    "honoured_kind_model_worker": 17,
}
"""What the county says of itself, by the code of the figure: since the beginning, mentors as of the day."""


class Undone(Exception):
    """What was written down for a moment is forgotten again."""


@pytest.fixture(scope="module")
def county(blank_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The county with its pool, its promotions and what its people learn."""
    folder = tmp_path_factory.mktemp("report")
    with people_built(Mark(FEIXIAN, 330, 1), folder, blank_database, promoted=True) as (office, _):
        yield office


def scope(office: Office) -> Scope:
    """The report of the county as of today."""
    district = db.session.scalars(select(Unit).where(Unit.code == office.town.place.district)).one()
    on = clock.today()
    return scope_of(office.staff["district"], district.id, on.year, on)


def numbers(office: Office) -> dict[str, Decimal | None]:
    """The reported figures as the report counts them now."""
    figures = {one.code: one for one in all_figures(gather(scope(office)))}
    return {code: figures[code].value if figures[code].total is None else figures[code].total for code in REPORTED}


def another(record: R, **changes: Any) -> R:
    """The same record once more, with these changes."""
    kept = {column.key: getattr(record, column.key) for column in type(record).__mapper__.column_attrs}
    return type(record)(**{**{key: value for key, value in kept.items() if key not in ("id", "version")}, **changes})


def one_more(office: Office, kind: str) -> list[Record]:
    """The records by which one of the reported figures grows by one."""
    session = db.session
    first = session.scalars(select(Appointment).order_by(Appointment.id)).first()
    assert first is not None
    served = select(Employee).where(Employee.left_on.is_(None)).order_by(Employee.id)
    leading = select(Posting.employee_id).where(Posting.post.in_(("chief", "deputy")))
    plain = served.where(Employee.id.not_in(leading))
    old = session.scalars(plain.where(Employee.id.not_in(select(Appointment.employee_id)))).first()
    heads = select(Posting.employee_id).where(Posting.party_role != "")
    recruit = session.scalars(plain.where(Employee.batch != "", Employee.id.not_in(heads))).first()
    assert old is not None
    assert recruit is not None
    match kind:
        case "recruited":
            form = another(
                session.get_one(Application, first.application_id), uid="0" * 32, number="0", taken_index=None
            )
            session.add(form)
            session.flush()
            return [another(first, application_id=form.id, employee_id=old.id)]
        case "pool_entrants" | "pool_selected":
            there = select(SelectionEntrant).where(
                SelectionEntrant.state == EntrantState.ADMITTED, SelectionEntrant.outcome == Outcome.SELECTED
            )
            entrant = session.scalars(there.order_by(SelectionEntrant.id)).first()
            assert entrant is not None
            entered = select(SelectionEntrant.employee_id)
            new = session.scalars(served.where(Employee.id.not_in(entered))).first()
            assert new is not None
            return [another(entrant, employee_id=new.id)]
        case "recruits_leading" | "recruits_compound":
            wanted = Posting.post == "deputy" if kind == "recruits_leading" else Posting.party_role == "小区党支部书记"
            current = select(Posting).where(
                wanted, Posting.superseded_at.is_(None), Posting.ends_on.is_(None),
                Posting.employee_id.in_(select(Appointment.employee_id)),
            )  # fmt: skip
            post = session.scalars(current.order_by(Posting.id)).first()
            assert post is not None
            return [another(post, employee_id=recruit.id)]
        case "mentors":
            mentor = session.scalars(select(Mentor).where(Mentor.employee_id.is_(None)).order_by(Mentor.id)).first()
            assert mentor is not None
            return [another(mentor, number="新", name="新聘导师")]
        case "rotations_up" | "rotations_down":
            way = Direction.UP if kind == "rotations_up" else Direction.DOWN
            gone = select(Rotation).where(Rotation.direction == way, Rotation.state == RotationState.EVALUATED)
            rotation = session.scalars(gone.order_by(Rotation.id)).first()
            assert rotation is not None
            sent = select(Rotation.employee_id).where(Rotation.employee_id.is_not(None))
            new = session.scalars(served.where(Employee.id.not_in(sent))).first()
            assert new is not None
            changes = {"person_name": "新派干部"} if rotation.employee_id is None else {"employee_id": new.id}
            return [another(rotation, **changes)]
    honour_kind = kind.removeprefix("honoured_kind_")
    honour = session.scalars(select(Honour).where(Honour.kind == honour_kind).order_by(Honour.id)).first()
    assert honour is not None
    new = session.scalars(served.where(Employee.id.not_in(select(Honour.employee_id)))).first()
    assert new is not None
    return [another(honour, employee_id=new.id)]


def test_the_report_says_what_the_county_reports(county: Office) -> None:
    assert numbers(county) == {code: Decimal(number) for code, number in REPORTED.items()}


def test_the_words_of_the_report_say_these_numbers_and_leave_no_place_empty(county: Office) -> None:
    sections = gather(scope(county))
    figures = all_figures(sections)
    said = "".join(fill(section.text, figures) for section in sections)
    assert [section.code for section in sections if unknown_places(section.text, figures)] == []
    for words in ("212人", "206人", "入选121人", "5人走上", "25人任小区党支部书记", "导师80人", "44人、下派16人"):
        assert words in said, words


def test_figures_have_names_and_codes_of_their_own(county: Office) -> None:
    figures = all_figures(gather(scope(county)))
    assert len({str(one.name) for one in figures}) == len(figures) == len({one.code for one in figures})


def counted_with_one_more(office: Office, kind: str) -> Decimal | None:
    """The reported figure while there is one record more, which is forgotten afterwards."""
    found: dict[str, Decimal | None] = {}
    with suppress(Undone), writing() as session:
        session.add_all(one_more(office, kind))
        session.flush()
        found = numbers(office)
        raise Undone
    return found[kind]


@pytest.mark.parametrize("kind", REPORTED)
def test_one_record_more_is_one_more_in_the_report(county: Office, kind: str) -> None:
    before = numbers(county)[kind]
    assert before is not None
    assert counted_with_one_more(county, kind) == before + 1
    assert numbers(county)[kind] == before
