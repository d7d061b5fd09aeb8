"""Excel columns of what follows the exam: checks, the final list, appointments."""

from careerpath.core.sheets import Column, SheetSpec, choice, day, decimal, digits, text, whole
from careerpath.employees.sheets.readers import identity, phone, words
from careerpath.policy.recruitment import OUTCOMES
from careerpath.recruitment.models import CheckKind
from careerpath.recruitment.operations.checks import LONGEST_NOTE, LONGEST_PLACE
from careerpath.recruitment.queries.words import CHANNEL_NAMES, CHECK_KINDS
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")
HELD = msg("不合格的必须写明原因。导出时不含说明，留空表示不变。")
PLACES = {CheckKind.MEDICAL: "体检医院", CheckKind.BACKGROUND: "考察单位"}

_PASSED = choice({True: "合格", False: "不合格"})
_OUTCOMES = choice({outcome.value: str(name) for outcome, name in OUTCOMES.items()})
_NUMBER = Column(
    "number",
    "准考证号",
    digits(hint=msg("准考证号；补选、转隶填报名号"), width=18),
    required=True,
    aliases=("报名号", "考号"),
)
_NAME = Column("name", "姓名", text(64, tight=True, width=10), note=msg("填写的与准考证号核对。"))
_POSITION = (
    Column("position", "岗位代码", text(20), note=LOOK),
    Column("unit", "招聘单位", text(160, width=20), note=LOOK),
)


def check_columns(kind: CheckKind) -> tuple[Column, ...]:
    """The columns of one kind of check; keys are the kind and the field: ``medical_on``."""
    name = str(CHECK_KINDS[kind])
    return (
        Column(f"{kind.value}_passed", f"{name}结论", _PASSED),
        Column(f"{kind.value}_on", f"{name}日期", day()),
        Column(f"{kind.value}_place", PLACES[kind], text(LONGEST_PLACE)),
        Column(f"{kind.value}_note", f"{name}说明", text(LONGEST_NOTE, width=30), note=HELD, secret=True),
    )


CHECKS_SPEC = SheetSpec(
    "candidate-checks",
    "体检考察",
    (_NUMBER, _NAME, *_POSITION, *check_columns(CheckKind.MEDICAL), *check_columns(CheckKind.BACKGROUND)),
    key_columns=("number",),
)
"""Medical examinations and background checks. A blank cell says nothing."""

FINAL_SPEC = SheetSpec(
    "final-list",
    "最终名单",
    (
        *_POSITION,
        Column("title", "岗位名称", text(60)),
        Column("channel", "招聘方式", words(CHANNEL_NAMES)),
        Column("rank", "名次", whole()),
        _NUMBER,
        _NAME,
        Column("written", "笔试成绩", decimal(2)),
        Column("interview", "面试成绩", decimal(2)),
        Column("bonus", "加分", decimal(2)),
        Column("total", "总成绩", decimal(2)),
        Column("first_outcome", "公布时结果", _OUTCOMES, width=18),
        Column("outcome", "现结果", _OUTCOMES, width=18),
        Column("medical", "体检", _PASSED),
        Column("background", "考察", _PASSED),
        Column("left_on", "退出日期", day()),
        Column("successor", "递补人选", text(24), note=msg("准考证号或报名号。")),
    ),
)
"""The final list as it stands, with checks and who moved up."""

APPOINTMENTS_SPEC = SheetSpec(
    "appointments",
    "聘用人员名单",
    (
        Column("employee", "人员编号", digits(width=12)),
        _NAME,
        Column("identity", "身份证号", identity(), secret=True),
        Column("phone", "手机", phone(), secret=True),
        *_POSITION,
        Column("title", "岗位名称", text(60)),
        Column("channel", "招聘方式", words(CHANNEL_NAMES)),
        Column("starts_on", "聘用起始日期", day()),
        Column("contract_ends_on", "合同终止日期", day()),
        Column("probation_ends_on", "试用期至", day()),
        Column("document", "聘用文号", text(120)),
    ),
)
"""Who was appointed, and under which terms."""
