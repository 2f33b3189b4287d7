"""Published content as modules: parsed once for each version, language and law."""

from __future__ import annotations

import json

from sqlmodel import Session

from db import revisions
from modules.basics import NEUTRAL, ContentError
from modules.course.files import module_from_bundle, sha256_of
from modules.course.model import Module
from modules.memo import Memo

# By content hash, language and law: immutable, so never stale; bounded, since trainers publish.
_read = Memo[tuple[str, str, str], Module](128)


def module(session: Session, *, sha256: str, language: str, jurisdiction: str = NEUTRAL) -> Module:
    """The module behind a revision's hash. Raises ContentError for text that is not behind it."""

    def read() -> Module:
        bundle = _bundle(revisions.body(session, sha256=sha256), sha256)
        return module_from_bundle(bundle, language, jurisdiction)

    return _read.get((sha256, language, jurisdiction), read)


def _bundle(text: str, sha256: str) -> dict[str, str]:
    try:
        files: dict[str, str] = json.loads(text)
    except ValueError:
        files = {}
    if sha256_of(files) != sha256:
        raise ContentError(
            f"The stored text does not have the fingerprint {sha256[:16]} that it was published "
            "with: it was changed afterwards. Restore it from a backup."
        )
    return files
