"""The working days of a public notice."""

from datetime import date

from careerpath.policy.working_days import after_working_days, working_days


def test_weekends_are_no_working_days() -> None:
    assert working_days(date(2026, 1, 28), date(2026, 2, 3)) == 5
    assert working_days(date(2026, 1, 31), date(2026, 2, 1)) == 0
    assert after_working_days(date(2026, 1, 28), 5) == date(2026, 2, 3)
    assert after_working_days(date(2026, 1, 31), 1) == date(2026, 2, 2)
