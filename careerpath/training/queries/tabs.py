"""The pages of a class, as tabs."""

from careerpath.training.queries.classes import ClassHead
from careerpath.words import Message, msg

TABS: tuple[tuple[str, Message], ...] = (
    ("training_class", msg("概况")),
    ("people", msg("名单")),
    ("sign_in_sheet", msg("签到")),
    ("papers", msg("资料")),
    ("ratings", msg("评价")),
)


def class_tabs(head: ClassHead) -> tuple[tuple[str, Message, int | None], ...]:
    """Endpoint, title and count of each page; all of them ask for the same permission as the head itself."""
    counts = {"people": head.counts.own, "papers": head.papers or None, "ratings": head.counts.rated or None}
    return tuple((name, title, counts.get(name)) for name, title in TABS)
