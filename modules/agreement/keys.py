"""Key files of those who sign: made once, kept by their holders, never on the server."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from modules.agreement.signing import public
from modules.basics import BadInput


def make(path: Path, passphrase: str = "") -> str:
    """Write a new private key that only its owner can read; gives the public one.

    Raises BadInput rather than write over a file.
    """
    key = Ed25519PrivateKey.generate()
    guard: KeySerializationEncryption = NoEncryption()
    if passphrase:
        guard = BestAvailableEncryption(passphrase.encode())
    body = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, guard)
    try:
        where = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BadInput(f"{path} is there already. A key is never written over.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error
    with os.fdopen(where, "wb") as file:
        file.write(body)
    return public(key)


def locked(path: Path) -> bool:
    """Whether a key file asks for a passphrase."""
    return b"ENCRYPTED" in _bytes(path)


def shared(path: Path) -> bool:
    """Whether others on this machine can read a key file; a memory stick knows no owners."""
    return os.name == "posix" and path.exists() and bool(path.stat().st_mode & 0o077)


def load(path: Path, passphrase: str = "") -> Ed25519PrivateKey:
    """The key in a file. Raises BadInput for another kind of file or a wrong passphrase."""
    try:
        key = load_pem_private_key(_bytes(path), passphrase.encode() if passphrase else None)
    except (ValueError, TypeError) as error:
        raise BadInput(
            f"{path} does not open: it is no key as `agreement key` makes it, or the passphrase "
            "is another one."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput(f"{path} holds another kind of key. Make one with `agreement key`.")
    return key


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
