"""How a form made of texts gives its cells: each by the name of its value."""

from dataclasses import fields
from typing import Any


def form_cells(form: Any, heading: str) -> dict[str, str | bytes]:
    """Every text and picture of a form by its name, its foot, and ``heading`` for its attached pages."""
    values: dict[str, str | bytes] = {item.name: getattr(form, item.name) for item in fields(form)}
    return {**values, "continued_heading": heading, "foot": form.foot.line()}
