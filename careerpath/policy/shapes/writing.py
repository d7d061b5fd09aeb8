"""A plain edition as TOML, so that what came in as a workbook can be read and kept as text like any other."""

import json
import re
from collections.abc import Mapping
from typing import Any

from careerpath.policy.shapes.shape import HEAD, Kind, Listed, Mapped, Node, Record, Shape, Value
from careerpath.policy.shapes.showing import number_of

BARE = re.compile(r"[A-Za-z0-9_-]+")
NUMBERS = (Kind.WHOLE, Kind.NUMBER, Kind.MONEY, Kind.SHARE)


def toml_text(shape: Shape, plain: Mapping[str, Any]) -> str:
    """The edition as TOML; reading it again gives the same edition."""
    plain = shape.even(plain)
    fields = {each.key: each.node for each in (HEAD, *shape.fields)}
    singles = [f"{_key(key)} = {_inline(fields.get(key), value)}" for key, value in plain.items() if not _wide(value)]
    pieces = ["\n".join(singles)] if singles else []
    for key in sorted((key for key, value in plain.items() if _wide(value)), key=list(fields).index):
        pieces += _sections(_key(key), fields.get(key), plain[key])
    return "\n\n".join(pieces) + "\n"


def _sections(name: str, node: Node | None, value: Any) -> list[str]:
    """``[name]`` or ``[[name]]`` with its values, and what does not fit in a line below it."""
    if isinstance(value, list):
        return [piece for item in value for piece in _section(f"[[{name}]]", name, _item(node), item)]
    return _section(f"[{name}]", name, node, value)


def _section(head: str, name: str, node: Node | None, values: Mapping[str, Any]) -> list[str]:
    lines, deeper = [head], []
    for key, value in values.items():
        inner = _inner(node, key)
        if isinstance(value, list) and len(value) > 1 and all(_short(item) for item in value):
            rows = "".join(f"  {_inline(_item(inner), item)},\n" for item in value)
            lines.append(f"{_key(key)} = [\n{rows}]")
        elif _wide(value) and not _flat(value):
            deeper += _sections(f"{name}.{_key(key)}", inner, value)
        else:
            lines.append(f"{_key(key)} = {_inline(inner, value)}")
    return ["\n".join(lines), *deeper]


def _wide(value: Any) -> bool:
    """Whether a value is a table or a list of tables."""
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(item, Mapping) for item in value))


def _flat(value: Any) -> bool:
    """Whether a table is small enough for one line: a ground, a day of the year, a few weights."""
    return isinstance(value, Mapping) and not any(_wide(item) for item in value.values()) and len(value) <= 12


def _short(value: Any) -> bool:
    """Whether a table is a row of a few numbers: a level and its amount."""
    return _flat(value) and len(value) <= 4 and not any(isinstance(item, Mapping | list) for item in value.values())


def _inline(node: Node | None, value: Any) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_inline(_inner(node, key), item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inline(node, item) for item in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    kind = node.kind if isinstance(node, Value) else Kind.TEXT
    exact = number_of(value) if kind in NUMBERS or not isinstance(value, str) else None
    if exact is not None:
        return format(exact, "f")
    if kind is Kind.DAY:
        return str(value)
    # A basic string of TOML escapes what JSON escapes; DEL is the one character that only TOML forbids.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _inner(node: Node | None, key: str) -> Node | None:
    if isinstance(node, Mapped):
        return node.at(key)
    if isinstance(node, Record):
        return next((each.node for each in node.fields if each.key == key), None)
    return None


def _item(node: Node | None) -> Node | None:
    return node.item if isinstance(node, Listed) else node


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
