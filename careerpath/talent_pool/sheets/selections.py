"""Excel columns of selections: those nominated with what became of them, and the points of the stages."""

from decimal import Decimal

from careerpath.core.sheets import Column, SheetSpec, decimal, digits, text, whole
from careerpath.employees.sheets.readers import words
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.talent_pool.operations.nominations import LONGEST_NOMINATOR, LONGEST_STATEMENT, MOST_SUPPORTERS
from careerpath.talent_pool.operations.stages import MOST_VOTES
from careerpath.talent_pool.queries.words import ENTRANT_STATES, NOMINATIONS, OUTCOMES
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")

_NUMBER = Column("number", "人员编号", digits(hint=msg("社区工作者的编号，请用文本格式"), width=14), required=True)
_NAME = Column("name", "姓名", text(64, tight=True, width=10), note=msg("填写的与人员编号核对。"))
_UNIT = Column("unit", "竞岗单位", text(160, width=20))
_SUPPORTERS = whole(minimum=0, maximum=MOST_SUPPORTERS)
_VOTES = whole(minimum=0, maximum=MOST_VOTES)


def points_key(stage: str) -> str:
    """The key of the column with a stage's points."""
    return f"points_{stage}"


def votes_key(stage: str, what: str) -> str:
    """The key of a column of a stage's tally; ``what`` is ``for`` or ``cast``."""
    return f"votes_{what}_{stage}"


def entrants_spec(edition: TalentPoolEdition | None) -> SheetSpec:
    """Nominations, which come in, and beside them what became of them, which only goes out."""
    stages = () if edition is None else edition.stages
    return SheetSpec(
        "selection-entrants",
        "竞岗人选",
        (
            _NUMBER,
            _NAME,
            Column("unit", "竞岗单位", text(160, width=20), note=msg("有名额的社区名称；留空为本人所在社区。")),
            Column("home", "现单位及职务", text(160, width=30), note=LOOK),
            Column("nomination", "推荐方式", words(NOMINATIONS), note=msg("留空为组织推荐。")),
            Column("nominated_by", "推荐单位或推荐人", text(LONGEST_NOMINATOR), note=msg("组织推荐的留空为本单位。")),
            Column("supporters", "联名人数", _SUPPORTERS, note=msg("群众联名推荐的填写。")),
            Column("statement", "推荐（自荐）理由", text(LONGEST_STATEMENT, width=40)),
            Column("state", "资格审查", words(ENTRANT_STATES), note=LOOK),
            Column("review_reason", "审查说明", text(200, width=30), note=LOOK),
            *(
                Column(points_key(stage.code), f"{stage.name}得分", decimal(2), note=LOOK)
                for stage in stages
            ),
            Column("total", "总分", decimal(2), note=LOOK),
            Column("rank", "名次", whole(), note=LOOK),
            Column("outcome", "结果", words(OUTCOMES), note=LOOK),
        ),
        key_columns=("number",),
    )  # fmt: skip


def stage_points_spec(edition: TalentPoolEdition | None) -> SheetSpec:
    """Points of every stage, or the tally of a vote from which they follow; an empty cell says nothing."""
    stages = () if edition is None else edition.stages
    return SheetSpec(
        "stage-points",
        "竞岗环节成绩",
        (
            _NUMBER,
            _NAME,
            Column("unit", "竞岗单位", _UNIT.reader, note=LOOK),
            *(column for stage in stages for column in _stage_columns(stage)),
        ),
        key_columns=("number",),
    )


def _stage_columns(stage: SelectionStage) -> tuple[Column, ...]:
    by_tally = msg("填写得票和投票人数的，得分由系统折算，请留空。")
    return (
        Column(
            points_key(stage.code),
            f"{stage.name}得分",
            decimal(2, minimum=Decimal(0), maximum=stage.maximum),
            note=by_tally,
        ),
        Column(votes_key(stage.code, "for"), f"{stage.name}得票", _VOTES),
        Column(votes_key(stage.code, "cast"), f"{stage.name}投票人数", _VOTES),
    )
