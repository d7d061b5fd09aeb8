"""What one person can do, and every occasion on which it was shown."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.models import Skill, WorkLine


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One occasion; ``holds`` tells whether it counts on the day, ``best`` whether it is what counts in its line."""

    id: int
    line_id: int
    code: str
    line: str
    level: SkillLevel
    shown_by: ShownBy
    shown_on: date
    valid_until: date | None
    evidence: str
    holds: bool
    best: bool


def person_lines(employee_id: int, on: date) -> tuple[SkillLine, ...]:
    """What a person showed up to a day, newest first, whoever asks. One query."""
    query = (
        select(Skill, WorkLine)
        .join(WorkLine, WorkLine.id == Skill.line_id)
        .where(Skill.employee_id == employee_id, Skill.shown_on <= on)
        .order_by(Skill.shown_on.desc(), Skill.id.desc())
    )
    rows = db.session.execute(query).all()
    best: dict[str, Skill] = {}
    for skill, line in rows:
        if skill.valid_until is not None and skill.valid_until < on:
            continue
        if line.code not in best or skill.level.rank > best[line.code].level.rank:
            best[line.code] = skill
    return tuple(
        SkillLine(
            skill.id,
            line.id,
            line.code,
            line.name,
            skill.level,
            skill.shown_by,
            skill.shown_on,
            skill.valid_until,
            skill.evidence,
            skill.valid_until is None or skill.valid_until >= on,
            best.get(line.code) is skill,
        )
        for skill, line in rows
    )
