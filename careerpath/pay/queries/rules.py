"""The rules that one month is reckoned by: scheme, insurance, and what holds in other months of a period."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from careerpath.pay.models import PayRun
from careerpath.pay.queries.editions import insurance_of, insurance_on, keeping, scheme_of, scheme_on
from careerpath.policy.edition import to_plain
from careerpath.policy.employment import add_months
from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import Amounts, PayEdition, Standing, last_of
from careerpath.words import Refused

AmountsOf = Callable[[PayEdition, Standing], Amounts]


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """One month's editions. ``of`` remembers the amounts of equal standings; ``sign`` tells editions apart by content.

    ``others``: schemes of earlier months of the performance period and of the month after, where they differ.
    """

    edition: PayEdition
    insurance: InsuranceEdition
    others: tuple[PayEdition, ...]
    of: AmountsOf
    sign: str

    @property
    def by_month(self) -> bool:
        """Whether every part is paid every month, so that a month looks at no other month."""
        return self.edition.performance.paid.months == 1 or not self.edition.has_performance

    @property
    def example(self) -> bool:
        """Whether some amount is one that no place has decided."""
        return self.edition.head.example or self.insurance.head.example

    def edition_on(self, day: date) -> PayEdition:
        """The scheme of a day of the performance period."""
        known = [one for one in (self.edition, *self.others) if one.head.effective_from <= day]
        return max(known, key=lambda one: one.head.effective_from, default=self.edition)


def make_rules(edition: PayEdition, insurance: InsuranceEdition, others: tuple[PayEdition, ...] = ()) -> Rules:
    """Rules of some editions."""
    text = json.dumps([to_plain(one) for one in (edition, insurance, *others)], sort_keys=True, ensure_ascii=False)
    sign = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    return Rules(edition, insurance, others, keeping(edition), sign)


def rules_on(month: date) -> Rules:
    """The rules in force for a month as known now; refused where there are none."""
    day = edition_day(month)
    edition = scheme_on(day)
    return make_rules(edition, insurance_on(day), tuple(_others(edition, month)))


def rules_of(run: PayRun) -> Rules:
    """The rules that a run froze when it was opened."""
    others = tuple(scheme_of(one) for one in run.other_editions)
    return make_rules(scheme_of(run.pay_edition), insurance_of(run.insurance_edition), others)


def frozen(rules: Rules) -> dict[str, Any]:
    """The columns of a run that freeze its rules."""
    return {
        "pay_edition": to_plain(rules.edition),
        "insurance_edition": to_plain(rules.insurance),
        "other_editions": [to_plain(one) for one in rules.others],
    }


def edition_day(month: date) -> date:
    """The day whose editions rule a month: its last, so that an edition of the month's first day holds for it whole."""
    return last_of(month)


def _others(edition: PayEdition, month: date) -> Iterator[PayEdition]:
    every = edition.performance.paid.months
    if every == 1 or not edition.has_performance:
        return
    seen = {edition.head.key}
    for distance in (*range(-((month.month - 1) % every), 0), 1):
        try:
            found = scheme_on(edition_day(add_months(month, distance)))
        except Refused:
            # Before the first scheme there is nothing to look at.
            continue
        if found.head.key not in seen:
            seen.add(found.head.key)
            yield found
