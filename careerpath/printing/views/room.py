"""The blueprint that the pages of printing belong to, how a file is handed out, and papers of other rooms."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint

from careerpath.access.actor import Actor
from careerpath.core.web.downloads import file_answer

__all__ = ["MORE_PAPERS", "PaperCheck", "blueprint", "file_answer"]

blueprint = Blueprint("printing", __name__, url_prefix="/print")

MORE_PAPERS = "careerpath.printing.more_papers"
"""Under this name the program keeps the papers of rooms beside this one: by prefix of number, a ``PaperCheck``."""


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """How a paper of another room is checked: its record's page, the name of the id in its address, and what gives
    the id and the present code for a number, or raises ``NotFound``."""

    endpoint: str
    id_name: str
    check: Callable[[Actor, str], tuple[int, str]]
