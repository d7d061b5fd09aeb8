"""What national law says of entering work and the party, and of probation (劳动法, 劳动合同法, 党章)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from careerpath.policy.edition import EditionHead, in_force, parse_toml, read_head, shipped_texts
from careerpath.policy.reading import Table
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class ProbationStep:
    """A contract of at least ``contract_months`` allows ``probation_months`` of probation."""

    contract_months: int
    probation_months: int


@dataclass(frozen=True, slots=True)
class EmploymentLaw:
    """One edition: lowest ages in full years, and the longest probation by length of the contract."""

    head: EditionHead
    work_age: int
    work_document: str
    party_age: int
    party_document: str
    probation: tuple[ProbationStep, ...]

    @classmethod
    def from_plain(cls, values: object, file: str) -> "EmploymentLaw":
        """The edition in plain values (TOML). Raises ``Refused`` naming the key."""
        table = Table.of(values, file)
        ages = table.table("ages")
        steps = []
        for row in table.tables("probation"):
            steps.append(ProbationStep(row.whole("contract_months", 0, 600), row.whole("probation_months", 0, 12)))
            row.end()
        edition = cls(
            head=read_head(table.table("head"), "employment"),
            work_age=ages.whole("work", 14, 25),
            work_document=ages.text("work_document"),
            party_age=ages.whole("party", 14, 25),
            party_document=ages.text("party_document"),
            probation=tuple(steps),
        )
        ages.end()
        table.end()
        return edition


@cache
def shipped_laws() -> tuple[EmploymentLaw, ...]:
    """Every edition that comes with the program."""
    return tuple(
        EmploymentLaw.from_plain(parse_toml(text, name), name) for name, text in shipped_texts("employment").items()
    )


def law_on(on: date) -> EmploymentLaw:
    """The national edition in force on a day; the first one for days before it, so that old files can be judged."""
    laws = shipped_laws()
    return in_force(laws, max(on, min(law.head.effective_from for law in laws)))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(born_on: date, on: date) -> int:
    """Full years of age; a birthday counts from its own day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def birthday_of(born_on: date, age: int) -> date:
    """The day on which an age is reached; in a common year somebody born on 29 February reaches it on 1 March."""
    day = add_months(born_on, age * 12)
    return day if day.day == born_on.day else day + timedelta(days=1)


def probation_warning(
    law: EmploymentLaw, starts_on: date, ends_on: date | None, probation_ends_on: date | None
) -> Message | None:
    """A warning where a probation is longer than the law allows for the length of the contract, both days included."""
    if probation_ends_on is None:
        return None
    step = law.probation[-1]
    if ends_on is not None:
        after = ends_on + timedelta(days=1)
        step = [one for one in law.probation if add_months(starts_on, one.contract_months) <= after][-1]
    latest = add_months(starts_on, step.probation_months) - timedelta(days=1)
    if probation_ends_on <= latest:
        return None
    return msg(
        "%(starts)s 起的劳动合同试用期至 %(ends)s，超过《%(document)s》%(clause)s规定的 %(months)s 个月，请核对。",
        starts=starts_on,
        ends=probation_ends_on,
        document=law.head.document,
        clause=law.head.clause,
        months=step.probation_months,
    )
