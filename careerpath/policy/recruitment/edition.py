"""An edition of the recruitment rules: everything that the notice of a batch decides."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from careerpath.policy.edition import EditionHead, parse_toml, read_head
from careerpath.policy.employment import add_months, law_on, probation_warning
from careerpath.policy.reading import Table
from careerpath.policy.reason import show
from careerpath.policy.recruitment.conditions import (
    Condition,
    Document,
    Group,
    read_condition,
    read_document,
    read_group,
)
from careerpath.policy.recruitment.lists import (
    read_calendar,
    read_notice,
    read_probation,
    read_reserve,
    read_shortlist,
    read_tie_break,
    read_ties,
)
from careerpath.policy.recruitment.parts import (
    AddsTo,
    Bonus,
    BreakBy,
    Calendar,
    Interview,
    LineOf,
    Notice,
    PassLine,
    Position,
    Probation,
    Reserve,
    Shortlist,
    TieBreak,
    Ties,
    Total,
    Weights,
    Written,
    read_bonus,
    read_interview,
    read_pass_line,
    read_position,
    read_total,
    read_weights,
    read_written,
    refuse_repeated,
)
from careerpath.words import Message, msg

RULE = "recruitment"


@dataclass(frozen=True, slots=True)
class RecruitmentEdition:
    """The rules of one batch, or of one place's batches from one day on.

    Without ``shortlist`` everybody who passes is interviewed; without ``bonus`` nobody earns any; without ``reserve``
    nobody moves up.
    """

    head: EditionHead
    groups: tuple[Group, ...]
    conditions: tuple[Condition, ...]
    documents: tuple[Document, ...]
    positions: tuple[Position, ...]
    calendar: Calendar | None
    weights: Weights
    written: Written
    interview: Interview
    total: Total
    bonus: Bonus | None
    pass_lines: tuple[PassLine, ...]
    shortlist: Shortlist | None
    ties: Ties | None
    tie_breaks: tuple[TieBreak, ...]
    reserve: Reserve | None
    notice: Notice | None
    probation: Probation | None

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "RecruitmentEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        calendar, bonus = top.optional_table("calendar"), top.optional_table("bonus")
        shortlist, ties = top.optional_table("shortlist"), top.optional_table("ties")
        reserve, notice = top.optional_table("reserve"), top.optional_table("notice")
        probation = top.optional_table("probation")
        edition = cls(
            head=head,
            groups=tuple(read_group(item) for item in top.tables("groups")),
            conditions=tuple(read_condition(item, head) for item in top.tables("conditions")),
            documents=tuple(read_document(item, head) for item in top.tables("documents")),
            positions=tuple(read_position(item) for item in top.tables("positions")),
            calendar=read_calendar(calendar) if calendar else None,
            weights=read_weights(top.table("weights"), head),
            written=read_written(top.table("written"), head),
            interview=read_interview(top.table("interview"), head),
            total=read_total(top.table("total"), head),
            bonus=read_bonus(bonus, head) if bonus else None,
            pass_lines=tuple(read_pass_line(item, head) for item in top.tables("pass_lines")),
            shortlist=read_shortlist(shortlist, head) if shortlist else None,
            ties=read_ties(ties, head) if ties else None,
            tie_breaks=tuple(read_tie_break(item, head) for item in top.tables("tie_breaks")),
            reserve=read_reserve(reserve, head) if reserve else None,
            notice=read_notice(notice, head) if notice else None,
            probation=read_probation(probation, head) if probation else None,
        )
        top.end()
        edition._check(top)
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "RecruitmentEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def _check(self, top: Table) -> None:
        refuse_repeated(top, "groups", [group.code for group in self.groups])
        refuse_repeated(top, "documents", [document.code for document in self.documents])
        refuse_repeated(top, "positions", [position.code for position in self.positions])
        named = [("conditions", [one.group for one in self.conditions])]
        named.append(("documents", [one.group for one in self.documents]))
        for key, groups in named:
            for number, group in enumerate(groups, start=1):
                if group:
                    self._check_group(top, f"{key}[{number}].group", group)
        self._check_alternatives(top)
        self._check_lines(top)
        if (self.shortlist is None) != (self.ties is None):
            missing = "ties" if self.ties is None else "shortlist"
            raise top.refusal(missing, msg("缺少这一项，[shortlist] 与 [ties] 应同时填写，请补上。"))
        papers = [paper.code for paper in self.written.papers]
        for number, link in enumerate(self.tie_breaks, start=1):
            at = f"tie_breaks[{number}].code"
            if (link.by, link.code) in [(one.by, one.code) for one in self.tie_breaks[: number - 1]]:
                raise top.refusal(f"tie_breaks[{number}].by", msg("与前面的重复，请删去。"))
            if link.by is BreakBy.GROUP:
                self._check_group(top, at, link.code)
            if link.by is BreakBy.PAPER and link.code not in papers:
                raise top.refusal(
                    at,
                    msg("“%(code)s”不是笔试科目，请改用：%(known)s。", code=link.code, known="、".join(papers) or "—"),
                )

    def _check_group(self, top: Table, at: str, code: str) -> None:
        known = [group.code for group in self.groups]
        if code not in known:
            raise top.refusal(
                at,
                msg(
                    "“%(code)s”不在 [[groups]] 中，请补上或改用：%(known)s。", code=code, known="、".join(known) or "—"
                ),
            )

    def _check_alternatives(self, top: Table) -> None:
        for number, condition in enumerate(self.conditions, start=1):
            first = next(one for one in self.conditions if one.code == condition.code)
            if first.kind is not condition.kind:
                raise top.refusal(
                    f"conditions[{number}].code",
                    msg("“%(code)s”已用于另一类条件，请改用别的代码。", code=condition.code),
                )

    def _check_lines(self, top: Table) -> None:
        highest = {
            LineOf.WRITTEN: self.written.maximum,
            LineOf.INTERVIEW: self.interview.maximum,
            LineOf.TOTAL: self.highest,
        }
        for number, line in enumerate(self.pass_lines, start=1):
            at = f"pass_lines[{number}]"
            if line.of in [one.of for one in self.pass_lines[: number - 1]]:
                raise top.refusal(f"{at}.of", msg("“%(of)s”重复，每项成绩只能有一条分数线，请删去。", of=line.of.value))
            if line.line > highest[line.of]:
                raise top.refusal(f"{at}.line", msg("高于满分 %(highest)s，请降低。", highest=show(highest[line.of])))
            if line.with_bonus and not self._bonus_counts(line.of):
                raise top.refusal(f"{at}.with_bonus", msg("为 true，但这项成绩不含加分，请改为 false 或改正 [bonus]。"))

    def _bonus_counts(self, of: LineOf) -> bool:
        if self.bonus is None or of is LineOf.INTERVIEW:
            return False
        return of is LineOf.TOTAL or self.bonus.adds_to is AddsTo.WRITTEN

    @property
    def highest(self) -> Decimal:
        """The highest possible total without any bonus."""
        return self.written.maximum * self.weights.written + self.interview.maximum * self.weights.interview

    def line(self, of: LineOf) -> PassLine | None:
        """The pass line of a score, if there is one."""
        return next((line for line in self.pass_lines if line.of is of), None)

    def group_name(self, code: str) -> str:
        """What people call a group."""
        return next((group.name for group in self.groups if group.code == code), code)

    def shortlist_size(self, places: int) -> int | None:
        """How many are interviewed for so many places, a fraction counting as one more; ``None`` if all are."""
        if self.shortlist is None:
            return None
        return int((self.shortlist.ratio * places).to_integral_value(ROUND_CEILING))

    def warnings(self, on: date) -> tuple[Message, ...]:
        """What labour law forbids in a contract that begins on a day; a warning, never a refusal."""
        rule = self.probation
        if rule is None or not rule.months:
            return ()
        ends_on = None if rule.contract_months is None else add_months(on, rule.contract_months) - timedelta(days=1)
        last = add_months(on, rule.months) - timedelta(days=1)
        warning = probation_warning(law_on(on), on, ends_on, last)
        return () if warning is None else (warning,)
