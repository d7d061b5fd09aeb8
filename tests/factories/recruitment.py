"""Batches of any stage, positions, applicants and examinees, written down directly for tests of what comes after."""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from careerpath.access.models import Unit
from careerpath.core.db import db, writing
from careerpath.core.vault import vault
from careerpath.employees.models import Channel, Employee, Source
from careerpath.employees.operations.identity import initials_of, mask_phone, read_identity
from careerpath.policy.edition import to_plain
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    ApplicationState,
    Appointment,
    Attendance,
    BatchState,
    Entry,
    Examinee,
    ExamRoom,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.rules import rules_named
from careerpath.recruitment.queries.sealed import sealed
from tests.factories.employees import make_identity

RULES = "feixian-2016"
NOW = datetime(2025, 12, 1, 8, tzinfo=UTC)
_serials = count(1)


def make_batch(unit: Unit, state: BatchState = BatchState.PUBLISHED, **changes: Any) -> RecruitmentBatch:
    """A batch of a district; beyond planning its rules are frozen."""
    serial = next(_serials)
    given: dict[str, Any] = {
        "name": f"第{serial}批（2025年）",
        "title": "费县2025年公开招聘社区工作者公告",
        "year": 2025,
        "edition_key": RULES,
        "document": "" if state is BatchState.PLANNED else "费社工发〔2025〕9号",
        "vacancies_on": date(2025, 10, 31),
        "announced_on": date(2025, 11, 10),
        "opens_on": date(2025, 11, 17),
        "closes_on": date(2025, 12, 12),
        "written_on": date(2025, 12, 20),
        "written_time": "上午9:00—11:00",
        "interview_on": date(2026, 1, 10),
    }
    edition = None if state is BatchState.PLANNED else to_plain(rules_named(changes.get("edition_key", RULES)))
    with writing() as session:
        batch = RecruitmentBatch(unit_id=unit.id, state=state, edition=edition, **(given | changes))
        session.add(batch)
    return batch


def make_position(batch: RecruitmentBatch, unit: Unit, places: int = 1, **changes: Any) -> RecruitmentPosition:
    """A position for open recruitment at a unit."""
    serial = next(_serials)
    given: dict[str, Any] = {"code": f"{serial:03d}", "title": "社区工作者", "channel": Channel.OPEN_RECRUITMENT}
    with writing() as session:
        position = RecruitmentPosition(batch_id=batch.id, unit_id=unit.id, places=places, **(given | changes))
        session.add(position)
    return position


def make_application(
    position: RecruitmentPosition, state: ApplicationState = ApplicationState.SUBMITTED, **changes: Any
) -> Application:
    """An application of somebody who meets the usual conditions; ``identity`` and ``phone`` are given plainly."""
    serial = next(_serials)
    number = changes.pop("identity", "") or make_identity(date(1998, 4, 12), serial=serial)
    phone = changes.pop("phone", f"138{serial:08d}")
    identity, uid = read_identity(number), secrets.token_hex(16)
    counts = state not in (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
    given: dict[str, Any] = {
        "number": f"2025-{position.batch_id:02d}-{serial:04d}",
        "entry": Entry.STAFF,
        "name": f"应试{chr(0x4E00 + serial)}",
        "household_place": "山东省临沂市费县费城街道",
        "political": "03",
        "education": "21",
        "degree": "4",
        "school": "临沂大学",
        "major": "社会工作",
        "graduated_on": date(2020, 6, 30),
        "source": Source.GRADUATE,
        "groups": [],
        "submitted_at": datetime(2025, 11, 20, 2, 0, tzinfo=UTC) if counts else None,
        "consented_at": datetime(2025, 11, 20, 1, 0, tzinfo=UTC),
    } | changes
    with writing() as session:
        application = Application(
            batch_id=position.batch_id,
            position_id=position.id,
            unit_id=position.unit_id,
            uid=uid,
            state=state,
            initials=initials_of(given["name"]),
            identity_sealed=sealed(identity.number, "identity", uid),
            identity_index=vault().index(identity.number),
            identity_masked=identity.masked,
            taken_index=vault().index(identity.number) if counts else None,
            sex=identity.sex.value,
            born_on=identity.born_on,
            phone_sealed=sealed(phone, "phone", uid),
            phone_masked=mask_phone(phone),
            address_sealed=sealed("费县费城街道文化路1号", "address", uid),
            **given,
        )
        session.add(application)
    return application


def make_examinee(application: Application, written: Mapping[str, Decimal] | None = None, **changes: Any) -> Examinee:
    """An admitted applicant with number and seat, and the points of the written exam where they are given."""
    serial = next(_serials)
    with writing() as session:
        room = db.session.query(ExamRoom).filter_by(batch_id=application.batch_id).first()
        if room is None:
            room = ExamRoom(batch_id=application.batch_id, number=1, place="费县第一中学 1 号楼 101", seats=5000)
            session.add(room)
            session.flush()
        given: dict[str, Any] = {
            "exam_number": f"25{application.batch_id:02d}{serial:04d}",
            "secret_number": f"{serial:06d}",
            "attendance": None if written is None else Attendance.PRESENT,
        } | changes
        examinee = Examinee(
            batch_id=application.batch_id,
            application_id=application.id,
            room_id=room.id,
            seat=serial,
            written=written,
            **given,
        )
        session.add(examinee)
    return examinee


def make_appointment(position: RecruitmentPosition, employee: Employee, **changes: Any) -> Appointment:
    """Somebody appointed to a position, with the application that led there."""
    application = make_application(position, ApplicationState.ADMITTED, name=employee.name)
    given: dict[str, Any] = {"starts_on": employee.joined_community_on, "by": "区级经办", "at": NOW}
    with writing() as session:
        record = Appointment(
            batch_id=position.batch_id,
            application_id=application.id,
            employee_id=employee.id,
            unit_id=position.unit_id,
            **(given | changes),
        )
        session.add(record)
    return record


def make_tally(position: RecruitmentPosition, people: int, **changes: Any) -> ApplicantTally:
    """Applicants whose particulars are purged, as they are still counted."""
    given: dict[str, Any] = {
        "sex": "2",
        "age": 26,
        "education": "21",
        "source": "graduate",
        "entry": "candidate",
        "reached": "sat",
    }
    with writing() as session:
        tally = ApplicantTally(batch_id=position.batch_id, position_id=position.id, count=people, **(given | changes))
        session.add(tally)
    return tally
