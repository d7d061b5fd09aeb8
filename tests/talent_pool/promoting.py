"""Promotions of a small district, brought to where a test begins."""

from datetime import date
from typing import Any

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.talent_pool.models import Promotion
from careerpath.talent_pool.operations.appointments import ElectionGiven, open_promotion_notice
from careerpath.talent_pool.operations.promotions import (
    PromotionGiven,
    approve_promotion,
    propose_promotion,
    submit_promotion,
)
from tests.talent_pool.reserves import Pool, day

PROPOSED = date(2025, 9, 1)
APPROVED = date(2025, 9, 8)
NOTICE = (date(2025, 9, 9), date(2025, 9, 15))
APPOINTED = date(2025, 9, 16)
STARTS = date(2025, 10, 1)
DOCUMENT = "费组字〔2025〕12号"


class Promoting(Pool):
    """The district with its pool, and people on their way to a post."""

    def wanted(self, employee: Employee, unit: Unit | None = None, **changes: Any) -> PromotionGiven:
        """Somebody as the secretary of a community."""
        given: dict[str, Any] = {
            "rung": "secretary",
            "post": "chief",
            "party_role": "党组织书记",
            "relieved_of": "社区工作者",
            "reason": "工作需要，群众认可。",
        }
        return PromotionGiven(employee_id=employee.id, unit_id=(unit or self.town.community).id, **(given | changes))

    def proposed(self, employee: Employee | None = None, unit: Unit | None = None, **changes: Any) -> Promotion:
        """Written down by the street."""
        person = employee or self.person()
        with day(PROPOSED):
            promotion_id = propose_promotion(self.street, self.wanted(person, unit, **changes))
        return db.session.get_one(Promotion, promotion_id)

    def submitted(self, employee: Employee | None = None, unit: Unit | None = None, **changes: Any) -> Promotion:
        """With the district."""
        promotion = self.proposed(employee, unit, **changes)
        with day(PROPOSED):
            submit_promotion(self.street, promotion.id, "条件尚差，岗位急需。")
        return promotion

    def approved(self, employee: Employee | None = None, unit: Unit | None = None, **changes: Any) -> Promotion:
        """Approved by a document."""
        promotion = self.submitted(employee, unit, **changes)
        with day(APPROVED):
            approve_promotion(self.district, promotion.id, DOCUMENT, "同意", APPROVED)
        return promotion

    def noticed(self, employee: Employee | None = None, unit: Unit | None = None, **changes: Any) -> Promotion:
        """Named to the public."""
        promotion = self.approved(employee, unit, **changes)
        with day(APPROVED):
            open_promotion_notice(self.district, promotion.id, *NOTICE)
        return promotion


COMPOUND: dict[str, Any] = {
    "rung": "compound_secretary",
    "post": "staff",
    "title": "小区党支部书记",
    "party_role": "小区党支部书记",
}
DEPUTY: dict[str, Any] = {
    "rung": "committee",
    "post": "deputy",
    "title": "社区“两委”委员",
    "checked": {"support": True},
}
"""A post that an election decides."""


def elected(**changes: Any) -> ElectionGiven:
    """The result of an election that was won."""
    given: dict[str, Any] = {
        "elected": True,
        "held_on": date(2025, 9, 20),
        "document": "费城街道选举结果报告单",
        "votes_for": 42,
        "votes_cast": 50,
        "starts_on": date(2025, 9, 21),
    }
    return ElectionGiven(**(given | changes))


def postings(employee_id: int) -> list[Posting]:
    """The postings in force in a file, oldest first."""
    db.session.expire_all()
    query = db.select(Posting).where(Posting.employee_id == employee_id, Posting.superseded_at.is_(None))
    return list(db.session.scalars(query.order_by(Posting.starts_on, Posting.id)))


def person_of(promotion: Promotion) -> Employee:
    """Who is to be promoted."""
    return db.session.get_one(Employee, promotion.employee_id)
