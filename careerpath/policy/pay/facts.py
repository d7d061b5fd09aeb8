"""What is known of one person: the input of every pay rule. Histories are whole; the rule looks at them on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from careerpath.policy.codes import Certificate, Education, Grade, Post
from careerpath.policy.codes.education import degree_level
from careerpath.policy.edition import to_plain
from careerpath.policy.reading import Table
from careerpath.words import msg

FIRST_YEAR = 1950
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days outside are slips of the pen, or stand for an open end, which is told by leaving the day out."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days of community service, both included; open while it lasts."""

    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A post held from a day to a day, both included."""

    post: Post
    starts_on: date
    ends_on: date | None = None
    main: bool = True
    dual_head: bool = False
    elected: bool = False

    def on(self, day: date) -> bool:
        """Whether the post was held on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Study:
    """A course of study: GB/T 4658 code of the diploma and GB/T 6864 code of the degree, each empty where not held."""

    education: str
    degree: str = ""
    graduated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Certified:
    """A professional certificate; ``registered_on`` is empty while it is not registered."""

    grade: Certificate
    obtained_on: date | None = None
    registered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A level that was approved: it is taken as it stands, and the rule of levels is not asked."""

    level: int
    tier: int | None = None
    since: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class PayFacts:
    """One person's facts for pay, looked at on the day ``on``.

    ``service``: spans of community service. ``studies`` is ``None`` where nothing is known of the education, which a
    scheme that asks for it reports as missing. ``appraisals``: grade code by year. ``military_months``: full months.
    ``other``: facts that an edition declares itself, such as the class of the unit; what is not told there, the code
    of the ``unit`` may tell.
    """

    on: date
    service: tuple[Span, ...] = ()
    posts: tuple[Held, ...] = ()
    studies: tuple[Study, ...] | None = None
    certificates: tuple[Certified, ...] = ()
    appraisals: Mapping[int, Grade] = field(default_factory=dict)
    probation_until: date | None = None
    military_months: int = 0
    placed: Placed | None = None
    other: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""

    def as_plain(self) -> dict[str, Any]:
        """The facts as JSON values; ``from_plain`` makes the same facts of them again."""
        known = to_plain(self)
        placed = known.pop("placed", None)
        if placed is not None:
            names = {"level": "level", "tier": "tier", "since": "level_since", "document": "level_document"}
            known |= {names[name]: value for name, value in placed.items() if value not in ("", None)}
        return {name: value for name, value in known.items() if name == "studies" or value not in ([], {}, 0, "")}

    @classmethod
    def from_plain(cls, values: object, file: str = "facts") -> "PayFacts":
        """Facts from plain JSON values, strictly read; an unknown name is refused with the nearest known one.

        Short forms for one simple person: ``years`` (full years served, all of them counted by last 31 December),
        ``post``, ``dual_head``, ``elected``, ``education`` with ``degree``, ``certificate`` (held and registered
        since the first day of service), ``level`` with ``tier`` (approved).
        """
        table = Table.of(values, file)
        on = _day(table, "on")
        service = _read_service(table, on)
        # A fact told without its day holds since before anything that is looked at.
        first = min((span.starts_on for span in service), default=date(FIRST_YEAR, 1, 1))
        facts = cls(
            on=on,
            service=service,
            posts=_read_posts(table, first),
            studies=_read_studies(table),
            certificates=_read_certificates(table, first),
            appraisals=_read_appraisals(table.optional_table("appraisals")),
            probation_until=_optional_day(table, "probation_until"),
            military_months=table.whole("military_months", 0, 600, 0),
            placed=_read_placed(table),
            other=_read_other(table.optional_table("other")),
            unit=table.text("unit", ""),
        )
        table.end()
        return facts


def _day(table: Table, key: str) -> date:
    day = table.day(key)
    if not EARLIEST <= day <= LATEST:
        raise table.refusal(key, msg("为 %(day)s，不合常理；没有截止日期的请不填。", day=day))
    return day


def _optional_day(table: Table, key: str) -> date | None:
    return _day(table, key) if table.has(key) else None


def _read_service(table: Table, on: date) -> tuple[Span, ...]:
    spans = []
    for row in table.tables("service"):
        span = Span(_day(row, "starts_on"), _optional_day(row, "ends_on"))
        if span.ends_on is not None and span.ends_on < span.starts_on:
            raise row.refusal("ends_on", msg("早于 starts_on，请改正起止日期。"))
        row.end()
        spans.append(span)
    joined = _optional_day(table, "joined_on")
    years = table.whole("years", 0, 60) if table.has("years") else None
    given = [
        key for key, value in (("service", spans), ("joined_on", joined), ("years", years)) if value not in ([], None)
    ]
    if len(given) > 1:
        raise table.refusal(given[1], msg("与 %(other)s 只填其一。", other=given[0]))
    if joined is not None:
        spans.append(Span(joined))
    if years is not None:
        # So many years, all of them complete by last 31 December; nobody's years begin in the future.
        spans.extend(_years_before(on, years))
    spans.sort(key=lambda span: span.starts_on)
    return tuple(spans)


def _years_before(on: date, years: int) -> list[Span]:
    if years == 0:
        return [Span(on)]
    first = date(on.year - years, 1, 1)
    if on != date(on.year, 12, 31):
        return [Span(first)]
    # On 31 December the year that runs would be complete too: one day out of service keeps it open.
    return [Span(first, date(on.year - 1, 12, 31)), Span(date(on.year, 1, 2))]


def _read_posts(table: Table, first: date) -> tuple[Held, ...]:
    held = []
    for row in table.tables("posts"):
        one = Held(
            post=row.code("post", Post),
            starts_on=_day(row, "starts_on"),
            ends_on=_optional_day(row, "ends_on"),
            main=row.flag("main", True),
            dual_head=row.flag("dual_head", False),
            elected=row.flag("elected", False),
        )
        if one.ends_on is not None and one.ends_on < one.starts_on:
            raise row.refusal("ends_on", msg("早于 starts_on，请改正起止日期。"))
        row.end()
        held.append(one)
    if table.has("post"):
        if held:
            raise table.refusal("post", msg("与 %(other)s 只填其一。", other="posts"))
        held.append(
            Held(
                post=table.code("post", Post),
                starts_on=first,
                dual_head=table.flag("dual_head", False),
                elected=table.flag("elected", False),
            )
        )
    held.sort(key=lambda one: (one.starts_on, not one.main))
    return tuple(held)


def _read_studies(table: Table) -> tuple[Study, ...] | None:
    if table.has("studies"):
        studies = []
        for row in table.tables("studies"):
            studies.append(_study(row, _optional_day(row, "graduated_on")))
            row.end()
        return tuple(studies)
    if not table.has("education") and not table.has("degree"):
        return None
    return (_study(table, None),)


def _study(table: Table, graduated_on: date | None) -> Study:
    education = table.code("education", Education).value if table.text("education", "") else ""
    degree = table.text("degree", "")
    if not education and not degree:
        raise table.refusal("education", msg("学历、学位至少填写一项。"))
    if degree and degree_level(degree) is None:
        raise table.refusal("degree", msg("应为学位代码（GB/T 6864），例如 4 学士、3 硕士、2 博士。"))
    return Study(education, degree, graduated_on)


def _read_certificates(table: Table, first: date) -> tuple[Certified, ...]:
    found = []
    for row in table.tables("certificates"):
        one = Certified(
            row.code("grade", Certificate), _optional_day(row, "obtained_on"), _optional_day(row, "registered_on")
        )
        if one.obtained_on is not None and one.registered_on is not None and one.registered_on < one.obtained_on:
            raise row.refusal("registered_on", msg("早于 obtained_on，请改正取得和登记日期。"))
        row.end()
        found.append(one)
    if table.has("certificate"):
        if found:
            raise table.refusal("certificate", msg("与 %(other)s 只填其一。", other="certificates"))
        found.append(Certified(table.code("certificate", Certificate), first, first))
    return tuple(found)


def _read_appraisals(table: Table | None) -> dict[int, Grade]:
    if table is None:
        return {}
    grades: dict[int, Grade] = {}
    for key in table.values:
        if not (str(key).isascii() and str(key).isdigit() and len(str(key)) == 4):
            raise table.refusal(str(key), msg('应为四位年份，例如 "2024"。'))
        grades[int(key)] = table.code(key, Grade)
    return grades


def _read_placed(table: Table) -> Placed | None:
    if not table.has("level"):
        if table.has("tier"):
            raise table.refusal("tier", msg("须与 level 一起填写。"))
        return None
    return Placed(
        level=table.whole("level", 1, 999),
        tier=table.whole("tier", 1, 99) if table.has("tier") else None,
        since=_optional_day(table, "level_since"),
        document=table.text("level_document", ""),
    )


def _read_other(table: Table | None) -> dict[str, str]:
    return {} if table is None else {key: table.text(key) for key in table.values}
