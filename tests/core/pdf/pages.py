"""A small form to lay out and fill, and what can be read off a finished page."""

import subprocess
from pathlib import Path

from careerpath.core.pdf.filling import Form
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.layout import lay_out

STYLE = """@page { size: A4; margin: 20mm } html { font-family: var(--song); font-size: 10.5pt }
div { border: 0.5pt solid #000; margin-bottom: 8pt }"""

PAGE = f"""<html lang="zh-CN"><title>表</title><style>{STYLE}
.name {{ width: 60pt; height: 26pt; text-align: center }}
.text {{ width: 300pt; height: 66pt; font-size: 12pt; text-align: justify }}
.day {{ width: 120pt; height: 20pt; text-align: right }}</style><body>
<div class="name" data-field="name" data-label="姓名" data-lines="2" data-leading="1.15" data-min-size="7"></div>
<div class="text" data-field="text" data-label="总结" data-flow="long" data-valign="top" data-leading="1.5"></div>
<div class="day" data-field="day" data-label="日期" data-face="song" data-lines="1" data-empty="年　　月　　日"></div>
</body></html>"""

ATTACHED = f"""<html lang="zh-CN"><title>附页</title><style>{STYLE}
.line {{ height: 20pt }} .text {{ height: 200pt; font-size: 12pt; text-align: justify }}</style><body>
<div class="line" data-field="name" data-label="姓名"></div><div class="line" data-field="continued_page"></div>
<div class="text" data-field="continued_text" data-flow="long" data-valign="top" data-leading="1.5"></div>
</body></html>"""


def small_form(fonts: Fonts) -> Form:
    return Form(lay_out(PAGE, fonts, title="表"), lay_out(ATTACHED, fonts, title="表"), fonts)


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def text_of(data: bytes, folder: Path) -> str:
    """The text of a PDF as a reader's search finds it, without any blanks."""
    target = folder / "read.pdf"
    target.write_bytes(data)
    return "".join(run("pdftotext", "-raw", str(target), "-").split())


def fonts_of(data: bytes, folder: Path) -> list[str]:
    """One line for each font: ``… emb sub uni …``."""
    target = folder / "read.pdf"
    target.write_bytes(data)
    return run("pdffonts", str(target)).splitlines()[2:]
