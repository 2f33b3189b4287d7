"""A secret from a file, or made once in one; what is short or copied from a manual is refused."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from modules.basics import StewardError

LEAST = 32
"""Characters of a secret key: 32 of base64 are 192 bits when they are drawn at random."""

VARIED = 10
"""Different characters that a key drawn at random has; fewer were typed by hand."""

LARGEST = 4096
"""Bytes of a file with a secret."""

HOW = "Make one with: openssl rand -base64 32"

PLACEHOLDERS = (
    "changeme",
    "changethis",
    "replaceme",
    "replacethis",
    "placeholder",
    "example",
    "yoursecret",
    "secretkey",
    "password",
    "passphrase",
    "insecure",
    "default",
    "todo",
    "abcdefgh",
    "12345678",
    "01234567",
)


def read(path: Path, *, name: str) -> str:
    """The secret in a file, without the line's end. `name` is the setting that named the file."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        text = raw.decode("utf-8").strip()
    except OSError as error:
        raise StewardError(f"{name}: {path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise StewardError(f"{name}: {path} is no text.") from None
    if not text or len(raw) > LARGEST:
        raise StewardError(f"{name}: {path} is {'empty' if not text else 'no file with a secret'}.")
    return text


def refuse_guessable(value: str) -> None:
    """Raise `ValueError` for a placeholder, or for what nobody drew at random."""
    plain = "".join(letter for letter in value.lower() if letter.isalnum())
    if any(one in plain for one in PLACEHOLDERS):
        raise ValueError(f"this is a placeholder, not a secret. {HOW}")
    if len(value) < LEAST:
        raise ValueError(f"a secret of at least {LEAST} characters is needed. {HOW}")
    if len(set(value)) < VARIED:
        raise ValueError(f"this was not drawn at random. {HOW}")


def make(path: Path) -> str:
    """The secret that this machine keeps in a file that only its owner can read; made once.

    Two processes that start together agree: the first file stays. Raises `StewardError` when the
    file cannot be made, or others may read it.
    """
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Whole before it has its name, and never over one that stands; mkstemp makes it 0600.
            number, new = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(32) + "\n")
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(new, path)
            Path(new).unlink()
        except OSError as error:
            raise StewardError(
                f"{path} cannot be written ({error.strerror}). Set STEWARD_SECRET_KEY. {HOW}"
            ) from error
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise StewardError(f"{path} can be read by others on this machine. Run: chmod 600 {path}")
    text = read(path, name="The secret key")
    try:
        refuse_guessable(text)
    except ValueError as error:
        raise StewardError(f"{path}: {error}") from None
    return text
