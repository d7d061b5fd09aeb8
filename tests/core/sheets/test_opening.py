from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

from careerpath.core.sheets import Limits, mark_faults, open_workbook, read_rows
from careerpath.words import Refused
from tests.core.sheets.workbooks import OLD_ROSTER, ROSTER, change_parts, make_xlsx, number, people, read

GOOD = make_xlsx(people(3))
SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes, filename: str = "花名册.xlsx", limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as caught:
        open_workbook(content, filename, limits)
    return str(caught.value)


def test_a_workbook_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "任意.bin"
    path.write_bytes(GOOD)
    assert open_workbook(path, "花名册.xls").kind == "xlsx"
    assert open_workbook(OLD_ROSTER, "花名册.xlsx").kind == "xls"


@pytest.mark.parametrize(
    ("content", "filename", "told"),
    [
        (b"", "a.xlsx", "空的"),
        (b"  \r\n ", "a.csv", "没有内容"),
        (b"just some text\n", "a.xlsx", "纯文本"),
        ("姓名,证件号码\n张三,1\n".encode(), "a.xls", "改回 .csv"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "a.xls", "网页"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com"/>', "a.xls", "网页"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.xls", "网页"),
        (b"%PDF-1.7\n\x00\x01\x02", "a.csv", "无法识别"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.xlsx", "无法识别"),
        (b"PK\x03\x04 nothing more", "a.xlsx", "损坏"),
        (b"PK\x05\x06" + bytes(18), "a.xlsx", "不是 Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "损坏"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_refused_and_says_what_to_do(content: bytes, filename: str, told: str) -> None:
    assert told in refusal(content, filename)


def test_other_documents_in_a_zip_are_refused_by_their_kind() -> None:
    def pack(*names: str) -> bytes:
        out = BytesIO()
        with ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(name, b"x")
        return out.getvalue()

    assert "不是 Excel" in refusal(pack("word/document.xml"))
    assert ".xlsb" in refusal(pack("xl/workbook.bin"))
    assert ".ods" in refusal(pack("mimetype", "content.xml"))


def test_a_workbook_with_a_password_is_refused() -> None:
    out = BytesIO()
    OOXMLFile(BytesIO(GOOD)).encrypt("secret", out)
    assert "密码" in refusal(out.getvalue())


def test_an_old_workbook_with_a_password_is_refused() -> None:
    # The record WriteAccess (0x5C) stands where FilePass (0x2F) would.
    at = OLD_ROSTER.index(b"\x5c\x00\x70\x00")
    assert "密码" in refusal(OLD_ROSTER[:at] + b"\x2f\x00" + OLD_ROSTER[at + 2 :], "a.xls")


def test_a_word_document_in_the_old_container_is_refused() -> None:
    renamed = OLD_ROSTER.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    assert "Word" in refusal(renamed, "a.xls")


def test_a_zip_bomb_is_refused_before_it_is_read() -> None:
    bomb = change_parts(GOOD, {"xl/media/image1.png": bytes(40_000_000)})
    assert len(bomb) < 100_000
    assert "大得不正常" in refusal(bomb)
    zeros = change_parts(GOOD, {SHEET: b"0" * 40_000_000})
    assert "大得不正常" in refusal(zeros)


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = change_parts(GOOD, {"xl/media/image1.png": bytes(40_000_000)})
    lying = bomb.replace((40_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != bomb
    assert "损坏" in refusal(lying)


def test_parts_that_overlap_and_too_many_parts_are_refused() -> None:
    with ZipFile(BytesIO(GOOD)) as archive:
        entry = archive.getinfo(SHEET)
    large = GOOD.replace(entry.compress_size.to_bytes(4, "little"), len(GOOD).to_bytes(4, "little"))
    assert "大得不正常" in refusal(large)
    assert "大得不正常" in refusal(GOOD, limits=Limits(entries=3))


def test_a_large_file_is_refused_with_both_sizes() -> None:
    assert "最大 1 MB" in refusal(bytes(2 * 1024 * 1024), limits=Limits(file_size=1024 * 1024))


def test_a_cut_off_file_and_a_damaged_one_are_refused() -> None:
    assert "损坏" in refusal(GOOD[: len(GOOD) // 2])
    assert "损坏" in refusal(change_parts(GOOD, {SHEET: lambda part: part[:-40]}))
    assert "损坏" in refusal(OLD_ROSTER[:1500], "a.xls")


@pytest.mark.parametrize("step", range(7))
def test_random_damage_is_refused_or_read_but_never_fails_otherwise(step: int) -> None:
    for original, name in ((GOOD, "a.xlsx"), (OLD_ROSTER, "a.xls")):
        for at in range(step * 11, len(original), 97):
            damaged = bytearray(original)
            damaged[at] ^= 0x55
            with suppress(Refused):
                assert read(bytes(damaged), name).rows


@pytest.mark.parametrize(
    "part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_document_types_and_entities_are_refused_in_every_part(part: str) -> None:
    def add(content: bytes) -> bytes:
        declared = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        head, mark, rest = content.partition(b"?>")
        return head + mark + declared + rest

    hostile = change_parts(GOOD, {part: add})
    assert "DTD" in refusal(hostile)
    with pytest.raises(Refused):
        mark_faults(hostile, "a.xlsx", [], ROSTER)


def test_document_types_in_another_encoding_are_refused_too() -> None:
    def add(content: bytes) -> bytes:
        text = content.decode().partition("?>")[2]
        return ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "a">]>' + text).encode("utf-16")

    assert "DTD" in refusal(change_parts(GOOD, {SHEET: add}))


def test_a_sheet_with_one_far_cell_is_refused_before_room_is_made_for_it() -> None:
    def far(content: bytes) -> bytes:
        return content.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')

    with pytest.raises(Refused, match="XFD"):
        read(change_parts(GOOD, {SHEET: far}))

    def deep(content: bytes) -> bytes:
        return content.replace(b"</sheetData>", b'<row r="1048576"><c r="J1048576"><v>1</v></c></row></sheetData>')

    with pytest.raises(Refused, match="第 1048576 行"):
        read(change_parts(GOOD, {SHEET: deep}))


def test_a_place_that_lies_outside_every_sheet_is_refused() -> None:
    assert "损坏" in refusal(change_parts(GOOD, {SHEET: lambda part: part.replace(b'r="A2"', b'r="A0"')}))
    assert "损坏" in refusal(change_parts(GOOD, {SHEET: lambda part: part.replace(b'r="A2"', b'r="2A"')}))


def test_a_part_that_claims_to_hold_millions_of_texts_is_refused() -> None:
    claimed = change_parts(
        GOOD, {"xl/sharedStrings.xml": lambda part: part.replace(b'uniqueCount="8"', b'uniqueCount = "4294967295"')}
    )
    assert claimed != GOOD
    assert "损坏" in refusal(claimed)


def test_a_text_that_only_looks_like_such_a_claim_is_read() -> None:
    said = 'count="4294967295"'
    assert read(make_xlsx([["姓名", "证件号码"], [said, number(1)]])).rows[0].values["name"] == said


def test_an_old_workbook_that_claims_rows_or_columns_beyond_every_sheet_is_refused() -> None:
    claim = OLD_ROSTER.index(b"\x00\x02\x0e\x00") + 4
    assert "损坏" in refusal(OLD_ROSTER[: claim + 4] + b"\xff\xff\xff\x7f" + OLD_ROSTER[claim + 8 :], "a.xls")
    cell = OLD_ROSTER.index(b"\xfd\x00\x0a\x00") + 6
    assert "损坏" in refusal(OLD_ROSTER[:cell] + b"\xff\xff" + OLD_ROSTER[cell + 2 :], "a.xls")


def test_too_many_rows_are_refused_with_their_number() -> None:
    content = make_xlsx(people(300))

    def count(most: int) -> int:
        return len(read_rows(open_workbook(content, "a.xlsx", Limits(rows=most)), ROSTER).rows)

    with pytest.raises(Refused, match=r"300 行数据.*299 行"):
        count(299)
    with pytest.raises(Refused, match=r"301 行内容.*50 行.*拆分"):
        count(50)
    assert count(300) == 300


def test_an_empty_workbook_and_an_empty_sheet_are_refused() -> None:
    assert "没有内容" in refusal(make_xlsx([]))
    with pytest.raises(Refused, match="只有表头"):
        read(make_xlsx([["姓名", "证件号码"]]))


def test_macros_are_ignored() -> None:
    with_macro = change_parts(
        GOOD,
        {
            "xl/vbaProject.bin": b"not read",
            "[Content_Types].xml": lambda part: part.replace(
                b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
            ),
        },
    )
    assert len(read(with_macro, "a.xlsm").rows) == 3
