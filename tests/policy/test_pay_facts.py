"""The facts of the pay rule: read strictly, kept as JSON."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careerpath.policy.codes import Certificate, Grade, Post
from careerpath.policy.pay import Certified, Held, PayFacts, Placed, Span, Study
from careerpath.policy.pay.trial import try_pay
from careerpath.words import Refused
from tests.policy.pay_editions import FEIXIAN, SHIPPED

ON = date(2024, 6, 30)
FACTS: dict[str, Any] = {"on": "2024-06-30", "post": "staff", "joined_on": "2021-05-21", "education": "31"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"on": None}, "facts：on 缺少这一项"),
        ({"on": "2024-02-30"}, "facts：on 应为日期"),
        ({"joined": "2021-05-21"}, "facts：joined 不认识这一项，是否应为“joined_on”"),
        ({"years": 3}, "facts：years 与 joined_on 只填其一"),
        ({"years": -1, "joined_on": None}, "facts：years 为 -1，应在 0 至 60 之间"),
        ({"post": "boss"}, "facts：post 的代码“boss”不存在，请改用：chief、deputy、staff"),
        ({"posts": [{"post": "staff", "starts_on": "2021-05-21"}]}, "facts：post 与 posts 只填其一"),
        (
            {"posts": [{"post": "staff", "starts_on": "2021-05-21", "ends_on": "2021-05-20"}], "post": None},
            "早于 starts_on",
        ),
        (
            {"service": [{"starts_on": "2022-01-01", "ends_on": "2021-01-01"}], "joined_on": None},
            r"service\[1\].ends_on 早于",
        ),
        (
            {"service": [{"starts_on": "2022-01-01", "ends_on": "9999-12-31"}], "joined_on": None},
            "没有截止日期的请不填",
        ),
        ({"joined_on": "0021-05-21"}, "facts：joined_on 为 0021-05-21，不合常理"),
        ({"education": "20"}, "facts：education 的代码“20”不存在"),
        ({"education": None, "degree": "9"}, "facts：degree 应为学位代码"),
        (
            {"studies": [{"graduated_on": "2020-06-30"}], "education": None},
            r"studies\[1\].education 学历、学位至少填写一项",
        ),
        ({"certificates": [{"grade": "junior"}], "certificate": "senior"}, "certificate 与 certificates 只填其一"),
        (
            {"certificates": [{"grade": "junior", "obtained_on": "2023-01-02", "registered_on": "2023-01-01"}]},
            r"certificates\[1\].registered_on 早于 obtained_on",
        ),
        ({"appraisals": {"24": "2"}}, "facts：appraisals.24 应为四位年份"),
        ({"appraisals": {"2024": "9"}}, "facts：appraisals.2024 的代码“9”不存在"),
        ({"tier": 2}, "facts：tier 须与 level 一起填写"),
        ({"level": "3"}, "facts：level 应为整数"),
        ({"military_months": 601}, "facts：military_months 为 601"),
        ({"other": {"area": "city"}}, "facts：other.area 不认识这一项"),
        ({"dual_head": "yes"}, "facts：dual_head 应为 true 或 false"),
    ],
)
def test_facts_are_read_strictly(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        try_pay(FEIXIAN, FACTS | facts, "facts")


def test_a_value_of_a_declared_fact_is_read_strictly() -> None:
    with pytest.raises(Refused, match=r"facts：other\.area 的代码“town”不存在，请改用：city、outer"):
        try_pay(SHIPPED["dalian-2013"], {"on": "2014-06-30", "post": "staff", "other": {"area": "town"}}, "facts")


@settings(max_examples=40)
@given(
    joined=st.dates(date(1990, 1, 1), ON),
    studies=st.none()
    | st.lists(st.builds(Study, st.sampled_from(["", "21"]), st.sampled_from(["4", "203"])), max_size=2),
    appraisals=st.dictionaries(st.integers(1990, 2024), st.sampled_from(list(Grade)), max_size=3),
    placed=st.none() | st.builds(Placed, st.integers(1, 38), st.none() | st.integers(1, 3), st.none() | st.dates(ON)),
    months=st.integers(0, 60),
)
def test_facts_survive_being_kept_as_json(
    joined: date, studies: list[Study] | None, appraisals: dict[int, Grade], placed: Placed | None, months: int
) -> None:
    facts = PayFacts(
        on=ON,
        service=(Span(joined),),
        posts=(Held(Post.STAFF, joined), Held(Post.CHIEF, ON, ON, main=False, dual_head=True, elected=True)),
        studies=None if studies is None else tuple(studies),
        appraisals=appraisals,
        placed=placed if placed is None or placed.since is None or placed.since.year < 2200 else None,
        military_months=months,
        certificates=(Certified(Certificate.JUNIOR, joined, None),),
        other={"area": "city"},
        unit="210202",
    )
    assert PayFacts.from_plain(json.loads(json.dumps(facts.as_plain()))) == facts
