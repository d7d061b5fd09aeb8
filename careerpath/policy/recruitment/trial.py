"""The recruitment rule on plain data: the candidates of a batch in, its list in rank order and reasons out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from careerpath.policy.reading import Table
from careerpath.policy.reason import Reason, plain
from careerpath.policy.recruitment.edition import RecruitmentEdition
from careerpath.policy.recruitment.eligibility import check_eligibility
from careerpath.policy.recruitment.facts import Applicant, Candidate
from careerpath.policy.recruitment.outcomes import Ranked, Stage
from careerpath.policy.recruitment.ranking import rank
from careerpath.policy.recruitment.scoring import shown_score
from careerpath.policy.recruitment.substitution import Leaving, substitute
from careerpath.words import msg


def try_recruitment(edition: RecruitmentEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": [{"id", "position", "written", …, "outcome"}, …], "because": […]}`` for the facts of a batch.

    The facts are a list of candidates, or a table: ``candidates`` with, if wanted, ``places`` by position, ``stage``,
    ``on`` (then their conditions are looked at too) and ``substitution``; or one ``applicant`` with ``on``, whose
    result is ``{"eligible", "missing", "failed", "to_check"}``.
    """
    if isinstance(facts, Mapping) and "applicant" in facts:
        return _try_applicant(edition, Table.of(facts, file))
    if isinstance(facts, Mapping):
        return _try_batch(edition, Table.of(facts, file))
    candidates = _candidates(edition, Table({"candidates": facts}, file), "")
    return _answer(edition, rank(edition, candidates), [])


def _try_applicant(edition: RecruitmentEdition, table: Table) -> dict[str, Any]:
    on = table.day("on")
    inner = table.table("applicant")
    applicant = Applicant.read(inner, edition)
    inner.end()
    table.end()
    advice = check_eligibility(edition, applicant, on)
    result = {
        "eligible": advice.eligible,
        "missing": list(advice.missing),
        "failed": list(advice.failed),
        "to_check": list(advice.to_check),
    }
    return {"result": result, "because": [reason.as_json() for reason in advice.reasons]}


def _try_batch(edition: RecruitmentEdition, table: Table) -> dict[str, Any]:
    candidates = _candidates(edition, table, table.at("candidates"))
    places = _places(table.optional_table("places"))
    stage = table.code("stage", Stage) if table.has("stage") else None
    on = table.optional_day("on")
    substitution = table.optional_table("substitution")
    left = _substitution(substitution) if substitution else None
    table.end()
    ranked = rank(edition, candidates, places, stage)
    advised = [] if on is None else _advice(edition, candidates, on)
    if left is not None:
        changed_on, published_on, gone = left
        after = substitute(edition, ranked, changed_on, published_on, gone)
        reasons = [vacated.reason for vacated in after.vacated if vacated.successor_id is None]
        return _answer(edition, after.ranked, [*advised, *reasons])
    return _answer(edition, ranked, advised)


def _candidates(edition: RecruitmentEdition, table: Table, at: str) -> list[Candidate]:
    """The candidates; a place inside a plain list is ``[3].written``."""
    if not table.has("candidates"):
        raise table.refusal("candidates", msg("缺少考生名单，请补上。"))
    items = table.values["candidates"]
    if not isinstance(items, list | tuple):
        raise table.refusal("candidates", msg("应为考生的列表，写在 [ ] 中。"))
    read = [
        Candidate.read(Table.of(item, table.file, f"{at}[{number}]"), edition) for number, item in enumerate(items, 1)
    ]
    known: set[str] = set()
    for number, candidate in enumerate(read, start=1):
        if candidate.id in known:
            inner = Table({}, table.file, f"{at}[{number}]")
            raise inner.refusal("id", msg("考生 %(id)s 出现两次，请删去重复的一行。", id=candidate.id))
        known.add(candidate.id)
    return read


def _places(table: Table | None) -> dict[str, int]:
    return {key: table.whole(key, 1, 10000) for key in table.values} if table else {}


def _substitution(table: Table) -> tuple[date, date, dict[str, Leaving]]:
    on, published_on, inner = table.day("on"), table.day("published_on"), table.table("gone")
    table.end()
    return on, published_on, {key: inner.code(key, Leaving) for key in inner.values}


def _advice(edition: RecruitmentEdition, candidates: Sequence[Candidate], on: date) -> list[Reason]:
    return [
        reason
        for candidate in candidates
        if candidate.applicant is not None
        for reason in check_eligibility(edition, candidate.applicant, on).reasons
    ]


def _answer(edition: RecruitmentEdition, ranked: Sequence[Ranked], others: list[Reason]) -> dict[str, Any]:
    reasons = [*others, *(reason for line in ranked for reason in line.reasons)]
    return {"result": [_line(edition, line) for line in ranked], "because": [reason.as_json() for reason in reasons]}


def _line(edition: RecruitmentEdition, line: Ranked) -> dict[str, Any]:
    marks = line.marks
    return {
        "id": line.id,
        "position": line.position,
        "written": plain(shown_score(edition, marks.written, edition.written.decimals)),
        "interview": plain(shown_score(edition, marks.interview, edition.interview.decimals)),
        "bonus": plain(marks.bonus),
        "total": plain(marks.total),
        "rank": line.rank,
        "shortlisted": line.shortlisted,
        "outcome": line.outcome.value,
    }
