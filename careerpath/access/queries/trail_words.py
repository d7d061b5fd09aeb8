"""What operations, tables and columns are called when the trail is shown. Each room brings its own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from careerpath.access.operations.unit_plan import KIND_NAMES
from careerpath.access.permissions import ROLE_NAMES
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class RoomWords:
    """The words of one room: its operations, its tables, their columns, and codes in these columns."""

    operations: Mapping[str, Message] = field(default_factory=dict)
    tables: Mapping[str, Message] = field(default_factory=dict)
    columns: Mapping[str, Message] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Message]] = field(default_factory=dict)
    """Words for codes that stand in a column: ``{"role": {"auditor": …}}``."""


@dataclass(frozen=True, slots=True)
class TrailWords:
    """The words of all rooms; what no room has named is shown by its code."""

    rooms: tuple[RoomWords, ...]

    def operation(self, name: str) -> Message | str:
        """An operation's name for people."""
        return next((room.operations[name] for room in self.rooms if name in room.operations), name)

    def table(self, name: str) -> Message | str:
        """A table's name for people."""
        return next((room.tables[name] for room in self.rooms if name in room.tables), name)

    def column(self, table: str, name: str) -> Message | str:
        """A column's name for people, in the words of the room that the table belongs to."""
        found = (room.columns[name] for room in self.rooms if table in room.tables and name in room.columns)
        return next(found, name)

    def value(self, table: str, column: str, code: object) -> object:
        """A code's name for people; any other value as it is."""
        found = (room.values[column] for room in self.rooms if table in room.tables and column in room.values)
        return next(found, {}).get(str(code), code)

    def operations(self) -> list[tuple[str, Message]]:
        """All operations with their names, for a choice."""
        return [pair for room in self.rooms for pair in room.operations.items()]

    def tables(self) -> list[tuple[str, Message]]:
        """All tables with their names, for a choice."""
        return [pair for room in self.rooms for pair in room.tables.items()]


def trail_words() -> TrailWords:
    """The words of all rooms of the running program."""
    found: TrailWords = current_app.extensions["careerpath.trail_words"]
    return found


def _by_code(words: Mapping[Any, Message]) -> dict[str, Message]:
    return {code.value: word for code, word in words.items()}


CHANGE_KINDS: Mapping[str, Message] = {"made": msg("新增"), "changed": msg("修改"), "removed": msg("删除")}

RESULTS: Mapping[str, Message] = {"done": msg("成功"), "denied": msg("无权限"), "failed": msg("失败")}

CHANNELS: Mapping[str, Message] = {"web": msg("网页"), "console": msg("命令行"), "job": msg("后台任务")}

ACCESS_WORDS = RoomWords(
    operations={
        "sign_in": msg("登录"),
        "sign_out": msg("退出登录"),
        "change_password": msg("修改密码"),
        "end_sign_in": msg("结束本人的一次登录"),
        "end_other_sign_ins": msg("结束本人的其他登录"),
        "create_user": msg("新建账号"),
        "enrol_user": msg("新建账号并授权"),
        "reset_password": msg("重置密码"),
        "unlock_user": msg("解锁账号"),
        "set_active": msg("停用或启用账号"),
        "grant_role": msg("授予角色"),
        "end_grant": msg("收回角色"),
        "put_units": msg("导入单位"),
        "create_unit": msg("新增单位"),
        "change_unit": msg("修改单位"),
        "end_unit": msg("撤销单位"),
        "export_audit": msg("导出审计记录"),
    },
    tables={
        "unit": msg("单位"),
        "user_account": msg("账号"),
        "role_grant": msg("角色授权"),
        "sign_in": msg("登录"),
    },
    columns={
        "code": msg("编码"),
        "name": msg("名称"),
        "short_name": msg("简称"),
        "initials": msg("拼音首字母"),
        "kind": msg("类别"),
        "parent_id": msg("上级单位"),
        "households": msg("户数"),
        "residents": msg("人口"),
        "starts_on": msg("开始日期"),
        "ends_on": msg("结束日期"),
        "display_name": msg("姓名"),
        "password_hash": msg("密码"),
        "must_change_password": msg("须修改密码"),
        "failed_count": msg("连续失败次数"),
        "locked_until": msg("锁定至"),
        "active": msg("启用"),
        "created_at": msg("创建时间"),
        "user_id": msg("账号"),
        "role": msg("角色"),
        "unit_id": msg("单位"),
        "token_hash": msg("登录凭证"),
        "started_at": msg("登录时间"),
        "last_seen_at": msg("最近访问"),
        "ended_at": msg("结束时间"),
        "address": msg("网络地址"),
        "agent": msg("浏览器"),
    },
    values={"role": _by_code(ROLE_NAMES), "kind": _by_code(KIND_NAMES)},
)
"""The words of units, accounts, roles and sign-ins."""
