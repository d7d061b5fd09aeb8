"""教育培训: classes held, people trained and 人次, what the rules ask of a year, certificates and studies."""

from careerpath.annual_reports.queries.sections.training.section import SECTION

__all__ = ["SECTION"]
