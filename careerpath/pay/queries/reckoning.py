"""One person's month: components, insurance, and a sign of everything that they rest on."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.pay.models import PayLine
from careerpath.pay.queries.facts import Worker
from careerpath.pay.queries.rules import Rules, edition_day
from careerpath.policy.insurance import Contribution, InsuranceFacts, contributions
from careerpath.policy.pay import MonthPay, PayEdition, PayFacts, Portion, last_of, pay_month
from careerpath.policy.pay.edition import Reference
from careerpath.policy.reason import Reason, plain
from careerpath.words import Message, msg

ZERO = Decimal(0)

PAY, EMPLOYEE, EMPLOYER = "pay", "employee", "employer"
"""The sides of a month's items."""

OF_A_DAY = ("level", "tier", "level_since", "level_document", "other")
"""The plain facts that hold on a day; all others are histories."""

OwnFacts = Callable[[date], PayFacts]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a month comes to. ``items`` has every amount by side and code; nothing of it where something is missing.

    ``facts`` are those of the day on which the month is looked at; ``on_days`` those of other days it looked at.
    """

    month: MonthPay
    facts: PayFacts
    on_days: Mapping[date, PayFacts]
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


def reckon(worker: Worker, first: date, rules: Rules) -> Reckoned:
    """A person's month under the rules of that month, from the facts as known now."""
    last = last_of(first)
    asked: dict[date, PayFacts] = {}

    def on_day(day: date) -> PayFacts:
        if day not in asked:
            asked[day] = trimmed(worker.facts_on(rules.edition_on(day), day), last, rules.edition)
        return asked[day]

    return _reckoned(rules, first, on_day(reference(worker, first, rules)), on_day, asked, worker.base_on(last))


def again(line: PayLine, rules: Rules) -> Reckoned:
    """A kept line reckoned once more from what it keeps and the rules its run froze: the same to the cent, for ever."""
    given = dict(line.facts)
    base = given.pop("declared_base", None)
    days = given.pop("on_days", {})
    facts = PayFacts.from_plain(given)
    asked: dict[date, PayFacts] = {}

    def on_day(day: date) -> PayFacts:
        if day not in asked:
            other = days.get(day.isoformat())
            asked[day] = replace(facts, on=day) if other is None else PayFacts.from_plain(given | other)
        return asked[day]

    return _reckoned(rules, line.month, facts, on_day, asked, None if base is None else Decimal(base))


def _reckoned(
    rules: Rules, first: date, facts: PayFacts, on_day: OwnFacts, asked: Mapping[date, PayFacts], base: Decimal | None
) -> Reckoned:
    month = pay_month(rules.edition, facts, first, on_day, rules.of, rules.edition_on)
    kept = on_day(month.pay.on)
    others = {day: one for day, one in asked.items() if day != kept.on and replace(one, on=kept.on) != kept}
    missing = list(month.missing) if month.served else []
    if month.served and not missing:
        missing += _unplaced(rules, kept, others)
    if missing or not month.served:
        return Reckoned(month, kept, others, base, (), (), tuple(missing))
    # The last day, since the edition of that day rules the month, also for somebody who left before it began.
    given = InsuranceFacts(on=edition_day(first), monthly=month.pay.monthly, declared_base=base)
    found = contributions(rules.insurance, given)
    if found.missing:
        return Reckoned(month, kept, others, base, (), (), tuple(found.missing))
    return Reckoned(month, kept, others, base, found.items, found.reasons, ())


def _unplaced(rules: Rules, kept: PayFacts, others: Mapping[date, PayFacts]) -> list[Message]:
    """Nobody is paid by a level that nobody approved."""
    if rules.edition.ladder is not None and kept.placed is None:
        return [msg("缺少审批的等级（未套级）。")]
    return [
        msg("%(year)s 年 %(month)s 月缺少审批的等级（未套级）。", year=day.year, month=day.month)
        for day, one in sorted(others.items())
        if one.placed is None and rules.edition_on(day).ladder is not None
    ]


def reference(worker: Worker, first: date, rules: Rules) -> date:
    """The day of a month on which somebody is looked at, moved to the nearest day of service where it is none."""
    last = last_of(first)
    wanted = first if rules.edition.month.reference is Reference.FIRST else last
    served = [
        (max(span.starts_on, first), min(span.ends_on or last, last))
        for span in worker.facts.service
        if span.starts_on <= last and (span.ends_on is None or span.ends_on >= first)
    ]
    days = [min(max(wanted, starts_on), ends_on) for starts_on, ends_on in served]
    return min(days, key=lambda day: abs((day - wanted).days), default=wanted)


def trimmed(facts: PayFacts, last: date, edition: PayEdition) -> PayFacts:
    """The facts without what happened after a month, and without grades that the scheme never asks for.

    So they do not change when later ones are added, and nothing is kept that the amount does not rest on.
    """
    asked = (*edition.service.uncounted, *edition.performance.withheld_grades)
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
        studies=facts.studies
        and tuple(one for one in facts.studies if one.graduated_on is None or one.graduated_on <= last),
        certificates=tuple(
            one
            for one in facts.certificates
            if min(filter(None, (one.registered_on, one.obtained_on)), default=last) <= last
        ),
        appraisals={
            year: grade for year, grade in sorted(facts.appraisals.items()) if year <= last.year and grade in asked
        },
        military_months=facts.military_months if edition.service.military else 0,
    )


def sign_of(worker: Worker, first: date, rules: Rules) -> str:
    """A short sign of everything that somebody's month rests on: while it is the same, so is the month."""
    last = last_of(first)
    day = reference(worker, first, rules)
    facts = trimmed(worker.facts_on(rules.edition, day), last, rules.edition)
    parts: tuple[object, ...] = (facts, worker.base_on(last), rules.sign)
    if not rules.by_month:
        placed = [(one.starts_on, one.tier, one.level, one.document) for one in worker.placements]
        homes = [(one.starts_on, one.ends_on, one.unit_code) for one in worker.homes]
        parts = (*parts, [one for one in placed if one[0] <= last], [one for one in homes if one[0] <= last])
    return hashlib.sha1(repr(parts).encode(), usedforsecurity=False).hexdigest()


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
    kept = found.facts.as_plain()
    if found.base is not None:
        kept["declared_base"] = plain(found.base)
    if found.on_days:
        days = {day: one.as_plain() for day, one in sorted(found.on_days.items())}
        kept["on_days"] = {
            day.isoformat(): {"on": day.isoformat()} | {name: one.get(name) for name in OF_A_DAY}
            for day, one in days.items()
        }
    return kept


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
