"""Counted service in columns: breaks, years that do not count, and the ends of short months."""

from datetime import date, timedelta

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from careerpath.policy.codes import Grade
from careerpath.policy.edition import Citation
from careerpath.policy.pay import PayFacts, Span, tenure
from careerpath.policy.pay.edition import ServiceRule
from careerpath.population import gather
from careerpath.population.days import number_of
from careerpath.population.tenure import Service
from tests.factories.population import make_person

RULE = ServiceRule(uncounted=(Grade.INCOMPETENT,), military=True, citation=Citation())
# Days at the ends and beginnings of months, where months of different length meet.
DAYS = st.builds(
    lambda year, month, shift: date(year, month, 1) + timedelta(days=shift),
    st.integers(2016, 2024),
    st.integers(1, 12),
    st.integers(-4, 2),
)
GRADES = st.dictionaries(st.integers(2016, 2024), st.sampled_from([Grade.COMPETENT, Grade.INCOMPETENT]), max_size=5)


@given(days=st.lists(DAYS, min_size=1, max_size=5, unique=True), grades=GRADES, on=DAYS, military=st.integers(0, 40))
@example(days=[date(2021, 10, 31), date(2022, 1, 29), date(2022, 2, 28)], grades={}, on=date(2022, 2, 27), military=0)
@example(days=[date(2021, 10, 30), date(2022, 1, 29), date(2022, 3, 1)], grades={}, on=date(2022, 3, 1), military=0)
@example(days=[date(2020, 2, 29)], grades={2021: Grade.INCOMPETENT}, on=date(2024, 2, 28), military=0)
def test_full_months_are_those_that_the_rule_counts(
    days: list[date], grades: dict[int, Grade], on: date, military: int
) -> None:
    ordered = sorted(days)
    spans = [Span(first, last) for first, last in zip(ordered[::2], [*ordered[1::2], None], strict=False)]
    # What touches is one span for the rule, and goes one by one in columns.
    kept = tuple(
        span for number, span in enumerate(spans) if not number or span.starts_on > (spans[number - 1].ends_on or on)
    )
    facts = PayFacts(on=on, service=kept, appraisals=grades, military_months=military)
    people = gather([make_person(1, facts)])
    assert not people.singly
    counted = Service(people, RULE).months_by(np.array([number_of(on)], np.int32))
    assert int(counted[0]) == tenure(RULE, facts).months_on(on)
