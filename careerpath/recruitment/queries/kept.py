"""The scores of a line of a list as its columns keep them."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from careerpath.policy.recruitment import Marks, RecruitmentEdition, shown_score

CENT = Decimal("0.01")


def kept_scores(edition: RecruitmentEdition, marks: Marks) -> Mapping[str, Decimal | None]:
    """Written score without the bonus, interview, bonus and total, each with two decimals."""
    return {
        "written": _cents(shown_score(edition, marks.written, edition.written.decimals)),
        "interview": _cents(shown_score(edition, marks.interview, edition.interview.decimals)),
        "bonus": _cents(marks.bonus),
        "total": _cents(marks.total),
    }


def _cents(score: Decimal | None) -> Decimal | None:
    return None if score is None else score.quantize(CENT, rounding=ROUND_HALF_UP)
