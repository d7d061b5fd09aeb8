"""The blueprint that the pages of printing belong to, and how a file is handed out."""

from urllib.parse import quote

from flask import Blueprint, Response, request

blueprint = Blueprint("printing", __name__, url_prefix="/print")


def file_answer(content: bytes, name: str, media_type: str, *, inline: bool = True) -> Response:
    """A file with its Chinese name, shown in the browser or saved."""
    answer = Response(content, mimetype=media_type)
    kind = "inline" if inline and "download" not in request.args else "attachment"
    answer.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    return answer
