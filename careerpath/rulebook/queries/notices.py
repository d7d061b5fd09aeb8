"""From which day to which day a public notice may run: in every room by the same working days."""

from dataclasses import dataclass
from datetime import date

from careerpath.policy.edition import Citation, EditionHead
from careerpath.rulebook.queries.holidays import work_calendar
from careerpath.words import Message, Refused, msg

LONGEST_NOTICE = 60
"""Days beyond which the end of a notice is taken for a mistake of typing."""


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """How many working days a notice has at least, and who says so."""

    working_days: int
    document: str
    clause: str

    @classmethod
    def of(cls, head: EditionHead, working_days: int, citation: Citation) -> "NoticeRule":
        """The rule of an edition."""
        return cls(working_days, *head.cite(citation))


def check_notice(starts_on: date, ends_on: date, rule: NoticeRule | None) -> None:
    """Refuse a notice that ends before it begins, is endless, or has fewer working days than the rule asks for."""
    if ends_on < starts_on:
        raise Refused(msg("公示结束日期早于开始日期，请核对。"), field="ends_on")
    if (ends_on - starts_on).days > LONGEST_NOTICE:
        raise Refused(msg("公示期超过 %(most)s 天，请核对日期。", most=LONGEST_NOTICE), field="ends_on")
    if rule is None:
        return
    counted = work_calendar().count(starts_on, ends_on)
    if counted < rule.working_days:
        raise Refused(
            msg(
                "公示期只有 %(counted)s 个工作日，%(document)s%(clause)s要求 %(wanted)s 个，请延长。",
                counted=counted,
                wanted=rule.working_days,
                document=rule.document,
                clause=rule.clause,
            ),
            field="ends_on",
        )


def notice_words(starts_on: date, ends_on: date, rule: NoticeRule | None) -> tuple[Message, ...]:
    """What a person reads before a notice goes out: the working days, and the years whose holidays are not known."""
    calendar = work_calendar()
    told = {"starts": starts_on, "ends": ends_on, "counted": calendar.count(starts_on, ends_on)}
    found = [msg("公示 %(starts)s 至 %(ends)s，扣除周末和法定节假日共 %(counted)s 个工作日。", **told)]
    if rule is not None:
        found = [
            msg(
                "公示 %(starts)s 至 %(ends)s，扣除周末和法定节假日共 %(counted)s 个工作日"
                "（%(document)s%(clause)s要求 %(wanted)s 个）。",
                wanted=rule.working_days,
                document=rule.document,
                clause=rule.clause,
                **told,
            )
        ]
    unknown = calendar.unknown(starts_on, ends_on)
    if unknown:
        years = "、".join(str(year) for year in unknown)
        found.append(
            msg(
                "规则库中没有 %(years)s 年的节假日安排，该年度只扣除周末，请先导入当年的安排，或相应延长公示期。",
                years=years,
            )
        )
    return tuple(found)


def usual_last_day(starts_on: date, working_days: int) -> date:
    """The last day of a notice of so many working days."""
    return work_calendar().last_of(starts_on, working_days)
