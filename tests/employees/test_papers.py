"""Photos, attachments, and what is sealed."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.core.files import files
from careerpath.employees.models import Attachment, AttachmentKind
from careerpath.employees.operations.contents import PAPER_LIMIT, paper_name, read_paper, read_photo
from careerpath.employees.operations.papers import (
    add_attachment,
    remove_attachment,
    reveal_identity,
    reveal_paper,
    set_photo,
)
from careerpath.employees.queries.papers import attachment_of, photo_of
from careerpath.employees.queries.sealed import opened
from careerpath.settings import Settings
from careerpath.words import NotFound, Refused
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_employee, make_identity


def make_image(kind: str = "JPEG", size: tuple[int, int] = (1200, 1600)) -> bytes:
    """A plain picture, as a JPEG with a camera's name in it."""
    target = BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "SecretCamera"
    Image.new("RGB", size, "white").save(target, kind, exif=exif)
    return target.getvalue()


def make_pdf(script: str = "") -> bytes:
    """A PDF of one blank page, with a script where one is given."""
    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if script:
            pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def test_a_photo_is_kept_small_and_without_its_metadata(app: Flask) -> None:
    kept = read_photo(make_image())
    assert b"SecretCamera" not in kept
    with Image.open(BytesIO(kept)) as image:
        assert (image.format, image.size) == ("JPEG", (480, 640))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_hides_behind_a_picture_does_not_survive(kind: str) -> None:
    archive = BytesIO()
    with ZipFile(archive, "w") as zipped:
        zipped.writestr("payload.html", "<script>alert(1)</script>")
    body = make_image(kind, (80, 100)) + archive.getvalue()
    kept = read_paper(body)
    assert b"payload" not in kept.body
    assert kept.media_type == f"image/{kind.lower()}"


def test_a_pdf_is_kept_as_it_is() -> None:
    body = make_pdf()
    assert read_paper(body).body == body


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"MZ\x90\x00" + bytes(100), "按文件内容判断"),
        (b"<html><script>alert(1)</script></html>", "按文件内容判断"),
        (b"GIF89a" + bytes(50), "按文件内容判断"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "图片已损坏"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片已损坏"),
        (make_image("PNG", (40, 40))[:60], "图片已损坏"),
        (b"%PDF-1.7\n" + bytes(50), "PDF 不完整"),
        (b"%PDF-1.7\ntrailer\n%%EOF", "PDF 已损坏"),
        (make_pdf() + b"PK\x03\x04 more", "结尾之后另有内容"),
        (b"MZ" + make_pdf(), "按文件内容判断"),
        (make_pdf("app.alert(1)"), "带有脚本"),
        (b"", "文件是空的"),
        (b"%PDF-" + bytes(PAPER_LIMIT), "文件有 21 MB，最多 20 MB"),
    ],
)
def test_what_is_no_sound_paper_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_paper(body)


def test_a_picture_of_absurd_size_is_refused_before_it_is_unpacked() -> None:
    head = bytearray(make_image("PNG", (8, 8)))
    head[16:24] = (12_000).to_bytes(4, "big") + (12_000).to_bytes(4, "big")
    with pytest.raises(Refused):
        read_photo(bytes(head))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\scan\\合同 (1).exe", "合同 (1).pdf"),
        ("\r\nX: y.pdf", "X y.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
    ],
)
def test_a_file_name_is_made_harmless(name: str, safe: str) -> None:
    assert paper_name(name, "application/pdf") == safe


def test_papers_are_kept_encrypted_and_handed_out_within_the_scope_only(app: Flask, settings: Settings) -> None:
    town = Town()
    person = make_employee(None, town.community)
    own = make_actor(Role.STREET_HR, town.street)
    contract = make_pdf()
    paper = add_attachment(own, person.id, AttachmentKind.CONTRACT, "合同.pdf", contract)
    set_photo(own, person.id, make_image())
    assert attachment_of(own, person.id, paper).body == contract
    assert photo_of(own, person.id).startswith(b"\xff\xd8\xff")
    for kept in (settings.instance / "files").iterdir():
        assert b"%PDF" not in kept.read_bytes()
        assert b"JFIF" not in kept.read_bytes()
    other = make_actor(Role.STREET_HR, town.other_street)
    for look in (lambda: attachment_of(other, person.id, paper), lambda: photo_of(other, person.id)):
        with pytest.raises(NotFound):
            look()
    with pytest.raises(NotFound):
        attachment_of(make_actor(Role.AUDITOR, town.district), person.id, paper)


def test_a_removed_paper_is_gone_from_the_store(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    paper = add_attachment(CLERK, person.id, AttachmentKind.OTHER, "a.pdf", make_pdf())
    key = db.session.get_one(Attachment, paper).file_key
    remove_attachment(CLERK, person.id, paper)
    with pytest.raises(FileNotFoundError):
        files().read(key)
    with pytest.raises(NotFound):
        attachment_of(CLERK, person.id, paper)


def test_a_new_photo_takes_the_place_of_the_former_one(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    set_photo(CLERK, person.id, make_image())
    first = person.photo_key
    set_photo(CLERK, person.id, make_image("PNG"))
    with pytest.raises(FileNotFoundError):
        files().read(first)


def test_the_full_identity_number_is_given_for_a_reason_that_is_kept(app: Flask) -> None:
    town = Town()
    number = make_identity(serial=21)
    person = make_employee(None, town.community, identity=number)
    street = make_actor(Role.STREET_HR, town.street)
    with pytest.raises(Refused, match="至少 4 个字"):
        reveal_identity(street, person.id, " 核 对 ")
    assert reveal_identity(street, person.id, f"核对社保 {number}") == number
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.operation == "reveal_identity"
    assert "核对社保" in entry.note
    assert number not in entry.note
    with pytest.raises(NotFound):
        reveal_identity(make_actor(Role.STREET_HR, town.other_street), person.id, "核对社保登记")


def test_the_scan_of_an_identity_card_needs_a_reason_too(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    paper = add_attachment(CLERK, person.id, AttachmentKind.IDENTITY, "身份证.png", make_image("PNG", (60, 40)))
    with pytest.raises(NotFound):
        attachment_of(CLERK, person.id, paper)
    assert reveal_paper(CLERK, person.id, paper, "核对证件有效期").startswith(b"\x89PNG")


def test_no_identity_number_telephone_or_address_stands_in_the_database(app: Flask, settings: Settings) -> None:
    town = Town()
    number = make_identity(serial=22)
    person = make_employee(None, town.community, identity=number, phone="13912345678", address="和平路 88 号")
    reveal_identity(CLERK, person.id, f"核对 {number}")
    add_attachment(CLERK, person.id, AttachmentKind.IDENTITY, f"{number}.png", make_image("PNG", (60, 40)))
    address, uid = person.address_sealed, person.uid
    db.session.remove()
    for file in settings.instance.glob("careerpath.db*"):
        content = file.read_bytes()
        for secret in (number, number[6:], "13912345678", "和平路 88 号"):
            assert secret.encode() not in content
    assert opened(address, "address", uid) == "和平路 88 号"


def test_a_sealed_number_moved_to_another_file_does_not_open(app: Flask) -> None:
    town = Town()
    one = make_employee(None, town.community)
    other = make_employee(None, town.community)
    with pytest.raises(Refused, match="加密数据无法解开"):
        opened(one.identity_sealed, "identity", other.uid)
    with pytest.raises(Refused, match="加密数据无法解开"):
        opened(one.identity_sealed, "phone", one.uid)
