"""Every bench, one line each."""

from collections.abc import Callable, Iterable
from dataclasses import asdict

from flask import Flask

from careerpath.bench.figures import Figure
from careerpath.bench.pages import bench_pages
from careerpath.printing.bench import bench_forms
from careerpath.printing.queries.typefaces import fonts

UNITS = {"seconds": "s", "second": "forms/s", "megabytes": "MB", "bytes": "B"}


def forms(app: Flask) -> Iterable[Figure]:
    """年度考核登记表: filled over one laid-out page, beside WeasyPrint one by one for the same people."""
    for name, value in asdict(bench_forms(app.jinja_env, fonts())).items():
        unit = next((short for word, short in UNITS.items() if word in name), "")
        yield Figure(name.replace("_", " "), value, unit, "WeasyPrint" if "weasyprint" in name else "")


BENCHES: dict[str, Callable[[Flask], Iterable[Figure]]] = {"forms": forms, "pages": bench_pages}
"""Name on the command line, and the work."""
