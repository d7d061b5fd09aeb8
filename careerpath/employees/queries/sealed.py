"""What is kept sealed of a person: opened only here, and only for a purpose that the caller answers for."""

import base64

from careerpath.core.files import files
from careerpath.core.vault import vault


def context(column: str, uid: str) -> str:
    """What a sealed value is bound to: its column and the file it belongs to."""
    return f"employee.{column}.{uid}"


def sealed(text: str, column: str, uid: str) -> str:
    """The sealed form of a text for one column of one file; empty stays empty."""
    return vault().seal(text, context(column, uid)) if text else ""


def opened(text: str, column: str, uid: str) -> str:
    """The text of a sealed column; empty stays empty."""
    return vault().open(text, context(column, uid)) if text else ""


def keep_file(content: bytes, uid: str) -> str:
    """Keep a photo or attachment, encrypted for one file; gives its key."""
    return files().save(vault().seal(base64.b64encode(content).decode(), context("file", uid)).encode(), ".sealed")


def kept_file(key: str, uid: str) -> bytes:
    """The bytes of a kept photo or attachment. Raises ``FileNotFoundError`` where the store has lost it."""
    return base64.b64decode(vault().open(files().read(key).decode(), context("file", uid)))
