"""The mails that accounts are sent: a reminder, the code that confirms an address, a test of the server."""

from datetime import date
from urllib.parse import urljoin

from flask import url_for

from careerpath.core.mail import Letter
from careerpath.core.web.language import in_language, say
from careerpath.dashboard.queries.digest import Digest, Line
from careerpath.settings import Settings
from careerpath.words import Message, msg

MOST_NAMED = 20
"""So many tasks and so many deadlines are told one by one; the page has the rest."""
PRODUCT = msg("苗圃 CareerPath")


def reminder_letter(to: str, found: Digest, on: date, language: str, settings: Settings) -> Letter:
    """The mail of a day, in a language: counts and links; the tasks by their titles only where the settings allow it.

    Links need ``settings.address``. Must be called where addresses of pages can be made.
    """
    with in_language(language):
        tasks = sum(line.count for line in found.lines if not line.is_deadline)
        subject = msg("%(product)s：%(tasks)s 项待办，%(due)s 项到期", product=PRODUCT, tasks=tasks, due=found.due)
        text: list[str] = [say(msg("您好：")), "", say(msg("截至 %(day)s，有下列事项需要您办理。", day=on))]
        of_tasks = [line for line in found.lines if not line.is_deadline]
        of_days = [line for line in found.lines if line.is_deadline]
        for heading, lines in ((msg("待办事项"), of_tasks), (msg("期限"), of_days)):
            if lines:
                text += ["", say(msg("【%(heading)s】", heading=heading))]
                for line in lines:
                    text += _told(line, settings)
        if settings.mail_names:
            text += _named(found)
        text += ["", *_foot(settings)]
        return Letter(to, say(subject), "\n".join(text) + "\n")


def code_letter(to: str, code: str, minutes: int, language: str) -> Letter:
    """The mail with the code that confirms an address."""
    with in_language(language):
        text = [
            say(msg("您好：")),
            "",
            say(msg("有人在%(product)s申请用这个邮箱接收提醒。验证码：%(code)s", product=PRODUCT, code=code)),
            say(msg("验证码 %(minutes)s 分钟内有效。如果不是您本人申请，请不要理会本邮件。", minutes=minutes)),
        ]
        return Letter(to, say(msg("%(product)s：邮箱验证码", product=PRODUCT)), "\n".join(text) + "\n")


def trial_letter(to: str, language: str) -> Letter:
    """The mail that shows whether the server takes our mails."""
    with in_language(language):
        text = say(msg("这是一封测试邮件。收到它，说明%(product)s的邮件设置可以使用。", product=PRODUCT))
        return Letter(to, say(msg("%(product)s：测试邮件", product=PRODUCT)), f"{text}\n")


def _told(line: Line, settings: Settings) -> list[str]:
    told: Message = msg("- %(title)s：%(detail)s", title=line.title, detail=line.detail)
    return [say(told), *([f"  {_absolute(line.url, settings)}"] if settings.address else [])]


def _named(found: Digest) -> list[str]:
    text: list[str] = []
    if found.tasks:
        text += ["", say(msg("【待办明细】"))]
        for task in found.tasks[:MOST_NAMED]:
            due = msg("（%(due)s）", due=task.due) if task.due else ""
            text.append(say(msg("- %(title)s：%(detail)s%(due)s", title=task.title, detail=task.detail, due=due)))
    if found.deadlines:
        text += ["", say(msg("【期限明细】"))]
        for one in found.deadlines[:MOST_NAMED]:
            text.append(
                say(
                    msg(
                        "- %(day)s %(unit)s %(name)s：%(what)s", day=one.on, unit=one.unit, name=one.name, what=one.what
                    )
                )
            )
    return text


def _foot(settings: Settings) -> list[str]:
    if not settings.address:
        return [say(msg("请登录系统办理。本邮件由系统自动发送，请勿回复；可在“提醒设置”中停收。"))]
    return [
        say(msg("办理：%(url)s", url=_absolute(url_for("dashboard.home"), settings))),
        say(msg("停收或改变频率：%(url)s", url=_absolute(url_for("reminders.settings"), settings))),
        say(msg("本邮件由系统自动发送，请勿回复。")),
    ]


def _absolute(url: str, settings: Settings) -> str:
    return urljoin(f"{settings.address}/", url)
