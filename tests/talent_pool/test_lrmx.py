"""干部任免审批表 as a file: whole and in order when written, nothing else accepted when read."""

from base64 import b64encode
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.talent_pool.sheets.lrmx import ITEM_TAGS, TAGS, LrmxPerson, LrmxRelative, read_lrmx, write_lrmx
from careerpath.talent_pool.sheets.resume import ResumeLine, read_resume, resume_text
from careerpath.words import Refused

RESUME = (
    ResumeLine(date(2008, 9, 1), date(2012, 7, 1), "临沂大学社会工作专业学习"),
    ResumeLine(date(2012, 7, 1), date(2015, 8, 1), "费城街道书苑社区工作者"),
    ResumeLine(date(2015, 9, 1), None, "费城街道书苑社区党总支副书记"),
)
PERSON = LrmxPerson(
    name="林一诺",
    sex="女",
    born_on=date(1990, 4, 1),
    ethnic="汉族",
    native_place="山东费县",
    joined_party="201106",
    joined_work_on=date(2012, 7, 1),
    resume=resume_text(RESUME),
    appraisals="2023年年度考核优秀；2024年年度考核称职。",
    family=(LrmxRelative(relation="丈夫", name="王某", born_on=date(1989, 1, 1), political="群众", work="务农"),),
    age_on=date(2025, 6, 30),
    filled_on=date(2025, 6, 30),
    identity="371399199004120011",
    photo=b"\xff\xd8\xff\xe0photo",
)


def changed(old: str, new: str) -> bytes:
    """The file with one thing replaced."""
    text = write_lrmx(PERSON).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def test_all_thirty_four_elements_stand_in_their_order_empty_ones_too() -> None:
    root = ElementTree.fromstring(write_lrmx(LrmxPerson()))  # noqa: S314 - the program's own file
    assert root.tag == "Person"
    assert [child.tag for child in root] == list(TAGS)
    assert len(TAGS) == 34
    assert list(TAGS.values()) == [item.name for item in fields(LrmxPerson)]
    assert root.findtext("Version") == "3.2.1.6"


def test_months_have_six_digits_and_days_eight() -> None:
    text = write_lrmx(PERSON).decode()
    for words in (
        *("<ChuShengNianYue>199004</ChuShengNianYue>", "<RuDangShiJian>201106</RuDangShiJian>"),
        *("<ChuShengRiQi>198901</ChuShengRiQi>", "<JiSuanNianLingShiJian>20250630</JiSuanNianLingShiJian>"),
        f"<ZhaoPian>{b64encode(PERSON.photo).decode()}</ZhaoPian>",
    ):
        assert words in text


def test_the_present_line_of_a_resume_has_nine_blanks_and_lines_end_as_the_form_wants() -> None:
    assert PERSON.resume == (
        "2008.09--2012.07  临沂大学社会工作专业学习\r\n"
        "2012.07--2015.08  费城街道书苑社区工作者\r\n"
        "2015.09--         费城街道书苑社区党总支副书记"
    )
    assert PERSON.resume.encode() in write_lrmx(PERSON)
    assert read_resume(PERSON.resume) == RESUME


def test_a_line_without_months_goes_on_with_the_one_before() -> None:
    text = "2012.07--2015.08  费城街道书苑社区工作者\r\n                  （其间：2013.09--2015.07 在职学习）"
    assert [line.text for line in read_resume(text)] == ["费城街道书苑社区工作者（其间：2013.09--2015.07 在职学习）"]
    with pytest.raises(Refused, match="第 1 行"):
        read_resume("自幼聪颖")
    with pytest.raises(Refused, match="年月不存在"):
        read_resume("2012.13--  某处")


months = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: day.replace(day=1)))
days = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n", exclude_categories=("Cs", "Cc")).filter(
        lambda sign: sign not in "\ufffe\uffff"
    )
).map(str.strip)
relatives = st.builds(
    LrmxRelative, relation=texts, name=texts.filter(bool), born_on=months, political=texts, work=texts
)
KINDS = {
    "born_on": months,
    "joined_work_on": months,
    "age_on": days,
    "filled_on": days,
    "joined_party": st.one_of(st.just(""), st.just("199206"), texts.filter(lambda text: not text.isdigit())),
    "photo": st.binary(),
    "family": st.lists(relatives, max_size=4).map(tuple),
    "resume": st.lists(texts.filter(bool)).map("\r\n".join),
    "version": st.just("3.2.1.6"),
}


@given(st.builds(LrmxPerson, **{item.name: KINDS.get(item.name, texts) for item in fields(LrmxPerson)}))
def test_what_is_written_is_read_again(person: LrmxPerson) -> None:
    assert read_lrmx(write_lrmx(person)) == person


@given(st.binary(max_size=300))
def test_whatever_else_is_sent_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        read_lrmx(body)


@given(st.integers(0, 4000), st.sampled_from(["<", "&", "</Person>", "<Extra/>", "\0", "]]>"]))
def test_a_broken_file_is_refused_or_read_never_worse(place: int, added: str) -> None:
    text = write_lrmx(PERSON).decode()
    with suppress(Refused):
        again = read_lrmx((text[:place] + added + text[place:]).encode())
        assert read_lrmx(write_lrmx(again)) == again


def test_declarations_are_refused_before_anything_is_read() -> None:
    head = '<?xml version="1.0" encoding="utf-8"?>'
    for more in (
        '<!DOCTYPE Person SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE Person [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Person [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<?xml-stylesheet href="x.xsl"?>',
    ):
        with pytest.raises(Refused, match="不予读取"):
            read_lrmx(changed(head, head + more))


def test_a_refusal_names_the_element() -> None:
    for old, new, told in (
        ("<XingMing>林一诺</XingMing>", "", "“XingBie”的位置不对，此处应为“XingMing”"),
        ("<XingBie>", "<XingMing>林</XingMing><XingBie>", "“XingMing”重复出现"),
        ("<XingBie>", "<ShouJi>138</ShouJi><XingBie>", "未知元素“ShouJi”"),
        ("<XingBie>", "<XingBie><b>1</b>", "“XingBie”中有未知元素“b”"),
        ("<XingBie>", '<XingBie lang="zh">', "“XingBie”带有属性“lang”"),
        ("<Version>3.2.1.6</Version>", "", "缺少元素“Version”"),
        ("<Version>3.2.1.6", "<Version>beta", "“Version”不是版本号"),
        ("<ChengWei>丈夫</ChengWei>", "", "“XingMing”的位置不对，此处应为“ChengWei”"),
        ("<Item>", "<Name>x</Name><Item>", "未知元素“Name”"),
        ("199004<", "1990.04<", "“ChuShengNianYue”应为 6 位年月"),
        ("199004<", "199013<", "“ChuShengNianYue”应为 6 位年月"),
        ("<RuDangShiJian>201106", "<RuDangShiJian>2011", "“RuDangShiJian”应为 6 位年月"),
        ("20250630<", "2025-06-30<", "“JiSuanNianLingShiJian”应为 8 位日期"),
        ("<ZhaoPian>", "<ZhaoPian>照片", "“ZhaoPian”不是 Base64"),
        ("<Person>", "<Person>多余", "多余的文字"),
        ("<Person>", "<Persons>", "根元素是“Persons”"),
    ):
        with pytest.raises(Refused, match=told):
            read_lrmx(changed(old, new))


def test_a_file_of_another_encoding_or_size_is_refused() -> None:
    text = write_lrmx(PERSON).decode()
    with pytest.raises(Refused, match="UTF-8"):
        read_lrmx(text.replace("utf-8", "gb2312").encode("gb2312"))
    with pytest.raises(Refused, match="2 MB"):
        read_lrmx(write_lrmx(replace(PERSON, photo=b"0" * 2_000_000)))


def test_a_mark_of_byte_order_and_empty_elements_on_two_lines_do_no_harm() -> None:
    text = write_lrmx(PERSON).decode().replace("<NiRenZhiWu></NiRenZhiWu>", "<NiRenZhiWu>\r\n  </NiRenZhiWu>")
    text = text.replace("<Person>", '<Person xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">')
    assert read_lrmx(b"\xef\xbb\xbf" + text.encode()) == PERSON


def test_an_item_of_the_family_that_says_nothing_is_nobody() -> None:
    blank = "".join(f"<{tag}/>" for tag in ITEM_TAGS)
    assert read_lrmx(changed("<Item>", f"<Item>{blank}</Item><Item>")).family == PERSON.family
