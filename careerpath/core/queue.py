"""The wake-up call for background workers. What is to be done, and whether it is done, stands in the database."""

from urllib.parse import urlsplit

from huey import Huey, MemoryHuey, SqliteHuey
from huey.api import crontab

from careerpath.words import Refused, msg

every_minute = crontab()


def open_queue(url: str) -> Huey:
    """The queue of an installation: ``sqlite:///path`` (one machine), ``memory:`` (tests), ``redis://…``, ``postgresql://…``."""
    scheme = urlsplit(url).scheme
    if scheme == "memory":
        return MemoryHuey("careerpath", results=False)
    if scheme == "sqlite":
        return SqliteHuey("careerpath", filename=url.removeprefix("sqlite:///"), results=False)
    raise Refused(msg("设置 CAREERPATH_QUEUE 不支持“%(scheme)s”，可用 sqlite:///路径。", scheme=scheme))
