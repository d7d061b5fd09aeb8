"""Reasons that go into the trail, which stays for ever: without the person whose particulars are purged."""

import re

from careerpath.employees.operations.identity import without_identity
from careerpath.recruitment.models import Application
from careerpath.recruitment.queries.sealed import opened

LONGEST_REASON = 200
LONG_NUMBER = re.compile(r"\d{7,}")
"""A telephone number, a bank account: nothing that the trail needs."""


def impersonal(application: Application, text: str) -> str:
    """A reason with the number of the application, without name, telephone and identity of the person."""
    said = text.replace(application.name, "其本人") if application.name else text
    phone = opened(application.phone_sealed, "phone", application.uid)
    said = said.replace(phone, "•••") if phone else said
    said = LONG_NUMBER.sub("•••", without_identity(said))
    return f"{application.number}：{said}"
