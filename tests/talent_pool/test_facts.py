"""From the personnel files to the facts of the rule: what counts, from when, until when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.appraisals.models import Appraisal
from careerpath.core.db import db, writing
from careerpath.employees.models import Certificate, Discipline, Employee, Honour, Posting
from careerpath.employees.operations.facts import (
    FactKind,
    NewCertificate,
    NewDiscipline,
    NewHonour,
    NewPosting,
    given_of,
)
from careerpath.employees.operations.history import (
    Ending,
    add_fact,
    change_post,
    correct_fact,
    end_posting,
    withdraw_fact,
)
from careerpath.employees.operations.people import EndOfService, end_service, resume_service
from careerpath.policy import codes
from careerpath.policy.appraisal_steps import State
from careerpath.policy.talent_pool import HeldRung, Person, Span, check_gate
from careerpath.policy.talent_pool import Honour as HonourFact
from careerpath.talent_pool.queries.facts import grades_of, person, persons
from careerpath.talent_pool.queries.rules import rules_named
from tests.factories.access import Town
from tests.factories.appraisals import make_decided_year
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.factories.talent_pool import RULES

TODAY = date(2025, 12, 5)


def facts_of(employee: Employee) -> Person:
    """What the rule is told of somebody."""
    return person(employee.id, rules_named(RULES))


def newest(model: type[Any], employee: Employee) -> Any:
    """The last fact of a kind that stands in a file."""
    query = select(model).where(model.employee_id == employee.id, model.superseded_at.is_(None))
    return db.session.scalars(query.order_by(model.id.desc())).first()


def test_the_first_page_of_the_file_is_handed_over_as_it_stands(app: Flask) -> None:
    employee = make_employee(None, Town().community, political="01")
    found = facts_of(employee)
    assert (found.born_on, found.political, found.education) == (employee.born_on, codes.Political.PARTY_MEMBER, None)
    assert found.service == (Span(date(2018, 7, 1)),)


def test_service_ends_with_the_last_day_and_begins_again_with_the_return(app: Flask) -> None:
    town = Town()
    employee = make_employee(None, town.community)
    end_service(CLERK, employee.id, EndOfService(left_on=date(2020, 12, 31), reason="辞职"))
    assert facts_of(employee).service == (Span(date(2018, 7, 1), date(2020, 12, 31)),)
    resume_service(CLERK, employee.id, NewPosting(unit_id=town.neighbour.id, post="staff", starts_on=date(2022, 3, 1)))
    assert facts_of(employee).service == (Span(date(2018, 7, 1), date(2020, 12, 31)), Span(date(2022, 3, 1)))


def test_a_move_without_a_day_between_does_not_break_service(app: Flask) -> None:
    town = Town()
    employee = make_employee(None, town.community)
    change_post(CLERK, employee.id, NewPosting(unit_id=town.neighbour.id, post="deputy", starts_on=date(2021, 5, 1)))
    found = facts_of(employee)
    assert found.service == (Span(date(2018, 7, 1)),)
    assert [(held.post, held.span) for held in found.posts] == [
        (codes.Post.STAFF, Span(date(2018, 7, 1), date(2021, 4, 30))),
        (codes.Post.DEPUTY, Span(date(2021, 5, 1))),
    ]


def test_a_second_post_beside_the_main_one_counts_as_a_post_and_not_as_service(app: Flask) -> None:
    town = Town()
    employee = make_employee(None, town.community)
    given = NewPosting(
        unit_id=town.community.id, post="staff", starts_on=date(2021, 1, 1), ends_on=date(2023, 6, 30),
        title="小区党支部书记", main=False,
    )  # fmt: skip
    add_fact(CLERK, employee.id, given)
    found = facts_of(employee)
    assert found.service == (Span(date(2018, 7, 1)),)
    assert HeldRung("compound_secretary", Span(date(2021, 1, 1), date(2023, 6, 30))) in found.rungs


def test_the_party_role_names_an_office_as_well_as_the_title(app: Flask) -> None:
    given = {"title": "网格员", "party_role": "书苑小区党支部书记"}
    found = facts_of(make_employee(None, Town().community, **given))
    assert found.posts[0].role == "网格员 书苑小区党支部书记"
    assert {one.rung for one in found.rungs} == {"worker", "compound_secretary"}


def test_posts_that_were_corrected_ended_or_withdrawn_count_as_they_stand_now(app: Flask) -> None:
    town = Town()
    employee = make_employee(None, town.community)
    first = newest(Posting, employee)
    correct_fact(CLERK, employee.id, first.id, replace(given_of(first), post="deputy"))
    side = NewPosting(unit_id=town.community.id, post="chief", starts_on=date(2024, 1, 1), main=False)
    add_fact(CLERK, employee.id, side)
    withdraw_fact(CLERK, employee.id, newest(Posting, employee).id, FactKind.POSTING)
    end_posting(CLERK, employee.id, newest(Posting, employee).id, Ending(date(2025, 3, 31)))
    assert [(held.post, held.span) for held in facts_of(employee).posts] == [
        (codes.Post.DEPUTY, Span(date(2018, 7, 1), date(2025, 3, 31)))
    ]


def test_only_registered_certificates_count_and_of_these_the_highest(app: Flask) -> None:
    employee = make_employee(None, Town().community)
    add_fact(CLERK, employee.id, NewCertificate(grade="senior", obtained_on=date(2024, 6, 1)))
    assert facts_of(employee).certificate is None
    for grade in ("junior", "intermediate"):
        registered = NewCertificate(grade=grade, obtained_on=date(2020, 6, 1), registered_on=date(2020, 8, 1))
        add_fact(CLERK, employee.id, registered)
    assert facts_of(employee).certificate is codes.Certificate.INTERMEDIATE
    withdraw_fact(CLERK, employee.id, newest(Certificate, employee).id, FactKind.CERTIFICATE)
    assert facts_of(employee).certificate is codes.Certificate.JUNIOR


@pytest.mark.parametrize(
    ("given", "spans"),
    [
        (NewDiscipline(opened_on=date(2025, 3, 1)), {Span(date(2025, 3, 1))}),
        (
            NewDiscipline(opened_on=date(2025, 3, 1), closed_on=date(2025, 5, 31)),
            {Span(date(2025, 3, 1), date(2025, 5, 31))},
        ),
        (
            NewDiscipline(measure="警告", starts_on=date(2025, 6, 1), ends_on=date(2025, 11, 30)),
            {Span(date(2025, 6, 1), date(2025, 11, 30))},
        ),
        (NewDiscipline(measure="诫勉", starts_on=date(2025, 6, 1)), {Span(date(2025, 6, 1))}),
        (
            NewDiscipline(
                measure="警告", opened_on=date(2025, 3, 1), starts_on=date(2025, 6, 1), ends_on=date(2025, 11, 30)
            ),
            {Span(date(2025, 3, 1), date(2025, 5, 31)), Span(date(2025, 6, 1), date(2025, 11, 30))},
        ),
        (
            NewDiscipline(
                measure="警告", opened_on=date(2025, 6, 1), starts_on=date(2025, 6, 1), ends_on=date(2025, 11, 30)
            ),
            {Span(date(2025, 6, 1), date(2025, 11, 30))},
        ),
    ],
    ids=["an open case", "a closed case", "a measure", "no end", "closed by its measure", "opened and closed in a day"],
)
def test_a_case_holds_until_it_is_closed_or_ends_in_a_measure(
    app: Flask, given: NewDiscipline, spans: set[Span]
) -> None:
    employee = make_employee(None, Town().community)
    add_fact(CLERK, employee.id, given)
    assert set(facts_of(employee).disciplines) == spans


def test_a_case_that_was_closed_without_a_measure_stands_in_nobodys_way(app: Flask) -> None:
    employee = make_employee(None, Town().community, political="01")
    add_fact(CLERK, employee.id, NewDiscipline(opened_on=date(2025, 3, 1)))
    edition = rules_named(RULES)
    assert "discipline" in check_gate(edition, "to_compound", facts_of(employee), TODAY).missing
    kept = newest(Discipline, employee)
    correct_fact(CLERK, employee.id, kept.id, replace(given_of(kept), closed_on=date(2025, 5, 31)))
    assert "discipline" not in check_gate(edition, "to_compound", facts_of(employee), TODAY).missing


def test_honours_count_by_level_and_day_until_they_are_withdrawn(app: Flask) -> None:
    employee = make_employee(None, Town().community)
    add_fact(CLERK, employee.id, NewHonour(kind="labour_model", level="province", granted_on=date(2023, 5, 1)))
    assert facts_of(employee).honours == (HonourFact("province", date(2023, 5, 1)),)
    assert persons([employee.id], rules_named(RULES), honours=False)[employee.id].honours == ()
    withdraw_fact(CLERK, employee.id, newest(Honour, employee).id, FactKind.HONOUR)
    assert facts_of(employee).honours == ()


def test_only_decided_appraisals_are_known(app: Flask) -> None:
    town = Town()
    employee = make_employee(None, town.community)
    for year, grade in ((2023, "1"), (2024, "2")):
        make_decided_year(town.district, town.street, year, {employee.id: grade})
    assert facts_of(employee).appraisals == {2023: codes.Grade.EXCELLENT, 2024: codes.Grade.COMPETENT}
    with writing():
        record = db.session.scalars(select(Appraisal).order_by(Appraisal.id.desc())).first()
        assert record is not None
        record.state = State.SUBMITTED
    assert facts_of(employee).appraisals == {2023: codes.Grade.EXCELLENT}
    assert grades_of([employee.id]) == {employee.id: {2023: codes.Grade.EXCELLENT}}


def test_many_people_cost_six_queries_whether_named_or_asked_for(app: Flask) -> None:
    town = Town()
    people = [make_employee(None, unit).id for unit in (town.community, town.neighbour, town.foreign)]
    edition = rules_named(RULES)
    asked = select(Employee.id).where(Employee.unit_id != town.foreign.id)
    assert sorted(persons(people, edition)) == sorted(people)
    assert sorted(persons(asked, edition)) == sorted(people[:2])
    assert len(selects_of(lambda: persons(people, edition))) == 6
    assert len(selects_of(lambda: persons(asked, edition))) == 6


def test_nobody_is_asked_about_without_a_query_going_wrong(app: Flask) -> None:
    assert persons([], rules_named(RULES)) == {}
