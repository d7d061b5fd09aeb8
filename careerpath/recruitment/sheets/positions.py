"""Excel columns of positions."""

from careerpath.core.sheets import Column, SheetSpec, choice, digits, text, whole
from careerpath.employees.sheets.emptied import EMPTIED
from careerpath.employees.sheets.readers import codes, optional_column, words
from careerpath.policy.codes import Post
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import RecruitmentPosition
from careerpath.recruitment.operations.positions import LONGEST_DEMAND, LONGEST_TITLE, MOST_PLACES, NewPosition
from careerpath.recruitment.queries.words import CHANNEL_NAMES
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")

FIELDS = ("title", "channel", "places", "post", "group", "demand")
"""Columns whose keys are the fields of a position."""


def positions_spec(edition: RecruitmentEdition | None) -> SheetSpec:
    """The columns; groups are those of the rules, none without rules."""
    groups = {group.code: group.name for group in edition.groups} if edition else {}
    return SheetSpec(
        "positions",
        "招聘岗位",
        (
            optional_column(
                "code",
                "岗位代码",
                digits(r"[0-9A-Z-]{1,20}", hint=msg("数字或字母，如 001"), width=12),
                note=msg("已有岗位按代码核对；新增岗位可留空，由系统编号。"),
                aliases=("岗位编号", "代码"),
                example="001",
            ),
            Column(
                "unit",
                "招聘单位",
                text(160, width=24),
                required=True,
                aliases=("单位", "社区", "单位名称"),
                note=msg("填单位编码、全称或简称；重名时写成“街道/社区”。"),
                example="费城街道/书苑社区",
            ),
            Column("title", "岗位名称", text(LONGEST_TITLE), required=True, example="社区工作者"),
            Column("channel", "招聘方式", words(CHANNEL_NAMES), required=True, aliases=("渠道", "招聘渠道")),
            Column("places", "招聘人数", whole(1, MOST_PLACES), required=True, aliases=("人数",), example=2),
            optional_column("post", "职务层级", codes(Post), aliases=("职务层次",), note=msg("留空为一般。")),
            optional_column("group", "定向人员类别", choice(groups), note=msg("面向所有人员的留空。")),
            Column("quota", "员额", whole(), note=LOOK),
            Column("actual", "实有", whole(), note=LOOK),
            optional_column("demand", "其他要求", text(LONGEST_DEMAND, width=30)),
        ),
        key_columns=("code",),
    )


def position_cells(position: RecruitmentPosition) -> dict[str, object]:
    """A position by column, but for the name of its unit."""
    return {name: getattr(position, name) or None for name in (*FIELDS, "code")} | {
        "quota": position.quota,
        "actual": position.actual,
    }


def given_position(position: RecruitmentPosition) -> NewPosition:
    """A position as it would be given anew."""
    return NewPosition(
        unit_id=position.unit_id, code=position.code, **{name: getattr(position, name) for name in FIELDS}
    )


def plain(key: str, value: object) -> object:
    """The value of a cell as a position keeps it: emptied ones are as in a new position."""
    if value is not EMPTIED:
        return value
    return Post.STAFF.value if key == "post" else ""
