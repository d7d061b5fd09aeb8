"""An edition of the appraisal rules: everything that a place decides about its annual appraisal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from careerpath.policy.appraisal.parts import (
    BallotRule,
    Bands,
    Calendar,
    Dismissal,
    HardFail,
    Indicator,
    Notice,
    QuotaRule,
    Secondment,
    StatusRule,
    read_ballot,
    read_bands,
    read_calendar,
    read_dismissal,
    read_hard_fail,
    read_indicator,
    read_notice,
    read_quota,
    read_secondment,
    read_status,
)
from careerpath.policy.codes import DETERMINED, UNDETERMINED, Grade
from careerpath.policy.edition import EditionHead, parse_toml, read_head
from careerpath.policy.reading import Table
from careerpath.policy.reason import show
from careerpath.words import msg

RULE = "appraisal"


@dataclass(frozen=True, slots=True)
class AppraisalEdition:
    """The rules of the annual appraisal of one place from one day on.

    ``names`` are the printed words of the grades by code. Without ``bands`` no grade is suggested from the total;
    without ``quota`` the number of 优秀 is not limited; without ``indicators`` there is no total.
    """

    head: EditionHead
    names: Mapping[str, str]
    indicators: tuple[Indicator, ...]
    bands: Bands | None
    quota: QuotaRule | None
    hard_fails: tuple[HardFail, ...]
    statuses: tuple[StatusRule, ...]
    calendar: Calendar
    notice: Notice | None
    ballot: BallotRule | None
    secondment: Secondment | None
    dismissal: Dismissal | None

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "AppraisalEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        bands, quota = top.optional_table("bands"), top.optional_table("quota")
        notice, ballot = top.optional_table("notice"), top.optional_table("ballot")
        secondment, dismissal = top.optional_table("secondment"), top.optional_table("dismissal")
        edition = cls(
            head=head,
            names=_read_names(top.table("names")),
            indicators=tuple(read_indicator(item, head) for item in top.tables("indicators")),
            bands=read_bands(bands, head) if bands else None,
            quota=read_quota(quota, head) if quota else None,
            hard_fails=tuple(read_hard_fail(item, head) for item in top.tables("hard_fails")),
            statuses=tuple(read_status(item, head) for item in top.tables("statuses")),
            calendar=read_calendar(top.table("calendar")),
            notice=read_notice(notice, head) if notice else None,
            ballot=read_ballot(ballot, head) if ballot else None,
            secondment=read_secondment(secondment, head) if secondment else None,
            dismissal=read_dismissal(dismissal, head) if dismissal else None,
        )
        top.end()
        edition._check(top)
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "AppraisalEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def _check(self, top: Table) -> None:
        codes = [indicator.code for indicator in self.indicators]
        for number, code in enumerate(codes, start=1):
            if code in codes[: number - 1]:
                raise top.refusal(f"indicators[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=code))
        if sum(indicator.from_satisfaction for indicator in self.indicators) > 1:
            raise top.refusal("indicators", msg("只能有一项 from_satisfaction = true，请改正其余各项。"))
        if self.bands and self.indicators and self.bands.excellent > self.highest:
            raise top.refusal("bands.excellent", msg("高于满分 %(highest)s，请降低。", highest=show(self.highest)))

    @property
    def highest(self) -> Decimal:
        """The highest possible total."""
        return sum((indicator.maximum * indicator.weight for indicator in self.indicators), Decimal(0))

    @property
    def satisfaction_indicator(self) -> Indicator | None:
        """The indicator that is computed from the satisfaction percentage, if there is one."""
        return next((indicator for indicator in self.indicators if indicator.from_satisfaction), None)

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with this code."""
        return next((indicator for indicator in self.indicators if indicator.code == code), None)

    def name(self, grade: Grade) -> str:
        """The printed words of a grade."""
        return self.names[grade.value]

    def reference_on(self, year: int) -> date:
        """The day on which service, probation and discipline are looked at for ``year``."""
        return self.calendar.reference.on(year)


def _read_names(table: Table) -> dict[str, str]:
    names = {grade.value: table.text(grade.value) for grade in DETERMINED}
    names |= {grade.value: table.text(grade.value, grade.zh) for grade in UNDETERMINED}
    table.end()
    return names
