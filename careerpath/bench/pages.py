"""The pages that are opened all day, for an office of many people, beside the plainest page that could stand there."""

import time
from collections.abc import Iterator

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.bench.figures import Figure, counted, median_seconds
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.accounts import PASSWORD
from careerpath.employees.models import Employee
from careerpath.talent_pool.operations.proposals import check_pool

PLAIN = "<table>{% for p in people %}<tr><td>{{ p.number }}</td><td>{{ p.name }}</td></tr>{% endfor %}</table>"


def bench_pages(app: Flask) -> Iterator[Figure]:
    """Seconds and queries of lists, overviews and the largest street's grid, as the district sees them.

    Beside them stands the daily look at everybody by the rules of the reserve pool.
    """
    client = app.test_client()
    client.post("/sign-in", data={"name": "district", "password": PASSWORD})
    people = db.session.query(Employee).count()
    yield Figure("people in the database", people, "people")
    for name, url in _urls():
        yield Figure(f"{name}: time", round(median_seconds(lambda u=url: _open(client, u)), 4), "s")  # type: ignore[misc]
        with counted(db.engine) as statements:
            size = _open(client, url)
        yield Figure(f"{name}: statements", len(statements), "statements")
        yield Figure(f"{name}: page", round(size / 1024, 1), "KiB")
    yield Figure("pool held against its rules, everybody: time", round(_check_pool(), 4), "s")
    plain = median_seconds(_plain_page)
    yield Figure("yardstick, two columns of all people in one query: time", round(plain, 4), "s", "plain page")
    naive = median_seconds(_naive_page, runs=1)
    yield Figure("yardstick, all people with a query for each one's unit: time", round(naive, 4), "s", "naive page")


def _urls() -> list[tuple[str, str]]:
    newest = db.session.scalars(select(AppraisalYear).order_by(AppraisalYear.year.desc())).first()
    urls = [
        ("list of people", "/employees"),
        ("search by initials", "/employees?q=l"),
        ("quota and vacancies", "/recruitment/headcount"),
        ("reserves by community", "/talent-pool/"),
        ("career ladder", "/talent-pool/ladder"),
        ("succession", "/talent-pool/succession"),
        ("mentors", "/mentoring/"),
        ("pairings", "/mentoring/pairings"),
        ("lines of work by community", "/skills/"),
        ("what people lack in training", "/training/needs"),
        ("training rate by unit", "/training/overview"),
        ("whose turn it is to rotate", "/rotations/turns"),
    ]
    if newest is not None:
        urls.append(("year by street", f"/appraisals/{newest.id}"))
        parts = db.session.scalars(select(StreetAppraisal.id).where(StreetAppraisal.year_id == newest.id)).all()
        sizes = {part: db.session.query(Appraisal).filter_by(street_appraisal_id=part).count() for part in parts}
        urls.append(("largest street's grid", f"/appraisals/streets/{max(sizes, key=lambda part: sizes[part])}"))
    return urls


def _open(client: FlaskClient, url: str) -> int:
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")
    return len(answer.data)


def _check_pool() -> float:
    """Seconds of the first look: it writes what it proposes, into the database of the bench alone."""
    begun = time.perf_counter()
    check_pool(Actor.console(), clock.today())
    return time.perf_counter() - begun


def _plain_page() -> None:
    render_template_string(PLAIN, people=db.session.execute(select(Employee.number, Employee.name)).all())


def _naive_page() -> None:
    db.session.expire_all()
    for unit_id in db.session.scalars(select(Employee.unit_id)).all():
        db.session.execute(select(Employee.name).where(Employee.unit_id == unit_id).limit(1)).all()
