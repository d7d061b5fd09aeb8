"""The sections of a report in their order, and everything that they count."""

from careerpath.annual_reports.queries.listings import Listing
from careerpath.annual_reports.queries.sections import (
    appraisals,
    headcount,
    honours,
    mentoring,
    pay,
    pool,
    promotions,
    recruitment,
    rotations,
    targets,
    team,
    training,
)
from careerpath.annual_reports.queries.sections.building import SectionSpec

SECTIONS: tuple[SectionSpec, ...] = (
    team.SECTION,
    headcount.SECTION,
    recruitment.SECTION,
    pool.SECTION,
    promotions.SECTION,
    mentoring.SECTION,
    rotations.SECTION,
    training.SECTION,
    appraisals.SECTION,
    pay.SECTION,
    honours.SECTION,
    targets.SECTION,
)
"""A report leaves out the sections whose permission its reader does not hold."""

LISTINGS: dict[str, Listing] = {one.code: one for section in SECTIONS for one in (*section.listings, *section.lists)}
"""Everything that is counted, by its code."""
