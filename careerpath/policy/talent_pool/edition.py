"""An edition of the rules of the reserve pool and the career ladder."""

from dataclasses import dataclass

from careerpath.policy.edition import EditionHead, parse_toml, read_head
from careerpath.policy.reading import Table
from careerpath.policy.talent_pool.conditions import Condition, read_condition
from careerpath.policy.talent_pool.parts import (
    Exit,
    Extra,
    Gate,
    Grid,
    Notice,
    Purpose,
    Review,
    Rung,
    SelectionStage,
    Standard,
    Term,
    read_exit,
    read_extra,
    read_gate,
    read_grid,
    read_notice,
    read_review,
    read_rung,
    read_stage,
    read_standard,
    read_term,
)
from careerpath.words import Refused, msg

RULE = "talent_pool"


@dataclass(frozen=True, slots=True)
class TalentPoolEdition:
    """Gates with their conditions, the ladder, and what holds for the pool.

    Without ``terms`` no office ends by itself; without ``standard`` no number is too small or too large; without
    ``stages`` a selection has no points; without ``notice`` a public notice may be of any length; without ``grid``
    there are no nine cells.
    """

    head: EditionHead
    rungs: tuple[Rung, ...]
    terms: tuple[Term, ...]
    gates: tuple[Gate, ...]
    conditions: tuple[Condition, ...]
    extras: tuple[Extra, ...]
    standard: Standard | None
    exits: tuple[Exit, ...]
    stages: tuple[SelectionStage, ...]
    review: Review | None
    notice: Notice | None
    grid: Grid | None

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "TalentPoolEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        standard, review, notice, grid = (top.optional_table(key) for key in ("standard", "review", "notice", "grid"))
        edition = cls(
            head=head,
            rungs=tuple(read_rung(item, head) for item in top.tables("rungs")),
            terms=tuple(read_term(item, head) for item in top.tables("terms")),
            gates=tuple(read_gate(item, head) for item in top.tables("gates")),
            conditions=tuple(read_condition(item, head) for item in top.tables("conditions")),
            extras=tuple(read_extra(item, head) for item in top.tables("extras")),
            standard=read_standard(standard, head) if standard else None,
            exits=tuple(read_exit(item, head) for item in top.tables("exits")),
            stages=tuple(read_stage(item, head) for item in top.tables("stages")),
            review=read_review(review, head) if review else None,
            notice=read_notice(notice, head) if notice else None,
            grid=read_grid(grid, head) if grid else None,
        )
        top.end()
        edition._check(top)
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "TalentPoolEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def gate(self, code: str) -> Gate:
        """The gate with this code. Raises ``Refused`` with the known ones."""
        for gate in self.gates:
            if gate.code == code:
                return gate
        known = "、".join(gate.code for gate in self.gates) or "—"
        raise Refused(msg("没有“%(code)s”这一项资格，请改用：%(known)s。", code=code, known=known), field="gate")

    def rung(self, code: str) -> Rung:
        """The rung with this code, which the edition was checked to have."""
        return next(rung for rung in self.rungs if rung.code == code)

    def gate_to(self, rung: str, purpose: Purpose) -> Gate | None:
        """The gate that leads to a rung, or to the reserve for it."""
        return next((gate for gate in self.gates if gate.rung == rung and gate.purpose is purpose), None)

    def _check(self, top: Table) -> None:
        rungs, gates = [rung.code for rung in self.rungs], [gate.code for gate in self.gates]
        for key, codes in (("rungs", rungs), ("gates", gates), ("stages", [stage.code for stage in self.stages])):
            for number, code in enumerate(codes, start=1):
                if code in codes[: number - 1]:
                    raise top.refusal(f"{key}[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=code))
        for number, term in enumerate(self.terms, start=1):
            _known(top, f"terms[{number}].rung", term.rung, rungs)
            for other in self.terms[: number - 1]:
                if other.rung == term.rung and other.starts_on <= term.ends_on and term.starts_on <= other.ends_on:
                    told = msg("与“%(name)s”的日期重叠，请改正。", name=other.name)
                    raise top.refusal(f"terms[{number}].starts_on", told)
        for number, gate in enumerate(self.gates, start=1):
            if gate.rung:
                _known(top, f"gates[{number}].rung", gate.rung, rungs)
        for number, condition in enumerate(self.conditions, start=1):
            _known(top, f"conditions[{number}].gate", condition.gate, gates)
            if condition.rung:
                _known(top, f"conditions[{number}].rung", condition.rung, rungs)
            first = next(one for one in self.conditions if (one.gate, one.code) == (condition.gate, condition.code))
            if first.kind is not condition.kind:
                raise top.refusal(
                    f"conditions[{number}].code",
                    msg("“%(code)s”已用于另一类条件，请改用别的代码。", code=condition.code),
                )
        for number, extra in enumerate(self.extras, start=1):
            _known(top, f"extras[{number}].gate", extra.gate, gates)
        if self.stages and sum(stage.weight for stage in self.stages) not in (0, 1):
            raise top.refusal("stages", msg("各环节的权重合计应为 1，请改正。"))


def _known(top: Table, at: str, code: str, known: list[str]) -> None:
    if code not in known:
        raise top.refusal(at, msg("没有“%(code)s”，请改用：%(known)s。", code=code, known="、".join(known) or "—"))
