"""Excel columns of the exam: who came, the points that were typed, the judges' score sheets."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from careerpath.core.sheets import Column, SheetSpec, choice, decimal, digits, text, whole
from careerpath.employees.sheets.readers import words
from careerpath.policy.recruitment import OUTCOMES
from careerpath.recruitment.queries.scores import Paper
from careerpath.recruitment.queries.words import ATTENDANCES
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")
ANY_PAPER = Paper("", str(msg("笔试成绩")), Decimal(1000), 2)
USUAL_JUDGES = 7

_EXAM_NUMBER = digits(hint=msg("准考证号，请用文本格式"), width=18)
_SECRET_NUMBER = digits(hint=msg("答题卡上的密号，请用文本格式"), width=14)
_POSITION = Column("position", "岗位代码", text(20), note=LOOK)
_OUTCOMES = choice({outcome.value: str(name) for outcome, name in OUTCOMES.items()})

ATTENDANCE_SPEC = SheetSpec(
    "attendance",
    "笔试到考情况",
    (
        Column("room", "考场", whole(), note=LOOK),
        Column("seat", "座位", whole(), note=LOOK),
        Column("exam_number", "准考证号", _EXAM_NUMBER, required=True, aliases=("考号",)),
        Column("name", "姓名", text(64, tight=True, width=10), note=msg("填写的与准考证号核对。")),
        _POSITION,
        Column("attendance", "到考情况", words(ATTENDANCES), aliases=("到考", "出勤")),
    ),
    key_columns=("exam_number",),
)
"""Who came to the written exam. A row without a mark says nothing."""


def paper_key(code: str) -> str:
    """The key of a paper's column."""
    return f"paper_{code}"


def scores_spec(papers: Sequence[Paper]) -> SheetSpec:
    """Points by secret number, a column for each paper. Without a name, and before the release without points."""
    return SheetSpec(
        "written-scores",
        "笔试成绩",
        (
            Column("secret_number", "密号", _SECRET_NUMBER, required=True, aliases=("试卷密号",)),
            *_paper_columns(papers),
        ),
        key_columns=("secret_number",),
    )


def released_spec(papers: Sequence[Paper]) -> SheetSpec:
    """The written scores once they are released, by exam number."""
    return SheetSpec(
        "released-scores",
        "笔试成绩",
        (
            Column("exam_number", "准考证号", _EXAM_NUMBER),
            _POSITION,
            Column("attendance", "到考情况", words(ATTENDANCES)),
            Column("secret_number", "密号", _SECRET_NUMBER),
            *_paper_columns(papers),
            Column("written", "笔试总分", decimal(2)),
            Column("bonus", "加分", decimal(2)),
            Column("rank", "名次", whole()),
            Column("outcome", "结果", _OUTCOMES, width=16),
        ),
    )


def judge_key(seat: int) -> str:
    """The key of a judge's column."""
    return f"judge_{seat}"


def interview_spec(judges: int, maximum: Decimal, decimals: int) -> SheetSpec:
    """The score sheets: a column for each judge of the largest panel."""
    points = decimal(decimals, minimum=Decimal(0), maximum=maximum, width=10)
    return SheetSpec(
        "interview-sheets",
        "面试评分",
        (
            Column("group", "面试组", whole(), note=LOOK),
            Column("order", "抽签号", whole(), note=LOOK),
            Column("exam_number", "准考证号", _EXAM_NUMBER, required=True, aliases=("考号",)),
            _POSITION,
            Column("attendance", "到场情况", words(ATTENDANCES), note=msg("填写了评分的视为到考。")),
            *(Column(judge_key(seat), f"考官{seat}", points) for seat in range(1, judges + 1)),
        ),
        key_columns=("exam_number",),
    )


def _paper_columns(papers: Iterable[Paper]) -> Iterable[Column]:
    return (
        Column(
            paper_key(paper.code),
            paper.name,
            decimal(paper.decimals, minimum=Decimal(0), maximum=paper.maximum),
            aliases=("成绩", "得分") if not paper.code else (),
        )
        for paper in papers
    )
