"""The card of one's own career on the start page: level, last grade, training of the year."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from careerpath.appraisals.models import Appraisal, AppraisalYear
from careerpath.core.db import db
from careerpath.dashboard.queries.card import Card, CardLine
from careerpath.employees.models import Employee
from careerpath.pay.models import Placement
from careerpath.pay.queries.rounds import level_words
from careerpath.policy.appraisal_steps import State
from careerpath.training.models import ClassState, Enrolment, EnrolmentState, TrainingClass
from careerpath.words import msg


def own_cards(user_id: int, on: date) -> Iterator[Card]:
    """The card of the person of an account on a day; none for an account without a file. One statement."""
    held, judged = aliased(Placement), aliased(Appraisal)
    level = (
        select(held.id)
        .where(held.employee_id == Employee.id, held.superseded_at.is_(None), held.starts_on <= on)
        .order_by(held.starts_on.desc(), held.id.desc())
        .limit(1)
    )
    last = (
        select(judged.id)
        .join(AppraisalYear, AppraisalYear.id == judged.year_id)
        .where(judged.employee_id == Employee.id, judged.state == State.DECIDED)
        .order_by(AppraisalYear.year.desc())
        .limit(1)
    )
    classes = (
        select(func.count())
        .select_from(Enrolment)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.employee_id == Employee.id,
            Enrolment.state == EnrolmentState.ATTENDED,
            TrainingClass.state == ClassState.CLOSED,
            TrainingClass.ends_on.between(date(on.year, 1, 1), on),
        )
    )
    row = db.session.execute(
        select(
            Placement.tier,
            Placement.level,
            Appraisal.grade,
            AppraisalYear.year,
            AppraisalYear.edition["names"],
            classes.correlate(Employee).scalar_subquery(),
        )
        .select_from(Employee)
        .outerjoin(Placement, Placement.id == level.correlate(Employee).scalar_subquery())
        .outerjoin(Appraisal, Appraisal.id == last.correlate(Employee).scalar_subquery())
        .outerjoin(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .where(Employee.user_id == user_id)
    ).one_or_none()
    if row is None:
        return
    tier, number, grade, year, names, attended = row
    lines = [CardLine(msg("薪酬等级"), level_words(tier, number) or msg("未套级"), url_for("pay.own_level"))]
    if grade:
        lines.append(
            CardLine(msg("%(year)s年度考核", year=year), names.get(grade, ""), url_for("appraisals.own_years"))
        )
    said = msg("%(count)s 个班", count=attended)
    lines.append(CardLine(msg("今年参训"), said, url_for("training.own_training")))
    yield Card(msg("我的成长档案"), tuple(lines), url_for("career_file.own_career"), msg("查看成长档案"))
