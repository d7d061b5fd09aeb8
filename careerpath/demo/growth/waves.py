"""The waves of rotations: which kind, how many, from when, for how many months, and what is special about them."""

from dataclasses import dataclass
from datetime import date, timedelta

from careerpath.demo.times import Times
from careerpath.policy.employment import add_months

SHADOWING, SECONDMENT, ON_THE_JOB, DOWNWARD, BESIDE = "shadowing", "secondment", "on_the_job", "downward", "rotation"
OVERDUE, UNEVALUATED, PROPOSED, CANCELLED = "overdue", "unevaluated", "proposed", "cancelled"
"""What is left open of a wave."""
EARLY, LATE, EXTENDED = "early", "late", "extended"
"""What happens to the first of a wave."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Some people who go on a rotation of one kind on the same day."""

    kind: str
    count: int
    starts_on: date
    months: int
    special: str = ""
    left_open: str = ""

    @property
    def ends_on(self) -> date:
        """The last day as planned."""
        return add_months(self.starts_on, self.months) - timedelta(days=1)

    @property
    def counts(self) -> bool:
        """Whether it takes place."""
        return self.left_open not in {PROPOSED, CANCELLED}


PAST = (
    (SECONDMENT, 5, (2, 3, 1), 6, EARLY),
    (SHADOWING, 3, (2, 3, 1), 2, ""),
    (SHADOWING, 3, (2, 9, 1), 2, ""),
    (ON_THE_JOB, 2, (2, 9, 1), 3, ""),
    (SECONDMENT, 5, (1, 3, 1), 9, EXTENDED),
    (SHADOWING, 4, (1, 3, 1), 3, ""),
    (SHADOWING, 4, (1, 9, 1), 2, ""),
    (ON_THE_JOB, 3, (1, 9, 1), 4, LATE),
    (SECONDMENT, 4, (0, 3, 1), 12, ""),
    (SHADOWING, 3, (0, 3, 1), 3, EXTENDED),
    (SECONDMENT, 2, (0, 7, 1), 12, ""),
    (DOWNWARD, 9, (1, 3, 10), 12, EARLY),
    (DOWNWARD, 7, (0, 4, 1), 24, ""),
    (BESIDE, 2, (0, 5, 1), 12, ""),
)
"""Kind, people, first day by years before the open one, months, what happens to the first of them."""
OVERDUE_DAYS, BACK_DAYS, AWAY_DAYS, SOON_DAYS = 12, 8, 20, 7


def waves_of(times: Times) -> list[Wave]:
    """All waves: 44 people go up and 16 down; beside them some are proposed or did not take place."""
    today = times.today
    next_month = add_months(today.replace(day=1), 1)
    # In December the next month is one of another year, whose report it would be told in.
    coming = next_month
    if next_month.year > today.year:
        coming = min(today + timedelta(days=SOON_DAYS), date(today.year, 12, 31))
    found = [
        Wave(kind, count, date(times.year - ago, month, day), months, special)
        for kind, count, (ago, month, day), months, special in PAST
    ]
    overdue = add_months(today - timedelta(days=OVERDUE_DAYS - 1), -2)
    back = add_months(today - timedelta(days=BACK_DAYS - 1), -3)
    return [
        *found,
        Wave(SHADOWING, 1, overdue, 2, left_open=OVERDUE),
        Wave(ON_THE_JOB, 2, back, 3, left_open=UNEVALUATED),
        Wave(SHADOWING, 2, today - timedelta(days=AWAY_DAYS), 2),
        Wave(ON_THE_JOB, 1, coming, 3),
        Wave(SHADOWING, 2, next_month, 2, left_open=PROPOSED),
        Wave(SECONDMENT, 1, next_month, 6, left_open=CANCELLED),
    ]
