"""An edition of the targets of a place (队伍建设目标): what is measured, for each community or the whole, how much."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from careerpath.policy.codes import Certificate, Education, Post
from careerpath.policy.edition import Citation, EditionHead, parse_toml, read_citation, read_head
from careerpath.policy.reading import Table
from careerpath.words import msg

RULE = "targets"
MOST_PEOPLE = 100_000


class Measure(StrEnum):
    """What is counted. Shares are parts of the people in service."""

    YOUNG_CADRES = "young_cadres"
    """People at most ``age`` years old in one of ``posts``."""
    RESERVES = "reserves"
    """People in the reserve pool."""
    HOUSEHOLDS_PER_WORKER = "households_per_worker"
    """Households divided by the people in service."""
    TRAINING_SHARE = "training_share"
    """Distinct people trained in the year."""
    CERTIFICATE_SHARE = "certificate_share"
    """People who hold a certificate of ``certificate`` or above."""
    EDUCATION_SHARE = "education_share"
    """People with a diploma of ``education`` or above."""

    @property
    def is_share(self) -> bool:
        """Whether it is a part of the people in service, from 0 to 1."""
        return self in SHARES


SHARES = (Measure.TRAINING_SHARE, Measure.CERTIFICATE_SHARE, Measure.EDUCATION_SHARE)


class Each(StrEnum):
    """Whom the target is for: every community by itself, or the unit that is asked about as a whole."""

    COMMUNITY = "community"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Target:
    """One target; at least ``least`` and at most ``most``, either of them open."""

    code: str
    name: str
    measure: Measure
    each: Each
    least: Decimal | None
    most: Decimal | None
    age: int | None
    posts: tuple[Post, ...]
    certificate: Certificate | None
    education: Education | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class TargetsEdition:
    """The targets of a place from a day on."""

    head: EditionHead
    targets: tuple[Target, ...]

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "TargetsEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        edition = cls(head, tuple(_read_target(item, head) for item in top.tables("targets")))
        top.end()
        if not edition.targets:
            raise top.refusal("targets", msg("请至少写明一项目标。"))
        codes = [one.code for one in edition.targets]
        for number, code in enumerate(codes, start=1):
            if code in codes[: number - 1]:
                raise top.refusal(f"targets[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=code))
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "TargetsEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def target(self, code: str) -> Target | None:
        """The target with this code."""
        return next((one for one in self.targets if one.code == code), None)


def _read_target(table: Table, head: EditionHead) -> Target:
    measure = table.code("measure", Measure)
    target = Target(
        code=table.text("code"),
        name=table.text("name"),
        measure=measure,
        each=table.code("each", Each, Each.WHOLE),
        least=_limit(table, "least", measure),
        most=_limit(table, "most", measure),
        age=table.whole("age", 18, 80) if table.has("age") else None,
        posts=table.codes("posts", Post),
        certificate=table.code("certificate", Certificate) if table.has("certificate") else None,
        education=table.code("education", Education) if table.has("education") else None,
        citation=read_citation(table, head),
    )
    table.end()
    _check(table, target)
    return target


def _limit(table: Table, key: str, measure: Measure) -> Decimal | None:
    if not table.has(key):
        return None
    if measure.is_share:
        return table.number(key, 0, 1, decimals=4)
    return table.number(key, 0, MOST_PEOPLE, decimals=2)


def _check(table: Table, target: Target) -> None:
    if target.least is None and target.most is None:
        raise table.refusal("least", msg("请写明 least 或 most。"))
    if target.least is not None and target.most is not None and target.least > target.most:
        raise table.refusal("least", msg("大于 most，请改正。"))
    wanted = {
        "age": (Measure.YOUNG_CADRES, target.age is not None),
        "posts": (Measure.YOUNG_CADRES, bool(target.posts)),
        "certificate": (Measure.CERTIFICATE_SHARE, target.certificate is not None),
        "education": (Measure.EDUCATION_SHARE, target.education is not None),
    }
    for key, (measure, given) in wanted.items():
        if given and target.measure is not measure:
            raise table.refusal(key, msg("只用于 %(measure)s，请删去。", measure=measure.value))
        if not given and target.measure is measure and key != "posts":
            raise table.refusal(key, msg("缺少这一项，请补上。"))
