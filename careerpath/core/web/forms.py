"""The base of all forms: what was typed stays, and a refusal lands beside its field."""

from typing import Any

from flask_wtf import FlaskForm

from careerpath.core.web.language import say
from careerpath.words import Refused


class OfficeForm(FlaskForm):  # type: ignore[misc]
    """A form checks shape; ``given()`` of each form turns it into a frozen dataclass for the operation."""

    form_errors: list[str]

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal of the operation beside the field it names, or above the form."""
        text = say(refusal.message)
        if refusal.field and refusal.field in self._fields:
            field = self._fields[refusal.field]
            field.errors = [*field.errors, text]
        else:
            self.form_errors = [*self.form_errors, text]

    def faults(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, for the summary at the top."""
        found = [(field.id, str(error)) for field in self for error in _flat(field.errors)]
        return [("", str(error)) for error in self.form_errors] + found


def _flat(errors: Any) -> list[Any]:
    return [item for error in errors for item in (_flat(error) if isinstance(error, list | tuple) else [error])]
