"""后备人才推荐表 and 竞岗报名表: what they say of one entrant of a selection, and their printers."""

from dataclasses import dataclass, field

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.forms import FormPrinter

RECOMMENDATION, SELECTION = "print/recommendation-form.html", "print/selection-form.html"

RESUME_WIDTH = 36.0
"""Em of a line of the résumé on both forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveForm:
    """What both forms say of one entrant, as texts. ``title`` has the selection in it; opinions wait for the pen.

    ``finding``, ``reviewed_by`` and ``reviewed_on`` are the review of the conditions; ``conditions`` what it found.
    """

    title: str
    unit: str
    number: str
    name: str
    sex: str = ""
    birth_month: str = ""
    ethnic: str = ""
    native_place: str = ""
    political: str = ""
    joined_party: str = ""
    joined_work: str = ""
    joined_community: str = ""
    full_time_degree: str = ""
    full_time_school: str = ""
    in_service_degree: str = ""
    in_service_school: str = ""
    certificate: str = ""
    present_post: str = ""
    post_since: str = ""
    target: str = ""
    target_unit: str = ""
    nomination: str = ""
    nominated_by: str = ""
    resume: tuple[str, ...] = ()
    appraisals: str = ""
    rewards: str = ""
    statement: str = ""
    conditions: str = ""
    finding: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""
    remark: str = ""
    photo: bytes = b""
    foot: Foot = field(default_factory=Foot)

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of the form and of its attached pages by name."""
        names = (
            *("name", "sex", "birth_month", "ethnic", "native_place", "political", "joined_party", "joined_work"),
            *("joined_community", "full_time_degree", "full_time_school", "in_service_degree", "in_service_school"),
            *("certificate", "present_post", "post_since", "target", "target_unit", "nomination", "nominated_by"),
            *("appraisals", "rewards", "statement", "remark"),
        )
        values: dict[str, str | bytes] = {name: getattr(self, name) for name in names}
        values["resume"] = "\n".join(self.resume)
        values["unit_line"] = f"{self.unit}（盖章）"
        values["number_line"] = f"编号：{self.number}"
        values["photo"] = self.photo
        values["continued_heading"] = f"姓名：{self.name}　　编号：{self.number}"
        values["foot"] = self.foot.line()
        return values


class RecommendationPrinter(FormPrinter[ReserveForm]):
    """Prints 后备人才推荐表 of one selection."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str) -> None:
        super().__init__(templates, fonts, RECOMMENDATION, title=title)


class SelectionFormPrinter(FormPrinter[ReserveForm]):
    """Prints 竞岗报名表 of one selection."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str) -> None:
        super().__init__(templates, fonts, SELECTION, title=title)

    def cells(self, form: ReserveForm) -> dict[str, str | bytes]:
        """The cells of the form, with those of the review of the conditions."""
        return {
            **form.cells(),
            "finding": "\n".join(part for part in (form.conditions, form.finding) if part),
            "reviewed_by": form.reviewed_by,
            "reviewed_on": form.reviewed_on,
        }
