"""Mentors, pairings and their logs, written down directly for what comes after."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from careerpath.access.models import Unit
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, MentoringLog, MentoringReview, Pairing
from careerpath.mentoring.queries.rules import shipped_rules
from careerpath.policy.edition import to_plain

NOW = datetime(2025, 12, 1, 8, tzinfo=UTC)
_serials = count(1)


def make_mentor(unit: Unit, employee: Employee | None = None, **changes: Any) -> Mentor:
    """A mentor of a unit: an agency cadre from outside, or a good secretary with a file."""
    serial = next(_serials)
    given: dict[str, Any] = {
        "number": f"费导聘〔2025〕{serial}号",
        "name": employee.name if employee else f"周导{chr(0x4E00 + serial)}",
        "post": "费城街道 书苑社区 社区党组织书记" if employee else "费县民政局 科长",
        "kind": "secretary" if employee else "agency_cadre",
        "starts_on": date(2025, 1, 1),
    }
    with writing() as session:
        mentor = Mentor(unit_id=unit.id, employee_id=employee.id if employee else None, **(given | changes))
        session.add(mentor)
    return mentor


def make_pairing(mentor: Mentor, employee: Employee, unit: Unit, **changes: Any) -> Pairing:
    """A pairing of 2025, a year long, of somebody who serves in a unit."""
    given: dict[str, Any] = {
        "number": f"费帮〔2025〕{next(_serials)}号",
        "edition": to_plain(shipped_rules()[0]),
        "home_name": "费城街道 书苑社区 社区工作者",
        "starts_on": date(2025, 3, 1),
        "ends_on": date(2026, 2, 28),
        "goals": "一年内能独立办理民政业务。",
        "plan": "每月一次现场带教。",
    }
    with writing() as session:
        pairing = Pairing(mentor_id=mentor.id, employee_id=employee.id, unit_id=unit.id, **(given | changes))
        session.add(pairing)
    return pairing


def make_log(pairing: Pairing, on: date = date(2025, 11, 20), **changes: Any) -> MentoringLog:
    """A talk of two hours."""
    given: dict[str, Any] = {
        "hours": Decimal(2),
        "topic": "低保入户核查",
        "text": "随同入户三家，讲解核查要点。",
        "by": "街道经办",
        "at": NOW,
    }
    with writing() as session:
        log = MentoringLog(pairing_id=pairing.id, on=on, **(given | changes))
        session.add(log)
    return log


def make_mentoring_review(pairing: Pairing, on: date = date(2025, 5, 31), **changes: Any) -> MentoringReview:
    """A quarterly review."""
    given: dict[str, Any] = {"progress": "已能独立受理低保申请。", "by": "社区书记", "at": NOW}
    with writing() as session:
        review = MentoringReview(pairing_id=pairing.id, on=on, **(given | changes))
        session.add(review)
    return review
