"""Every bench, one line each."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from flask import Flask

from careerpath.bench.figures import Figure
from careerpath.bench.matching import bench_matching
from careerpath.bench.pages import bench_pages
from careerpath.bench.pay import bench_pay
from careerpath.bench.reports import bench_reports
from careerpath.core.pdf.typefaces import fonts
from careerpath.printing.bench import bench_forms

UNITS = {"seconds": "s", "second": "forms/s", "megabytes": "MB", "bytes": "B"}


def forms(app: Flask, people: int) -> Iterable[Figure]:
    """年度考核登记表: filled over one laid-out page, beside WeasyPrint one by one for the same people."""
    for name, value in asdict(bench_forms(app.jinja_env, fonts())).items():
        unit = next((short for word, short in UNITS.items() if word in name), "")
        yield Figure(name.replace("_", " "), value, unit, "WeasyPrint" if "weasyprint" in name else "")


def pages(app: Flask, people: int) -> Iterable[Figure]:
    """The pages that are opened all day, for an office of many people."""
    return bench_pages(app)


def pay(app: Flask, people: int) -> Iterable[Figure]:
    """The pay of a city from arrays, beside OpenFisca-core and the rule for one person."""
    return bench_pay(people)


def matching(app: Flask, people: int) -> Iterable[Figure]:
    """Mentors for many people, solved as a whole with the reasons."""
    return bench_matching(people)


def reports(app: Flask, people: int) -> Iterable[Figure]:
    """The annual report of a district of 10 000 and of a city of 100 000 people, who are those stored over and over."""
    return bench_reports()


@dataclass(frozen=True, slots=True)
class Bench:
    """One bench: the work, given the application and how many people; ``people`` are the usual number.

    ``stored``: the people must be in the database.
    """

    work: Callable[[Flask, int], Iterable[Figure]]
    people: int
    stored: bool


BENCHES: dict[str, Bench] = {
    "forms": Bench(forms, 0, False),
    "matching": Bench(matching, 400, False),
    "pages": Bench(pages, 5000, True),
    "pay": Bench(pay, 100_000, False),
    "reports": Bench(reports, 330, True),
}
"""Name on the command line, and the bench."""
