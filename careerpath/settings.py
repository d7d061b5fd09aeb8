"""Every setting of an installation, in one place: name, meaning, default, check. Read once, at start."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from careerpath.words import Refused, msg

PACKAGE = Path(__file__).resolve().parent


def resource_folder(name: str) -> Path:
    """The folder ``templates`` or ``migrations``: inside an installed package, or beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


MAIL_PORTS: Mapping[str, int] = {"none": 25, "starttls": 587, "tls": 465}
"""How a mail server is spoken to, and the usual port of each way."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
EMAIL = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
"""An address of e-mail as every server takes it: no spaces, no line breaks, no letters beyond ASCII, no loose dots."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes reminders; nothing is sent by e-mail where there is none."""

    host: str
    port: int
    security: str
    """``starttls`` (upgraded before anything is said), ``tls`` (from the first byte) or ``none``."""
    sender: str
    """The address that mails come from."""
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """The checked settings of one running program."""

    instance: Path
    """Folder for the database, keys, queue and files of an installation that keeps them locally."""
    database: str
    """SQLAlchemy URL; SQLite under the instance folder by default, PostgreSQL for a city."""
    secret_key: str
    """Signs cookies and forms. Made once; a program without it does not start."""
    data_key: str
    """64 hexadecimal digits: the root of the keys that seal identity numbers. It never stands in the database."""
    files: str
    """fsspec URL of the folder for photos, attachments and results."""
    queue: str
    """Where background workers are woken: ``sqlite:///path``, ``redis://…`` or ``postgresql://…``."""
    locale: str
    """Language until a person chooses: ``zh`` or ``en``."""
    place: str
    """Name of the city, county or district shown at the top of each page."""
    fonts_folder: Path | None
    """Folder with the office's licensed typefaces, which then come first in print."""
    demo: bool
    """Demo mode: accounts and passwords stand on the sign-in page. Never where real people are kept."""
    secure_cookies: bool
    """Cookies only over HTTPS; switched off for a demo on plain HTTP."""
    idle_minutes: int
    """Minutes without a request after which a sign-in ends."""
    absolute_hours: int
    """Hours after which a sign-in ends in any case."""
    upload_megabytes: int
    """Largest upload that is read at all."""
    address: str = ""
    """Where people open the program (``https://…``), for the links in mails; without it mails carry no links."""
    mail: MailServer | None = None
    """The server for reminders by e-mail. Without it nothing leaves the machine."""
    mail_names: bool = False
    """Whether mails may name people and what is due; otherwise they hold counts and links alone."""


def load_settings(environ: Mapping[str, str] | None = None, *, demo: bool = False) -> Settings:
    """Read and check the settings.

    Raises ``Refused`` that names the variable and the remedy. In demo mode missing keys are made and kept in the
    instance folder; elsewhere they must be given.
    """
    env = os.environ if environ is None else environ
    demo = demo or env.get("CAREERPATH_DEMO", "") == "1"
    instance = Path(env.get("CAREERPATH_INSTANCE", "instance")).resolve()
    keys = {
        name: env.get(name) or _kept_key(instance, name, demo)
        for name in ("CAREERPATH_SECRET_KEY", "CAREERPATH_DATA_KEY")
    }
    data_key = keys["CAREERPATH_DATA_KEY"]
    if len(data_key) != 64 or any(c not in "0123456789abcdefABCDEF" for c in data_key):
        raise Refused(msg("设置 CAREERPATH_DATA_KEY 应为 64 位十六进制数字，可用 openssl rand -hex 32 生成。"))
    locale = env.get("CAREERPATH_LOCALE", "zh")
    if locale not in {"zh", "en"}:
        raise Refused(msg("设置 CAREERPATH_LOCALE 只能是 zh 或 en，现为“%(value)s”。", value=locale))
    fonts = env.get("CAREERPATH_FONTS", "")
    return Settings(
        instance=instance,
        database=env.get("CAREERPATH_DATABASE") or f"sqlite:///{instance / 'careerpath.db'}",
        secret_key=keys["CAREERPATH_SECRET_KEY"],
        data_key=data_key,
        files=env.get("CAREERPATH_FILES") or f"file://{instance / 'files'}",
        queue=env.get("CAREERPATH_QUEUE") or f"sqlite:///{instance / 'queue.db'}",
        locale=locale,
        place=env.get("CAREERPATH_PLACE", ""),
        fonts_folder=Path(fonts) if fonts else None,
        demo=demo,
        secure_cookies=_number(env, "CAREERPATH_SECURE_COOKIES", 0 if demo else 1, 0, 1) == 1,
        idle_minutes=_number(env, "CAREERPATH_IDLE_MINUTES", 30, 1, 720),
        absolute_hours=_number(env, "CAREERPATH_ABSOLUTE_HOURS", 12, 1, 72),
        upload_megabytes=_number(env, "CAREERPATH_UPLOAD_MEGABYTES", 32, 1, 512),
        address=_address(env),
        mail=_mail_server(env),
        mail_names=_number(env, "CAREERPATH_MAIL_NAMES", 0, 0, 1) == 1,
    )


def _address(env: Mapping[str, str]) -> str:
    text = env.get("CAREERPATH_ADDRESS", "").strip()
    if text and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?", text):
        raise Refused(
            msg("设置 CAREERPATH_ADDRESS 应为使用人打开本系统的网址，以 https:// 开头，现为“%(value)s”。", value=text)
        )
    return text.rstrip("/")


def _mail_server(env: Mapping[str, str]) -> MailServer | None:
    host = env.get("CAREERPATH_MAIL_HOST", "").strip()
    if not host:
        return None
    security = env.get("CAREERPATH_MAIL_SECURITY", "") or "starttls"
    if security not in MAIL_PORTS:
        raise Refused(
            msg("设置 CAREERPATH_MAIL_SECURITY 只能是 none、starttls 或 tls，现为“%(value)s”。", value=security)
        )
    sender = env.get("CAREERPATH_MAIL_FROM", "").strip()
    if not EMAIL.fullmatch(sender):
        raise Refused(
            msg("设置 CAREERPATH_MAIL_FROM 应为发件邮箱地址，如 careerpath@example.cn，现为“%(value)s”。", value=sender)
        )
    user, password = env.get("CAREERPATH_MAIL_USER", ""), env.get("CAREERPATH_MAIL_PASSWORD", "")
    if bool(user) != bool(password):
        raise Refused(msg("设置 CAREERPATH_MAIL_USER 和 CAREERPATH_MAIL_PASSWORD 应同时填写，或都不填写。"))
    if user and security == "none":
        raise Refused(
            msg("邮件服务器需要登录时，CAREERPATH_MAIL_SECURITY 应为 starttls 或 tls：密码不能不加密地传送。")
        )
    port = _number(env, "CAREERPATH_MAIL_PORT", MAIL_PORTS[security], 1, 65535)
    return MailServer(host, port, security, sender, user, password)


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not text.isdigit() or not low <= int(text) <= high:
        raise Refused(
            msg(
                "设置 %(name)s 应为 %(low)s 到 %(high)s 的整数，现为“%(value)s”。",
                name=name,
                low=low,
                high=high,
                value=text,
            )
        )
    return int(text)


def _kept_key(instance: Path, name: str, demo: bool) -> str:
    """The key kept in the instance folder; made on the first run of a demo, demanded elsewhere."""
    path = instance / f"{name.lower()}.txt"
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    if not demo:
        raise Refused(
            msg("缺少设置 %(name)s。请用 openssl rand -hex 32 生成并妥善保管，遗失后已加密的数据无法恢复。", name=name)
        )
    instance.mkdir(parents=True, exist_ok=True)
    key = os.urandom(32).hex()
    try:
        # Exclusive creation: two processes that start together agree on one key.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key
