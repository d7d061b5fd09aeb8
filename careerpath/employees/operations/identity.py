"""Identity number, telephone and name: read as people write them, checked, and masked."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from pypinyin import Style, lazy_pinyin
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from careerpath.employees.operations.facts import check_length
from careerpath.policy.codes import Sex
from careerpath.words import Refused, msg

SURNAMES = {
    "单": "s", "曾": "z", "解": "x", "仇": "q", "区": "o", "查": "z", "朴": "p", "盖": "g", "乐": "y", "翟": "z",
    "秘": "b", "缪": "m", "折": "s", "种": "c", "召": "s", "万俟": "mq", "尉迟": "yc", "长孙": "zs",
}  # fmt: skip
"""Surnames that are read otherwise than the character usually is."""

MOBILE = re.compile(r"1[3-9]\d{9}")
ANYWHERE = re.compile(r"\d{17}[\dXx]")
LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})-?(\d{7,8})")


@dataclass(frozen=True, slots=True)
class Identity:
    """A checked identity number (GB 11643), with what it says of its holder."""

    number: str
    born_on: date
    sex: Sex

    @property
    def masked(self) -> str:
        """First six and last four signs: ``371399********0010``."""
        return f"{self.number[:6]}********{self.number[14:]}"


def plain_text(text: str) -> str:
    """What was meant by typed text: full-width signs as plain ones, no spaces around, single spaces within."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def read_name(text: str) -> str:
    """A checked name: Chinese ones without spaces, with the one dot that names of other peoples are written with."""
    name = text.strip()
    for dot in "•・‧∙･":
        name = name.replace(dot, "·")
    if not name.isascii():
        name = "".join(name.split())
    name = plain_text(name)
    if not name:
        raise Refused(msg("请填写姓名。"), field="name")
    if any(sign.isdigit() or not sign.isprintable() for sign in name):
        raise Refused(msg("姓名“%(name)s”含有数字或不可见字符，请核对。", name=name), field="name")
    check_length(name, 64, "name", msg("姓名"))
    return name


def read_identity(text: str) -> Identity:
    """A checked identity number of 18 signs; x is taken for X, the division need not be an assigned one.

    Raises ``Refused`` that names the place of the mistake, never the number.
    """
    number = plain_text(text).replace(" ", "").upper()
    if not number:
        raise Refused(msg("请填写身份证号码。"), field="identity")
    if len(number) == 15 and number.isdigit():
        raise Refused(msg("这是 15 位的旧号码，请按现行居民身份证填写 18 位号码。"), field="identity")
    for place, sign in enumerate(number[:18], start=1):
        if not (sign.isascii() and sign.isdigit()) and not (place == 18 and sign == "X"):
            raise Refused(
                msg(
                    "身份证号码第 %(place)s 位是“%(sign)s”：前 17 位应为数字，第 18 位应为数字或 X。",
                    place=place,
                    sign=sign,
                ),
                field="identity",
            )
    if len(number) != 18:
        raise Refused(
            msg("身份证号码应为 18 位，现为 %(count)s 位，请核对是否漏录或多录。", count=len(number)), field="identity"
        )
    try:
        born_on = ric.get_birth_date(number)
    except ValidationError as error:
        raise Refused(
            msg("身份证号码第 7 至 14 位“%(digits)s”不是有效的出生日期，请核对。", digits=number[6:14]),
            field="identity",
        ) from error
    if number[-1] != ric.calc_check_digit(number):
        raise Refused(msg("身份证号码末位校验码不符，其中至少有一位录错，请对照证件逐位核对。"), field="identity")
    return Identity(number, born_on, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def read_phone(text: str) -> str:
    """A checked telephone number: a mobile one of 11 digits, or a landline with its area code; empty stays empty."""
    number = re.sub(r"[\s ()]", "", plain_text(text)).replace("—", "-").replace("–", "-")
    if not number:
        return ""
    mobile = number.replace("-", "").removeprefix("+86")
    if MOBILE.fullmatch(mobile):
        return mobile
    landline = LANDLINE.fullmatch(number)
    if landline:
        return f"{landline[1]}-{landline[2]}"
    raise Refused(msg("联系电话应为 11 位手机号码，或带区号的固定电话（如 0539-5221234），请核对。"), field="phone")


def mask_phone(number: str) -> str:
    """A telephone number as lists show it: ``138****5678``, ``0539-****234``."""
    if not number:
        return ""
    area, dash, rest = number.rpartition("-")
    return f"{area}-****{rest[4:]}" if dash else f"{number[:3]}****{number[7:]}"


def mask_name(name: str) -> str:
    """A name as public lists show it: 林一诺 is ``林*诺``, 林诺 ``林*``; of a long one the first and the last sign."""
    if len(name) < 3:
        return f"{name[:1]}*" if name else ""
    return f"{name[0]}{'*' * min(len(name) - 2, 3)}{name[-1]}"


def initials_of(name: str) -> str:
    """Pinyin initials in lower case, for look-up by keyboard: 黎书航 is ``lsh``."""
    plain = re.sub(r"[^\w]|_", "", plain_text(name))
    head = next((surname for surname in (plain[:2], plain[:1]) if surname in SURNAMES), "")
    rest = lazy_pinyin(plain[len(head) :], style=Style.FIRST_LETTER)
    return (SURNAMES.get(head, "") + "".join(rest)).lower()[:32]


def without_identity(text: str) -> str:
    """Free text with any identity number in it masked, so that none is kept by accident."""
    return ANYWHERE.sub(lambda found: f"{found[0][:6]}********{found[0][14:]}", text)
