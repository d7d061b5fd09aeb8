"""队伍结构: who is in service, by age, sex, education, party, certificate and channel; who entered and who left."""

from careerpath.annual_reports.queries.sections.team.section import SECTION

__all__ = ["SECTION"]
