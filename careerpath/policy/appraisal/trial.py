"""The appraisal rule on plain data: facts of one person in, score, grade and reasons out."""

from typing import Any

from careerpath.policy.appraisal.edition import AppraisalEdition
from careerpath.policy.appraisal.facts import Facts
from careerpath.policy.appraisal.grading import grade
from careerpath.policy.reading import Table
from careerpath.policy.reason import plain


def try_appraisal(edition: AppraisalEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"score", "grade"}, "because": […]}`` for one person's facts.

    The facts are those of ``Facts`` and, if wanted, ``reference_on``; ``score`` and ``grade`` are ``null`` where the
    rules give none, and the reasons then say what is missing.
    """
    table = Table.of(facts, file)
    read = Facts.read(table, edition)
    reference_on = table.optional_day("reference_on")
    table.end()
    assessment = grade(edition, read, reference_on)
    result = {"score": plain(assessment.score), "grade": plain(assessment.grade)}
    reasons = [*assessment.reasons, *assessment.proposals]
    return {"result": result, "because": [reason.as_json() for reason in reasons]}
