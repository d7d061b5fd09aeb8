"""Who is proposed for whom: places held, nobody piled up, reasons beside each, and said why somebody gets nobody."""

from dataclasses import replace
from decimal import Decimal
from time import process_time

import pytest

from careerpath.mentoring.operations.proposing import propose
from careerpath.mentoring.queries.rules import shipped_rules
from careerpath.policy.mentoring import Chain, Mentee, Mentor, MentoringEdition
from careerpath.words import Refused

COUNTY = shipped_rules()[0]


def with_rule(**changes: object) -> MentoringEdition:
    """The county's rule with other words about matching."""
    assert COUNTY.matching is not None
    return replace(COUNTY, matching=replace(COUNTY.matching, **changes))


def cadre(number: int, *held: str, path: str = "1/2/", **changes: object) -> Mentor:
    """A cadre of an agency, who takes two people at most."""
    return replace(Mentor(number, "agency_cadre", path, frozenset(held)), **changes)


def test_everybody_gets_the_mentor_who_teaches_what_they_want() -> None:
    mentees = [Mentee(1, "1/2/3/4/", frozenset({"社会救助"})), Mentee(2, "1/2/3/4/", frozenset({"党建工作"}))]

    found = propose(COUNTY, mentees, [cadre(11, "党建工作"), cadre(12, "社会救助")], {})

    assert {one: found[one].mentor_id for one in found} == {1: 12, 2: 11}
    assert "想学 1 项，导师有专长 1 项：社会救助" in found[1].because[0]["text"]
    assert sum(Decimal(reason["value"]) for reason in found[1].because) == found[1].points


def test_nobody_gets_a_second_mentee_while_another_mentor_who_suits_as_well_has_none() -> None:
    mentees = [Mentee(number, "1/2/3/4/") for number in (1, 2, 3)]

    found = propose(COUNTY, mentees, [cadre(11), cadre(12), cadre(13)], {})

    assert {proposal.mentor_id for proposal in found.values()} == {11, 12, 13}


def test_caps_hold_with_those_whom_a_mentor_has_and_those_chosen_by_people() -> None:
    mentees = [Mentee(number, "1/2/3/4/") for number in range(1, 7)]
    mentors = [cadre(11, mentees=1), cadre(12), cadre(13, cap=1), cadre(14, mentees=2)]

    found = propose(COUNTY, mentees, mentors, {12: 1})

    given = [proposal.mentor_id for proposal in found.values()]
    assert sorted(one for one in given if one is not None) == [11, 12, 13]
    assert found[6].mentor_id is None
    assert "都已满员" in found[6].because[0]["text"]


def test_a_mentor_of_before_and_a_forbidden_superior_are_not_proposed() -> None:
    edition = with_rule(chain=Chain.FORBID, chain_weight=Decimal(0), balance=Decimal("0.3"))
    mentees = [Mentee(1, "1/2/3/4/", former=frozenset({11}))]

    found = propose(edition, mentees, [cadre(11), cadre(12, commands="1/2/3/4/")], {})

    assert found[1].mentor_id is None
    assert "没有合适的人选" in found[1].because[0]["text"]


def test_without_weights_nothing_is_proposed() -> None:
    with pytest.raises(Refused, match="没有写明结对建议的权重"):
        propose(replace(COUNTY, matching=None), [Mentee(1, "1/2/")], [], {})


def test_four_hundred_people_and_eighty_mentors_are_matched_in_seconds_with_caps_held() -> None:
    lines = [f"业务{number}" for number in range(14)]
    mentees = [
        Mentee(n, f"1/2/{n % 12 + 3}/{n % 60 + 20}/", frozenset({lines[n % 14], lines[n * 5 % 14], lines[n * 3 % 14]}))
        for n in range(400)
    ]
    mentors = [
        cadre(n, lines[n % 14], lines[n * 3 % 14], path=f"1/2/{n % 12 + 3}/", cap=n % 3 + 1) for n in range(1000, 1080)
    ]
    begun = process_time()

    found = propose(COUNTY, mentees, mentors, {})

    assert process_time() - begun < 10
    given = [proposal.mentor_id for proposal in found.values() if proposal.mentor_id is not None]
    assert len(given) == sum(mentor.cap or 0 for mentor in mentors)
    assert all(given.count(mentor.id) == mentor.cap for mentor in mentors)
