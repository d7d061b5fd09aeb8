"""When something cannot be done: a page (or JSON) that says what happened and what to do."""

from flask import Flask, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from careerpath.core.db import db
from careerpath.core.web.language import say
from careerpath.words import Conflict, Message, NotFound, Unmet, msg

EXPLANATIONS: dict[int, Message] = {
    400: msg("浏览器发来的内容不完整或无法理解，请返回上一页重试。"),
    401: msg("登录已失效，请重新登录。已填写的内容保留在本页。"),
    403: msg("您的账号没有办理这项业务的权限。如确需办理，请联系安全管理员授权。"),
    404: msg("没有找到这个页面或记录，或者它不在您的管辖范围内。"),
    405: msg("这个地址不能这样访问，请从菜单进入。"),
    409: msg("其他人刚刚修改了同一条记录，请核对后再保存。"),
    413: msg("上传的文件太大，请压缩或拆分后再上传。"),
    429: msg("操作过于频繁，请稍后再试。"),
    500: msg("程序出错，本次操作没有写入任何数据。请把请求编号告诉系统管理员。"),
    503: msg("系统正忙或存储空间不足，本次操作没有写入任何数据，请一分钟后重试。"),
}


def init_errors(app: Flask) -> None:
    """Answer every kind of failure with the right status and words."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Unmet, _unmet)
    app.register_error_handler(StaleDataError, lambda error: _answer(409, EXPLANATIONS[409]))
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(OverflowError, _beyond)
    app.register_error_handler(OSError, _storage)


def wants_json() -> bool:
    """Whether the answer is read by a script of a page rather than by a person."""
    return request.accept_mimetypes.best == "application/json" or request.is_json


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error
    return _answer(code, EXPLANATIONS.get(code, EXPLANATIONS[400] if code < 500 else EXPLANATIONS[500]))


def _csrf(error: CSRFError) -> ResponseReturnValue:
    return _answer(400, msg("页面停留时间过长，请刷新页面后重新提交。"))


def _unmet(error: Unmet) -> ResponseReturnValue:
    if isinstance(error, NotFound):
        return _answer(404, error.message)
    if isinstance(error, Conflict):
        return _answer(409, error.message)
    return _answer(422, error.message)


def _database(error: DBAPIError) -> ResponseReturnValue:
    db.session.rollback()
    # SQLite says the same of a mistake in a statement as of a locked file; only the second one passes.
    mistake = getattr(error.orig, "sqlite_errorname", "") == "SQLITE_ERROR"
    if isinstance(error, OperationalError) and not mistake:
        current_app.logger.warning("database not available: %s", error.orig)
        return _answer(503, EXPLANATIONS[503])
    if isinstance(error, DataError):
        return _beyond(error)
    current_app.logger.exception("database error", exc_info=error)
    return _answer(500, EXPLANATIONS[500])


def _beyond(error: Exception) -> ResponseReturnValue:
    """A value that no column can hold: a number out of range, a text with a zero byte. It never was a sound request."""
    db.session.rollback()
    current_app.logger.warning("a value that the database cannot hold: %s", type(error).__name__)
    return _answer(400, EXPLANATIONS[400])


def _storage(error: OSError) -> ResponseReturnValue:
    if isinstance(error, TemplateError):
        # A missing template is an OSError by descent, but the storage is well.
        raise error
    current_app.logger.exception("storage error", exc_info=error)
    return _answer(503, EXPLANATIONS[503])


def answer(code: int, message: Message) -> ResponseReturnValue:
    """The page or the JSON of a refusal."""
    return _answer(code, message)


def _answer(code: int, message: Message) -> ResponseReturnValue:
    number = g.get("request_number", "")
    if wants_json():
        return jsonify({"message": say(message), "request": number}), code
    known = code if code in {400, 403, 404, 409, 413, 429, 500, 503} else 400
    return render_template(f"errors/{known}.html", message=message, code=code, request_number=number), code
