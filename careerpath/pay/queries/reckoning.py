"""One person's month: components, insurance, and a digest of everything that they rest on."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.pay.queries.facts import Worker
from careerpath.policy.insurance import Contribution, InsuranceEdition, InsuranceFacts, contributions
from careerpath.policy.pay import Amounts, MonthPay, PayEdition, PayFacts, Portion, Standing, last_of, pay_month
from careerpath.policy.reason import Reason, plain
from careerpath.words import Message, msg

ZERO = Decimal(0)
AmountsOf = Callable[[PayEdition, Standing], Amounts]

PAY, EMPLOYEE, EMPLOYER = "pay", "employee", "employer"
"""The sides of a month's items."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a month comes to. ``items`` has every amount by side and code; nothing of it where something is missing."""

    month: MonthPay
    facts: PayFacts
    base: Decimal | None
    insurance: tuple[Contribution, ...]
    insurance_reasons: tuple[Reason, ...]
    missing: tuple[Message, ...]

    @property
    def gross(self) -> Decimal:
        """Pay of the month."""
        return ZERO if self.missing else self.month.total

    @property
    def employee(self) -> Decimal:
        """The employee's side."""
        return sum((one.employee for one in self.insurance), ZERO)

    @property
    def employer(self) -> Decimal:
        """The employer's side."""
        return sum((one.employer for one in self.insurance), ZERO)

    @property
    def portions(self) -> tuple[Portion, ...]:
        """The components that are due."""
        return () if self.missing else self.month.items

    def items(self) -> dict[tuple[str, str], tuple[str, Decimal]]:
        """Name and amount by side and code, for the comparison with what was paid."""
        found: dict[tuple[str, str], tuple[str, Decimal]] = {}
        for portion in self.portions:
            name, amount = found.get((PAY, portion.code), (portion.name, ZERO))
            found[PAY, portion.code] = name, amount + portion.amount
        for one in self.insurance:
            found[EMPLOYEE, one.code] = one.name, one.employee
            found[EMPLOYER, one.code] = one.name, one.employer
        return found

    @property
    def own_reasons(self) -> list[dict[str, Any]]:
        """The reasons of the level, which are this person's own."""
        return [one.as_json() for one in self.month.reasons if ".level." in one.rule]

    @property
    def shared_reasons(self) -> list[Reason]:
        """The reasons of the amounts, which everybody of the same standing shares."""
        return [*(one for one in self.month.reasons if ".level." not in one.rule), *self.insurance_reasons]


def reckon(worker: Worker, first: date, edition: PayEdition, insurance: InsuranceEdition, of: AmountsOf) -> Reckoned:
    """A person's month under two editions, from the facts as known now."""
    last = last_of(first)
    reference = min(last, worker.left_on or last)
    facts = trimmed(worker.facts_on(edition, reference), last)
    month = pay_month(edition, facts, first, lambda day: trimmed(worker.facts_on(edition, day), last), of)
    base = worker.base_on(last)
    missing = list(month.missing) if month.served else []
    if month.served and not missing and edition.ladder is not None and facts.placed is None:
        missing.append(msg("缺少审批的等级（未套级）。"))
    if missing or not month.served:
        return Reckoned(month, facts, base, (), (), tuple(missing))
    found = contributions(insurance, InsuranceFacts(on=reference, monthly=month.pay.monthly, declared_base=base))
    if found.missing:
        return Reckoned(month, facts, base, (), (), tuple(found.missing))
    return Reckoned(month, facts, base, found.items, found.reasons, ())


def trimmed(facts: PayFacts, last: date) -> PayFacts:
    """The facts without what happened after a month: they do not change when later ones are added."""
    return replace(
        facts,
        service=tuple(
            replace(span, ends_on=None) if span.ends_on is not None and span.ends_on > last else span
            for span in facts.service
        ),
        posts=tuple(
            replace(held, ends_on=None) if held.ends_on is not None and held.ends_on > last else held
            for held in facts.posts
            if held.starts_on <= last
        ),
        certificates=tuple(
            one
            for one in facts.certificates
            if min(filter(None, (one.registered_on, one.obtained_on)), default=last) <= last
        ),
        appraisals={year: grade for year, grade in facts.appraisals.items() if year <= last.year},
    )


def digest_of(found: Reckoned, edition_key: str, insurance_key: str) -> str:
    """A short sign of everything that a month rests on."""
    text = repr((found.facts, found.base, edition_key, insurance_key))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def kept_items(found: Reckoned) -> list[Mapping[str, Any]]:
    """The components as a line keeps them."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "part": one.part.value,
            "whole": plain(one.whole),
            "amount": plain(one.amount),
        }
        for one in found.portions
    ]


def kept_insurance(found: Reckoned) -> list[Mapping[str, Any]]:
    """The insurance items as a line keeps them."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "base": plain(one.base),
            "employer": plain(one.employer),
            "employee": plain(one.employee),
        }
        for one in found.insurance
    ]


def kept_facts(found: Reckoned) -> dict[str, Any]:
    """The facts as a line keeps them: with these and the editions of the run it can be computed again for ever."""
    base = {} if found.base is None else {"declared_base": plain(found.base)}
    return found.facts.as_plain() | base


def paid_items(
    items: list[Mapping[str, Any]], insurance: list[Mapping[str, Any]]
) -> dict[tuple[str, str], tuple[str, Decimal]]:
    """Name and amount by side and code of a kept line."""
    found: dict[tuple[str, str], tuple[str, Decimal]] = {}
    for one in items:
        name, amount = found.get((PAY, one["code"]), (one["name"], ZERO))
        found[PAY, one["code"]] = name, amount + Decimal(one["amount"])
    for one in insurance:
        found[EMPLOYEE, one["code"]] = one["name"], Decimal(one["employee"])
        found[EMPLOYER, one["code"]] = one["name"], Decimal(one["employer"])
    return found


def shared_digest(reasons: list[Reason]) -> tuple[str, list[dict[str, Any]]]:
    """Shared reasons as plain values, with their sign."""
    values = [one.as_json() for one in reasons]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), values
