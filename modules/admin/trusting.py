"""The trust pack of an administrator's own organisation: what it contains, and all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from modules.access import Viewer, require
from modules.trust import pack as packs
from modules.trust import writing
from modules.trust.known import Known, known
from modules.trust.pack import Document


@dataclass(frozen=True)
class Pack:
    """The documents, read; the PDF is made when somebody takes it along."""

    of: Known
    documents: tuple[Document, ...]

    @property
    def open(self) -> int:
        """How many places only the organisation can fill in."""
        return sum(one.open for one in self.documents)

    def zipped(self) -> bytes:
        """Every file as one."""
        return writing.zipped(writing.files(self.of))


def pack(session: Session, viewer: Viewer, *, now: datetime) -> Pack:
    """The pack of the viewer's organisation. Six queries."""
    require(viewer, "admin.trust")
    of = known(session, org_id=viewer.org_id, now=now)
    return Pack(of, packs.documents(of))
