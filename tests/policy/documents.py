"""The examples of a document in docs/, for tests that run them as written."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def text_of(name: str) -> str:
    """The text of one document."""
    return (DOCS / name).read_text("utf-8")


def documented(name: str, language: str) -> list[str]:
    """The fenced blocks of one language in a document, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(name), re.MULTILINE | re.DOTALL)
