"""What follows from other records is kept in the trail as a sign, not as a copy."""

from flask import Flask
from sqlalchemy import select

from careerpath.access.models import AuditChange
from careerpath.core.db import db
from tests.factories.appraisals import Year


def test_the_reasons_of_a_score_stand_in_the_trail_as_their_sign(app: Flask) -> None:
    year = Year(people=1)
    year.fill(year.records[0])
    kept = db.session.scalars(
        select(AuditChange.new).where(AuditChange.table == "appraisal", AuditChange.kind == "changed")
    ).all()
    signs = [new["because"] for new in kept if new and "because" in new]
    assert signs
    assert all(sign.startswith("sha256:") and len(sign) == len("sha256:") + 16 for sign in signs)
