"""From which day to which day a public notice may run: of a selection and of a promotion alike."""

from datetime import date

from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.rulebook.queries.notices import NoticeRule, check_notice, notice_words
from careerpath.words import Message, Refused, msg

USUAL_NOTICE = 5
"""Working days that a notice usually has where the rules name no number."""


def check_notice_days(edition: TalentPoolEdition, starts_on: date, ends_on: date, since: date) -> None:
    """Refuse a notice that begins before ``since``, ends before it begins, is endless, or shorter than the rules say.

    Working days are those of the calendar of public holidays.
    """
    if starts_on < since:
        raise Refused(msg("公示开始日期早于研究确定（批准）日期 %(since)s，请核对。", since=since), field="starts_on")
    check_notice(starts_on, ends_on, _rule(edition))


def notice_warnings(edition: TalentPoolEdition, starts_on: date, ends_on: date) -> tuple[Message, ...]:
    """What a person should look at before a notice goes out: words, never refusals."""
    return notice_words(starts_on, ends_on, _rule(edition))


def _rule(edition: TalentPoolEdition) -> NoticeRule | None:
    rule = edition.notice
    return None if rule is None else NoticeRule.of(edition.head, rule.working_days, rule.citation)


def usual_days(edition: TalentPoolEdition) -> int:
    """How many working days a notice usually has."""
    return USUAL_NOTICE if edition.notice is None else edition.notice.working_days
