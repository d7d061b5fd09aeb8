"""The sections of a report: gathered from the records of today, or read as they were kept, with what people wrote."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.annual_reports.models import AnnualReport, ReportText
from careerpath.annual_reports.queries.catalogue import SECTIONS
from careerpath.annual_reports.queries.scope import Scope, scope_of
from careerpath.annual_reports.queries.section import Figure, Section, from_plain
from careerpath.core.db import db


def gather(scope: Scope) -> tuple[Section, ...]:
    """Every section whose permission the actor holds for the unit, counted now, with its usual text."""
    return tuple(spec.build(scope) for spec in SECTIONS if scope.actor.can(spec.permission, scope.path))


def gather_anew(actor: Actor, report: AnnualReport) -> tuple[Section, ...]:
    """What the sections of a report would say if they were counted now, without what people wrote."""
    return gather(scope_of(actor, report.unit_id, report.year, report.on))


def sections_of(report: AnnualReport, actor: Actor) -> tuple[Section, ...]:
    """The sections of a report as they were gathered last, with the texts that people wrote put in.

    A section whose permission the actor does not hold for the unit is left out. None before the first gathering.
    Two queries.
    """
    if report.figures is None:
        return ()
    path = db.session.get_one(Unit, report.unit_id).path
    return told(report, actor, path, texts_of(report.id))


def told(report: AnnualReport, actor: Actor, path: str, written: Mapping[str, ReportText]) -> tuple[Section, ...]:
    """The same as ``sections_of``, from what was read already: the path of the unit and the written texts."""
    hidden = {spec.code for spec in SECTIONS if not actor.can(spec.permission, path)}
    return tuple(
        section.with_text(written[section.code].text) if section.code in written else section
        for section in (from_plain(report.figures) if report.figures is not None else ())
        if section.code not in hidden
    )


def texts_of(report_id: int) -> dict[str, ReportText]:
    """What people wrote into a report, by section. One query."""
    query = select(ReportText).where(ReportText.report_id == report_id)
    return {one.section: one for one in db.session.scalars(query)}


def all_figures(sections: Iterable[Section]) -> tuple[Figure, ...]:
    """The figures of all sections: a text may name those of others, too."""
    return tuple(figure for section in sections for figure in section.figures)
