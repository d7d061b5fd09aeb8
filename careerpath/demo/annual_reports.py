"""Annual reports of the demo: last year's of the district and of a street signed, this year's being written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from careerpath.access.actor import Actor
from careerpath.annual_reports.operations import ReportGiven, freeze_report, plan_report, write_report_text
from careerpath.demo.office import Office
from careerpath.demo.schedule import Step
from careerpath.words import msg

PLANNED, SIGNED = (1, 12), (1, 26)
"""A report is planned once the appraisals of its year are decided, and signed two weeks later."""
NUMBER = 3
"""The number of the document in its year."""
OWN_WORDS = (
    "坚持公开招聘主渠道，严把政治关、学历关、能力关，本年招聘录用社区工作者{招聘录用人数}人，历年累计{招聘录用人数·累计}人。\n"
    "下一步，将根据员额空编情况合理确定招聘计划，进一步拓宽高校毕业生、退役军人、网格员等来源渠道。"
)
"""What the office writes into the section on recruitment."""


@dataclass(slots=True)
class ReportWork:
    """The reports as they come about."""

    office: Office
    last: dict[str, int] = field(default_factory=dict)
    """Last year's reports by the code of their unit."""

    @property
    def last_year(self) -> int:
        """The last year whose report has been signed by now."""
        today = self.office.town.times.today
        return today.year - (1 if today > date(today.year, *SIGNED) else 2)

    def plan_last(self) -> None:
        """Last year's reports as of its last day."""
        given = ReportGiven(year=self.last_year, on=date(self.last_year, 12, 31))
        for code, writer in self._writers().items():
            self.last[code] = plan_report(writer, self.office.units[code], given)

    def sign_last(self) -> None:
        """Sign them; the district's goes out under a number."""
        place, year = self.office.town.place, self.last_year + 1
        for code, writer in self._writers().items():
            document = f"{place.document}〔{year}〕{NUMBER}号" if code == place.district else ""
            freeze_report(writer, self.last[code], date(year, *SIGNED), document)

    def plan_present(self) -> None:
        """This year's report of the district up to yesterday, with a section in the office's own words."""
        office, yesterday = self.office, self.office.town.times.today - timedelta(days=1)
        writer, unit_id = office.staff["district"], office.units[office.town.place.district]
        report_id = plan_report(writer, unit_id, ReportGiven(year=yesterday.year, on=yesterday))
        write_report_text(writer, report_id, "recruitment", OWN_WORDS)

    def _writers(self) -> dict[str, Actor]:
        """The units that report, with who writes for them: the district and the street in the foreground."""
        office = self.office
        street = office.town.streets[0]
        return {office.town.place.district: office.staff["district"], street: office.clerks[street]}


def report_steps(office: Office) -> Iterator[Step]:
    """Last year's reports in January, this year's yesterday."""
    work = ReportWork(office)
    yield Step(
        date(work.last_year + 1, *PLANNED), work.plan_last, msg("%(year)s 年年度报告：汇总、定稿", year=work.last_year)
    )
    yield Step(date(work.last_year + 1, *SIGNED), work.sign_last)
    yield Step(office.town.times.today - timedelta(days=1), work.plan_present)
