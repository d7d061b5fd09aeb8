"""Points and tallies as they are typed: one row as it is typed, or a whole page without script."""

from collections.abc import Mapping
from dataclasses import replace

from careerpath.core.web.cells import CellFaults, number
from careerpath.core.web.paths import whole_number
from careerpath.talent_pool.operations.stages import PointsGiven
from careerpath.talent_pool.queries.stages import PointsRow
from careerpath.words import Message, Refused, msg

VOTES = ("votes_for", "votes_cast")


def points_given(version: object, values: object, row: PointsRow | None = None) -> PointsGiven:
    """The entry of one row; cells that were not sent keep what stands in ``row``. Raises ``CellFaults``.

    Whoever types points where a tally stood replaces the tally, and the other way round.
    """
    if not isinstance(version, int) or isinstance(version, bool) or not isinstance(values, Mapping):
        raise Refused(msg("浏览器发来的内容不完整，请刷新页面后重试。"))
    standing = row.kept if row is not None else None
    faults: dict[str, Message] = {}
    given = PointsGiven(version=version)
    if standing is not None and "points" not in values:
        given = replace(given, votes_for=standing.votes_for, votes_cast=standing.votes_cast)
    for name, text in values.items():
        if not isinstance(text, str) or name not in ("points", *VOTES):
            raise Refused(msg("这一列不能填写。"), field=str(name))
        try:
            if name == "points":
                given = replace(given, points=number(text))
            elif name == "votes_for":
                given = replace(given, votes_for=_count(text))
            else:
                given = replace(given, votes_cast=_count(text))
        except Refused as refusal:
            faults[name] = refusal.message
    if faults:
        raise CellFaults(faults)
    return given


def rows_given(form: Mapping[str, str]) -> dict[int, PointsGiven]:
    """All rows of the plain form, fields ``ROW:NAME`` and ``ROW:version``."""
    rows: dict[int, dict[str, str]] = {}
    for key, text in form.items():
        row, colon, name = key.partition(":")
        row_id = whole_number(row)
        if colon and row_id is not None:
            rows.setdefault(row_id, {})[name] = text
    found: dict[int, PointsGiven] = {}
    for row_id, values in rows.items():
        version = whole_number(values.pop("version", ""))
        if version is not None:
            found[row_id] = points_given(version, values)
    return found


def _count(text: str) -> int | None:
    found = number(text)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise Refused(msg("“%(text)s”应为整数。", text=text[:20]))
    return int(found)
