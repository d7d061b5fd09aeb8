"""The translations: collect the sentences of code and templates, and see that none lacks its English.

``update`` brings careerpath/translations/*/LC_MESSAGES/messages.po up to date; ``check`` exits with 1 and a list when a
sentence is new, empty, fuzzy or broken there.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en",)
METHODS = [("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
MARKS = frozenset({"msg", "lazy", "gettext", "lazy_gettext", "_"})
LABELS = frozenset({"text_field", "day_field", "code_field", "count_field", "choice_field"})
"""Makers of form fields: every text given to them goes through ``lazy`` inside."""
PLACE = re.compile(r"%\((\w+)\)")
SHOWN_AT_MOST = 40


def sentences_of(source: str) -> Iterator[tuple[str, int]]:
    """The sentences in Python code with their lines, also inside f-strings and among the arguments of form fields."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for given in node.args[:1] if name in MARKS else node.args if name in LABELS else ():
            if isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value:
                yield given.value, node.lineno


def sentences() -> Catalog:
    """Every sentence that the program or a page can say, with the files it stands in."""
    catalog = Catalog(project="careerpath", charset="utf-8")
    for path in sorted((ROOT / "careerpath").rglob("*.py")):
        for text, line in sentences_of(path.read_text(encoding="utf-8")):
            catalog.add(text, None, [(str(path.relative_to(ROOT)), line)])
    options: dict[str, dict[str, object]] = {method: {} for method, _ in METHODS}
    methods = [(pattern.removeprefix("templates/"), kind) for pattern, kind in METHODS]
    for name, line, said, comments, context in extract_from_dir(ROOT / "templates", methods, options, KEYWORDS):
        catalog.add(said, None, [(f"templates/{name}", line)], auto_comments=comments, context=context)
    return catalog


def path_of(language: str) -> Path:
    """Where the catalogue of a language stands."""
    return ROOT / "careerpath" / "translations" / language / "LC_MESSAGES" / "messages.po"


def catalogue(language: str) -> Catalog:
    """The catalogue of a language; an empty one when there is none yet."""
    path = path_of(language)
    if not path.is_file():
        return Catalog(
            locale=language,
            project="CareerPath",
            version="0",
            header_comment="# CareerPath: the Chinese sentences of the program in another language.",
            msgid_bugs_address="none",
            last_translator="The CareerPath developers",
            language_team="The CareerPath developers",
            charset="utf-8",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def places(text: object) -> set[str]:
    """The names of the values that a sentence has places for."""
    return set(PLACE.findall(str(text)))


def fault(wanted: Message, found: Message | None) -> str | None:
    """What is wrong with the translation of a sentence, or ``None``."""
    if found is None:
        return "is not in the catalogue"
    given = found.string if isinstance(found.string, (list, tuple)) else (found.string,)
    if not all(given):
        return "is not translated"
    if found.fuzzy:
        return "is marked fuzzy"
    plural = isinstance(wanted.id, (list, tuple))
    asked = places(wanted.id)
    if any(not places(text) <= asked for text in given):
        return "has a %(place)s in its translation that the sentence does not have"
    if not plural and places(given[0]) != asked:
        return "has lost a %(place)s in its translation"
    return None


def check() -> int:
    """Print every sentence without a sound translation; exit code 0 when there is none."""
    said, faults = sentences(), []
    for language in LANGUAGES:
        catalog = catalogue(language)
        for message in said:
            wrong = fault(message, catalog.get(message.id, message.context)) if message.id else None
            if wrong:
                place = ":".join(map(str, message.locations[0]))
                faults.append(f"{language}: {place}: {message.id!r} {wrong}")
    for line in faults[:SHOWN_AT_MOST]:
        print(line, file=sys.stderr)
    if faults:
        print(f"{len(faults)} sentences lack a sound translation; `make translations` collects them.", file=sys.stderr)
        return 1
    print(f"{len(said)} sentences, each translated into {len(LANGUAGES)} language(s).")
    return 0


def update() -> int:
    """Merge the sentences of today into each catalogue. New ones stay empty: a guess from a similar one misleads."""
    said = sentences()
    for language in LANGUAGES:
        path, catalog = path_of(language), catalogue(language)
        catalog.update(said, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=120, no_location=True, sort_output=True)
        left = sum(1 for message in catalog if message.id and not message.string)
        print(f"{path.relative_to(ROOT)}: {left} to translate", file=sys.stderr)
    return 0


if __name__ == "__main__":
    commands = {"check": check, "update": update}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]]())
