"""What pages are made of: templates, styles and scripts, read as text."""

import re
from pathlib import Path

import careerpath
from careerpath.settings import resource_folder

STATIC = Path(careerpath.__file__).parent / "static"
TEMPLATES = resource_folder("templates")
PAGES = [path for path in TEMPLATES.rglob("*.html") if "print" not in path.relative_to(TEMPLATES).parts]
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))


def _words(name: str) -> set[str]:
    text = (TEMPLATES / "macros" / "words.html").read_text(encoding="utf-8")
    part = text.split(f"word_list('{name}'")[1].split("}) }}")[0]
    return set(re.findall(r"'(\w+)': _\(", part))


def test_every_sentence_a_script_shows_stands_in_the_page() -> None:
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        for name, key in re.findall(r'word\("(page|grid)", "(\w+)"', text):
            assert key in _words(name), f"{path.name}: {name} {key}"


def test_sentences_of_scripts_are_not_written_in_scripts() -> None:
    for path in SCRIPTS:
        code = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
        literals = re.findall(r'"([^"\n]*)"|`([^`]*)`', code)
        chinese = [a or b for a, b in literals if re.search(r"[\u4e00-\u9fff]{2,}", a or b)]
        assert chinese == [], path.name


def test_pages_carry_no_inline_script_style_or_handler() -> None:
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son(click|change|submit|load|input)=|javascript:", text), path.name
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), path.name


def test_every_style_sheet_script_and_picture_a_page_asks_for_is_there() -> None:
    for path in PAGES:
        for wanted in re.findall(r"asset\('([^'~]+)'\)", path.read_text(encoding="utf-8")):
            assert (STATIC / wanted).is_file(), f"{path.name}: {wanted}"


def test_every_module_a_script_imports_is_there() -> None:
    for path in SCRIPTS:
        for wanted in re.findall(r'from "(\.[^"]+)"', path.read_text(encoding="utf-8")):
            assert (path.parent / wanted).is_file(), f"{path.name}: {wanted}"


def test_nothing_is_fetched_from_another_machine() -> None:
    for path in [*SCRIPTS, *PAGES, *STATIC.rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(src|href|url|import|fetch)[=(\s\"']+(https?:)?//", text), path.name
