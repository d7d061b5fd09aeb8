"""What the district ticks and writes: decisions, returns, approval documents."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from careerpath.appraisals.operations.district import Decision
from careerpath.core.web.paths import whole_number
from careerpath.words import Refused, msg


def ticked(form: "MultiDict[str, str]") -> tuple[int, ...]:
    """The ids of the ticked rows; refuses none."""
    numbers = (whole_number(text) for text in form.getlist("ids"))
    found = tuple(dict.fromkeys(number for number in numbers if number is not None))
    if not found:
        raise Refused(msg("请先勾选要办理的人员。"))
    return found


def decision(form: "MultiDict[str, str]") -> Decision:
    """The ticked rows with the grades chosen for them."""
    ids = ticked(form)
    grades: Mapping[int, str] = {number: form[f"grade-{number}"] for number in ids if form.get(f"grade-{number}")}
    return Decision(ids, grades, form.get("comment", ""))
