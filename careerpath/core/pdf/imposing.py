"""Two half sheets on each sheet, to be cut apart."""

from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, cast

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Page, Pdf, Stream, String

A4_WIDTH, A4_HEIGHT = 595.28, 841.89


def two_on_each(source: bytes, target: Path | IO[bytes], *, title: str) -> int:
    """Put the pages of a PDF, A5 across, on A4 sheets: the first above, the second below, a dashed line between them.

    Returns the number of sheets; the same bytes for the same pages.
    """
    middle = A4_HEIGHT / 2
    with Pdf.open(BytesIO(source)) as small, Pdf.new() as whole:
        for first in range(0, len(small.pages), 2):
            content = [f"q 0.6 G 0.5 w [3 3] 0 d 0 {middle:.2f} m {A4_WIDTH} {middle:.2f} l S Q"]
            halves = Dictionary()
            for place, page in enumerate(small.pages[first : first + 2]):
                halves[f"/H{place}"] = whole.copy_foreign(page.as_form_xobject())
                content.append(f"q 1 0 0 1 0 {middle * (1 - place):.2f} cm /H{place} Do Q")
            sheet = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, A4_WIDTH, A4_HEIGHT]),
                Resources=Dictionary(XObject=halves),
                Contents=Stream(whole, "\n".join(content).encode("ascii")),
            )
            whole.pages.append(Page(sheet))
        whole.docinfo[Name.Title] = String(title)
        whole.docinfo[Name.Producer] = String("CareerPath")
        whole.Root.Lang = String("zh-CN")
        whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        sheets = len(whole.pages)
        whole.save(cast(Path | BinaryIO, target), deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return sheets
