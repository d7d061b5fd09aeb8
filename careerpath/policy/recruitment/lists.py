"""How the parts of an edition are read that make lists: shortlist, ties, reserve, notice, probation, calendar."""

from itertools import pairwise

from careerpath.policy.edition import EditionHead, read_citation
from careerpath.policy.reading import Table
from careerpath.policy.recruitment.parts import (
    BreakBy,
    Calendar,
    LastPlace,
    Notice,
    Probation,
    Reserve,
    Shortlist,
    TieBreak,
    Ties,
)
from careerpath.words import msg

DAYS = ("announced_on", "opens_on", "closes_on", "written_on", "interview_on")


def read_shortlist(table: Table, head: EditionHead) -> Shortlist:
    """``[shortlist]``: at least as many as there are places."""
    shortlist = Shortlist(table.number("ratio", 1, 100, decimals=2), read_citation(table, head))
    table.end()
    return shortlist


def read_ties(table: Table, head: EditionHead) -> Ties:
    """``[ties]``."""
    ties = Ties(table.code("last_place", LastPlace), read_citation(table, head))
    table.end()
    return ties


def read_tie_break(table: Table, head: EditionHead) -> TieBreak:
    """One item of ``[[tie_breaks]]``: a paper or a group is named, nothing else is."""
    link = TieBreak(table.code("by", BreakBy), table.text("code", ""), read_citation(table, head))
    table.end()
    if (link.by in (BreakBy.PAPER, BreakBy.GROUP)) != bool(link.code):
        raise table.refusal("code", msg("用于 by = paper 或 group 时必须填写，其余不填，请改正。"))
    return link


def read_reserve(table: Table, head: EditionHead) -> Reserve:
    """``[reserve]``."""
    reserve = Reserve(
        length=table.whole("length", 0, 1000) if table.has("length") else None,
        months=table.whole("months", 1, 60),
        last_day_inclusive=table.flag("last_day_inclusive"),
        citation=read_citation(table, head),
    )
    table.end()
    return reserve


def read_notice(table: Table, head: EditionHead) -> Notice:
    """``[notice]``."""
    notice = Notice(table.whole("working_days", 1, 60), read_citation(table, head))
    table.end()
    return notice


def read_probation(table: Table, head: EditionHead) -> Probation:
    """``[probation]``: a probation beyond the law is read, and warned of elsewhere."""
    probation = Probation(
        months=table.whole("months", 0, 24),
        contract_months=table.whole("contract_months", 1, 600) if table.has("contract_months") else None,
        citation=read_citation(table, head),
    )
    table.end()
    return probation


def read_calendar(table: Table) -> Calendar:
    """``[calendar]``: the days that are named follow each other."""
    calendar = Calendar(*(table.optional_day(key) for key in DAYS))
    table.end()
    named = [(key, day) for key in DAYS if (day := getattr(calendar, key)) is not None]
    for (before, first), (key, day) in pairwise(named):
        if day < first:
            raise table.refusal(
                key, msg("为 %(day)s，早于 %(before)s（%(first)s），请改正先后。", day=day, before=before, first=first)
            )
    return calendar
