"""Pictures and recordings by their hash: the same bytes are kept once, for everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import LargeBinary, func, select
from sqlmodel import Session

from db.engine import insert_new
from db.tables import Asset, core

ASSET = core(Asset).c


@dataclass(frozen=True)
class Kept:
    """What is kept of a file, but for its bytes."""

    sha256: str
    media_type: str
    width: int
    height: int
    size: int


COLUMNS = (ASSET.sha256, ASSET.media_type, ASSET.width, ASSET.height, ASSET.size)


def keep(session: Session, *, data: bytes, media_type: str, width: int, height: int) -> str:
    """Keep a file, unless it is kept; its SHA-256 in hexadecimal."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not missing(session, hashes=[sha256]):
        return sha256
    row = Kept(sha256, media_type, width, height, len(data))
    insert_new(session, Asset, {**vars(row), "body": data})
    return sha256


def kept(session: Session, *, hashes: Collection[str]) -> dict[str, Kept]:
    """What is kept of these hashes."""
    if not hashes:
        return {}
    query = select(*COLUMNS).where(ASSET.sha256.in_(sorted(hashes)))
    return {row.sha256: Kept(*row) for row in session.connection().execute(query)}


def missing(session: Session, *, hashes: Collection[str]) -> list[str]:
    """Those of these hashes that nothing is kept under."""
    return sorted(set(hashes) - kept(session, hashes=hashes).keys())


def read(session: Session, *, sha256: str, start: int = 0, length: int | None = None) -> bytes:
    """The bytes of a file, or ``length`` of them from ``start``; b"" where nothing is kept.

    Only what is asked for leaves the database: a film is sent in pieces.
    """
    part = func.substr(ASSET.body, start + 1, length, type_=LargeBinary)
    query = select(ASSET.body if length is None else part).where(ASSET.sha256 == sha256)
    found = session.connection().execute(query).scalar()
    return bytes(found) if found is not None else b""
