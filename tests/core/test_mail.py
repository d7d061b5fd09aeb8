"""Letters on their way to a real mail server on this machine."""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from careerpath.core.mail import Fault, Letter, Postman, Undelivered
from careerpath.settings import MailServer
from tests.factories.mail import Mailbox, mail_server

LETTER = Letter("zhang@office.example", "3 项待办", "您好：\n有 3 项待办。\n")


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's certificate for this machine, which this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "office.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    path = tmp_path / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return context


def test_a_letter_arrives_as_it_was_written() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as server, Postman(server, "苗圃 CareerPath") as postman:
        postman.send(LETTER)
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == ("zhang@office.example", "3 项待办")
    assert letter["From"] == "苗圃 CareerPath <careerpath@office.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert mailbox.texts() == {"zhang@office.example": LETTER.text}


def test_many_letters_go_over_one_connection() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as server, Postman(server) as postman:
        for _ in range(3):
            postman.send(LETTER)
    assert len(mailbox.letters) == 3
    assert len(mailbox.connections) == 1


def test_an_address_that_does_not_exist_is_told_and_the_next_letter_goes() -> None:
    mailbox = Mailbox(refused=frozenset({"gone@office.example"}))
    with mail_server(mailbox) as server, Postman(server) as postman:
        with pytest.raises(Undelivered) as told:
            postman.send(replace(LETTER, to="gone@office.example"))
        postman.send(LETTER)
    assert (told.value.fault, told.value.of_server) == (Fault.REFUSED, False)
    assert told.value.answer == "550 5.1.1 no such user here"
    assert list(mailbox.texts()) == ["zhang@office.example"]


def test_a_server_that_does_not_answer_is_out_of_reach() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        server = MailServer("127.0.0.1", silent.getsockname()[1], "none", "careerpath@office.example")
        with Postman(server) as postman, pytest.raises(Undelivered) as told:
            postman.send(LETTER)
        silent.listen()
        with Postman(server, seconds=0.2) as postman, pytest.raises(Undelivered) as waited:
            postman.send(LETTER)
    assert told.value.fault is waited.value.fault is Fault.UNREACHABLE
    assert told.value.of_server


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_and_passwords_go_encrypted(certified: ssl.SSLContext, security: str) -> None:
    mailbox = Mailbox()
    signing_in = security == "starttls"
    with (
        mail_server(mailbox, certified, security=security, signing_in=signing_in) as server,
        Postman(server) as postman,
    ):
        postman.send(LETTER)
    assert list(mailbox.texts()) == ["zhang@office.example"]


def test_a_wrong_password_is_told_as_such(certified: ssl.SSLContext) -> None:
    with (
        mail_server(Mailbox(), certified, security="starttls", signing_in=True) as server,
        Postman(replace(server, password="wrong")) as postman,
        pytest.raises(Undelivered) as told,
    ):
        postman.send(LETTER)
    assert told.value.fault is Fault.SIGN_IN


def test_a_server_that_nobody_vouches_for_gets_nothing(
    certified: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    mailbox = Mailbox()
    with (
        mail_server(mailbox, certified, security="starttls") as server,
        Postman(server) as postman,
        pytest.raises(Undelivered) as told,
    ):
        postman.send(LETTER)
    assert told.value.fault is Fault.UNREACHABLE
    assert mailbox.letters == []


def test_a_server_without_encryption_gets_nothing_where_it_is_wanted() -> None:
    mailbox = Mailbox()
    with (
        mail_server(mailbox) as server,
        Postman(replace(server, security="starttls")) as postman,
        pytest.raises(Undelivered),
    ):
        postman.send(LETTER)
    assert mailbox.letters == []


def test_a_password_does_not_stand_in_what_is_written_of_the_server() -> None:
    server = MailServer("mail.office.example", 587, "starttls", "careerpath@office.example", "careerpath", "secret")
    assert "secret" not in repr(server)
