"""Files of an installation (photos, attachments, results): written once under a fresh key, read back by it."""

import os
from contextlib import suppress
from typing import IO, Any, cast

import fsspec
from flask import current_app


class FileStore:
    """A folder anywhere fsspec reaches. Keys are made here, never by a person."""

    def __init__(self, url: str) -> None:
        self.system, self.root = cast("tuple[Any, str]", fsspec.core.url_to_fs(url))

    def save(self, content: bytes, suffix: str) -> str:
        """Keep the bytes; gives the key to read them back by."""
        key = f"{os.urandom(16).hex()}{suffix}"
        with self.create(key) as file:
            file.write(content)
        return key

    def create(self, key: str) -> IO[bytes]:
        """A file to write to, under a key of one's own making."""
        self.system.makedirs(self.root, exist_ok=True)
        return cast("IO[bytes]", self.system.open(f"{self.root}/{key}", "wb"))

    def read(self, key: str) -> bytes:
        """The bytes of a key. Raises ``FileNotFoundError``."""
        with self.open(key) as file:
            return file.read()

    def open(self, key: str) -> IO[bytes]:
        """The file of a key, to read in pieces. Raises ``FileNotFoundError``."""
        return cast("IO[bytes]", self.system.open(f"{self.root}/{key}", "rb"))

    def remove(self, key: str) -> None:
        """Take a file away; absent is as good as removed."""
        with suppress(FileNotFoundError):
            self.system.rm(f"{self.root}/{key}")

    def works(self) -> bool:
        """Whether a file can be written and read back now."""
        key = self.save(b"ready", ".probe")
        try:
            return self.read(key) == b"ready"
        finally:
            self.remove(key)


def files() -> FileStore:
    """The file store of the running program."""
    found = current_app.extensions["careerpath.files"]
    if not isinstance(found, FileStore):
        raise TypeError("the program was started without a file store")
    return found
