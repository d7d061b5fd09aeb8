"""English is complete: every sentence for people has a translation with the same places."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "careerpath" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
MARKS = frozenset({"msg", "lazy", "gettext", "lazy_gettext", "_"})
LABELS = frozenset({"text_field", "day_field", "code_field", "count_field", "choice_field"})
"""Makers of form fields whose texts go through ``lazy`` inside."""
PLACE = re.compile(r"%\((\w+)\)[sd]")


def sentences_of_code() -> dict[str, str]:
    """Every sentence in the program with the file that says it."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "careerpath").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            taken = node.args[:1] if name in MARKS else node.args if name in LABELS else []
            for argument in taken:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                    found.setdefault(argument.value, str(path.relative_to(ROOT)))
    return found


def sentences_of_pages() -> dict[str, str]:
    """Every sentence in the templates of pages with its file."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    found: dict[str, str] = {}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if "print" in path.relative_to(ROOT / "templates").parts:
            continue
        source = path.read_text(encoding="utf-8")
        for _, _, text in extract_from_ast(environment.parse(source)):
            if isinstance(text, str) and text:
                found.setdefault(text, str(path.relative_to(ROOT)))
    return found


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The English catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def test_the_sentences_are_found_at_all() -> None:
    assert "您的账号没有办理这项业务的权限。如确需办理，请联系安全管理员授权。" in sentences_of_code()
    assert len(sentences_of_pages()) > 100


def test_every_sentence_has_an_english_translation(catalogue: Catalog) -> None:
    missing = []
    for text, path in (sentences_of_code() | sentences_of_pages()).items():
        message = catalogue.get(text)
        if message is None or not message.string or message.fuzzy:
            missing.append(f"{path}: {text}")
    assert missing == []


def test_every_translation_keeps_the_places_of_its_sentence(catalogue: Catalog) -> None:
    wrong = [
        str(message.id)
        for message in catalogue
        if message.id
        and message.string
        and set(PLACE.findall(str(message.id))) != set(PLACE.findall(str(message.string)))
    ]
    assert wrong == []


def test_no_translation_still_holds_chinese_words(catalogue: Catalog) -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    kept = {"中文"}
    # What must be typed into a workbook is told as it stands there: in quotation marks, or as a range.
    typed = re.compile(r"“[^”]*”|\d 及以[上下]")
    wrong = [
        str(message.string)
        for message in catalogue
        if message.id and chinese.search(typed.sub("", str(message.string))) and str(message.id) not in kept
    ]
    assert wrong == []
