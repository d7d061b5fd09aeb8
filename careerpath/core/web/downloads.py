"""A file as an answer."""

from urllib.parse import quote

from flask import Response, request


def file_answer(content: bytes, name: str, media_type: str, *, inline: bool = True) -> Response:
    """A file with its Chinese name, shown in the browser or saved."""
    answer = Response(content, mimetype=media_type)
    kind = "inline" if inline and "download" not in request.args else "attachment"
    answer.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    return answer
