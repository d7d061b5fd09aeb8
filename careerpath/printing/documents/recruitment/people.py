"""报名登记表 and 录用登记表: what they say of one person, and their printers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment

from careerpath.core.pdf.fitting import Values
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.forms import FormPrinter

APPLICATION, HIRING = "print/application-form.html", "print/hiring-form.html"

RELATIVES = 5
"""Lines for members of the family; further ones stand in the remarks."""

HIDDEN = "（已隐去）"
"""In place of what is printed only with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A member of the family as a line says it."""

    relation: str
    name: str
    birth_month: str = ""
    political: str = ""
    work: str = ""

    def line(self) -> str:
        """The member in one line."""
        parts = (self.relation, self.name, self.birth_month, self.political, self.work)
        return "　".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What both forms say of a person (DOMAIN.md §4), as texts. ``photo`` is a JPEG, small enough for paper.

    ``full_time`` and ``part_time`` are (education and degree, school, major and year) of full-time and of in-service
    education. What nobody keeps here (家庭状况, 户口性质, 医疗保障) waits for the pen.
    """

    name: str
    sex: str = ""
    birth_month: str = ""
    ethnic: str = ""
    native_place: str = ""
    political: str = ""
    marital: str = ""
    identity: str = ""
    work_since: str = ""
    education: str = ""
    household_place: str = ""
    address: str = ""
    landline: str = ""
    mobile: str = ""
    source: str = ""
    full_time: tuple[str, str] = ("", "")
    part_time: tuple[str, str] = ("", "")
    certificate: str = ""
    certified_on: str = ""
    certificate_number: str = ""
    rewards: str = ""
    resume: tuple[str, ...] = ()
    family: tuple[Relative, ...] = ()
    photo: bytes = b""

    def cells(self) -> dict[str, str | bytes]:
        """The cells that both forms have."""
        names = (
            *("name", "sex", "birth_month", "ethnic", "native_place", "political", "marital", "identity"),
            *("work_since", "education", "household_place", "address", "landline", "mobile", "source"),
            *("certificate", "certified_on", "certificate_number", "rewards"),
        )
        values: dict[str, str | bytes] = {name: getattr(self, name) for name in names}
        for name, (degree, school) in (("full_time", self.full_time), ("part_time", self.part_time)):
            values[f"{name}_degree"], values[f"{name}_school"] = degree, school
        values["identity_kind"] = "居民身份证" if self.identity else ""
        values["resume"] = "\n".join(self.resume)
        for number, relative in enumerate(self.family[:RELATIVES], 1):
            for name in ("relation", "name", "birth_month", "political", "work"):
                values[f"relative_{name}_{number}"] = getattr(relative, name)
        values["photo"] = self.photo
        return values

    def further_family(self) -> Iterator[str]:
        """A remark on members of the family for whom there is no line."""
        more = self.family[RELATIVES:]
        if more:
            yield f"家庭成员另有：{'；'.join(relative.line() for relative in more)}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCell:
    """What a review of the papers decided: the finding, who signed it, and the day."""

    finding: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationForm:
    """The 报名登记表 of one applicant. ``title`` has the batch in it; ``pledged`` tells of a pledge made online."""

    title: str
    unit: str
    number: str
    applied_on: str
    person: Person
    position: str
    transfer: str
    bonus: str = ""
    pledged: str = ""
    first: ReviewCell = ReviewCell()
    second: ReviewCell = ReviewCell()
    remark: str = ""
    foot: Foot = field(default_factory=Foot)

    @property
    def name(self) -> str:
        """Whose form it is."""
        return self.person.name

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of the form and of its attached pages by name."""
        values = self.person.cells()
        values |= {name: getattr(self, name) for name in ("position", "transfer", "bonus", "pledged")}
        values["unit_line"] = f"{self.unit}（盖章）"
        values["number_line"] = f"报名序号：{self.number}"
        values["day_line"] = f"申请日期：{self.applied_on}"
        for stage, review in (("first", self.first), ("second", self.second)):
            values[f"{stage}_finding"], values[f"{stage}_by"] = review.finding, review.by
            values[f"{stage}_on"] = review.on
        values["remark"] = "\n".join(part for part in (*self.person.further_family(), self.remark) if part)
        values["continued_heading"] = f"姓名：{self.name}　　报名序号：{self.number}"
        values["foot"] = self.foot.line()
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class HiringForm:
    """The 录用登记表 of one appointed person, filled from application and appointment; opinions wait for the pen."""

    title: str
    unit: str
    number: str
    applied_on: str
    person: Person
    contract: str = ""
    community: str = ""
    starts_on: str = ""
    post: str = ""
    pay: str = ""
    channel: str = ""
    remark: str = ""
    foot: Foot = field(default_factory=Foot)

    @property
    def name(self) -> str:
        """Whose form it is."""
        return self.person.name

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of the form and of its attached pages by name."""
        values = self.person.cells()
        values |= {
            name: getattr(self, name) for name in ("contract", "community", "starts_on", "post", "pay", "channel")
        }
        values["unit_line"] = f"{self.unit}（盖章）"
        values["number_line"] = f"档案编号：{self.number}"
        values["day_line"] = f"申请日期：{self.applied_on}"
        values["remark"] = "\n".join(part for part in (*self.person.further_family(), self.remark) if part)
        values["continued_heading"] = f"姓名：{self.name}　　档案编号：{self.number}"
        values["foot"] = self.foot.line()
        return values


class ApplicationPrinter(FormPrinter[ApplicationForm]):
    """Prints 报名登记表 of one batch."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str) -> None:
        super().__init__(templates, fonts, APPLICATION, title=title, words=_WORDS)


class HiringPrinter(FormPrinter[HiringForm]):
    """Prints 录用登记表 of one title."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str) -> None:
        super().__init__(templates, fonts, HIRING, title=title, words=_WORDS)

    def cells(self, form: HiringForm) -> Values:
        """The cells of the form; a hiring form has one line for the school, that of the higher education."""
        cells = {name: value for name, value in form.cells().items() if not name.startswith(("full_time", "part_time"))}
        cells["school"] = form.person.full_time[1] or form.person.part_time[1]
        return cells


_WORDS: Mapping[str, object] = {"relatives": RELATIVES}
