"""薪酬待遇: levels and the steps of the year, and what the confirmed months came to."""

from careerpath.annual_reports.queries.sections.pay.section import SECTION

__all__ = ["SECTION"]
