"""What is going on with each module: its draft, its review, its publication, what waits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from db import draft_comments, drafts, shipped
from db.drafts import Drafted
from db.shipped import Waiting
from modules.access import Viewer, require
from modules.course.files import first_language
from modules.drafts.differences import title_of


@dataclass(frozen=True)
class States:
    """Open drafts and waiting shipped states by module, with the names of those who wrote."""

    drafts: Mapping[str, Drafted]
    waiting: Mapping[str, Waiting]
    # What each draft calls its module now, where it has a title.
    titles: Mapping[str, str]
    names: Mapping[uuid.UUID, str]
    comments: Mapping[uuid.UUID, int]


def states(session: Session, viewer: Viewer) -> States:
    """What is going on in the viewer's organisation. Five queries."""
    require(viewer, "author.versions")
    org = {"org_id": viewer.org_id}
    found = drafts.open_ones(session, **org)
    heads = drafts.heads(session, **org)
    return States(
        {one.module: one for one in found},
        shipped.waiting(session, **org),
        {one.module: _title(heads.get(one.id, {})) for one in found},
        drafts.names(session, **org, ids=[one.made_by for one in found]),
        draft_comments.open_counts(session, **org),
    )


def _title(files: Mapping[str, str]) -> str:
    """In the language that it is written in, of which the others are translations."""
    ending = f"/lesson.{first_language(files)}.md"
    return title_of({path: text for path, text in files.items() if path.endswith(ending)})
