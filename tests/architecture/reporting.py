"""Annual reports for the small world, and samples of the operations of that room."""

from collections.abc import Mapping
from datetime import date

from careerpath.access.models import Unit
from careerpath.annual_reports.operations import ReportGiven
from tests.annual_reports.samples import SECTIONS
from tests.architecture.sample import Sample, own
from tests.factories.annual_reports import make_report

GIVEN = ReportGiven(year=2025, on=date(2025, 11, 30))

REPORT_SAMPLES: dict[str, Sample] = {
    "plan_report": own("unit_id", given=GIVEN),
    "change_annual_report": own("report_id", given=GIVEN, version=1),
    "gather_report": own("report_id"),
    "write_report_text": own("report_id", section="team", text="平均年龄{平均年龄}岁。"),
    "reset_report_text": own("report_id", section="team"),
    "freeze_report": own("report_id", signed_on=date(2025, 12, 1)),
    "unfreeze_report": own("report_id", reason="更正"),
    "drop_annual_report": own("report_id"),
    "note_list_export": own("report_id", title="名单", count=1),
}


def report_records(streets: Mapping[str, Unit]) -> dict[str, dict[str, int]]:
    """By place: the report of the street."""
    return {place: {"report_id": make_report(street, sections=SECTIONS).id} for place, street in streets.items()}
