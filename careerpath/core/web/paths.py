"""Addresses within this program only: nobody is sent elsewhere."""

from urllib.parse import urlsplit


def safe_path(wanted: str | None, otherwise: str) -> str:
    """``wanted`` when it is a path of this program, else ``otherwise``."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or any(ord(c) < 32 for c in wanted):
        return otherwise
    return wanted
