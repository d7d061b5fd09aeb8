"""The typefaces that papers are set in."""

from flask import current_app

from careerpath.core.pdf.fonts import Fonts
from careerpath.settings import Settings


def fonts() -> Fonts:
    """The typefaces of this installation."""
    settings: Settings = current_app.extensions["careerpath.settings"]
    return Fonts(settings.fonts_folder)
