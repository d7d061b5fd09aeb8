"""The report as JSON values for other programs; the schema is told in docs/annual-report.md."""

from decimal import Decimal
from typing import Any

from careerpath.annual_reports.documents.contents import Chapter, FigureLine, Grid, NameList, Report

SCHEMA = "careerpath/annual-report/1"
"""Names the shape of the document; another number when a key changes its meaning."""


def plain_report(report: Report) -> dict[str, Any]:
    """The whole report: numbers as strings with the decimals that the paper shows, days as ``YYYY-MM-DD``."""
    return {
        "schema": SCHEMA,
        "report": {
            "title": report.title,
            "unit": {"code": report.unit_code, "name": report.unit},
            "year": report.year,
            "on": report.on.isoformat(),
            "state": "frozen" if report.frozen else "draft",
            "example": report.example,
            "document": report.document,
            "signed_by": report.signed_by,
            "signed_on": report.signed_on.isoformat() if report.signed_on else None,
            "gathered_at": report.gathered_at or None,
            "number": report.foot.number or None,
            "check_code": report.foot.check_code or None,
            "grounds": list(report.grounds),
        },
        "sections": [_chapter(chapter) for chapter in report.chapters],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "code": chapter.code,
        "title": chapter.title,
        "text": list(chapter.paragraphs),
        "figures": [_figure(one) for one in chapter.figures],
        "tables": [_table(one) for one in chapter.tables],
        "lists": [_list(one) for one in chapter.lists],
        "notes": list(chapter.notes),
    }


def _figure(one: FigureLine) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "unit": one.unit,
        "value": _number(one.value),
        "last": _number(one.last),
        "change": _number(one.change),
        "total": _number(one.total),
    }


def _table(grid: Grid) -> dict[str, Any]:
    rows = [{"name": row.name, "cells": [_cell(cell) for cell in row.cells]} for row in grid.rows]
    return {
        "code": grid.code,
        "title": grid.title,
        "unit": grid.unit,
        "first": grid.first,
        "heads": list(grid.heads),
        "rows": rows[:-1] if grid.summed else rows,
        "total": rows[-1] if grid.summed else None,
    }


def _list(names: NameList) -> dict[str, Any]:
    return {
        "code": names.code,
        "title": names.title,
        "heads": list(names.heads),
        "rows": [list(row) for row in names.rows],
        "left_out": names.left_out,
    }


def _cell(cell: Decimal | str | None) -> str | None:
    return _number(cell) if isinstance(cell, Decimal) else cell


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
