"""Published content as modules: parsed once for each version and language."""

from __future__ import annotations

import json
from functools import cache

from sqlmodel import Session

from db import revisions
from modules.course.files import module_from_bundle, read_course
from modules.course.model import Course, Module
from modules.settings import settings

# By content hash and language: immutable, so never stale; bounded, since trainers publish.
_read: dict[tuple[str, str], Module] = {}
MOST = 64


def module(session: Session, *, sha256: str, language: str) -> Module:
    """The module behind a revision's hash."""
    key = (sha256, language)
    if key not in _read:
        body = json.loads(revisions.body(session, sha256=sha256))
        if len(_read) >= MOST:
            _read.pop(next(iter(_read)))
        _read[key] = module_from_bundle(body, language)
    return _read[key]


@cache
def course() -> Course:
    """The shipped list of modules, planned ones included, and the role paths."""
    return read_course(settings().content)
