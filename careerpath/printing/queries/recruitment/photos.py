"""Photographs of applicants, as small as paper needs them."""

from io import BytesIO

from PIL import Image

from careerpath.recruitment.models import Application
from careerpath.recruitment.queries.sealed import kept_file

SIZE = (300, 420)
"""Pixels: 25 × 35 mm at 300 dots an inch."""

QUALITY = 80


def photo_of(application: Application) -> bytes:
    """The photograph as a small JPEG; empty where there is none, or the store has lost it."""
    if not application.photo_key:
        return b""
    try:
        body = kept_file(application.photo_key, application.uid)
    except FileNotFoundError:
        return b""
    with Image.open(BytesIO(body), formats=("JPEG", "PNG")) as opened:
        opened.draft("RGB", SIZE)
        small = opened.convert("RGB")
    small.thumbnail(SIZE)
    target = BytesIO()
    small.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()
