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


@dataclass(frozen=True)
class States:
    """Open drafts and waiting shipped states by module, with the names of those who wrote."""

    drafts: Mapping[str, Drafted]
    waiting: Mapping[str, Waiting]
    names: Mapping[uuid.UUID, str]
    comments: Mapping[uuid.UUID, int]


def states(session: Session, viewer: Viewer) -> States:
    """What is going on in the viewer's organisation. Four queries."""
    require(viewer, "author.versions")
    org = {"org_id": viewer.org_id}
    found = drafts.open_ones(session, **org)
    return States(
        {one.module: one for one in found},
        shipped.waiting(session, **org),
        drafts.names(session, **org, ids=[one.made_by for one in found]),
        draft_comments.open_counts(session, **org),
    )
