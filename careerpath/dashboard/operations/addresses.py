"""The address to which an account is written, confirmed by a mailed code, and how often."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import User
from careerpath.access.permissions import Permission
from careerpath.access.queries.accounts import fetch_user
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.mail import FAULT_WORDS, Letter, Postman, Undelivered
from careerpath.core.vault import vault
from careerpath.core.web.language import LOCALES, in_language, say
from careerpath.dashboard.models import ReminderChoice, Rhythm
from careerpath.dashboard.queries.letters import PRODUCT, code_letter, trial_letter
from careerpath.dashboard.queries.reminders import mail_settings
from careerpath.settings import EMAIL, MailServer
from careerpath.words import Refused, msg

CODE_MINUTES = 30
CODE_TRIES = 5
CODES_A_DAY = 5
"""So many codes an account may have mailed in a day: nobody's box is filled with them."""


@dataclass(frozen=True, slots=True)
class RhythmGiven:
    """How often, and in which language (empty: the installation's)."""

    rhythm: Rhythm
    language: str = ""


def mail_code(actor: Actor, email: str, language: str) -> None:
    """Ask for an address: mails its code. Refuses with what the server said where the mail does not go."""
    server, to = _server(), _address(email)
    _send(server, code_letter(to, ask_for_address(actor, to), CODE_MINUTES, language), language)


def mail_trial(to: str, language: str) -> None:
    """Send a test mail. Refuses an address that is none, and says what the server said where the mail does not go."""
    _send(_server(), trial_letter(_address(to), language), language)


@operation(Permission.SIGNED_IN)
def ask_for_address(actor: Actor, email: str) -> str:
    """Begin to register an address; gives the code that is to be mailed to it. An earlier code no longer counts."""
    address, choice, today = _address(email), _own(actor), clock.today()
    if choice.codes_on != today:
        choice.codes, choice.codes_on = 0, today
    if choice.codes >= CODES_A_DAY:
        raise Refused(msg("今天已发送 %(count)s 次验证码，请明天再试。", count=CODES_A_DAY), field="email")
    code = f"{secrets.randbelow(10**6):06d}"
    choice.codes += 1
    choice.asked_email = address
    choice.code_sign = _sign(actor, address, code)
    choice.code_until = clock.now() + timedelta(minutes=CODE_MINUTES)
    choice.code_tries = 0
    return code


@operation(Permission.SIGNED_IN)
def confirm_address(actor: Actor, code: str) -> bool:
    """Register the address that waits for this code; whether the code was right.

    A wrong one is counted and kept, so it is returned, not raised; after ``CODE_TRIES`` none is right any more. Who
    registers a first address is written to once a day.
    """
    choice = _own(actor)
    late = choice.code_until is None or choice.code_until < clock.now()
    if late or not choice.asked_email or choice.code_tries >= CODE_TRIES:
        audit.fail("验证码已失效")
        return False
    if not secrets.compare_digest(choice.code_sign, _sign(actor, choice.asked_email, code.strip())):
        choice.code_tries += 1
        audit.fail("验证码不正确")
        return False
    if not choice.email:
        choice.rhythm = Rhythm.DAILY
    choice.email, choice.asked_email, choice.code_sign, choice.code_until = choice.asked_email, "", "", None
    return True


@operation(Permission.SIGNED_IN)
def choose_rhythm(actor: Actor, given: RhythmGiven) -> None:
    """How often one is written to, and in which language. Refuses mails without a confirmed address."""
    choice = _own(actor)
    if given.rhythm is not Rhythm.NONE and not choice.email:
        raise Refused(msg("还没有确认的邮箱，请先登记邮箱。"), field="rhythm")
    if given.language not in {"", *LOCALES}:
        raise Refused(msg("邮件语言只能选择中文或英文。"), field="language")
    choice.rhythm, choice.language = given.rhythm, given.language


@operation(Permission.SIGNED_IN)
def remove_address(actor: Actor) -> None:
    """Forget one's address, and one that waits for its code; no more mails."""
    choice = _own(actor)
    choice.email, choice.asked_email, choice.code_sign, choice.code_until = "", "", "", None
    choice.rhythm = Rhythm.NONE


@operation(Permission.USER_EDIT)
def stop_reminders(actor: Actor, user_id: int) -> None:
    """Stop the mails to an account whose address no longer holds; the account itself may choose them again."""
    user = fetch_user(actor, user_id, Permission.USER_EDIT)
    query = select(ReminderChoice).where(ReminderChoice.user_id == user.id).with_for_update()
    choice = db.session.scalars(query).one_or_none()
    if choice is not None:
        choice.rhythm = Rhythm.NONE


def _own(actor: Actor) -> ReminderChoice:
    # The account's row is held, so that two first choices at the same time make one record.
    user_id = db.session.scalars(select(User.id).where(User.id == actor.user_id).with_for_update()).one()
    choice = db.session.scalars(select(ReminderChoice).where(ReminderChoice.user_id == user_id)).one_or_none()
    if choice is None:
        choice = ReminderChoice(
            user_id=user_id, email="", rhythm=Rhythm.NONE, language="", asked_email="", code_sign="",
            code_tries=0, codes=0,
        )  # fmt: skip
        session_add(choice)
    return choice


def _address(email: str) -> str:
    address = email.strip()
    if not EMAIL.fullmatch(address):
        raise Refused(msg("“%(email)s”不是有效的邮箱地址，请检查后重新填写。", email=email), field="email")
    return address


def _server() -> MailServer:
    server = mail_settings().mail
    if server is None:
        raise Refused(msg("本系统没有配置邮件服务器，请联系系统管理员。"), field="email")
    return server


def _send(server: MailServer, letter: Letter, language: str) -> None:
    with in_language(language):
        name = say(PRODUCT)
    try:
        with Postman(server, name) as postman:
            postman.send(letter)
    except Undelivered as undelivered:
        raise Refused(
            msg(
                "邮件没有发出：%(word)s（%(answer)s）。", word=FAULT_WORDS[undelivered.fault], answer=undelivered.answer
            ),
            field="email",
        ) from undelivered


def _sign(actor: Actor, email: str, code: str) -> str:
    # With the key of this installation: six digits could be tried out from the database alone otherwise.
    return vault().index(f"reminder-code/{actor.user_id}/{email}/{code}")
