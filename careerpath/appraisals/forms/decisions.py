"""What the district ticks and writes: decisions, returns, approval documents."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from careerpath.appraisals.operations.district import Decision
from careerpath.words import Refused, msg


def ticked(form: "MultiDict[str, str]") -> tuple[int, ...]:
    """The ids of the ticked rows; refuses none."""
    found = tuple(dict.fromkeys(int(text) for text in form.getlist("ids") if text.isdigit()))
    if not found:
        raise Refused(msg("请先勾选要办理的人员。"))
    return found


def decision(form: "MultiDict[str, str]") -> Decision:
    """The ticked rows with the grades chosen for them."""
    ids = ticked(form)
    grades: Mapping[int, str] = {number: form[f"grade-{number}"] for number in ids if form.get(f"grade-{number}")}
    return Decision(ids, grades, form.get("comment", ""))
