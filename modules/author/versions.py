"""The revisions of a module: who published what when, any two compared, one taken back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import drafts, revisions, shipped
from db.drafts import Drafted
from db.revisions import Published
from db.shipped import Waiting
from modules import courses
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.drafts import bringing, rolling
from modules.drafts.differences import Part, differences
from modules.settings import settings


@dataclass(frozen=True)
class History:
    """Every revision of a module, the newest first, what waits, and a draft that is open."""

    module: str
    title: str
    revisions: tuple[Published, ...]
    names: Mapping[uuid.UUID, str]
    waiting: Waiting | None
    draft: Drafted | None

    @property
    def live(self) -> Published:
        """What learners begin with."""
        return self.revisions[0]


def history(session: Session, viewer: Viewer, *, module: str) -> History:
    """The revisions of a module in the viewer's organisation. Raises BadInput for none."""
    require(viewer, "author.versions")
    org: dict[str, Any] = {"org_id": viewer.org_id}
    found = revisions.of_module(session, **org, module=module)
    if not found:
        raise BadInput("There is no such module here. Choose one on the page of modules.")
    open_ones = drafts.open_ones(session, **org)
    return History(
        module,
        courses.titles(session, **org).get(module, module),
        tuple(reversed(found)),
        drafts.names(session, **org, ids=[one.published_by for one in found]),
        shipped.waiting(session, **org).get(module),
        next((one for one in open_ones if one.module == module), None),
    )


def compare(
    session: Session, viewer: Viewer, *, module: str, before: str, after: str
) -> tuple[Part, ...]:
    """What differs between two states of a module: numbers of revisions, or "shipped"."""
    require(viewer, "author.versions")
    found = history(session, viewer, module=module)
    known = {str(one.number): one.sha256 for one in found.revisions}
    if found.waiting:
        known["shipped"] = found.waiting.sha256
    if before not in known or after not in known:
        raise BadInput("There is no such revision here. Choose two of the list.")
    old, new = (json.loads(revisions.body(session, sha256=known[one])) for one in (before, after))
    return differences(old, new)


def roll_back(
    session: Session,
    viewer: Viewer,
    *,
    module: str,
    number: int,
    kind: str = "",
    says: str = "",
    now: datetime,
) -> Published:
    """Publish an earlier revision again, as a kind of change. Raises BadInput, ContentError."""
    require(viewer, "author.rollback")
    what: dict[str, Any] = {"module": module, "number": number, "kind": kind, "says": says}
    return rolling.back(session, **_who(viewer), **what, now=now)


def take_shipped(
    session: Session, viewer: Viewer, *, module: str, sha256: str, now: datetime
) -> Published:
    """Publish the shipped state that waits in place of the own one. Raises BadInput."""
    require(viewer, "author.rollback")
    return rolling.take_shipped(session, **_who(viewer), module=module, sha256=sha256, now=now)


def keep_own(session: Session, viewer: Viewer, *, module: str, sha256: str, now: datetime) -> None:
    """Keep the own one beside the shipped state that waits. Raises BadInput."""
    require(viewer, "author.rollback")
    who = {"org_id": viewer.org_id, "by": viewer.person_id}
    rolling.keep_own(session, **who, module=module, sha256=sha256, now=now)


def merge(session: Session, viewer: Viewer, *, module: str, now: datetime) -> uuid.UUID:
    """Bring the shipped state that waits into a draft, a new one or the open one. BadInput."""
    require(viewer, "author.publish")
    root = settings().content
    who: dict[str, Any] = {"org_id": viewer.org_id, "by": viewer.person_id}
    open_ones = drafts.open_ones(session, org_id=viewer.org_id)
    id = next((one.id for one in open_ones if one.module == module), None)
    if id is None:
        id = bringing.begin(session, **who, module=module, root=root, now=now)
    bringing.bring_shipped(session, **who, id=id, root=root, now=now)
    return id


def _who(viewer: Viewer) -> dict[str, Any]:
    return {"org_id": viewer.org_id, "by": viewer.person_id, "by_name": viewer.name}
