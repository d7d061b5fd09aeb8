"""Rows that repeat within a form, such as the lines of a résumé: empty ones at the end, no script needed."""

from typing import Any

from wtforms import Field, FieldList, Form, FormField

from careerpath.core.web.forms import OfficeForm

SPARE = 2
"""Empty rows after those that are filled."""


class RowsField(FieldList):  # type: ignore[misc]
    """Rows of one small form. Those left empty are passed over; a few stand ready after the filled ones."""

    def __init__(self, row: type[Form], label: Any, most: int, **more: Any) -> None:
        super().__init__(FormField(row), label, max_entries=most, **more)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read what was typed or what is kept, and put empty rows after it."""
        super().process(formdata, data or (), extra_filters)
        filled = max((place for place, row in enumerate(self, start=1) if not row.form.is_empty()), default=0)
        while len(self.entries) < min(filled + SPARE, self.max_entries):
            self.append_entry()

    def filled(self) -> list[Any]:
        """The forms of the rows in which something stands."""
        return [row.form for row in self if not row.form.is_empty()]


class Row(Form):  # type: ignore[misc]
    """One row; ``told`` names the fields that make it more than an empty one."""

    told: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """Whether nothing stands in this row."""
        return not any(self._fields[name].data or _typed(self._fields[name]) for name in self.told)

    def validate(self, extra_validators: Any = None) -> bool:
        """An empty row is sound, whatever stands in its choices."""
        return self.is_empty() or bool(super().validate(extra_validators))


class RowedForm(OfficeForm):
    """A form with rows: the summary of errors names each field of each row."""

    def faults(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, for the summary at the top."""
        return [("", str(error)) for error in self.form_errors] + [one for field in self for one in _faults(field)]


def _faults(field: Field) -> list[tuple[str, str]]:
    if isinstance(field, FormField):
        return [one for inner in field.form for one in _faults(inner)]
    own = [(field.id, str(error)) for error in field.errors if not isinstance(error, dict | list | tuple)]
    rows = field.entries if isinstance(field, FieldList) else ()
    return own + [one for row in rows for one in _faults(row)]


def _typed(field: Field) -> bool:
    return any(str(text).strip() for text in field.raw_data or ())
