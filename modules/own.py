"""What an organisation has of its own, read for its pages, and which lessons use it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlmodel import Session

from db import local as stored
from db import revisions
from modules.access import Viewer, require
from modules.basics import ContentError
from modules.course.examples import screens
from modules.course.files import module_from_bundle
from modules.course.local import Local, LocalFact, keys, shipped
from modules.memo import Memo


@dataclass(frozen=True)
class Outline:
    """What of a published module an administrator works with: its screens' titles, and its keys."""

    id: str
    title: str
    screens: Mapping[str, str]
    keys: tuple[str, ...]


# By content hash and language: immutable, so never stale.
_read = Memo[tuple[str, str], Outline](512)


def read(session: Session, viewer: Viewer, *, module: str = "") -> Local:
    """The viewer's own organisation's facts, and its examples for a module. One query.

    Asked for at every run of a page: the row's own index finds a dozen rows in less time than it
    would take to tell every process that an administrator has changed one.
    """
    require(viewer, "learn.open")
    found = stored.own(session, org_id=viewer.org_id, module=module)
    return Local(shipped(), found.values, found.examples)


def outlines(session: Session, viewer: Viewer) -> dict[str, Outline]:
    """Every published module of the viewer's organisation that can be read, by id.

    One query, once each revision was read.
    """
    newest = revisions.latest(session, org_id=viewer.org_id)
    found = {}
    for module in sorted(newest):
        with suppress(ContentError):  # told to its trainer
            found[module] = _outline(session, newest[module].sha256, viewer.language)
    return found


def uses(session: Session, viewer: Viewer) -> dict[str, tuple[Outline, ...]]:
    """The published modules that name a key, by key."""
    every = outlines(session, viewer).values()
    named = dict.fromkeys(key for one in every for key in one.keys)
    return {key: tuple(one for one in every if key in one.keys) for key in named}


def missing(session: Session, viewer: Viewer) -> tuple[LocalFact, ...]:
    """What published lessons name and nobody has filled in, in the order of the file.

    Two queries, once each revision was read.
    """
    require(viewer, "admin.local")
    named = uses(session, viewer)
    mine = read(session, viewer)
    return mine.empty(key for key in mine.registry if key in named)


def _outline(session: Session, sha256: str, language: str) -> Outline:
    def outline() -> Outline:
        files: dict[str, str] = json.loads(revisions.body(session, sha256=sha256))
        module = module_from_bundle(files, language)
        named = dict.fromkeys(key for name in sorted(files) for key in keys(files[name]))
        return Outline(module.id, module.title, screens(module), tuple(named))

    return _read.get((sha256, language), outline)
