"""Excel columns of rotations, hosts and wishes, in and out; and of whose turn it is, out."""

from collections.abc import Mapping

from careerpath.core.sheets import Column, SheetSpec, choice, day, digits, text, whole
from careerpath.rotations.models import HostKind
from careerpath.rotations.operations.hosts import LONGEST_CONTACT, LONGEST_REMARK, MOST_PLACES
from careerpath.rotations.operations.hosts import LONGEST_NAME as LONGEST_HOST
from careerpath.rotations.operations.rotations import LONGEST_HOME, LONGEST_NAME, LONGEST_POST, LONGEST_TASKS
from careerpath.rotations.operations.steps import LONGEST_DOCUMENT, LONGEST_NOTE
from careerpath.rotations.queries.words import HOST_KINDS
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")
LISTED = msg("多项用顿号分开。")
KINDS = {kind: str(word) for kind, word in HOST_KINDS.items()}
FALLBACK = {"secondment": "挂职锻炼"}
"""So that a template can be made before any edition is in force."""

NUMBER = Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107")
NAME = Column("name", "姓名", text(LONGEST_NAME, tight=True, width=10), required=True, example="黎书航")


def rotations_spec(kinds: Mapping[str, str]) -> SheetSpec:
    """The columns; ``kinds`` are the names of the kinds by code."""
    return SheetSpec(
        "rotations",
        "轮岗锻炼",
        (
            Column(
                "number",
                "编号",
                digits(width=12),
                aliases=("人员编号",),
                example="FX-0107",
                note=msg("没有人员档案的下派干部留空，并填写派出单位及职务、派出单位所在地。"),
            ),
            NAME,
            Column("home", "派出单位及职务", text(LONGEST_HOME, width=28), note=msg("在册人员的由系统填写。")),
            Column("unit", "派出单位所在地", text(160, width=18), note=msg("只有下派干部需要填写街道或区（县）。")),
            Column("kind", "锻炼方式", choice(dict(kinds) or FALLBACK), required=True, aliases=("方式",)),
            Column("host", "接收单位", text(LONGEST_HOST, width=22), required=True, example="综治中心"),
            Column("host_post", "锻炼岗位", text(LONGEST_POST, width=16), required=True, example="干事"),
            Column("starts_on", "开始日期", day(), required=True, example="2025-09-01"),
            Column("ends_on", "结束日期", day(), required=True, example="2026-08-31"),
            Column("tasks", "锻炼任务", text(LONGEST_TASKS, lines=True, width=28)),
            Column("document", "文号", text(LONGEST_DOCUMENT, width=20)),
            Column("reason", "理由", text(LONGEST_NOTE, width=20), note=msg("期限与规定不同时必须填写。")),
            Column("standing", "情况", text(20, width=10), note=LOOK),
            Column("returned_on", "在外最后一天", day(), note=LOOK),
            Column("grade", "鉴定等次", text(40, width=10), note=LOOK),
        ),
    )


HOSTS_SPEC = SheetSpec(
    "hosts",
    "接收单位",
    (
        Column("keeper", "登记单位", text(160, width=18), required=True, example="费城街道"),
        Column("name", "接收单位", text(LONGEST_HOST, width=24), required=True, aliases=("名称",), example="综治中心"),
        Column("kind", "类别", choice(KINDS), required=True, example=KINDS[HostKind.DEPARTMENT]),
        Column("places", "可接收人数", whole(0, MOST_PLACES), example=2, note=msg("不限的填 0。")),
        Column("kinds", "接收的锻炼方式", text(200, width=20), note=LISTED, example="跟岗学习、挂职锻炼"),
        Column("lines", "可以学到的业务", text(400, width=24), note=LISTED),
        Column("contact", "联系人和电话", text(LONGEST_CONTACT, width=20)),
        Column("remark", "备注", text(LONGEST_REMARK, width=20)),
        Column("here", "在位人数", whole(0), note=LOOK),
        Column("used", "使用情况", text(10, width=10), note=LOOK),
    ),
)
"""Hosts of the list; a unit of the tree comes onto it by itself."""


def wishes_spec(kinds: Mapping[str, str]) -> SheetSpec:
    """The columns; ``kinds`` are the names of the kinds by code."""
    return SheetSpec(
        "rotation-wishes",
        "轮岗意愿",
        (
            NUMBER,
            NAME,
            Column("home", "现任单位和职务", text(200, width=28), note=LOOK),
            Column("kind", "锻炼方式", choice(dict(kinds) or FALLBACK), note=msg("不限的留空。")),
            Column("host", "想去的单位", text(LONGEST_HOST, width=22), note=msg("不限的留空。")),
            Column("lines", "想学的业务", text(400, width=24), note=LISTED),
            Column("earliest_on", "最早开始", day()),
            Column("note", "说明", text(LONGEST_NOTE, width=24)),
            Column("wished_on", "登记日期", day(), note=LOOK),
        ),
    )


TURNS_SPEC = SheetSpec(
    "rotation-turns",
    "应轮岗人员",
    (
        Column("number", "编号", digits(width=12)),
        Column("name", "姓名", text(64, width=10)),
        Column("home", "单位和职务", text(200, width=28)),
        Column("joined_on", "进社区", day()),
        Column("last", "最近一次到", day()),
        Column("since", "应从何时起安排", day()),
        Column("because", "说明", text(400, width=40)),
    ),
)
"""Who has been on no rotation for too long; it only goes out."""
