"""A mail server on this machine that keeps what it is given, and refuses or demands what a test wants."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from careerpath.settings import MailServer

USER, PASSWORD = "careerpath", "Plum-Orchard-77"


@dataclass
class Mailbox:
    """What came, and to whom nothing can come."""

    refused: frozenset[str] = frozenset()
    letters: list[EmailMessage] = field(default_factory=list)
    connections: set[Any] = field(default_factory=set)

    async def handle_RCPT(
        self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whether there is such an address."""
        if address in self.refused:
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        """Keep a letter."""
        letter = message_from_bytes(bytes(envelope.content or b""), policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.connections.add(session.peer)
        return "250 OK"

    def texts(self) -> dict[str, str]:
        """The texts of the letters by their addresses."""
        return {str(each["To"]): each.get_content().replace("\r\n", "\n") for each in self.letters}


class AnyPort(Controller):
    """A server on whichever port is free."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    mailbox: Mailbox, context: ssl.SSLContext | None = None, *, security: str = "none", signing_in: bool = False
) -> Iterator[MailServer]:
    """A server that runs while a test does; gives the settings that reach it."""

    def sign_in(server: Server, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    more: dict[str, Any] = {"authenticator": sign_in, "auth_required": True} if signing_in else {}
    if security == "starttls":
        more |= {"tls_context": context, "require_starttls": True}
    controller = AnyPort(
        mailbox, hostname="127.0.0.1", port=0, ssl_context=context if security == "tls" else None, **more
    )
    controller.start()
    try:
        user, password = (USER, PASSWORD) if signing_in else ("", "")
        yield MailServer("127.0.0.1", controller.port, security, "careerpath@office.example", user, password)
    finally:
        controller.stop()
