"""Shipped editions by key, and changed copies of them, for tests of the rules."""

from typing import Any

from careerpath.policy.appraisal import AppraisalEdition
from careerpath.policy.catalogue import shipped
from careerpath.policy.edition import to_plain

SHIPPED = {edition.head.key: edition for edition in shipped("appraisal") if isinstance(edition, AppraisalEdition)}
FEIXIAN = SHIPPED["feixian-2022"]


def changed(edition: AppraisalEdition, **parts: Any) -> AppraisalEdition:
    """The edition with some of its top-level parts replaced by plain values; ``None`` leaves a part out."""
    plain = to_plain(edition) | parts
    return AppraisalEdition.from_plain({key: value for key, value in plain.items() if value is not None})
