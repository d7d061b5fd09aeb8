"""How fast forms are printed: filled over one laid-out page, and one by one with WeasyPrint, for the same people."""

import random
import resource
import sys
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Environment

from careerpath.appraisals.documents import AppraisalForm
from careerpath.core.pdf.fonts import Fonts
from careerpath.printing.documents import AppraisalFormPrinter

_SENTENCES = (
    "一年来，本人负责第三网格412户的日常走访、矛盾调解和便民代办工作。",
    "全年入户走访1286户次，协调解决楼道照明、停车秩序等问题73件，调解邻里纠纷19起。",
    "参加区级以上培训7天、街道专题培训5次，取得社会工作师登记。",
    "与导师结对完成“老旧小区改造意见征集”项目，收集意见建议168条，全部答复。",
    "配合完成城乡居民医保缴费、养老资格认证和残疾人两项补贴的核对工作。",
    "组织“邻里节”“科学健康素养进小区”等活动12场，参加居民860人次。",
    "存在的不足是对物业管理政策学习还不够系统，下一年度将重点补齐。",
    "坚持每周二、周四晚到小区值班，做到小事不出网格、大事不出社区。",
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "一诺思远文静子涵建国秀英晓东雨桐志强春梅海燕"


@dataclass(frozen=True, slots=True)
class FormFigures:
    """Figures of one run on one core. Rates in forms a second; bytes of the PDF a form; memory in megabytes.

    ``weasyprint_count`` forms were really made by WeasyPrint: its figure a form holds for them and is not stretched.
    CPU seconds beside the clock's, because other programs may share the machine.
    """

    count: int
    lay_out_seconds: float
    fill_seconds: float
    fill_cpu_seconds: float
    fill_per_second: float
    fill_per_cpu_second: float
    fill_bytes_each: int
    weasyprint_count: int
    weasyprint_seconds_each: float
    weasyprint_per_second: float
    weasyprint_bytes_each: int
    times_faster: float
    peak_megabytes_after_filling: float
    peak_megabytes: float


def bench_forms(templates: Environment, fonts: Fonts, *, count: int = 500, weasyprint_count: int = 30) -> FormFigures:
    """Print ``count`` invented people by filling, and the first ``weasyprint_count`` of them one by one.

    Laying out the blank form is part of the filling time.
    """
    people = [invented_form(number) for number in range(count)]
    started, started_cpu = time.perf_counter(), time.process_time()
    printer = AppraisalFormPrinter(templates, fonts)
    laid_out = time.perf_counter()
    with TemporaryDirectory(prefix="bench-") as folder:
        target = Path(folder) / "forms.pdf"
        printer.fill_many(people, target)
        filled, filled_cpu = time.perf_counter(), time.process_time()
        size = target.stat().st_size
    peak_filling = _peak_megabytes()
    few = people[:weasyprint_count]
    one_by_one = BytesIO()
    begun = time.perf_counter()
    for person in few:
        one_by_one.write(printer.render_with_weasyprint(person))
    each = (time.perf_counter() - begun) / len(few)
    return FormFigures(
        count=count,
        lay_out_seconds=round(laid_out - started, 3),
        fill_seconds=round(filled - started, 3),
        fill_cpu_seconds=round(filled_cpu - started_cpu, 3),
        fill_per_second=round(count / (filled - started), 1),
        fill_per_cpu_second=round(count / (filled_cpu - started_cpu), 1),
        fill_bytes_each=size // count,
        weasyprint_count=len(few),
        weasyprint_seconds_each=round(each, 4),
        weasyprint_per_second=round(1 / each, 2),
        weasyprint_bytes_each=one_by_one.tell() // len(few),
        times_faster=round(each * count / (filled - started), 1),
        peak_megabytes_after_filling=peak_filling,
        peak_megabytes=_peak_megabytes(),
    )


def invented_form(number: int) -> AppraisalForm:
    """A believable form of an invented person, the same for the same number; every 40th has a very long summary."""
    chance = random.Random(number)  # noqa: S311 - invented people, not secrets
    long = number % 40 == 39
    summary = "\n".join(
        "".join(chance.sample(_SENTENCES, chance.randint(3, 6))) for _ in range(12 if long else chance.randint(1, 4))
    )
    name = chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, chance.randint(1, 2)))
    excellent, total = chance.randint(5, 25), 30
    return AppraisalForm(
        year="2025",
        name=name,
        sex=chance.choice("男女"),
        birth_month=f"{chance.randint(1968, 2002)}.{chance.randint(1, 12):02d}",
        ethnic="汉族",
        political=chance.choice(("中共党员", "共青团员", "群众")),
        education=chance.choice(("大专", "大学本科", "硕士研究生")),
        qualification=chance.choice(("", "助理社会工作师", "社会工作师")),
        post_since=f"{chance.randint(2015, 2025)}.{chance.randint(1, 12):02d}",
        unit_and_post=f"费城街道第{number % 23 + 1}社区　社区工作者",
        duties=chance.choice(("网格治理", "民政救助、养老服务", "党建、宣传", "矛盾调解、综治信访")),
        summary=summary,
        training=f"区级 {chance.randint(8, 48)} 学时　街道 {chance.randint(8, 40)} 学时",
        ballots=f"优秀 {excellent} 票　称职 {total - excellent} 票　基本称职 0 票　不称职 0 票",
        satisfaction=f"{chance.randint(820, 999) / 10:.1f}%",
        scores=f"任务完成 {chance.randint(300, 400) / 10:.1f}/40　廉洁自律 20.0/20　教育培训 14.0/15　合计 95.6",
        community_opinion="".join(chance.sample(_SENTENCES, 1)) + "同意推荐。",
        community_date="2025年12月12日",
        street_opinion="建议评定为称职等次。",
        street_grade="称职",
        number=f"KH-2025-{number:05d}",
        printed_by="费城街道",
        printed_at="2025-12-18 10:42",
        check_code=f"{chance.randrange(16**4):04X}-{chance.randrange(16**4):04X}",
    )


def _peak_megabytes() -> float:
    """The most memory this process has ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
