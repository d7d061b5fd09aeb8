"""The lists of a batch: who is interviewed, who is to be appointed, who is in reserve, and who is level with whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from careerpath.policy.edition import Citation
from careerpath.policy.reason import Reason, show
from careerpath.policy.recruitment.edition import RecruitmentEdition
from careerpath.policy.recruitment.facts import Candidate
from careerpath.policy.recruitment.ordering import Line, Standing, ordered, straddles
from careerpath.policy.recruitment.outcomes import OUTCOMES, Outcome, Ranked, Stage
from careerpath.policy.recruitment.parts import LastPlace, LineOf, PassLine
from careerpath.policy.recruitment.scoring import Marks, because, marks, totalled
from careerpath.words import Refused, msg

SCORES = {
    LineOf.WRITTEN: msg("笔试成绩"),
    LineOf.INTERVIEW: msg("面试成绩"),
    LineOf.TOTAL: msg("总成绩"),
}
FAILED = {
    LineOf.WRITTEN: Outcome.FAILED_WRITTEN,
    LineOf.INTERVIEW: Outcome.FAILED_INTERVIEW,
    LineOf.TOTAL: Outcome.FAILED_TOTAL,
}
LAST = list(Outcome)


@dataclass(slots=True)
class Entry:
    """A candidate on the way to a line of the list."""

    candidate: Candidate
    marks: Marks
    reasons: list[Reason] = field(default_factory=list)
    rank: int | None = None
    shortlisted: bool = False
    outcome: Outcome | None = None

    @property
    def done(self) -> Ranked:
        """The line as it stands."""
        outcome = self.outcome or Outcome.NOT_SELECTED
        return Ranked(self.candidate, self.marks, self.rank, self.shortlisted, outcome, tuple(self.reasons))


def rank(
    edition: RecruitmentEdition,
    candidates: Iterable[Candidate],
    places: Mapping[str, int] | None = None,
    stage: Stage | None = None,
) -> tuple[Ranked, ...]:
    """The list of every position, best first; whoever is out stands behind those who are ranked.

    ``places`` by position; where it names none, the candidates or the edition do. Without ``stage`` a position is at
    its final list once any interview is known. Raises ``Refused``, naming the candidate, for what cannot be.
    """
    by_position: dict[str, list[Candidate]] = {}
    known: set[str] = set()
    for candidate in sorted(candidates, key=lambda one: one.id):
        if candidate.id in known:
            raise Refused(msg("考生 %(id)s 出现两次，请删去重复的一行。", id=candidate.id), field="id")
        known.add(candidate.id)
        by_position.setdefault(candidate.position, []).append(candidate)
    order = [position.code for position in edition.positions]
    found: list[Ranked] = []
    for position in sorted(by_position, key=lambda code: (order.index(code) if code in order else len(order), code)):
        group = by_position[position]
        found += _list(edition, group, _places(edition, position, group, places or {}), stage)
    return tuple(found)


def _places(
    edition: RecruitmentEdition, position: str, candidates: Sequence[Candidate], places: Mapping[str, int]
) -> int:
    told = sorted({one.places for one in candidates if one.places is not None})
    decided = next((one.places for one in edition.positions if one.code == position), None)
    if len(told) > 1:
        numbers = "、".join(str(number) for number in told)
        raise Refused(
            msg("岗位“%(position)s”的招聘人数不一致（%(numbers)s），请改正。", position=position, numbers=numbers),
            field="places",
        )
    found = places.get(position, told[0] if told else decided)
    if found is None:
        raise Refused(
            msg("不知道岗位“%(position)s”招聘几人，请填写 places 或在办法中列出该岗位。", position=position),
            field="places",
        )
    if found < 1:
        raise Refused(
            msg("岗位“%(position)s”的招聘人数 %(places)s 不正确，应为正整数。", position=position, places=found),
            field="places",
        )
    return found


def _list(
    edition: RecruitmentEdition, candidates: Sequence[Candidate], places: int, stage: Stage | None
) -> list[Ranked]:
    entries = []
    for candidate in candidates:
        scores, reasons = marks(edition, candidate)
        entries.append(Entry(candidate, scores, reasons))
    known = any(entry.candidate.interviewed for entry in entries)
    chosen = stage or (Stage.FINAL if known else Stage.SHORTLIST)
    alive = [entry for entry in entries if _sat(edition, entry)]
    alive = [entry for entry in alive if _passes(edition, entry, LineOf.WRITTEN)]
    listed = _shortlist(edition, alive, places, chosen)
    if chosen is Stage.FINAL:
        _final(edition, listed, places)
    for entry in entries:
        _conclude(edition, entry)
    return [entry.done for entry in sorted(entries, key=_place_in_list)]


def _place_in_list(entry: Entry) -> tuple[int, int, Fraction, Fraction, str]:
    """By rank, those who are level by number; then whoever is out, by outcome and score."""
    number = entry.candidate.id
    if entry.rank is not None:
        return 0, entry.rank, Fraction(0), Fraction(0), number
    outcome = LAST.index(entry.outcome or Outcome.NOT_SELECTED)
    return 1, outcome, -Fraction(entry.marks.total or 0), -(entry.marks.ranked or Fraction(0)), number


def _sat(edition: RecruitmentEdition, entry: Entry) -> bool:
    """Whether somebody is still in it and has a written score, where the edition needs one."""
    candidate = entry.candidate
    if candidate.withdrawn:
        entry.outcome = Outcome.WITHDRAWN
    elif candidate.absent_written:
        entry.outcome = Outcome.ABSENT
    elif entry.marks.ranked is None and needs_written(edition):
        raise Refused(
            msg("考生 %(id)s 缺少笔试成绩，请补上；缺考请填 absent_written。", id=candidate.id), field="written"
        )
    # Whoever withdrew after the shortlist was published stays on it.
    entry.shortlisted = candidate.withdrawn and bool(candidate.shortlisted)
    return entry.outcome is None


def needs_written(edition: RecruitmentEdition) -> bool:
    """Whether nobody can be listed without a written score: it counts, cuts the shortlist or has a pass line."""
    return bool(edition.weights.written) or edition.shortlist is not None or edition.line(LineOf.WRITTEN) is not None


def _passes(edition: RecruitmentEdition, entry: Entry, of: LineOf) -> bool:
    """Whether a score is not below its pass line."""
    rule = edition.line(of)
    score = entry.marks.of(of, rule.with_bonus) if rule else None
    if rule is None or score is None:
        return True
    decimals = edition.interview.decimals if of is LineOf.INTERVIEW else edition.written.decimals
    told = edition.total.rounding.round(score, max(decimals, edition.total.decimals, 2))
    passed = score >= Fraction(rule.line)
    entry.reasons.append(_line_reason(edition, entry, rule, (show(told), told), passed))
    if not passed:
        entry.outcome = FAILED[of]
    return passed


def _line_reason(
    edition: RecruitmentEdition, entry: Entry, rule: PassLine, score: tuple[str, object], passed: bool
) -> Reason:
    told: dict[str, object] = {
        "name": SCORES[rule.of],
        "bonus": msg("（含加分）") if rule.with_bonus else "",
        "score": score[0],
        "line": show(rule.line),
    }
    sentence = (
        msg("%(name)s%(bonus)s %(score)s 分，达到 %(line)s 分。", **told)
        if passed
        else msg("%(name)s%(bonus)s %(score)s 分，低于 %(line)s 分，不再进入下一环节。", **told)
    )
    used = {rule.of.value: score[1], "line": rule.line, "with_bonus": rule.with_bonus}
    return because(edition, entry.candidate, ("pass_line", rule.citation), used, passed, sentence)


def _shortlist(edition: RecruitmentEdition, alive: list[Entry], places: int, stage: Stage) -> list[Entry]:
    """Those who are interviewed; the outcome of the others is set, and at this stage everybody's rank."""
    published = [entry for entry in alive if entry.candidate.shortlisted is not None]
    if published:
        return _as_published(edition, alive)
    # Only a shortlist that is cut by the tie-break looks beyond the score itself.
    breaks = edition.ties is not None and edition.ties.last_place is LastPlace.TIE_BREAK
    lines = ordered(edition, [_standing(entry) for entry in alive], before_interview=True, breaks=breaks)
    size = edition.shortlist_size(places)
    ground = edition.shortlist.citation if edition.shortlist else edition.head.ground
    ties = edition.ties.citation if edition.ties else ground
    by_id = {entry.candidate.id: entry for entry in alive}
    listed = []
    for line in lines:
        tied = size is not None and straddles(line, size)
        for standing in line.standings:
            entry = by_id[standing.candidate.id]
            entry.reasons += [] if standing.reason is None else [standing.reason]
            entry.shortlisted = size is None or line.last <= size or (tied and not breaks)
            if stage is Stage.SHORTLIST:
                entry.rank = line.first
            if entry.shortlisted:
                listed.append(entry)
                entry.outcome = Outcome.SHORTLISTED
            else:
                entry.outcome = Outcome.TIE if tied else Outcome.NOT_SHORTLISTED
            entry.reasons.append(_shortlist_reason(edition, entry, line, (places, size), ties if tied else ground))
    return listed


def _as_published(edition: RecruitmentEdition, alive: list[Entry]) -> list[Entry]:
    listed = []
    for entry in alive:
        candidate = entry.candidate
        if candidate.shortlisted is None:
            raise Refused(
                msg("考生 %(id)s 没有注明是否进入面试，而同岗位其他考生已注明，请补上。", id=candidate.id),
                field="shortlisted",
            )
        entry.shortlisted = candidate.shortlisted
        entry.outcome = Outcome.SHORTLISTED if candidate.shortlisted else Outcome.NOT_SHORTLISTED
        if candidate.shortlisted:
            listed.append(entry)
        sentence = msg("按已公布的面试名单：%(outcome)s。", outcome=OUTCOMES[entry.outcome])
        used = {"shortlisted": candidate.shortlisted}
        ground = edition.shortlist.citation if edition.shortlist else edition.head.ground
        entry.reasons.append(because(edition, candidate, ("shortlist", ground), used, entry.outcome, sentence))
    return listed


def _shortlist_reason(
    edition: RecruitmentEdition, entry: Entry, line: Line, wanted: tuple[int, int | None], ground: Citation
) -> Reason:
    places, size = wanted
    used: dict[str, object] = {"places": places, "rank": line.first}
    if size is None:
        sentence = msg("没有规定面试比例，笔试合格的全部进入面试。")
        return because(edition, entry.candidate, ("shortlist", ground), used, entry.outcome, sentence)
    used |= {"ratio": edition.shortlist.ratio if edition.shortlist else None, "shortlisted": size}
    level = len(line.standings)
    told: dict[str, object] = {
        "places": places,
        "ratio": show(edition.shortlist.ratio) if edition.shortlist else "",
        "size": size,
        "rank": line.first,
        "level": level,
        "outcome": OUTCOMES[entry.outcome or Outcome.NOT_SHORTLISTED],
    }
    sentence = msg(
        "招聘 %(places)s 人，按 1:%(ratio)s 取 %(size)s 人进入面试，笔试第 %(rank)s 名：%(outcome)s。", **told
    )
    if straddles(line, size):
        sentence = msg(
            "招聘 %(places)s 人，按 1:%(ratio)s 取 %(size)s 人进入面试，"
            "末位第 %(rank)s 名 %(level)s 人并列：%(outcome)s。",
            **told,
        )
    return because(edition, entry.candidate, ("shortlist", ground), used, entry.outcome, sentence)


def _final(edition: RecruitmentEdition, listed: list[Entry], places: int) -> None:
    """Rank those who were interviewed and set what becomes of them."""
    passed = []
    for entry in listed:
        if entry.candidate.absent_interview:
            entry.outcome = Outcome.ABSENT
            continue
        if entry.marks.interview is None:
            raise Refused(
                msg(
                    "考生 %(id)s 进入面试但缺少面试成绩，请补上；缺考请填 absent_interview，放弃请填 withdrawn。",
                    id=entry.candidate.id,
                ),
                field="interview",
            )
        entry.marks, reason = totalled(edition, entry.candidate, entry.marks)
        entry.reasons.append(reason)
        if _passes(edition, entry, LineOf.INTERVIEW) and _passes(edition, entry, LineOf.TOTAL):
            passed.append(entry)
    by_id = {entry.candidate.id: entry for entry in passed}
    reserve = edition.reserve
    most = len(passed) if reserve and reserve.length is None else reserve.length if reserve else 0
    last = places + (most or 0)
    for line in ordered(edition, [_standing(entry) for entry in passed], before_interview=False, breaks=True):
        if straddles(line, places) or straddles(line, last):
            outcome = Outcome.TIE
        elif line.last <= places:
            outcome = Outcome.PROPOSED
        else:
            outcome = Outcome.RESERVE if line.last <= last else Outcome.NOT_SELECTED
        for standing in line.standings:
            entry = by_id[standing.candidate.id]
            entry.rank, entry.outcome = line.first, outcome
            entry.reasons += [] if standing.reason is None else [standing.reason]
            entry.reasons.append(_final_reason(edition, entry, line, (places, last - places)))


def _final_reason(edition: RecruitmentEdition, entry: Entry, line: Line, wanted: tuple[int, int]) -> Reason:
    places, reserves = wanted
    outcome = entry.outcome or Outcome.NOT_SELECTED
    behind = line.last > places and edition.reserve is not None
    ground = edition.reserve.citation if behind and edition.reserve else edition.head.ground
    level = len(line.standings)
    told: dict[str, object] = {
        "places": places,
        "reserves": reserves,
        "rank": line.first,
        "level": msg("（%(count)s 人并列）", count=level) if level > 1 else "",
        "outcome": OUTCOMES[outcome],
    }
    sentence = msg("招聘 %(places)s 人，递补 %(reserves)s 人，总成绩第 %(rank)s 名%(level)s：%(outcome)s。", **told)
    used = {"places": places, "reserves": reserves, "rank": line.first}
    return because(edition, entry.candidate, ("outcome", ground), used, outcome, sentence)


def _standing(entry: Entry) -> Standing:
    return Standing(entry.candidate, entry.marks)


def _conclude(edition: RecruitmentEdition, entry: Entry) -> None:
    """The last word on those who stayed away, who have no other."""
    if entry.outcome in (Outcome.ABSENT, Outcome.WITHDRAWN):
        sentence = msg("%(outcome)s，不参加排名。", outcome=OUTCOMES[entry.outcome])
        ground = edition.head.ground
        entry.reasons.append(because(edition, entry.candidate, ("outcome", ground), {}, entry.outcome, sentence))
