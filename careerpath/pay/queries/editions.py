"""The editions of pay, insurance and retirement that there are here, and those that a run or a round froze."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app

from careerpath.policy.edition import shipped_texts
from careerpath.policy.insurance import RULE as INSURANCE
from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import RULE as PAY
from careerpath.policy.pay import Amounts, PayEdition, Standing, amounts
from careerpath.rulebook.queries import edition_on, editions
from careerpath.settings import Settings

KEPT_STANDINGS = 50000
"""Standings whose amounts one reckoning keeps: far more than a district has."""


@lru_cache
def shipped_schemes() -> tuple[PayEdition, ...]:
    """The pay schemes that come with the program."""
    return tuple(PayEdition.from_toml(text, name) for name, text in shipped_texts(PAY).items())


@lru_cache
def shipped_insurance() -> tuple[InsuranceEdition, ...]:
    """The insurance editions that come with the program."""
    return tuple(InsuranceEdition.from_toml(text, name) for name, text in shipped_texts(INSURANCE).items())


def known_schemes() -> tuple[PayEdition, ...]:
    """All pay schemes, oldest first."""
    return editions(PAY, _scheme, shipped_schemes())


def known_insurance() -> tuple[InsuranceEdition, ...]:
    """All insurance editions, oldest first."""
    return editions(INSURANCE, _insurance, shipped_insurance())


def scheme_on(on: date) -> PayEdition:
    """The pay scheme of this installation's place in force on a day; refused where there is none."""
    return here_on(known_schemes(), on)


def here_on(known: tuple[PayEdition, ...], on: date) -> PayEdition:
    """The one of some pay schemes that is in force in this installation's place on a day."""
    return edition_on(known, on, _place())


def insurance_on(on: date) -> InsuranceEdition:
    """The insurance edition of this installation's place in force on a day."""
    return edition_on(known_insurance(), on, _place())


def scheme_of(kept: Mapping[str, Any]) -> PayEdition:
    """The scheme that a run or a round froze."""
    return _read_scheme(json.dumps(kept, sort_keys=True))


def insurance_of(kept: Mapping[str, Any]) -> InsuranceEdition:
    """The insurance edition that a run froze."""
    return _read_insurance(json.dumps(kept, sort_keys=True))


def keeping(edition: PayEdition) -> Callable[[PayEdition, Standing], Amounts]:
    """``amounts`` that remembers, for one edition: equal standings are paid equally."""

    @lru_cache(maxsize=KEPT_STANDINGS)
    def remembered(standing: Standing) -> Amounts:
        return amounts(edition, standing)

    def of(asked: PayEdition, standing: Standing) -> Amounts:
        return remembered(standing) if asked is edition else amounts(asked, standing)

    return of


def _place() -> str:
    settings: Settings = current_app.extensions["careerpath.settings"]
    return settings.place


def _scheme(content: Mapping[str, Any]) -> PayEdition:
    return scheme_of(content)


def _insurance(content: Mapping[str, Any]) -> InsuranceEdition:
    return insurance_of(content)


@lru_cache(maxsize=32)
def _read_scheme(text: str) -> PayEdition:
    return PayEdition.from_plain(json.loads(text), PAY)


@lru_cache(maxsize=32)
def _read_insurance(text: str) -> InsuranceEdition:
    return InsuranceEdition.from_plain(json.loads(text), INSURANCE)
