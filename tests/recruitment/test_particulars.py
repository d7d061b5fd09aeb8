"""What an application says of a person: read, checked, sealed and read back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from careerpath.core.db import db, writing
from careerpath.employees.models import Source
from careerpath.recruitment.models import Application
from careerpath.recruitment.operations.particulars import (
    MOST_RESUME_LINES,
    Particulars,
    Relative,
    ResumeLine,
    apply_particulars,
    check_particulars,
    particulars_of,
)
from careerpath.recruitment.queries.rules import rules_named
from careerpath.words import Refused
from tests.factories.access import Town
from tests.factories.employees import make_identity
from tests.factories.recruitment import RULES, make_application, make_batch, make_position

TODAY = date(2025, 12, 5)
FULL = Particulars(
    name=" 黎 书航 ",
    identity=make_identity(date(1998, 4, 12), serial=3).lower(),
    phone="138 1234 5678",
    address="费县费城街道文化路1号",
    native_place="山东费县",
    household_place="山东省临沂市费县费城街道",
    political="01",
    political_since=date(2019, 6, 1),
    education="21",
    degree="4",
    school="临沂大学",
    major="社会工作",
    graduated_on=date(2020, 6, 30),
    joined_work_on=date(2020, 7, 1),
    experience_months=24,
    certificate="junior",
    certificate_number="2021-000123",
    certified_on=date(2021, 9, 1),
    source=Source.GRID_WORKER,
    groups=("certified", "grid_worker"),
    bonus=("assistant_social_worker",),
    accepts_transfer=True,
    resume=(ResumeLine(starts_on=date(2020, 7, 1), ends_on=None, text="书苑社区网格员"),),
    family=(Relative(relation="父亲", name="黎某", born_on=date(1968, 1, 1), political="13", work="务农"),),
    rewards="2023年费县优秀网格员",
)


def read(app: Flask, **changes: Any) -> Any:
    """What is read of full particulars with some changed."""
    return check_particulars(rules_named(RULES), replace(FULL, **changes), TODAY)


def test_particulars_are_written_sealed_and_read_back_without_the_identity(app: Flask) -> None:
    town = Town()
    application = make_application(make_position(make_batch(town.district), town.community))
    with writing():
        kept = db.session.get_one(Application, application.id)
        apply_particulars(kept, read(app))
    kept = db.session.get_one(Application, application.id)
    assert (kept.name, kept.initials, kept.sex, kept.born_on) == ("黎书航", "lsh", "2", date(1998, 4, 12))
    assert kept.phone_masked == "138****5678"
    assert "文化路" not in kept.address_sealed
    assert FULL.identity.upper() not in kept.identity_sealed
    groups = ("grid_worker", "certified")
    assert particulars_of(kept) == replace(FULL, name="黎书航", identity="", phone="13812345678", groups=groups)


def test_a_change_without_identity_telephone_and_address_leaves_them(app: Flask) -> None:
    town = Town()
    application = make_application(make_position(make_batch(town.district), town.community), phone="13900000001")
    given = replace(FULL, identity="", phone=None, address=None)
    with writing():
        kept = db.session.get_one(Application, application.id)
        before = (kept.identity_index, kept.phone_sealed, kept.address_sealed)
        apply_particulars(kept, check_particulars(rules_named(RULES), given, TODAY, kept=kept))
        assert (kept.identity_index, kept.phone_sealed, kept.address_sealed) == before


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": "  "}, "name", "请填写姓名"),
        ({"identity": ""}, "identity", "请填写身份证号码"),
        ({"identity": "370000200101010000"}, "identity", "末位校验码"),
        ({"phone": "12345"}, "phone", "11 位手机号码"),
        ({"groups": ("courier",)}, "groups", "报考类别“courier”不在本批次的规则中，应为：graduate、grid_worker"),
        ({"bonus": ("height",)}, "bonus", "加分项“height”"),
        ({"education": "10"}, "education", "学历代码“10”不存在"),
        ({"education": ""}, "education", "请同时选择学历"),
        ({"degree": "9"}, "degree", "学位代码"),
        ({"graduated_on": date(1990, 1, 1)}, "graduated_on", "毕业日期早于出生日期"),
        ({"certificate": ""}, "certificate", "请同时选择证书等级"),
        ({"certificate": "expert"}, "certificate", "证书等级代码“expert”"),
        ({"certified_on": date(2026, 1, 1)}, "certified_on", "晚于今天"),
        ({"political_since": date(2010, 1, 1)}, "political_since", "未满 18 周岁"),
        ({"joined_work_on": date(2010, 1, 1)}, "joined_work_on", "未满 16 周岁"),
        ({"joined_work_on": date(2026, 1, 1)}, "joined_work_on", "晚于今天"),
        ({"experience_months": 601}, "experience_months", "0 至 600"),
        ({"military_months": -1}, "military_months", "服役月数"),
        ({"school": "学" * 81}, "school", "毕业院校有 81 个字，最多 80 个"),
        ({"rewards": "奖" * 401}, "rewards", "最多 400 个"),
        (
            {"resume": (FULL.resume[0], ResumeLine(starts_on=date(2021, 1, 1), ends_on=date(2020, 1, 1), text="甲"))},
            "resume",
            "简历第 2 行：简历的结束年月早于开始年月",
        ),
        ({"resume": FULL.resume * (MOST_RESUME_LINES + 1)}, "resume", "有 31 行，最多 30 行"),
        ({"family": (Relative(relation="父亲", name=""),)}, "family", "家庭成员第 1 行：请填写称谓和姓名"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_place(
    app: Flask, changes: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        read(app, **changes)
    assert refused.value.field == field


def test_somebody_who_graduates_next_summer_may_apply(app: Flask) -> None:
    assert read(app, graduated_on=date(2026, 6, 30)).given.graduated_on == date(2026, 6, 30)


def test_an_identity_number_in_free_text_is_masked(app: Flask) -> None:
    found = read(app, rewards=f"获奖，证件 {FULL.identity.upper()}")
    assert FULL.identity.upper() not in found.given.rewards
