"""Who moves up when somebody proposed withdraws or fails a check, while the reserve list is valid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from careerpath.policy.employment import add_months
from careerpath.policy.reason import Reason
from careerpath.policy.recruitment.edition import RecruitmentEdition
from careerpath.policy.recruitment.outcomes import OUTCOMES, Outcome, Ranked
from careerpath.policy.recruitment.parts import Reserve
from careerpath.policy.recruitment.scoring import because
from careerpath.words import Refused, msg


class Leaving(StrEnum):
    """Why somebody on the final list is not appointed."""

    WITHDRAWN = "withdrawn"
    MEDICAL = "medical"
    BACKGROUND = "background"

    @property
    def outcome(self) -> Outcome:
        """What the list then says of them."""
        outcomes = (Outcome.WITHDRAWN, Outcome.FAILED_MEDICAL, Outcome.FAILED_BACKGROUND)
        return dict(zip(Leaving, outcomes, strict=True))[self]


@dataclass(frozen=True, slots=True)
class Vacated:
    """A place left by somebody: who moves up, or those who are level and between whom people decide, or nobody."""

    position: str
    left_id: str
    leaving: Leaving
    successor_id: str | None
    tied_ids: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Substitution:
    """The list after all who left were replaced as far as possible, and each place in turn."""

    ranked: tuple[Ranked, ...]
    vacated: tuple[Vacated, ...]


def valid_until(edition: RecruitmentEdition, published_on: date) -> date | None:
    """The last day on which a reserve candidate may move up; ``None`` where the edition knows no reserve."""
    rule = edition.reserve
    if rule is None:
        return None
    last = add_months(published_on, rule.months)
    return last if rule.last_day_inclusive else last - timedelta(days=1)


def substitute(
    edition: RecruitmentEdition,
    ranked: Sequence[Ranked],
    on: date,
    published_on: date,
    gone: Mapping[str, Leaving],
) -> Substitution:
    """Reserve candidates in the place of all who have left so far, in rank order within each position.

    ``gone`` names everybody who left since the list was published on ``published_on``, reserve candidates too.
    Raises ``Refused`` without a reserve list, outside its validity, and for somebody who was not on it.
    """
    rule = _valid(edition, on, published_on)
    listed = {line.id: line for line in ranked}
    for number in gone:
        line = listed.get(number)
        if line is None or line.outcome not in (Outcome.PROPOSED, Outcome.RESERVE):
            raise Refused(msg("考生 %(id)s 不在拟聘用或递补名单中，请核对编号。", id=number), field=f"gone.{number}")
    changed: dict[str, Ranked] = {}
    vacated: list[Vacated] = []
    for number in sorted(gone, key=lambda one: (listed[one].position, listed[one].rank or 0, one)):
        line, leaving = listed[number], gone[number]
        changed[number] = _left(edition, line, leaving, rule)
        if line.outcome is not Outcome.PROPOSED:
            continue
        waiting = [
            one
            for one in ranked
            if one.position == line.position
            and one.outcome is Outcome.RESERVE
            and one.id not in gone
            and one.id not in changed
        ]
        vacated.append(_fill(edition, line, leaving, waiting, rule, on))
        moved = vacated[-1].successor_id
        if moved is not None:
            reasons = (*listed[moved].reasons, vacated[-1].reason)
            changed[moved] = replace(listed[moved], outcome=Outcome.PROPOSED, reasons=reasons)
    _settle_ties(listed, changed, vacated)
    # Who left stands behind those who are ranked in the position, as on the first list.
    positions = list(dict.fromkeys(line.position for line in ranked))
    after = [changed.get(line.id, line) for line in ranked]
    after.sort(key=lambda line: (positions.index(line.position), line.rank is None))
    return Substitution(tuple(after), tuple(vacated))


def _valid(edition: RecruitmentEdition, on: date, published_on: date) -> Reserve:
    rule, last = edition.reserve, valid_until(edition, published_on)
    if rule is None or last is None:
        raise Refused(msg("%(title)s没有规定递补，不能递补。", title=edition.head.title), field="reserve")
    if on < published_on:
        raise Refused(
            msg("递补日期 %(on)s 早于名单公布日期 %(published)s，请改正先后。", on=on, published=published_on),
            field="on",
        )
    if on > last:
        document, clause = edition.head.cite(rule.citation)
        raise Refused(
            msg(
                "名单于 %(published)s 公布，递补有效期 %(months)s 个月，至 %(last)s 止，%(on)s 已过期，不能递补"
                "（依据%(document)s%(clause)s）。",
                published=published_on,
                months=rule.months,
                last=last,
                on=on,
                document=document,
                clause=clause,
            ),
            field="on",
        )
    return rule


def _left(edition: RecruitmentEdition, line: Ranked, leaving: Leaving, rule: Reserve) -> Ranked:
    sentence = msg("%(outcome)s，不再列入名单。", outcome=OUTCOMES[leaving.outcome])
    used = {"leaving": leaving, "rank": line.rank}
    reason = because(edition, line.candidate, ("leaving", rule.citation), used, leaving.outcome, sentence)
    return replace(line, rank=None, outcome=leaving.outcome, reasons=(*line.reasons, reason))


def _fill(
    edition: RecruitmentEdition, line: Ranked, leaving: Leaving, waiting: Sequence[Ranked], rule: Reserve, on: date
) -> Vacated:
    best = min((one.rank or 0 for one in waiting), default=None)
    level = [one for one in waiting if one.rank == best]
    told = {"left": line.id, "outcome": OUTCOMES[leaving.outcome], "on": on}
    step = ("substitution", rule.citation)
    used = {"left": line.id, "leaving": leaving, "on": on}
    if not level:
        sentence = msg("%(left)s %(outcome)s，递补名单已无人选，岗位空缺。", **told)
        reason = because(edition, line.candidate, step, used, None, sentence)
        return Vacated(line.position, line.id, leaving, None, (), reason)
    if len(level) > 1:
        ids = tuple(sorted(one.id for one in level))
        sentence = msg("%(left)s %(outcome)s，递补人选 %(who)s 并列，请人工决定。", who="、".join(ids), **told)
        reason = because(edition, line.candidate, step, used, ids, sentence)
        return Vacated(line.position, line.id, leaving, None, ids, reason)
    sentence = msg("%(left)s %(outcome)s，%(on)s 由第 %(rank)s 名递补。", rank=best, **told)
    reason = because(edition, level[0].candidate, step, used, Outcome.PROPOSED, sentence)
    return Vacated(line.position, line.id, leaving, level[0].id, (), reason)


def _settle_ties(listed: Mapping[str, Ranked], changed: dict[str, Ranked], vacated: list[Vacated]) -> None:
    """Those who are level for a vacant place move up all, if there is a place for each of them; else people decide."""
    for ids in dict.fromkeys(one.tied_ids for one in vacated if one.tied_ids):
        at = [number for number, one in enumerate(vacated) if one.tied_ids == ids]
        enough = len(at) >= len(ids)
        for number, moved in enumerate(ids):
            reason = vacated[at[min(number, len(at) - 1)]].reason
            outcome = Outcome.PROPOSED if enough else Outcome.TIE
            changed[moved] = replace(listed[moved], outcome=outcome, reasons=(*listed[moved].reasons, reason))
            if enough:
                vacated[at[number]] = replace(vacated[at[number]], successor_id=moved, tied_ids=())
