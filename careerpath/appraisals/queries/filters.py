"""What of a street's people is wanted, from the address of the page."""

from collections.abc import Mapping

from careerpath.appraisals.queries.street import RowFilter
from careerpath.core.web.paths import whole_number
from careerpath.policy.appraisal_steps import State
from careerpath.policy.codes import Grade


def row_filter(args: Mapping[str, str]) -> RowFilter:
    """The filter in an address; what cannot be read is left out."""
    state, grade = args.get("state", ""), args.get("grade", "")
    return RowFilter(
        q=args.get("q", "").strip(),
        unit_id=whole_number(args.get("unit", "")),
        state=State(state) if state in {item.value for item in State} else None,
        grade=grade if grade in {item.value for item in Grade} else "",
        unfinished=args.get("unfinished") == "1",
    )
