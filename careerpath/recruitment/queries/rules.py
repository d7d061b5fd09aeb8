"""The recruitment rules and the headcount norms that there are here, and the rules that a batch froze."""

from careerpath.policy.headcount import RULE as HEADCOUNT
from careerpath.policy.headcount import HeadcountEdition
from careerpath.policy.recruitment import RULE as RECRUITMENT
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import RecruitmentBatch
from careerpath.rulebook.queries.shelf import Shelf
from careerpath.words import Refused, msg

RULES = Shelf(RECRUITMENT, RecruitmentEdition.from_plain)
NORMS = Shelf(HEADCOUNT, HeadcountEdition.from_plain)

shipped_rules = RULES.shipped
known_rules = RULES.known
rules_on = RULES.on
norms_on = NORMS.on


def rules_named(key: str) -> RecruitmentEdition:
    """The recruitment rules with this key. Raises ``Refused``."""
    for edition in known_rules():
        if edition.head.key == key:
            return edition
    raise Refused(msg("规则库中没有招聘规则“%(key)s”，请重新选择。", key=key), field="edition_key")


def rules_of(batch: RecruitmentBatch) -> RecruitmentEdition:
    """The rules of a batch: as frozen at its publication, before that those of the rulebook."""
    return rules_named(batch.edition_key) if batch.edition is None else RULES.frozen(batch.edition)
