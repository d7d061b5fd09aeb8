"""What the states of a report are called."""

from collections.abc import Mapping

from careerpath.annual_reports.models import ReportState
from careerpath.words import Message, msg

REPORT_STATES: Mapping[ReportState, Message] = {
    ReportState.DRAFT: msg("草稿"),
    ReportState.FROZEN: msg("已定稿"),
}

STATE_KINDS: Mapping[ReportState, str] = {ReportState.DRAFT: "warning", ReportState.FROZEN: "success"}
"""The colour of each state's label."""
