"""Shipped content recorded as revisions: what learners see is always one of these."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlmodel import Session

from db import revisions
from db.revisions import Published
from modules import refreshing
from modules.course.files import bundle, canonical, module_from_bundle, read_course, sha256_of

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


def sync(session: Session, *, org_id: uuid.UUID, root: Path, now: datetime) -> list[Published]:
    """Publish every shipped module of ``root`` that changed; gives the new revisions.

    Who has to redo a changed rule is asked in the same transaction.
    A module that a trainer published last is left as it is: it is for the trainer to choose.
    Raises ContentError, and publishes nothing, while any shipped module has problems.
    """
    newest = revisions.latest(session, org_id=org_id)
    known = {one.sha256 for one in newest.values()}
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
        if module in newest and newest[module].origin == "trainer":
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
