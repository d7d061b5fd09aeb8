"""The tree of files: what may stand where, how long it may be, and what may not stand in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE, TEMPLATES, TESTS = ROOT / "careerpath", ROOT / "templates", ROOT / "tests"

MOST_LINES = 400
WRITTEN = (".py", ".html", ".css", ".js")
VAGUE = re.compile(r"(util|utils|helper|helpers|common|manager|managers|service|services|misc)")

ROOM_FILES = frozenset({"__init__", "models", "queries", "documents", "operations", "forms", "sheets", "views"})
FEATURES = (
    *("employees", "appraisals", "rulebook", "dashboard", "printing", "spreadsheets", "recruitment", "pay"),
    *("talent_pool", "mentoring", "rotations", "training", "honours", "skills"),
    *("figures", "career_file", "annual_reports"),
)
MORE_FILES = {
    "access": {"actor", "audit", "guard", "permissions", "scope", "session", "data", "tabs"},
    "jobs": {"lease", "runner"},
    "printing": {"catalogue", "bench"},
    "spreadsheets": {"catalogue"},
    "skills": {"codes"},
}
"""What a room holds beside the usual: the ground room of scope and trail, the runner of jobs, tables of contents."""


def sources(*folders: Path, endings: tuple[str, ...] = (".py",)) -> list[Path]:
    """The files that were written by hand, in order."""
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in endings and "__pycache__" not in path.parts
    )


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    files = sources(PACKAGE, TEMPLATES, TESTS, ROOT / "migrations", endings=WRITTEN)
    assert names([path for path in files if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES]) == []


def test_no_file_has_a_name_that_could_hold_anything() -> None:
    files = sources(PACKAGE, TESTS, endings=(".py", ".js"))
    parts = {part for path in files for part in (*path.relative_to(ROOT).parts[:-1], path.stem)}
    assert sorted(part for part in parts if VAGUE.fullmatch(part)) == []


def test_a_room_holds_its_files_and_no_others() -> None:
    wrong = []
    for room in (*FEATURES, *MORE_FILES):
        folder = PACKAGE / room
        if not folder.is_dir():
            continue
        allowed = ROOM_FILES | MORE_FILES.get(room, set())
        held = {path.stem for path in folder.iterdir() if path.name != "__pycache__"}
        wrong += [f"{room}/{name}" for name in sorted(held - allowed)]
    assert wrong == []


def imports_inside(tree: ast.Module) -> Iterator[int]:
    """The lines with imports that do not stand at the top of their file."""
    at_top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in at_top:
            yield node.lineno


def test_every_import_stands_at_the_top_of_its_file() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources(PACKAGE, TESTS, ROOT / "migrations")
        for line in imports_inside(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert wrong == []


def test_nothing_is_imported_for_types_alone() -> None:
    files = sources(PACKAGE)
    assert names([path for path in files if "TYPE_CHECKING" in path.read_text(encoding="utf-8")]) == []


def calls(name: str) -> list[ast.Call]:
    """Every call of a function by its bare or last name in the program."""
    return [
        node
        for path in sources(PACKAGE)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == name)
            or (isinstance(node.func, ast.Attribute) and node.func.attr == name)
        )
    ]


def constants_ending(ending: str) -> set[str]:
    """Every text in the program that ends like this: names of templates, wherever they are chosen."""
    return {
        node.value
        for path in sources(PACKAGE)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(ending)
    }


def test_every_template_is_used_and_every_used_template_is_there() -> None:
    there = {str(path.relative_to(TEMPLATES)) for path in sources(TEMPLATES, endings=(".html",))}
    used = {name for name in constants_ending(".html") if "/" in name}
    # Pages of failures and tabs of a file are chosen by their code: f"errors/{code}.html".
    used |= {name for name in there if re.fullmatch(r"errors/\d{3}\.html|[a-z]+/tabs/[a-z-]+\.html", name)}
    reference = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
    for name in there:
        used |= {
            each for each in reference.findall((TEMPLATES / name).read_text(encoding="utf-8")) if each.endswith(".html")
        }
    assert there - used == set()
    assert {name for name in used if not name.startswith("bootstrap")} - there == set()


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a style attribute", r"<[a-z][^>]*\sstyle\s*="),
        ("an event attribute", r"<[a-z][^>]*\son[a-z]+\s*="),
        ("a style block", r"<style[\s>]"),
        ("a script without a file", r"<script(?![^>]*\ssrc=)[^>]*>"),
        ("an address of code", r"javascript:"),
    ],
)
def test_a_page_holds_nothing_that_the_content_policy_would_stop(what: str, pattern: str) -> None:
    pages = [
        path for path in sources(TEMPLATES, endings=(".html",)) if "print" not in path.relative_to(TEMPLATES).parts
    ]
    found = re.compile(pattern, re.IGNORECASE)
    assert names([path for path in pages if found.search(path.read_text(encoding="utf-8"))]) == [], what


def test_no_page_style_or_script_reaches_outside_this_machine() -> None:
    outside = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]""", re.IGNORECASE)
    files = sources(TEMPLATES, PACKAGE / "static", endings=(".html", ".css", ".js", ".svg"))
    assert names([path for path in files if outside.search(path.read_text(encoding="utf-8"))]) == []


def test_only_the_clock_knows_the_present() -> None:
    telling = re.compile(r"\b(?:date\.today|datetime\.(?:now|utcnow|today)|time\.time)\(")
    files = [path for path in sources(PACKAGE) if path != PACKAGE / "core" / "clock.py"]
    assert names([path for path in files if telling.search(path.read_text(encoding="utf-8"))]) == []


def test_only_operations_add_flush_or_commit() -> None:
    writing = re.compile(r"\.(?:commit|add|add_all|flush)\(")
    views = [path for path in sources(PACKAGE) if {"views", "queries"} & {*path.parts, path.stem}]
    saved = re.compile(r"session\b[^\n]*" + writing.pattern)
    assert names([path for path in views if saved.search(path.read_text(encoding="utf-8"))]) == []
