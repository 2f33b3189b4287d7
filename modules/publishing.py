"""Shipped content recorded as revisions: what learners see is always one of these."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlmodel import Session

from db import assets, revisions, shipped
from db.revisions import Published
from modules import refreshing
from modules.basics import ContentError, Problem
from modules.course.files import bundle, canonical, module_from_bundle, read_course, sha256_of
from modules.course.files.folder import KEPT, content
from modules.course.media import Medium, measured, prepared
from modules.pictured import FOLDER

# Every module is written in this language first.
SOURCE_LANGUAGE = "en"


@lru_cache(maxsize=64)
def _sound(text: str) -> tuple[str, str, str]:
    """Id, version and what it changed of the module of a bundle, after a look at each language.

    The same for every organisation that it is published in. Raises ContentError.
    """
    files = json.loads(text)
    module = module_from_bundle(files, SOURCE_LANGUAGE)
    for language in module.languages:
        if language != SOURCE_LANGUAGE:
            module_from_bundle(files, language)
    newest = next((one.kind for one in module.changes if one.version == module.version), "")
    return module.id, module.version, newest


def version_of(text: str) -> tuple[str, str]:
    """Version and kind of change of a bundle's module. Raises ContentError."""
    return _sound(text)[1:]


def sync(session: Session, *, org_id: uuid.UUID, root: Path, now: datetime) -> list[Published]:
    """Publish every shipped module of ``root`` that changed; gives the new revisions.

    Who has to redo a changed rule is asked in the same transaction.
    A module that a trainer published last is left as it is, and the shipped one waits beside it:
    it is for the trainer to choose.
    Raises ContentError, and publishes nothing, while any shipped module has problems. Pictures and
    recordings are kept in the same transaction as the revision that shows them.
    """
    newest = revisions.latest(session, org_id=org_id)
    waits = shipped.waiting(session, org_id=org_id)
    known = {one.sha256 for one in newest.values()} | {one.sha256 for one in waits.values()}
    # What a trainer's text goes back to is in it already.
    known |= {one.shipped_from for one in newest.values() if one.origin == "trainer"}
    ready = []
    for card in read_course(root).modules:
        if card.planned:
            continue
        files = bundle(root, card.slug)
        # What is published already was sound when it was, and reading it again takes a while.
        if (sha256 := sha256_of(files)) not in known:
            text = canonical(files)
            ready.append((*_sound(text), sha256, text))
    made = []
    for module, version, change, sha256, text in ready:
        keep_files(session, root=root, files=json.loads(text))
        if module in newest and newest[module].origin == "trainer":
            told = {"module": module, "version": version, "sha256": sha256, "text": text}
            shipped.wait(session, org_id=org_id, **told, now=now)
            continue
        published = revisions.publish(
            session,
            org_id=org_id,
            module=module,
            version=version,
            sha256=sha256,
            text=text,
            origin="shipped",
            now=now,
            change=change,
        )
        if published:
            made.append(published)
    if made:
        refreshing.sweep(session, org_id=org_id, now=now)
    return made


def keep_files(session: Session, *, root: Path, files: Mapping[str, str]) -> None:
    """Keep the pictures and recordings of a bundle, as they lie below ``root``.

    Raises ContentError for one that no lesson takes, or that was changed meanwhile.
    """
    wanted = named(files)
    missing = set(assets.missing(session, hashes=set(wanted.values())))
    for path, sha256 in wanted.items():
        if sha256 not in missing:
            continue
        data = content(root / path)
        found = measured(data, path)
        wrong = [Problem(path, "whole file", sentence) for sentence in found.problems]
        if hashlib.sha256(data).hexdigest() != sha256:
            wrong = [Problem(path, "whole file", "It was changed while it was read. Try again.")]
        if wrong:
            raise ContentError(wrong)
        assets.keep(
            session,
            data=data,
            media_type=found.type,
            width=found.width,
            height=found.height,
        )


def not_kept(session: Session, *, files: Mapping[str, str]) -> list[Problem]:
    """The files that a bundle names and nobody has kept: with one, it cannot be published."""
    wanted = named(files)
    missing = set(assets.missing(session, hashes=set(wanted.values())))
    return [
        Problem(path, "whole file", "The file is not kept here. Upload it again.")
        for path, sha256 in wanted.items()
        if sha256 in missing
    ]


def held(session: Session, *, files: Mapping[str, str]) -> dict[str, Medium]:
    """What is kept of a draft's files, by path, as the check on them takes it."""
    wanted = named(files)
    known = assets.kept(session, hashes=set(wanted.values()))
    return {
        path: Medium(one.media_type, one.width, one.height, one.size)
        for path, sha256 in wanted.items()
        if (one := known.get(sha256))
    }


def take(session: Session, *, data: bytes, name: str) -> tuple[str, str]:
    """Keep a file that somebody uploads, made fit for a lesson.

    Gives its path in the module's folder, and what stands there in a draft. Raises BadInput.
    """
    data, name = prepared(data, name)
    found = measured(data, name)
    sha256 = assets.keep(
        session, data=data, media_type=found.type, width=found.width, height=found.height
    )
    return f"{FOLDER}{name}", f"{KEPT}{sha256}"


def named(files: Mapping[str, str]) -> dict[str, str]:
    """The pictures and recordings that a bundle names: the SHA-256 of each by its path."""
    return {path: text.removeprefix(KEPT) for path, text in files.items() if text.startswith(KEPT)}
