"""Passwords: how they are kept, and whether a new one is good enough."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from careerpath.words import Refused, msg

# Two passes over 19 MiB cost about 25 ms here: dear for guessing, cheap enough for a morning's sign-ins.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

MINIMUM_LENGTH = 10
MINIMUM_STRENGTH = 3
LONGEST = 128

# A name that does not exist must take as long as a wrong password.
_DECOY = _HASHER.hash("decoy")


def hash_password(password: str) -> str:
    """The text that is kept instead of the password."""
    return _HASHER.hash(password)


def password_matches(kept: str | None, password: str) -> bool:
    """Whether a password is the kept one; takes equally long when there is no such account (``kept`` None)."""
    try:
        _HASHER.verify(kept or _DECOY, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def check_new_password(password: str, *, personal: list[str]) -> None:
    """Refuse a password that is too short or too easy to guess, given names a stranger would try first."""
    if len(password) < MINIMUM_LENGTH:
        raise Refused(
            msg("新密码至少 %(count)s 位，现为 %(now)s 位。", count=MINIMUM_LENGTH, now=len(password)), field="password"
        )
    if len(password) > LONGEST:
        raise Refused(msg("新密码最多 %(count)s 位。", count=LONGEST), field="password")
    kinds = [any(test(c) for c in password) for test in (str.isdigit, str.islower, str.isupper)]
    other = any(not c.isalnum() for c in password)
    if sum(kinds) + other < 3:
        raise Refused(msg("新密码须包含数字、小写字母、大写字母、符号中的至少三种。"), field="password")
    if zxcvbn(password, user_inputs=[word for word in personal if word])["score"] < MINIMUM_STRENGTH:
        raise Refused(
            msg("新密码太容易被猜到，请避免姓名、单位、日期和键盘上相邻的字符，可用几个不相关的词组成。"),
            field="password",
        )
