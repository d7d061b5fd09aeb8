"""The numbers and check codes at the foot of registers and slips: whether a paper still says what the record says."""

import hashlib
import hmac

from flask import current_app
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core.db import db
from careerpath.core.web.paths import whole_number
from careerpath.pay.models import PayLine, PayRegister
from careerpath.words import NotFound

REGISTER, SLIP = "FF", "GT"
"""What the numbers of 发放登记表 and of 工资条 begin with."""


def register_number(register: PayRegister) -> str:
    """The number of a register's paper."""
    return f"{REGISTER}-{register.month:%Y%m}-{register.id:06d}"


def slip_number(line: PayLine) -> str:
    """The number of a slip."""
    return f"{SLIP}-{line.month:%Y%m}-{line.id:06d}"


def register_code(register: PayRegister) -> str:
    """Changes with everything that the paper of a register sums up."""
    sums = (register.gross, register.back_pay, register.deducted, register.payable, register.employer)
    digests = db.session.scalars(
        select(PayLine.digest).where(PayLine.register_id == register.id).order_by(PayLine.roster_order)
    )
    return _code(register_number(register), register.people, *sums, *digests)


def slip_code(line: PayLine) -> str:
    """Changes with every amount of a slip."""
    sums = (line.gross, line.back_pay, line.deducted, line.payable, line.employer)
    return _code(slip_number(line), line.number, line.digest, *sums)


def register_check(actor: Actor, number: str) -> tuple[int, str]:
    """The register behind a number and the code its paper would carry now, or ``NotFound``."""
    register = fetch(actor, PayRegister, _id_in(number, REGISTER), Permission.PAY_VIEW)
    if register_number(register) != number:
        raise NotFound
    return register.id, register_code(register)


def slip_check(actor: Actor, number: str) -> tuple[int, str]:
    """The line behind a number and the code its slip would carry now, or ``NotFound``."""
    line = db.session.scalars(
        select(PayLine)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .where(PayLine.id == _id_in(number, SLIP), within(actor, PayRegister.unit_id, Permission.PAY_VIEW))
    ).one_or_none()
    if line is None or slip_number(line) != number:
        raise NotFound
    return line.id, slip_code(line)


def _id_in(number: str, prefix: str) -> int:
    found = whole_number(number.rpartition("-")[2].lstrip("0")) if number.startswith(f"{prefix}-") else None
    if found is None:
        raise NotFound
    return found


def _code(*parts: object) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.new(key, "\n".join(map(str, parts)).encode(), hashlib.sha256).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"
