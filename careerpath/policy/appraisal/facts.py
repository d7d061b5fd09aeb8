"""What is known of one person's year: the input of every appraisal rule."""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from decimal import Decimal

from careerpath.policy.appraisal.edition import AppraisalEdition
from careerpath.policy.appraisal.parts import MEASURES, Measure
from careerpath.policy.codes import Grade
from careerpath.policy.reading import Table
from careerpath.policy.reason import show
from careerpath.words import Refused, msg

FIRST_YEAR = 1950
NO_DAYS = Decimal(0)


@dataclass(frozen=True, slots=True)
class Facts:
    """One person's facts of one appraisal year.

    ``scores``: points by indicator code, ``None`` where not yet given. ``satisfaction``: per cent, 0 to 100.
    Days are calendar days and may be halves. ``…_until`` days are included. ``earlier_grades``: grade by year.
    Raises ``Refused`` for a year, percentage or number of days that cannot be.
    """

    year: int
    scores: Mapping[str, Decimal | None] = field(default_factory=dict)
    satisfaction: Decimal | None = None
    absence_days: Decimal = NO_DAYS
    sick_leave_days: Decimal = NO_DAYS
    personal_leave_days: Decimal = NO_DAYS
    on_probation_until: date | None = None
    under_investigation: bool = False
    under_discipline_until: date | None = None
    seconded: bool = False
    earlier_grades: Mapping[int, Grade] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year < MAXYEAR:
            raise Refused(msg("考核年度 %(year)s 不正确，请填写四位年份。", year=self.year), field="year")
        if self.satisfaction is not None and not 0 <= self.satisfaction <= 100:
            raise Refused(
                msg("群众满意度 %(value)s 不正确，应在 0 至 100 之间。", value=show(self.satisfaction)),
                field="satisfaction",
            )
        for measure in (Measure.ABSENCE, Measure.SICK_LEAVE, Measure.PERSONAL_LEAVE):
            days: Decimal = getattr(self, measure.value)
            if not 0 <= days <= self.days_in_year:
                raise Refused(
                    msg(
                        "%(name)s为 %(days)s，应在 0 至 %(most)s 之间，请改正。",
                        name=MEASURES[measure],
                        days=show(days),
                        most=self.days_in_year,
                    ),
                    field=measure.value,
                )

    @property
    def days_in_year(self) -> int:
        """Calendar days of the year: 365 or 366."""
        return 366 if isleap(self.year) else 365

    @classmethod
    def from_plain(cls, values: object, edition: AppraisalEdition, file: str = "facts") -> "Facts":
        """Facts from plain JSON values, strictly: an unknown name is refused with the nearest known one."""
        table = Table.of(values, file)
        facts = cls.read(table, edition)
        table.end()
        return facts

    @classmethod
    def read(cls, table: Table, edition: AppraisalEdition) -> "Facts":
        """Facts from a table that may have more keys; whoever asks for those calls ``end``."""
        return cls(
            year=table.whole("year", FIRST_YEAR, MAXYEAR - 1),
            scores=_read_scores(table.optional_table("scores"), edition),
            satisfaction=table.optional_number("satisfaction", 0, 100, decimals=2),
            absence_days=table.number("absence_days", 0, 366, decimals=2, default=NO_DAYS),
            sick_leave_days=table.number("sick_leave_days", 0, 366, decimals=2, default=NO_DAYS),
            personal_leave_days=table.number("personal_leave_days", 0, 366, decimals=2, default=NO_DAYS),
            on_probation_until=table.optional_day("on_probation_until"),
            under_investigation=table.flag("under_investigation", False),
            under_discipline_until=table.optional_day("under_discipline_until"),
            seconded=table.flag("seconded", False),
            earlier_grades=_read_earlier(table.optional_table("earlier_grades")),
        )


def _read_scores(table: Table | None, edition: AppraisalEdition) -> dict[str, Decimal | None]:
    if table is None:
        return {}
    codes = [indicator.code for indicator in edition.indicators]
    # The limits of an indicator are the score's business: here only the name and the number are looked at.
    scores = {code: table.optional_number(code, -10000, 10000, decimals=10) for code in codes}
    table.end()
    return {code: scores[code] for code in codes if code in table.values}


def _read_earlier(table: Table | None) -> dict[int, Grade]:
    if table is None:
        return {}
    grades: dict[int, Grade] = {}
    for key in table.values:
        if not (key.isascii() and key.isdigit() and len(key) == 4):
            raise table.refusal(key, msg('应为四位年份，例如 "2024"。'))
        grades[int(key)] = table.code(key, Grade)
    return grades
