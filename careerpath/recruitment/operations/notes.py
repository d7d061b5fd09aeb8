"""Reasons that go into the trail, which stays for ever: without the person whose particulars are purged."""

import re

from careerpath.employees.operations.identity import without_identity
from careerpath.recruitment.models import Application
from careerpath.recruitment.queries.sealed import opened
from careerpath.words import Refused, msg

LONGEST_REASON = 200
LONG_NUMBER = re.compile(r"\d{7,}")
"""A telephone number, a bank account: nothing that the trail needs."""


def read_reason(text: str, field: str = "reason", *, most: int = LONGEST_REASON) -> str:
    """A reason without spaces to spare; refused where it is empty or too long."""
    reason = " ".join(text.split())
    if not reason:
        raise Refused(msg("请填写原因。"), field=field)
    if len(reason) > most:
        raise Refused(msg("原因最多 %(most)s 字，现为 %(now)s 字，请删减。", most=most, now=len(reason)), field=field)
    return reason


def impersonal(application: Application, text: str) -> str:
    """A reason with the number of the application, without name, telephone and identity of the person."""
    said = text.replace(application.name, "其本人") if application.name else text
    phone = opened(application.phone_sealed, "phone", application.uid)
    said = said.replace(phone, "•••") if phone else said
    said = LONG_NUMBER.sub("•••", without_identity(said))
    return f"{application.number}：{said}"
