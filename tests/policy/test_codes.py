"""Code tables."""

import pytest

from careerpath.policy.codes import (
    Certificate,
    Code,
    Degree,
    Education,
    Ethnic,
    Grade,
    Marital,
    Political,
    Post,
    Sex,
    UnitKind,
    degree_level,
    read_code,
)

TABLES: list[type[Code]] = [Sex, Marital, Political, Ethnic, Education, Degree, Certificate, Post, Grade, UnitKind]


def test_all_56_ethnic_groups_stand_in_the_order_of_the_standard() -> None:
    assert [member.value for member in Ethnic] == [f"{number:02}" for number in range(1, 57)]
    assert (Ethnic("01").zh, Ethnic("11").zh, Ethnic("56").zh) == ("汉族", "满族", "基诺族")
    assert Ethnic("29").zh == "柯尔克孜族"


def test_a_bachelors_course_is_21() -> None:
    assert Education("21") is Education.BACHELOR
    assert read_code(Education, "本科") is Education.BACHELOR
    assert read_code(Education, "大专") is Education.JUNIOR_COLLEGE


@pytest.mark.parametrize("table", TABLES)
def test_every_word_of_a_table_means_one_entry(table: type[Code]) -> None:
    words = [word for member in table for word in (member.value, member.zh, *member.also)]
    assert len(words) == len(set(words))
    for member in table:
        assert member.en
        for word in (member.value, f" {member.zh} ", *member.also):
            assert read_code(table, word) is member


def test_an_unknown_word_means_nothing() -> None:
    assert read_code(Political, "中共") is None
    assert read_code(Political, "预备党员") is Political.PROBATIONARY_MEMBER


def test_education_is_ranked_from_primary_school_to_doctor() -> None:
    ranks = [member.rank for member in Education]
    assert ranks == sorted(ranks, reverse=True)
    assert Education.DOCTOR.rank > Education.MASTER.rank > Education.BACHELOR.rank > Education.JUNIOR_COLLEGE.rank


@pytest.mark.parametrize(
    ("code", "degree"),
    [("2", Degree.DOCTOR), ("301", Degree.MASTER), ("407", Degree.BACHELOR), ("1", None), ("", None), ("4a7", None)],
)
def test_the_first_digit_of_a_degree_tells_its_level(code: str, degree: Degree | None) -> None:
    assert degree_level(code) is degree


def test_grades_differ_by_shape_and_not_by_colour_alone() -> None:
    assert [grade.mark for grade in Grade] == ["●", "■", "▲", "◆", "—", "—", "—", "—"]
