"""Addresses within this program only: nobody is sent elsewhere, and no number is larger than the database's."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from flask import Flask, request
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1
"""The largest id there can be, on either database."""


class RecordNumber(IntegerConverter):
    """The id of a record in an address; a larger number than there can be is an address that does not exist."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **({"max": LARGEST} | more))


def init_paths(app: Flask) -> None:
    """Bound every ``<int:…>`` of the addresses that are registered from now on; templates can take arguments along."""
    app.url_map.converters["int"] = RecordNumber
    app.jinja_env.globals.update(same_page=same_page, with_arguments=with_arguments)


def same_page(changes: Mapping[str, Any]) -> str:
    """The address of the page that is being shown with some arguments changed; ``None`` takes one away."""
    return with_arguments(quote(request.path), changes)


def with_arguments(url: str, changes: Mapping[str, Any] | None = None) -> str:
    """An address with the arguments of the page that is being shown, some of them changed; its own go before them.

    Arguments are what a reader wrote, under any name: they are never mixed with what ``url_for`` takes.
    """
    path, _, own = url.partition("?")
    wanted = {**request.args.to_dict(flat=False), **parse_qs(own, keep_blank_values=True), **(changes or {})}
    said = urlencode({name: value for name, value in wanted.items() if value is not None}, doseq=True)
    return f"{path}?{said}" if said else path


def whole_number(text: str) -> int | None:
    """The id or count that a text of plain digits says; None for anything else."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None


def safe_path(wanted: str | None, otherwise: str) -> str:
    """``wanted`` when it is a path of this program, else ``otherwise``."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or any(ord(c) < 32 for c in wanted):
        return otherwise
    return wanted
