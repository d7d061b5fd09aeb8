"""Sending mail over SMTP: one connection for many letters, a time limit on each step, a word for what went wrong."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from enum import StrEnum
from types import TracebackType

from careerpath.core import clock
from careerpath.settings import MailServer
from careerpath.words import Message, msg

SECONDS = 20
"""How long the server may take for each step before it counts as out of reach."""
LONGEST_ANSWER = 200


class Fault(StrEnum):
    """Why a letter did not go."""

    UNREACHABLE = "unreachable"
    """The server does not answer, or not in a secure way."""
    SIGN_IN = "sign_in"
    """It does not take our user and password."""
    REFUSED = "refused"
    """It does not take this letter: an address that does not exist, a full box."""


FAULT_WORDS: dict[Fault, Message] = {
    Fault.UNREACHABLE: msg("邮件服务器连接不上"),
    Fault.SIGN_IN: msg("邮件服务器不接受账号和密码"),
    Fault.REFUSED: msg("邮件服务器拒收"),
}


class Undelivered(Exception):
    """A letter did not go; ``answer`` is what the server or the network said, at most ``LONGEST_ANSWER`` letters."""

    def __init__(self, fault: Fault, answer: str) -> None:
        super().__init__(f"{fault}: {answer}")
        self.fault = fault
        self.answer = answer[:LONGEST_ANSWER]

    @property
    def of_server(self) -> bool:
        """Whether every other letter would fail in the same way."""
        return self.fault is not Fault.REFUSED


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of plain text to one address."""

    to: str
    subject: str
    text: str


class Postman:
    """Carries letters to a server: ``with Postman(server, name) as postman: postman.send(letter)``.

    The connection is opened with the first letter. ``name`` is shown before the sender's address.
    """

    def __init__(self, server: MailServer, name: str = "", seconds: float = SECONDS) -> None:
        self.server = server
        self.name = name
        self.seconds = seconds
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Postman":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.connection is not None:
            try:
                self.connection.quit()
            except (smtplib.SMTPException, OSError):
                self.connection.close()
            self.connection = None

    def send(self, letter: Letter) -> None:
        """Hand one letter over. Raises ``Undelivered``; the next letter may still go unless it is ``of_server``."""
        written = self._written(letter)
        while True:
            fresh = self.connection is None
            try:
                self._connected().send_message(written, self.server.sender, [letter.to])
            except smtplib.SMTPServerDisconnected as error:
                self.connection = None
                # Servers hang up after so many letters; one that hangs up on a new connection does not like this one.
                if fresh:
                    raise Undelivered(Fault.REFUSED, str(error)) from error
            except smtplib.SMTPRecipientsRefused as error:
                raise Undelivered(Fault.REFUSED, _said(*error.recipients[letter.to])) from error
            except smtplib.SMTPResponseException as error:
                raise Undelivered(Fault.REFUSED, _said(error.smtp_code, error.smtp_error)) from error
            except (smtplib.SMTPException, ValueError) as error:
                raise Undelivered(Fault.REFUSED, str(error)) from error
            except OSError as error:
                self.connection = None
                raise Undelivered(Fault.UNREACHABLE, str(error)) from error
            else:
                return

    def _connected(self) -> smtplib.SMTP:
        if self.connection is None:
            self.connection = self._open()
        return self.connection

    def _open(self) -> smtplib.SMTP:
        server, here = self.server, self.server.sender.rpartition("@")[2]
        connection: smtplib.SMTP | None = None
        try:
            if server.security == "tls":
                context = ssl.create_default_context()
                connection = smtplib.SMTP_SSL(
                    server.host, server.port, local_hostname=here, timeout=self.seconds, context=context
                )
            else:
                connection = smtplib.SMTP(server.host, server.port, local_hostname=here, timeout=self.seconds)
                if server.security == "starttls":
                    connection.starttls(context=ssl.create_default_context())
            if server.user:
                connection.login(server.user, server.password)
        except smtplib.SMTPAuthenticationError as error:
            _close(connection)
            raise Undelivered(Fault.SIGN_IN, _said(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            _close(connection)
            raise Undelivered(Fault.UNREACHABLE, str(error)) from error
        return connection

    def _written(self, letter: Letter) -> EmailMessage:
        written = EmailMessage(policy=SMTP)
        written["Subject"] = letter.subject
        written["From"] = Address(self.name, addr_spec=self.server.sender)
        written["To"] = Address(addr_spec=letter.to)
        written["Date"] = format_datetime(clock.office_time(clock.now()))
        written["Message-ID"] = make_msgid(domain=self.server.sender.rpartition("@")[2])
        written["Auto-Submitted"] = "auto-generated"
        # Old relays still cut or spoil plain eight-bit text.
        written.set_content(letter.text, charset="utf-8", cte="base64")
        return written


def _close(connection: smtplib.SMTP | None) -> None:
    if connection is not None:
        connection.close()


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {text}"
