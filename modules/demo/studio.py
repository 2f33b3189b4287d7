"""What Fernleigh's trainers write: a module of their own, and a draft that is being reviewed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db import drafts, revisions
from modules.course.files.folder import texts
from modules.demo.worker import PRIYA, SAMIR, mail
from modules.drafts import bringing, publishing, reviewing, writing
from modules.settings import settings

OWN = Path(__file__).with_name("studio_files")
MODULE, SLUG = "M50", "m50-shared-inbox"
# One sentence of M02, as it is shipped and as Priya would have it.
REVIEWED, LESSON = "M02", "m02-rules-of-the-road/lesson.en.md"
BEFORE = "Read the cells, not the heading."
AFTER = "Read what stands in the cells, whatever the heading says."


def write(
    session: Session, *, org_id: uuid.UUID, ids: Mapping[str, uuid.UUID], now: datetime
) -> None:
    """Publish the own module, as approved by a second person, and leave a draft in review."""
    _own(session, org_id, ids, now)
    _reviewed(session, org_id, ids, now)


def _own(session: Session, org_id: uuid.UUID, ids: Mapping[str, uuid.UUID], now: datetime) -> None:
    files, _ = texts(OWN, SLUG)
    priya, samir = ids[mail(PRIYA)], ids[mail(SAMIR)]
    id = drafts.begin(
        session,
        org_id=org_id,
        module=MODULE,
        slug=SLUG,
        base_id=None,
        files=files,
        by=priya,
        now=now - timedelta(days=6),
    )
    where: dict[str, Any] = {"org_id": org_id, "id": id}
    word = "Three items and a short story. Are the options fair?"
    reviewing.ask(session, **where, word=word, by=priya, now=now - timedelta(days=4))
    seen = reviewing.state_of(session, **where)
    reviewing.approve(session, **where, seen=seen, by=samir, by_name=SAMIR, now=now)
    publishing.publish(
        session,
        **where,
        seen=seen,
        by=priya,
        by_name=PRIYA,
        root=settings().content,
        now=now,
    )


def _reviewed(
    session: Session, org_id: uuid.UUID, ids: Mapping[str, uuid.UUID], now: datetime
) -> None:
    if REVIEWED not in revisions.latest(session, org_id=org_id):
        return
    priya, samir = ids[mail(PRIYA)], ids[mail(SAMIR)]
    root, begun = settings().content, now - timedelta(days=2)
    id = bringing.begin(session, org_id=org_id, module=REVIEWED, by=priya, root=root, now=begun)
    text = publishing.files_of(session, org_id=org_id, id=id)[LESSON]
    where: dict[str, Any] = {"org_id": org_id, "id": id}
    writing.save(
        session,
        **where,
        path=LESSON,
        base=text,
        text=text.replace(BEFORE, AFTER, 1),
        by=priya,
        now=begun + timedelta(minutes=9),
        place="screen",
    )
    told = {"kind": "wording", "says": "A rule of thumb says more plainly what to read."}
    publishing.say_change(session, **where, change=told, by=priya, now=begun + timedelta(hours=1))
    word = "One sentence. Two new colleagues read it as if headings did not matter."
    reviewing.ask(session, **where, word=word, by=priya, now=begun + timedelta(hours=2))
    reviewing.comment(
        session,
        **where,
        path=LESSON,
        place="screen/five-boxes",
        text="Could it say “columns” in place of “cells”? Half of our files are on paper.",
        by=samir,
        now=begun + timedelta(hours=5),
    )
