"""Shipped recruitment editions by key, and changed copies of them, for tests of the rule."""

from typing import Any

from careerpath.policy.catalogue import shipped
from careerpath.policy.edition import to_plain
from careerpath.policy.recruitment import RecruitmentEdition

SHIPPED = {edition.head.key: edition for edition in shipped("recruitment") if isinstance(edition, RecruitmentEdition)}
FEIXIAN = SHIPPED["feixian-2016"]
PLAIN = SHIPPED["dalian-shahekou-2022"]


def changed(edition: RecruitmentEdition, **parts: Any) -> RecruitmentEdition:
    """The edition with some of its top-level parts replaced by plain values; ``None`` leaves a part out."""
    plain = to_plain(edition) | parts
    return RecruitmentEdition.from_plain({key: value for key, value in plain.items() if value is not None})
