"""The page of the targets: what is reached, who falls short, and the list behind it."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.fields import read_day
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import NONE, unit_label, unit_named
from careerpath.figures.queries.targets import TargetLine, target_page
from careerpath.figures.views.room import blueprint
from careerpath.policy.targets import Measure


@blueprint.get("/targets")
@needs(Permission.EMPLOYEE_VIEW)
def targets() -> ResponseReturnValue:
    """Every target in force, over the actor's units or one of them, as of a day."""
    actor = current_actor()
    on = min(read_day(request.args.get("on", "")) or clock.today(), clock.today())
    text = request.args.get("unit", "").strip()
    unit_id = (
        unit_named(actor, text, Permission.EMPLOYEE_VIEW) if text else whole_number(request.args.get("unit_id", ""))
    )
    page = target_page(actor, on, unit_id)
    return render_template(
        "figures/targets.html",
        page=page,
        on=on,
        past=on != clock.today(),
        unit=text or unit_label(actor, unit_id),
        unknown=bool(text) and unit_id is None,
        behind=_behind,
    )


def _behind(line: TargetLine, unit_id: int, on: str) -> str:
    """The list behind the figure of a unit."""
    target = line.target
    match target.measure:
        case Measure.YOUNG_CADRES:
            return url_for("employees.people", unit_id=unit_id, ages=f"-{target.age}", on=on or None)
        case Measure.RESERVES:
            return url_for("talent_pool.entries", unit_id=unit_id)
        case Measure.HOUSEHOLDS_PER_WORKER:
            return url_for("employees.people", unit_id=unit_id, on=on or None)
        case Measure.CERTIFICATE_SHARE:
            return url_for("employees.people", unit_id=unit_id, certificate=NONE, on=on or None)
        case Measure.TRAINING_SHARE:
            return url_for("training.needs", unit_id=unit_id)
        case Measure.EDUCATION_SHARE:
            return url_for("figures.people", rows="community", columns="education", unit_id=unit_id, on=on or None)
