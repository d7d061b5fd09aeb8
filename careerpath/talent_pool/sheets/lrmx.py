"""干部任免审批表 as a file (.lrmx): 34 elements in one order, read strictly and written whole (DOMAIN.md §10)."""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from xml.parsers import expat
from xml.sax.saxutils import escape

from careerpath.words import Message, Refused, msg

MOST_BYTES = 2 * 1024 * 1024
"""No form with one portrait is larger."""

MOST_RELATIVES = 60
VERSION = "3.2.1.6"
LINE_END = "\r\n"

ROOT, FAMILY, ITEM = "Person", "JiaTingChengYuan", "Item"

TAGS: Mapping[str, str] = {
    "XingMing": "name",
    "XingBie": "sex",
    "ChuShengNianYue": "born_on",
    "MinZu": "ethnic",
    "JiGuan": "native_place",
    "ChuShengDi": "birth_place",
    "RuDangShiJian": "joined_party",
    "CanJiaGongZuoShiJian": "joined_work_on",
    "JianKangZhuangKuang": "health",
    "ZhuanYeJiShuZhiWu": "technical_post",
    "ShuXiZhuanYeYouHeZhuanChang": "speciality",
    "QuanRiZhiJiaoYu_XueLi": "full_time_education",
    "QuanRiZhiJiaoYu_XueWei": "full_time_degree",
    "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "full_time_school",
    "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "full_time_degree_school",
    "ZaiZhiJiaoYu_XueLi": "in_service_education",
    "ZaiZhiJiaoYu_XueWei": "in_service_degree",
    "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "in_service_school",
    "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "in_service_degree_school",
    "XianRenZhiWu": "present_post",
    "NiRenZhiWu": "proposed_post",
    "NiMianZhiWu": "relieved_post",
    "JianLi": "resume",
    "JiangChengQingKuang": "rewards",
    "NianDuKaoHeJieGuo": "appraisals",
    "RenMianLiYou": "reason",
    "JiaTingChengYuan": "family",
    "ChengBaoDanWei": "submitted_by",
    "JiSuanNianLingShiJian": "age_on",
    "TianBiaoShiJian": "filled_on",
    "TianBiaoRen": "filled_by",
    "ShenFenZheng": "identity",
    "ZhaoPian": "photo",
    "Version": "version",
}
"""Every element in its order, with the field that holds it."""

ITEM_TAGS: Mapping[str, str] = {
    "ChengWei": "relation",
    "XingMing": "name",
    "ChuShengRiQi": "born_on",
    "ZhengZhiMianMao": "political",
    "GongZuoDanWeiJiZhiWu": "work",
}
"""The elements of one member of the family, in order."""

MONTHS = frozenset({"ChuShengNianYue", "CanJiaGongZuoShiJian", "ChuShengRiQi"})
DAYS = frozenset({"JiSuanNianLingShiJian", "TianBiaoShiJian"})

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LrmxRelative:
    """One member of the family; ``born_on`` is the first day of the month of birth."""

    relation: str = ""
    name: str = ""
    born_on: date | None = None
    political: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LrmxPerson:
    """What the 34 elements say. Months are their first days; ``joined_party`` is ``yyyyMM`` or words such as 民盟.

    ``resume`` has a line for each time, see ``resume_text``; lines of texts end with CR LF. ``photo`` is the picture
    itself. Texts have no blanks at their ends.
    """

    name: str = ""
    sex: str = ""
    born_on: date | None = None
    ethnic: str = ""
    native_place: str = ""
    birth_place: str = ""
    joined_party: str = ""
    joined_work_on: date | None = None
    health: str = ""
    technical_post: str = ""
    speciality: str = ""
    full_time_education: str = ""
    full_time_degree: str = ""
    full_time_school: str = ""
    full_time_degree_school: str = ""
    in_service_education: str = ""
    in_service_degree: str = ""
    in_service_school: str = ""
    in_service_degree_school: str = ""
    present_post: str = ""
    proposed_post: str = ""
    relieved_post: str = ""
    resume: str = ""
    rewards: str = ""
    appraisals: str = ""
    reason: str = ""
    family: tuple[LrmxRelative, ...] = ()
    submitted_by: str = ""
    age_on: date | None = None
    filled_on: date | None = None
    filled_by: str = ""
    identity: str = ""
    photo: bytes = b""
    version: str = VERSION


def write_lrmx(person: LrmxPerson) -> bytes:
    """The file: every element in its order, empty ones too; control characters, which XML cannot hold, are left out."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<{ROOT}>"]
    for tag, name in TAGS.items():
        if tag != FAMILY:
            lines.append(_element(tag, getattr(person, name), "  "))
            continue
        lines.append(f"  <{FAMILY}>")
        for relative in person.family:
            lines.append(f"    <{ITEM}>")
            lines += [_element(each, getattr(relative, one), "      ") for each, one in ITEM_TAGS.items()]
            lines.append(f"    </{ITEM}>")
        lines.append(f"  </{FAMILY}>")
    lines.append(f"</{ROOT}>")
    return LINE_END.join([*lines, ""]).encode()


def read_lrmx(body: bytes) -> LrmxPerson:
    """What a file says. Raises ``Refused`` that names the element for anything that is not exactly such a file."""
    if len(body) > MOST_BYTES:
        raise _refused(msg("文件超过 %(most)s MB，不是一份任免审批表，请核对。", most=MOST_BYTES // 1024 // 1024))
    try:
        body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(msg("文件不是 UTF-8 编码的任免审批表，请用任免表编辑器重新导出。")) from error
    reader = _Reader()
    try:
        reader.parse(body)
    except expat.ExpatError as error:
        raise _refused(
            msg("第 %(line)s 行不是完整的任免审批表文件，请用任免表编辑器重新导出。", line=error.lineno)
        ) from error
    return reader.person()


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return re.split("\r\n|\r|\n", text)


def _element(tag: str, value: object, margin: str) -> str:
    text = _text_of(tag, value)
    return f"{margin}<{tag}>{text}</{tag}>"


def _text_of(tag: str, value: object) -> str:
    if isinstance(value, date):
        return f"{value:%Y%m%d}" if tag in DAYS else f"{value:%Y%m}"
    if isinstance(value, bytes):
        return b64encode(value).decode()
    text = _NOT_IN_XML.sub("", str(value or ""))
    return escape(LINE_END.join(lines_of(text)))


def _refused(message: Message) -> Refused:
    return Refused(message, field="file")


class _Reader:
    """Takes the elements in their order and nothing else; declarations of any kind end the reading."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._letters
        self._parser.StartDoctypeDeclHandler = self._declared
        self._parser.EntityDeclHandler = self._declared
        self._parser.ExternalEntityRefHandler = self._declared
        self._parser.ProcessingInstructionHandler = self._declared
        self._path: list[str] = []
        self._seen: list[list[str]] = []
        """The elements met so far, at each depth."""
        self._text: list[str] = []
        self._values: dict[str, str] = {}
        self._item: dict[str, str] = {}
        self._family: list[LrmxRelative] = []

    def parse(self, body: bytes) -> None:
        """Read it all."""
        self._parser.Parse(body, True)

    def person(self) -> LrmxPerson:
        """What was read."""
        given = {TAGS[tag]: _read(tag, text) for tag, text in self._values.items()}
        return LrmxPerson(**given, family=tuple(self._family))  # type: ignore[arg-type]

    def _declared(self, *_: object) -> int:
        raise _refused(msg("文件带有 DTD、实体声明或处理指令，为安全起见不予读取，请用任免表编辑器重新导出。"))

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        # Some programs declare name spaces on the root that nothing uses.
        foreign = [name for name in attributes if self._path or not name.startswith("xmlns")]
        if foreign:
            raise _refused(msg("元素“%(tag)s”带有属性“%(name)s”，任免审批表没有属性。", tag=tag, name=foreign[0]))
        if not self._path:
            if tag != ROOT:
                raise _refused(msg("根元素是“%(tag)s”，任免审批表应为“%(root)s”。", tag=tag, root=ROOT))
        else:
            self._check_place(tag)
        if self._path and "".join(self._text).strip():
            raise _refused(msg("元素“%(tag)s”之前有多余的文字，请用任免表编辑器重新导出。", tag=tag))
        self._text.clear()
        self._path.append(tag)
        self._seen.append([])

    def _check_place(self, tag: str) -> None:
        parent, seen = self._path[-1], self._seen[-1]
        known = self._children()
        if tag not in known:
            raise _refused(msg("“%(parent)s”中有未知元素“%(tag)s”，任免审批表没有这一项。", parent=parent, tag=tag))
        if parent == FAMILY:
            if len(self._family) >= MOST_RELATIVES:
                raise _refused(msg("家庭成员超过 %(most)s 人，请核对文件。", most=MOST_RELATIVES))
            return
        if tag in seen:
            raise _refused(msg("元素“%(tag)s”重复出现，请用任免表编辑器重新导出。", tag=tag))
        wanted = known[len(seen)]
        if tag != wanted:
            raise _refused(msg("元素“%(tag)s”的位置不对，此处应为“%(wanted)s”。", tag=tag, wanted=wanted))
        seen.append(tag)

    def _children(self) -> tuple[str, ...]:
        match self._path:
            case [_]:
                return tuple(TAGS)
            case [_, "JiaTingChengYuan"]:
                return (ITEM,)
            case [_, "JiaTingChengYuan", _]:
                return tuple(ITEM_TAGS)
        return ()

    def _end(self, tag: str) -> None:
        text = "".join(self._text)
        self._text.clear()
        known, seen = self._children(), self._seen.pop()
        if known:
            if text.strip():
                raise _refused(msg("元素“%(tag)s”中有多余的文字，请用任免表编辑器重新导出。", tag=tag))
            if tag != FAMILY and len(seen) < len(known):
                raise _refused(msg("“%(tag)s”缺少元素“%(wanted)s”，空项也应保留。", tag=tag, wanted=known[len(seen)]))
        self._path.pop()
        if tag == ITEM and self._path[-1:] == [FAMILY]:
            self._take_relative()
        elif not known and self._path[-1:] == [ITEM]:
            self._item[tag] = text
        elif not known:
            self._values[tag] = text

    def _take_relative(self) -> None:
        if any(text.strip() for text in self._item.values()):
            given = {ITEM_TAGS[tag]: _read(tag, text) for tag, text in self._item.items()}
            self._family.append(LrmxRelative(**given))  # type: ignore[arg-type]
        self._item = {}

    def _letters(self, text: str) -> None:
        self._text.append(text)


def _read(tag: str, text: str) -> str | bytes | date | None:
    text = LINE_END.join(lines_of(text.strip()))
    if tag in MONTHS:
        return _month(tag, text)
    if tag in DAYS:
        return _day(tag, text)
    if tag == "RuDangShiJian" and text.isdigit():
        _month(tag, text)
    if tag == "ZhaoPian":
        try:
            return b64decode("".join(text.split()), validate=True)
        except (NotBase64, ValueError) as error:
            raise _refused(msg("元素“%(tag)s”不是 Base64 编码的照片，请重新导出。", tag=tag)) from error
    if tag == "Version" and not re.fullmatch(r"[0-9]+(\.[0-9]+)*", text):
        raise _refused(msg("元素“%(tag)s”不是版本号，应如 %(version)s。", tag=tag, version=VERSION))
    return text


def _month(tag: str, text: str) -> date | None:
    wrong = msg("元素“%(tag)s”应为 6 位年月（如 198503）或空，现为“%(text)s”。", tag=tag, text=text[:20])
    return _date(text, r"([0-9]{4})([0-9]{2})()", wrong)


def _day(tag: str, text: str) -> date | None:
    wrong = msg("元素“%(tag)s”应为 8 位日期（如 20250630）或空，现为“%(text)s”。", tag=tag, text=text[:20])
    return _date(text, r"([0-9]{4})([0-9]{2})([0-9]{2})", wrong)


def _date(text: str, pattern: str, wrong: Message) -> date | None:
    if not text:
        return None
    found = re.fullmatch(pattern, text)
    if found is None:
        raise _refused(wrong)
    year, month, day = found.groups()
    try:
        return date(int(year), int(month), int(day or 1))
    except ValueError as error:
        raise _refused(wrong) from error
