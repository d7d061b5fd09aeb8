"""What narrows the audit trail: read from the address, so that a page can be kept and sent on."""

from collections.abc import Mapping

from careerpath.access.queries.trail import TrailFilters
from careerpath.core.web.fields import read_day


def trail_filters(given: Mapping[str, str]) -> TrailFilters:
    """The filters of an address; what cannot be read narrows nothing."""
    record = given.get("record", "").strip()
    return TrailFilters(
        starts_on=read_day(given.get("from", "")),
        ends_on=read_day(given.get("to", "")),
        user=given.get("user", "").strip(),
        operation=given.get("operation", ""),
        result=given.get("result", ""),
        table=given.get("table", ""),
        record_id=int(record) if record.isdecimal() and len(record) < 10 else None,
    )
