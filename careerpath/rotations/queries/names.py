"""What kinds and grades of rotations are called, whichever edition names them."""

from collections.abc import Iterable
from datetime import date

from careerpath.rotations.queries.rules import known_rules, rules_or_none


def kind_names(codes: Iterable[str] = ()) -> dict[str, str]:
    """The name of each kind by its code, of all editions here; the latest edition wins. An unknown code is its name."""
    found = {code: code for code in codes}
    for edition in known_rules():
        found |= {kind.code: kind.name for kind in edition.kinds}
    return found


def grade_names() -> dict[str, str]:
    """The name of each grade by its code, of all editions here."""
    return {grade.code: grade.name for edition in known_rules() for grade in edition.grades}


def kind_and_grade_names(codes: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Both at once, in one query."""
    kinds = {code: code for code in codes}
    grades: dict[str, str] = {}
    for edition in known_rules():
        kinds |= {kind.code: kind.name for kind in edition.kinds}
        grades |= {grade.code: grade.name for grade in edition.grades}
    return kinds, grades


def kind_choices(on: date) -> list[tuple[str, str]]:
    """Codes and names of the kinds that the edition in force knows; none without an edition."""
    edition = rules_or_none(on)
    return [] if edition is None else [(kind.code, kind.name) for kind in edition.kinds]
