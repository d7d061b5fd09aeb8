"""What a scheme would change, before it is adopted."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.actor import Actor
from careerpath.pay.queries.editions import scheme_on
from careerpath.pay.queries.facts import workers_of
from careerpath.pay.queries.what_if import draft_of, simulate, usual_unit
from careerpath.policy.codes import Sex
from careerpath.policy.edition import shipped_texts
from careerpath.policy.pay import pay
from careerpath.printing.queries.what_if import report_of, what_if_xlsx
from careerpath.rulebook.operations import draft_edition
from careerpath.words import NotFound, Refused
from tests.factories.access import signed_in
from tests.factories.employees import make_identity
from tests.factories.pay import RULES, PayTown, scheme_text


def draft(town: PayTown, **changes: object) -> int:
    """A draft of a scheme, by its id."""
    text = scheme_text(key="draft-2026", effective_from="2026-01-01", **changes)  # type: ignore[arg-type]
    return draft_edition(RULES, text, "draft.toml")


def test_a_rise_of_the_base_costs_each_person_its_months(app: Flask) -> None:
    town = PayTown()
    found = simulate(town.hr, town.town.district.id, draft_of(RULES, draft(town, base=2100)))
    assert found.months[0] == "2026-01"
    assert (found.people, found.gaining, found.losing, found.same) == (4, 4, 0, 0)
    assert {one.draft - one.now for one in found.gainers} == {Decimal(100)}
    pay_alone = 4 * 100 * 12
    assert found.draft_cost - found.now_cost >= pay_alone
    assert sum(found.draft_months) == found.draft_cost
    bands = {str(name): count for name, count in found.bands}
    assert (bands["增≥100"], sum(bands.values())) == (4, 4)
    assert {street.name: street.people for street in found.streets} == {"费城街道": 3, "上冶镇": 1}


def test_the_monthly_pay_of_a_person_is_what_the_rule_says_to_the_cent(app: Flask) -> None:
    town = PayTown()
    edition = draft_of(RULES, draft(town, base=2345, step=77))
    found = simulate(town.hr, town.town.street.id, edition)
    for worker in workers_of(town.town.street.path, found.first, found.first):
        facts = worker.facts_on(edition, found.first)
        exact = pay(edition, facts, found.first.replace(day=31))
        moved = next(one for one in found.gainers if one.employee_id == worker.employee_id)
        assert moved.draft == exact.basic + exact.performance


def test_what_lowers_pay_names_the_losers(app: Flask) -> None:
    town = PayTown()
    found = simulate(town.hr, town.town.street.id, draft_of(RULES, draft(town, base=1900)))
    assert (found.gaining, found.losing) == (0, 3)
    assert {one.name for one in found.losers} == {town.chief.name, town.deputy.name, town.staff.name}
    assert not found.gainers


def test_the_years_ahead_tell_retirements_and_costs_of_both(app: Flask) -> None:
    town = PayTown()
    town.person(town.town.community, identity=make_identity(date(1995, 1, 1), Sex.MALE))
    found = simulate(town.hr, town.town.district.id, draft_of(RULES, draft(town, base=2100)))
    assert [year.draft > year.now for year in found.years] == [True] * 5
    # The four of the town are women of 1970, past the age of 50; the young man stays.
    assert (found.years[0].retiring, found.years[0].people) == (4, 1)
    assert [year.retiring for year in found.years[1:]] == [0] * 4


def test_a_draft_that_leaves_people_without_pay_says_who_and_why(app: Flask) -> None:
    town = PayTown()
    unknown = town.person(town.town.community, study=None, name="学历不明")
    found = simulate(town.hr, town.town.street.id, draft_of(RULES, draft(town)))
    assert any(unknown.name in group.names and group.draft and "学历" in group.why for group in found.left_out)


def test_only_the_own_units_are_reckoned_and_only_schemes_of_pay(app: Flask) -> None:
    town = PayTown()
    scheme = draft_of(RULES, draft(town))
    foreign = Actor(None, "other", "other", ())
    with pytest.raises(NotFound):
        simulate(foreign, town.town.district.id, scheme)
    text = shipped_texts("appraisal")["appraisal-feixian.toml"].replace("feixian-2022", "other-key")
    with pytest.raises(Refused, match="不是薪酬办法"):
        draft_of(RULES, draft_edition(RULES, text, "appraisal.toml"))
    assert usual_unit(town.hr) == town.town.district.id


def test_nothing_is_changed_by_it(app: Flask) -> None:
    town = PayTown()
    found = simulate(town.hr, town.town.district.id, draft_of(RULES, draft(town, base=9000)))
    assert scheme_on(found.first).head.key != found.draft.head.key


def test_the_page_and_its_papers_carry_the_mark_of_examples(app: Flask) -> None:
    town = PayTown()
    edition_id = draft(town, base=2100)
    client = signed_in(app, town.hr)
    page = client.get(f"/pay/what-if/{edition_id}")
    assert page.status_code == 200
    assert "示例数据，非官方" in page.text
    assert "<svg" in page.text
    report = report_of(town.hr, simulate(town.hr, town.town.district.id, draft_of(RULES, edition_id)))
    assert "示例数据" in report.mark
    assert [contrast.draft for contrast in report.contrasts] == ["2,100.00"]
    name, content = what_if_xlsx(town.hr, edition_id, town.town.district.id)
    assert name.endswith(".xlsx")
    assert content.startswith(b"PK")


def test_a_unit_that_is_not_found_says_so_instead_of_reckoning_another(app: Flask) -> None:
    town = PayTown()
    page = signed_in(app, town.hr).get(f"/pay/what-if/{draft(town)}?unit=不存在的单位")
    assert "没有找到这个单位" in page.text
