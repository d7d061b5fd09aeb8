"""A workbook as an answer."""

from io import BytesIO
from urllib.parse import quote

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(target: BytesIO, title: str) -> Response:
    """The workbook under its title, kept by nobody on the way."""
    answer = Response(target.getvalue(), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{title}.xlsx')}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
