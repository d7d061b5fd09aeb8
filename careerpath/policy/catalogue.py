"""Every rule, one line each: how its editions are read and how it is tried. A table of contents, nothing more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from careerpath.policy.appraisal import AppraisalEdition
from careerpath.policy.appraisal.trial import try_appraisal
from careerpath.policy.edition import Edition, parse_toml, shipped_texts
from careerpath.policy.headcount import HeadcountEdition
from careerpath.policy.headcount.trial import try_headcount
from careerpath.policy.holidays import HolidayEdition
from careerpath.policy.holidays.trial import try_holidays
from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.insurance.trial import try_insurance
from careerpath.policy.mentoring import MentoringEdition
from careerpath.policy.mentoring.trial import try_mentoring
from careerpath.policy.pay import PayEdition
from careerpath.policy.pay.trial import try_pay
from careerpath.policy.reading import Table
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.policy.recruitment.trial import try_recruitment
from careerpath.policy.retirement import RetirementEdition
from careerpath.policy.retirement.trial import try_retirement
from careerpath.policy.rotation import RotationEdition
from careerpath.policy.rotation.trial import try_rotation
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.policy.talent_pool.trial import try_talent_pool
from careerpath.policy.targets import TargetsEdition
from careerpath.policy.targets.trial import try_targets
from careerpath.policy.training import TrainingEdition
from careerpath.policy.training.trial import try_training
from careerpath.words import Message, Refused, msg

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its Chinese name, the reader of its editions, and the answer to plain facts under one edition."""

    name: Message
    read: Callable[[object, str], Edition]
    answer: Callable[[Any, object, str], Answer]


RULES: Mapping[str, Rule] = {
    "appraisal": Rule(msg("年度考核"), AppraisalEdition.from_plain, try_appraisal),
    "headcount": Rule(msg("员额"), HeadcountEdition.from_plain, try_headcount),
    "holidays": Rule(msg("节假日安排"), HolidayEdition.from_plain, try_holidays),
    "insurance": Rule(msg("五险一金"), InsuranceEdition.from_plain, try_insurance),
    "mentoring": Rule(msg("导师帮带"), MentoringEdition.from_plain, try_mentoring),
    "pay": Rule(msg("工资待遇"), PayEdition.from_plain, try_pay),
    "recruitment": Rule(msg("公开招聘"), RecruitmentEdition.from_plain, try_recruitment),
    "retirement": Rule(msg("退休"), RetirementEdition.from_plain, try_retirement),
    "rotation": Rule(msg("轮岗锻炼"), RotationEdition.from_plain, try_rotation),
    "talent_pool": Rule(msg("后备人才"), TalentPoolEdition.from_plain, try_talent_pool),
    "targets": Rule(msg("队伍建设目标"), TargetsEdition.from_plain, try_targets),
    "training": Rule(msg("教育培训"), TrainingEdition.from_plain, try_training),
}


def rule_named(name: str) -> Rule:
    """The rule with this name; refuses an unknown one, with the known names."""
    rule = RULES.get(name)
    if rule is None:
        near = get_close_matches(name, list(RULES), n=1) or list(RULES)
        raise Refused(
            msg("没有名为“%(name)s”的规则，请改用：%(known)s。", name=name, known="、".join(near)), field="rule"
        )
    return rule


def read_plain(values: object, file: str = "edition") -> Edition:
    """The edition, of whichever rule its head names, that plain values describe."""
    rule = Table.of(values, file).table("head").text("rule")
    return rule_named(rule).read(values, file)


def read_toml(text: str, file: str) -> Edition:
    """The edition, of whichever rule its head names, that a TOML text holds; ``file`` is named in refusals."""
    return read_plain(parse_toml(text, file), file)


def shipped(rule: str) -> tuple[Edition, ...]:
    """The editions of one rule that come with the program, oldest first."""
    read = rule_named(rule).read
    editions = [read(parse_toml(text, file), file) for file, text in shipped_texts(rule).items()]
    return tuple(sorted(editions, key=lambda edition: (edition.head.effective_from, edition.head.key)))
