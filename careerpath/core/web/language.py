"""Chinese first, English second: which one, and how a message is shown in it."""

from flask import Flask, abort, current_app, has_request_context, redirect, request, session, url_for
from flask_babel import Babel, force_locale, get_locale, gettext, lazy_gettext
from werkzeug.wrappers import Response

from careerpath.core.web.paths import safe_path
from careerpath.words import Message, Named

LOCALES = ("zh", "en")


lazy = lazy_gettext
"""A label of a form in the language of whoever reads it later: ``lazy("账号")``."""


def init_language(app: Flask, default: str) -> None:
    """Choose the language of each request, and teach templates to show messages."""
    app.config["BABEL_DEFAULT_LOCALE"] = default
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=_chosen)
    app.jinja_env.filters["say"] = say

    @app.template_global()
    def locale() -> str:
        return str(get_locale() or default)[:2]

    @app.post("/language")
    def language() -> Response:
        chosen = request.form.get("locale", "")
        if chosen not in LOCALES:
            abort(400)
        session["locale"] = chosen
        return redirect(safe_path(request.form.get("next"), url_for("dashboard.home")))

    language.__permission__ = "open"  # type: ignore[attr-defined]


def say(message: object) -> str:
    """A message or the name of an entry in the reader's language; plain text goes through unchanged."""
    if isinstance(message, Named):
        return message.en if str(get_locale() or "").startswith("en") else message.zh
    if not isinstance(message, Message):
        return str(message)
    text: str = gettext(message.text)
    values = {name: say(value) for name, value in message.values.items()}
    return text % values if values else text


def in_language(locale: str) -> force_locale:
    """``with in_language("en"): …`` outside a request, for background work and the command line."""
    return force_locale(locale)


def _chosen() -> str | None:
    if not has_request_context():
        return None
    chosen = session.get("locale")
    return chosen if chosen in LOCALES else str(current_app.config["BABEL_DEFAULT_LOCALE"])
