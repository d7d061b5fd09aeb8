"""Drawn pictures: the outline of a head and shoulders as the portrait of nobody, and a blank certificate."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from careerpath.demo.people import Person

SIZE = (295, 413)
"""One inch by 350 dots: the usual photo of a form."""
GROUNDS = ("#dfe7f1", "#e6ebe4", "#ece6e1", "#e4e4ec")
FIGURE, SHADOW = "#8d9aab", "#7b8899"


def portrait(person: Person) -> bytes:
    """The drawn portrait of a person, as JPEG; those of many people are the same."""
    return _drawn(GROUNDS[person.key % len(GROUNDS)], person.female)


@cache
def _drawn(ground: str, long_hair: bool) -> bytes:
    image = Image.new("RGB", SIZE, ground)
    draw = ImageDraw.Draw(image)
    if long_hair:
        draw.rounded_rectangle((84, 92, 211, 300), radius=62, fill=SHADOW)
    draw.rounded_rectangle((28, 288, 267, 500), radius=96, fill=FIGURE)
    draw.rectangle((122, 230, 173, 310), fill=FIGURE)
    draw.ellipse((92, 96, 203, 252), fill=FIGURE)
    body = BytesIO()
    image.save(body, "JPEG", quality=85)
    return body.getvalue()


@cache
def certificate() -> bytes:
    """A scanned paper on which nothing can be read: a frame, lines and a seal, as JPEG."""
    image = Image.new("RGB", (640, 452), "#fbf7ee")
    draw = ImageDraw.Draw(image)
    draw.rectangle((18, 18, 621, 433), outline="#b08d57", width=5)
    draw.rectangle((230, 62, 410, 88), fill="#c9b48c")
    for line in range(7):
        draw.rectangle((70, 132 + line * 32, 570 - (line % 3) * 70, 140 + line * 32), fill="#d9d3c7")
    draw.ellipse((452, 300, 562, 410), outline="#c0564f", width=6)
    body = BytesIO()
    image.save(body, "JPEG", quality=80)
    return body.getvalue()
