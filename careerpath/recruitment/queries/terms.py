"""The terms of an appointment: what the rules of a batch usually give, and what labour law says of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from careerpath.policy.employment import add_months, law_on, probation_warning
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.words import Message

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """First working day, last days of contract and probation (none: of no fixed term, without probation), the title
    (empty: that of the position), and the number of the appointment."""

    starts_on: date
    contract_ends_on: date | None
    probation_ends_on: date | None
    title: str = ""
    document: str = ""


def usual_terms(edition: RecruitmentEdition, starts_on: date) -> tuple[Terms, tuple[Message, ...]]:
    """The terms that the rules of a batch give for a first working day, with the warnings of labour law."""
    rule = edition.probation
    contract_ends_on = probation_ends_on = None
    if rule is not None and rule.contract_months is not None:
        contract_ends_on = add_months(starts_on, rule.contract_months) - ONE_DAY
    if rule is not None and rule.months:
        probation_ends_on = add_months(starts_on, rule.months) - ONE_DAY
    terms = Terms(starts_on, contract_ends_on, probation_ends_on)
    return terms, terms_warnings(terms)


def terms_warnings(terms: Terms) -> tuple[Message, ...]:
    """What labour law says against some terms: shown before the appointment, never blocking it."""
    warning = probation_warning(
        law_on(terms.starts_on), terms.starts_on, terms.contract_ends_on, terms.probation_ends_on
    )
    return () if warning is None else (warning,)
