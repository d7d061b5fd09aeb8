"""``careerpath mail``: whether the mail server takes our mails, and the day's reminders by hand."""

from dataclasses import asdict

import click

from careerpath.access.actor import Actor
from careerpath.cli.context import application, as_json, print_json, tell
from careerpath.core import clock
from careerpath.dashboard.operations.addresses import mail_trial
from careerpath.dashboard.operations.reminders import send_reminders
from careerpath.dashboard.queries.reminders import mail_settings
from careerpath.words import msg


@click.group("mail")
def mail() -> None:
    """Reminders by e-mail: try the server, send the day's reminders."""


@mail.command("test")
@click.option("--to", required=True, metavar="ADDRESS", help="Where the test mail goes.")
def try_mail(to: str) -> None:
    """Send a test mail through the server of CAREERPATH_MAIL_HOST; says what the server said where it does not go."""
    with application():
        mail_trial(to, mail_settings().locale)
        tell(msg("测试邮件已交给邮件服务器，请到 %(to)s 查收。", to=to))


@mail.command("send")
@as_json
def send(json_wanted: bool) -> None:
    """Send the day's reminders now, as the worker does every morning; what went today does not go again."""
    with application():
        done = send_reminders(Actor.console(), clock.today())
        if json_wanted:
            print_json(asdict(done))
            return
        tell(
            msg(
                "系统内提醒 %(told)s 个账号，发出邮件 %(sent)s 封，未发出 %(failed)s 封。",
                told=done.told,
                sent=done.sent,
                failed=done.failed,
            )
        )
