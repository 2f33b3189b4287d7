"""The installation's Ed25519 key: it signs checkpoints, and only its owner can make them."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from modules.basics import BadInput
from modules.settings import settings

UNFIT = (
    "is no Ed25519 key. Make one with `python -m modules audit key --out FILE`, or with "
    "`openssl genpkey -algorithm ed25519`."
)


def own() -> Ed25519PrivateKey | None:
    """The key of the settings; None without one. Raises BadInput for what is no such key."""
    told = settings().evidence_key.get_secret_value()
    return read(told.replace("\\n", "\n"), "STEWARD_EVIDENCE_KEY") if told else None


def read(pem: str, where: str) -> Ed25519PrivateKey:
    """A key in PEM (PKCS 8, not encrypted)."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise BadInput(f"{where} {UNFIT}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput(f"{where} {UNFIT}")
    return key


def make(where: Path) -> str:
    """Write a new key, for its owner's eyes only; gives the public one.

    Raises BadInput where there is a file already.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        with os.fdopen(os.open(where, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    except FileExistsError as error:
        raise BadInput(f"There is a file {where} already. Nothing was changed.") from error
    except OSError as error:
        raise BadInput(f"The key cannot be written: {error}.") from error
    return public(key)


def public(key: Ed25519PrivateKey) -> str:
    """The public key that an auditor is given: 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def sign(key: Ed25519PrivateKey, text: str) -> str:
    """The signature of a text: 128 hexadecimal digits."""
    return key.sign(text.encode()).hex()


def holds(public_key: str, signature: str, text: str) -> bool:
    """Whether a signature is of this text by this key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), text.encode())
    except (ValueError, InvalidSignature):
        return False
    # There is one way to write each: a blank or a capital letter more is an alteration too.
    return all(bytes.fromhex(one).hex() == one for one in (public_key, signature))
