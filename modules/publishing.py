"""Shipped content recorded as revisions: what learners see is always one of these."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from db import revisions
from db.revisions import Published
from modules.course.files import bundle, canonical, module_from_bundle, read_course, sha256_of

# Every module is written in this language first.
SOURCE_LANGUAGE = "en"


def sync(session: Session, *, org_id: uuid.UUID, root: Path, now: datetime) -> list[Published]:
    """Publish every shipped module of ``root`` that changed; gives the new revisions.

    A module that a trainer published last is left as it is: it is for the trainer to choose.
    Raises ContentError, and publishes nothing, while any shipped module has problems.
    """
    newest = revisions.latest(session, org_id=org_id)
    ready = []
    for card in read_course(root).modules:
        if card.planned:
            continue
        files = bundle(root, card.slug)
        module = module_from_bundle(files, SOURCE_LANGUAGE)
        for language in module.languages:
            module_from_bundle(files, language)
        ready.append((module, files))
    made = []
    for module, files in ready:
        if module.id in newest and newest[module.id].origin == "trainer":
            continue
        published = revisions.publish(
            session,
            org_id=org_id,
            module=module.id,
            version=module.version,
            sha256=sha256_of(files),
            text=canonical(files),
            origin="shipped",
            now=now,
        )
        if published:
            made.append(published)
    return made
