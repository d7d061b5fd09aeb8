"""The pay editions that are shipped, and changed copies of them, for tests of the rules of pay."""

from typing import Any

from careerpath.policy.catalogue import shipped
from careerpath.policy.edition import to_plain
from careerpath.policy.pay import PayEdition

SHIPPED = {edition.head.key: edition for edition in shipped("pay") if isinstance(edition, PayEdition)}
FEIXIAN = SHIPPED["feixian-2022"]
LEVELS = SHIPPED["levels-18-j"]


def changed(edition: PayEdition, **parts: Any) -> PayEdition:
    """The edition with some of its top-level parts replaced by plain values; ``None`` leaves a part out."""
    plain = to_plain(edition) | parts
    return PayEdition.from_plain({key: value for key, value in plain.items() if value is not None})
