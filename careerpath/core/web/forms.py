"""The base of all forms: what was typed stays, and a refusal lands beside its field."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from careerpath.core.web.language import say
from careerpath.words import Refused


class OfficeForm(FlaskForm):  # type: ignore[misc]
    """A form checks shape; ``given()`` of each form turns it into a frozen dataclass for the operation."""

    form_errors: list[str]

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """What a form reads: fields of a form. A body of JSON is as good as an empty form."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The fields that were sent, or None where nothing was."""
            if request.is_json and formdata is not None and not isinstance(formdata, MultiDict):
                return ImmutableMultiDict()
            return super().wrap_formdata(form, formdata)

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


def sent_object() -> Mapping[str, Any]:
    """The JSON object that a script of a page sent; empty for anything else."""
    sent = request.get_json(silent=True)
    return sent if isinstance(sent, dict) else {}


def _flat(errors: Any) -> list[Any]:
    return [item for error in errors for item in (_flat(error) if isinstance(error, list | tuple) else [error])]
