"""The bench of pay tells its figures, and says plainly when its yardstick is not there."""

from dataclasses import replace

import numpy as np
import pytest

from careerpath.bench import pay
from careerpath.bench.careers import careers, with_breaks
from careerpath.bench.pay import bench_pay
from careerpath.population.days import NEVER


def test_the_bench_tells_its_figures_and_says_when_the_yardstick_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pay, "find_spec", lambda name: None)
    monkeypatch.setattr(pay, "SAMPLE", 10)
    figures = list(bench_pay(30))
    beside = [figure for figure in figures if figure.yardstick == pay.OPENFISCA]
    assert [figure.name for figure in beside] == ["not installed (extra `bench`): nothing to stand beside"]
    assert {"people × months", "forecast of five years", "stored reasons"} <= {figure.name for figure in figures}
    assert next(figure for figure in figures if figure.unit == "").value == 360


def test_a_difference_from_the_rule_ends_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pay, "find_spec", lambda name: None)
    honest = pay.totals

    def a_cent_more(*given: object) -> object:
        found = honest(*given)  # type: ignore[arg-type]
        return replace(found, cents=found.cents + 1)

    monkeypatch.setattr(pay, "totals", a_cent_more)
    with pytest.raises(RuntimeError, match="differ"):
        list(bench_pay(30))


def test_the_same_seed_invents_the_same_careers_and_some_of_them_have_a_break() -> None:
    first, again = careers(500), careers(500)
    assert np.array_equal(first.spans.starts, again.spans.starts)
    assert np.array_equal(first.grades.grade, again.grades.grade)
    broken = with_breaks(first, share=0.3)
    came_back = broken.spans.starts[1] != NEVER
    assert 50 < came_back.sum() < 250
    assert (broken.spans.starts[1] > broken.spans.ends[0])[came_back].all()
