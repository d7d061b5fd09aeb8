"""From which day to which day a public notice may run: of a selection and of a promotion alike."""

from datetime import date

from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.policy.working_days import working_days
from careerpath.words import Message, Refused, msg

LONGEST_NOTICE = 60
"""Days beyond which the end of a notice is taken for a mistake of typing."""
USUAL_NOTICE = 5
"""Working days below which people are warned where the rules name no number."""


def check_notice_days(edition: TalentPoolEdition, starts_on: date, ends_on: date, since: date) -> None:
    """Refuse a notice that begins before ``since``, ends before it begins, is endless, or shorter than the rules say.

    Weekends count out; public holidays are not known (``notice_warnings``).
    """
    if starts_on < since:
        raise Refused(msg("公示开始日期早于研究确定（批准）日期 %(since)s，请核对。", since=since), field="starts_on")
    if ends_on < starts_on:
        raise Refused(msg("公示结束日期早于开始日期，请核对。"), field="ends_on")
    if (ends_on - starts_on).days > LONGEST_NOTICE:
        raise Refused(msg("公示期超过 %(most)s 天，请核对日期。", most=LONGEST_NOTICE), field="ends_on")
    counted, rule = working_days(starts_on, ends_on), edition.notice
    if rule is not None and counted < rule.working_days:
        document, clause = edition.head.cite(rule.citation)
        raise Refused(
            msg(
                "公示期除去周末只有 %(counted)s 个工作日，%(document)s%(clause)s要求 %(wanted)s 个，请延长。",
                counted=counted,
                wanted=rule.working_days,
                document=document,
                clause=clause,
            ),
            field="ends_on",
        )


def notice_warnings(edition: TalentPoolEdition, starts_on: date, ends_on: date) -> tuple[Message, ...]:
    """What a person should look at before a notice goes out: warnings, never refusals."""
    counted, rule = working_days(starts_on, ends_on), edition.notice
    told = {"starts": starts_on, "ends": ends_on, "counted": counted}
    if rule is None and counted < USUAL_NOTICE:
        return (
            msg(
                "公示 %(starts)s 至 %(ends)s，除去周末只有 %(counted)s 个工作日，公示一般不少于 %(usual)s 个工作日。",
                usual=USUAL_NOTICE,
                **told,
            ),
        )
    return (
        msg(
            "公示 %(starts)s 至 %(ends)s，除去周末共 %(counted)s 个工作日。"
            "系统没有法定节假日安排，期间如有放假或调休，请相应延长。",
            **told,
        ),
    )


def usual_days(edition: TalentPoolEdition) -> int:
    """How many working days a notice usually has."""
    return USUAL_NOTICE if edition.notice is None else edition.notice.working_days
