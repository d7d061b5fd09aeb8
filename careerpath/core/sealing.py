"""Sealed columns and files of one kind of record: each value opens only for the record it was sealed for."""

import base64
from dataclasses import dataclass

from careerpath.core.files import files
from careerpath.core.vault import vault


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of a kind of record, such as ``employee``; a record is told apart by its ``uid``."""

    kind: str

    def sealed(self, text: str, column: str, uid: str) -> str:
        """The sealed form of a text for one column of one record; empty stays empty."""
        return vault().seal(text, self._context(column, uid)) if text else ""

    def opened(self, text: str, column: str, uid: str) -> str:
        """The text of a sealed column; empty stays empty."""
        return vault().open(text, self._context(column, uid)) if text else ""

    def keep_file(self, content: bytes, uid: str) -> str:
        """Keep a photo or a paper, encrypted for one record; gives its key."""
        body = vault().seal(base64.b64encode(content).decode(), self._context("file", uid))
        return files().save(body.encode(), ".sealed")

    def kept_file(self, key: str, uid: str) -> bytes:
        """The bytes of a kept photo or paper. Raises ``FileNotFoundError`` where the store has lost it."""
        return base64.b64decode(vault().open(files().read(key).decode(), self._context("file", uid)))

    def _context(self, column: str, uid: str) -> str:
        return f"{self.kind}.{column}.{uid}"
