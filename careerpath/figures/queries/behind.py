"""The lists behind the figures of targets: where those are who are counted, or who are lacking."""

from datetime import date

from flask import url_for

from careerpath.employees.queries.people import NONE
from careerpath.policy.targets import Measure, Target


def list_behind(target: Target, unit_id: int, on: date | None = None) -> str:
    """The address of the list behind the figure of a unit; ``on`` is an earlier day, none for today."""
    match target.measure:
        case Measure.YOUNG_CADRES:
            return url_for("employees.people", unit_id=unit_id, ages=f"-{target.age}", on=on)
        case Measure.RESERVES:
            return url_for("talent_pool.entries", unit_id=unit_id, on=on)
        case Measure.HOUSEHOLDS_PER_WORKER:
            return url_for("employees.people", unit_id=unit_id, on=on)
        case Measure.CERTIFICATE_SHARE:
            return url_for("employees.people", unit_id=unit_id, certificate=NONE, on=on)
        case Measure.TRAINING_SHARE:
            return url_for("training.needs", unit_id=unit_id)
        case Measure.EDUCATION_SHARE:
            return url_for("figures.people", rows="community", columns="education", unit_id=unit_id, on=on)
