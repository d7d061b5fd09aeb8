"""Sealing of single values: nobody reads them from the database, its backups or its logs without the key.

AES-256-GCM with the record's own context as associated data, so that a sealed text moved to another record does not
open. A second key gives a blind index: equal values can be found, not read.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from careerpath.words import Refused, msg

KEY_ID = "k1"


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and opens text with keys derived from one root key of 64 hexadecimal digits."""

    cipher: AESGCM
    index_key: bytes

    @classmethod
    def from_key(cls, root: str) -> "Vault":
        """The vault of a root key."""
        return cls(AESGCM(_derive(root, b"seal")), _derive(root, b"index"))

    def seal(self, text: str, context: str) -> str:
        """The sealed form of ``text``, opened again only with the same ``context`` (table, column and record)."""
        nonce = os.urandom(12)
        sealed = self.cipher.encrypt(nonce, text.encode(), context.encode())
        return f"{KEY_ID}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, context: str) -> str:
        """The text again. Raises ``Refused`` when the key, the record or a byte is not the one it was sealed with."""
        key_id, _, body = sealed.partition(".")
        try:
            if key_id != KEY_ID:
                raise ValueError(key_id)
            raw = base64.b64decode(body, validate=True)
            return self.cipher.decrypt(raw[:12], raw[12:], context.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise Refused(
                msg("加密数据无法解开：数据密钥（CAREERPATH_DATA_KEY）与写入时不同，或数据已损坏。请联系系统管理员。")
            ) from error

    def index(self, text: str) -> str:
        """The blind index of a value: equal for equal values, telling nothing else."""
        return hmac.new(self.index_key, text.encode(), hashlib.sha256).hexdigest()


def _derive(root: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"careerpath/" + purpose).derive(bytes.fromhex(root))


def vault() -> Vault:
    """The vault of the running program."""
    found = current_app.extensions["careerpath.vault"]
    if not isinstance(found, Vault):
        raise TypeError("the program was started without a vault")
    return found
