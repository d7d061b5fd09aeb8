"""Editions that stand in files."""

from pathlib import Path

from careerpath.policy.catalogue import read_toml
from careerpath.policy.edition import Edition
from careerpath.rulebook.operations import is_workbook
from careerpath.rulebook.sheets import edition_from_workbook
from careerpath.words import Refused, msg


def edition_in(path: Path) -> Edition:
    """The edition in a file, TOML or a workbook."""
    return edition_from_workbook(path, path.name) if is_workbook(path.name) else read_toml(text_in(path), path.name)


def text_in(path: Path) -> str:
    """The text of a file; refuses what is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(msg("%(file)s 不是 UTF-8 文本，请另存为 UTF-8 后重试。", file=path.name)) from error
