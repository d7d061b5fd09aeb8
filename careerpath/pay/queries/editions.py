"""The editions of pay and insurance that there are here, and those that a run or a round froze."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from careerpath.policy.insurance import RULE as INSURANCE
from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import RULE as PAY
from careerpath.policy.pay import Amounts, PayEdition, Standing, amounts
from careerpath.rulebook.queries.shelf import Shelf

KEPT_STANDINGS = 50000
"""Standings whose amounts one reckoning keeps: far more than a district has."""

SCHEMES = Shelf(PAY, PayEdition.from_plain)
INSURANCES = Shelf(INSURANCE, InsuranceEdition.from_plain)

shipped_schemes = SCHEMES.shipped
known_schemes = SCHEMES.known
scheme_on = SCHEMES.on
scheme_of = SCHEMES.frozen
insurance_on = INSURANCES.on
insurance_of = INSURANCES.frozen


def here_on(known: tuple[PayEdition, ...], on: date) -> PayEdition:
    """The one of some pay schemes that is in force in this installation's place on a day."""
    return SCHEMES.of_known(known, on)


def keeping(edition: PayEdition) -> Callable[[PayEdition, Standing], Amounts]:
    """``amounts`` that remembers, for one edition: equal standings are paid equally."""

    @lru_cache(maxsize=KEPT_STANDINGS)
    def remembered(standing: Standing) -> Amounts:
        return amounts(edition, standing)

    def of(asked: PayEdition, standing: Standing) -> Amounts:
        return remembered(standing) if asked is edition else amounts(asked, standing)

    return of
