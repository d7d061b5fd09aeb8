"""Security headers on every answer, a number for every request, and static files by content."""

import hashlib
import secrets
from functools import cache
from pathlib import Path

from flask import Flask, Response, g, request, url_for

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "object-src 'self'",
        "frame-src 'self' blob:",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

DAY = 24 * 3600
YEAR = 365 * DAY


def init_headers(app: Flask, *, secure: bool) -> None:
    """Number every request and put the security headers on every answer."""

    @app.before_request
    def number_request() -> None:
        g.request_number = secrets.token_hex(8)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-Id"] = g.get("request_number", "")
        if secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
        if request.endpoint == "static" and "v" in request.args and response.status_code < 400:
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        elif request.endpoint == "bootstrap.static" and response.status_code < 400:
            response.headers["Cache-Control"] = f"public, max-age={DAY}"
        elif request.endpoint != "static" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response

    @app.template_global()
    def asset(path: str) -> str:
        return url_for("static", filename=path, v=_fingerprint(Path(str(app.static_folder)) / path))


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
