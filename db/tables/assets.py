"""Pictures, recordings and captions of modules, each once, named by its content."""

from __future__ import annotations

from sqlmodel import Field

from db.tables.base import Base


class Asset(Base, table=True):
    """A file that revisions and drafts name as ``sha256:…``. Never changed, and kept with them."""

    sha256: str = Field(primary_key=True)
    # "image/png"; pixels are 0 where there are none.
    media_type: str
    width: int
    height: int
    # Bytes.
    size: int
    body: bytes
