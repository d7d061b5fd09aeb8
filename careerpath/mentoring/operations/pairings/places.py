"""Whether two may be paired for some days: the mentor's term and places, and no second pairing of the same two."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select

from careerpath.core.db import db
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.policy.mentoring import Mentor as MentorFacts
from careerpath.policy.mentoring import MentoringEdition, check_place
from careerpath.words import Refused, msg

STANDING = (PairingState.AGREED, PairingState.COMPLETED, PairingState.ENDED)


class Places:
    """The pairings of some mentors and some mentees, as they stand, and those that are being added. One query."""

    def __init__(self, mentor_ids: Iterable[int], employee_ids: Iterable[int]) -> None:
        query = select(Pairing).where(
            or_(Pairing.mentor_id.in_(set(mentor_ids)), Pairing.employee_id.in_(set(employee_ids))),
            Pairing.state.in_(STANDING),
        )
        self._by_mentor: dict[int, list[Pairing]] = {}
        for pairing in db.session.scalars(query):
            self.add(pairing)

    def add(self, pairing: Pairing) -> None:
        """Count one more."""
        self._by_mentor.setdefault(pairing.mentor_id, []).append(pairing)

    def check(self, edition: MentoringEdition, mentor: Mentor, pairing: Pairing, name: str) -> None:
        """That a pairing may stand beside the others with its days. Raises ``Refused`` beside the field at fault."""
        if pairing.starts_on < mentor.starts_on:
            raise Refused(
                msg("%(name)s自 %(on)s 起受聘，结对不能早于这一天。", name=mentor.name, on=mentor.starts_on),
                field="starts_on",
            )
        if mentor.ends_on is not None and pairing.ends_on > mentor.ends_on:
            raise Refused(
                msg("%(name)s的聘期到 %(on)s 为止，请缩短期限或先续聘。", name=mentor.name, on=mentor.ends_on),
                field="ends_on",
            )
        others = [
            one
            for one in self._by_mentor.get(mentor.id, ())
            if one is not pairing and one.starts_on <= pairing.ends_on and last_day(one) >= pairing.starts_on
        ]
        for one in others:
            if one.employee_id == pairing.employee_id:
                raise Refused(
                    msg(
                        "%(mentor)s与%(name)s已有 %(first)s 至 %(last)s 的结对，不能重复结对。",
                        mentor=mentor.name,
                        name=name,
                        first=one.starts_on,
                        last=last_day(one),
                    ),
                    field="employee_id",
                )
        facts = MentorFacts(
            mentor.id, mentor.kind, "", mentees=_most_at_once(others, pairing.starts_on), cap=mentor.cap
        )
        try:
            check_place(edition, facts, pairing.cap_reason)
        except Refused as refused:
            refused.field = "cap_reason" if refused.field == "reason" else refused.field
            raise


def last_day(pairing: Pairing) -> date:
    """The last day on which two are paired: that of the agreement, or of its early end."""
    return pairing.ends_on if pairing.ended_on is None else pairing.ended_on


def _most_at_once(pairings: Sequence[Pairing], since: date) -> int:
    """How many run together at the most from a day on."""
    days = {max(one.starts_on, since) for one in pairings}
    return max((sum(one.starts_on <= day <= last_day(one) for one in pairings) for day in days), default=0)
