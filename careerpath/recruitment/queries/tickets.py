"""With what a candidate comes back to the open pages, and what it opens."""

import hmac
from dataclasses import dataclass

from careerpath.core import clock
from careerpath.core.vault import vault
from careerpath.recruitment.models import Application, ApplicationState, BatchState, RecruitmentBatch
from careerpath.recruitment.queries.published import is_open


@dataclass(frozen=True, slots=True)
class Ticket:
    """The number on the receipt, and the code that was shown once."""

    number: str
    code: str


def code_sign(uid: str, code: str) -> str:
    """What is kept of a code: nobody finds the code from it without the key of this installation."""
    return vault().index(f"{uid}.{code}")


def opens(application: Application | None, ticket: Ticket) -> bool:
    """Whether a ticket opens an application; takes as long where there is none, or none that has a code."""
    found = code_sign(application.uid if application else "", ticket.code)
    return hmac.compare_digest(found, application.code_hash if application else "")


def may_write(application: Application, batch: RecruitmentBatch) -> bool:
    """Whether a candidate may fill in now: a draft while applications are taken, one sent back during the review."""
    if application.state is ApplicationState.RETURNED:
        return batch.state is BatchState.PUBLISHED
    return application.state is ApplicationState.DRAFT and is_open(batch, clock.today())
