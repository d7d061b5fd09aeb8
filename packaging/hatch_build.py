"""What a wheel carries besides the package: templates, migrations, and every translation compiled."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = {"templates": "careerpath/templates", "migrations": "careerpath/migrations"}


class Carry(BuildHookInterface[Any]):
    """Called by hatchling before it collects the files of a wheel or of an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write a ``.mo`` beside each ``.po``; ``version`` is ``standard`` or ``editable``."""
        for source in Path(self.root).glob("careerpath/translations/*/LC_MESSAGES/*.po"):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text, locale=source.parts[-3]))
        # An editable install reads both folders where they stand: a copy beside the packages would go stale.
        if version == "standard":
            build_data["force_include"].update({str(Path(self.root, name)): inside for name, inside in CARRIED.items()})
