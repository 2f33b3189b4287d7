"""What a trainer sees and does on the way from a draft to a publication."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import drafts, revisions, shipped
from db.draft_comments import Comment
from db.draft_comments import of_draft as comments_on
from db.drafts import Drafted
from db.revisions import Published
from db.shipped import Waiting
from modules import words
from modules.access import Role, Viewer, require
from modules.basics import BadInput, ContentError, Problem
from modules.course.files.own_records import own, registers
from modules.course.model import Change
from modules.drafts import affecting, bringing, planning, publishing, reviewing, unwritten
from modules.drafts.affecting import Affected
from modules.drafts.bringing import Clashing
from modules.drafts.change import told
from modules.drafts.differences import Part, changed_parts, differences, title_of
from modules.settings import settings


@dataclass(frozen=True)
class Sheet:
    """A draft with all that is to be known before it is published.

    ``refusal`` says why it could not be published as it stands, whoever approved it.
    """

    draft: Drafted
    title: str
    # The state that the viewer sees, for `approve` and `publish`.
    seen: str
    names: Mapping[uuid.UUID, str]
    files: Mapping[str, str]
    live: Published | None
    problems: tuple[Problem, ...]
    unreplaced: tuple[Problem, ...]
    refusal: str
    parts: tuple[Part, ...]
    against_shipped: tuple[Part, ...] | None
    version: str
    change: Change | None
    proposed: tuple[str, ...]
    affected: Affected
    comments: tuple[Comment, ...]
    clashes: tuple[Clashing, ...]
    # What the shipped version that is in the draft says that it changed.
    shipped_change: Change | None
    waiting: Waiting | None
    overtaken: bool
    # Whether the viewer wrote what was never approved, and so does not approve it.
    wrote: bool
    alone: bool


def sheet(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> Sheet:
    """A draft of the viewer's organisation, before it is published. Raises BadInput for none."""
    require(viewer, "author.review")
    org = {"org_id": viewer.org_id}
    draft = drafts.by_id(session, **org, id=id)
    if draft is None:
        raise BadInput("There is no such draft here. Choose one on the page of modules.")
    files, root = publishing.files_of(session, **org, id=id), settings().content
    live = revisions.latest(session, **org).get(draft.module)
    problems, refusal = _looked(session, viewer, draft)
    version, change = _change(files.get(f"{draft.slug}/module.yaml", ""))
    known = registers(root)
    now_live = own(publishing.files_behind(session, live), known) if live else {}
    goes_back = _shipped_text(session, live)
    parts = differences(now_live, files)
    people = [draft.made_by, draft.asked_by, draft.approved_by, draft.planned_by]
    return Sheet(
        draft=draft,
        title=title_of(files) or draft.slug,
        seen=reviewing.state_of(session, **org, id=id),
        names=drafts.names(session, **org, ids=people),
        files=files,
        live=live,
        problems=problems,
        unreplaced=tuple(unwritten.problems(files, draft.slug, words.of("en"))),
        refusal=refusal,
        parts=parts,
        against_shipped=differences(own(goes_back, known), files) if goes_back else None,
        version=version,
        change=change,
        proposed=changed_parts(parts),
        affected=affecting.affected(session, **org, module=draft.module, change=change, now=now),
        comments=tuple(comments_on(session, **org, draft_id=id)),
        clashes=bringing.clashes(session, **org, id=id, root=root),
        shipped_change=_shipped_change(session, draft),
        waiting=shipped.waiting(session, **org).get(draft.module),
        overtaken=live is not None and live.id != draft.base_id,
        wrote=viewer.person_id in reviewing.writers(session, **org, draft=draft),
        alone=not settings().second_reviewer,
    )


def say_change(
    session: Session,
    viewer: Viewer,
    *,
    id: uuid.UUID,
    change: Mapping[str, Any] | None,
    offered: bool,
    now: datetime,
) -> str:
    """Keep what a draft changes, and to whom a module of one's own is offered. BadInput."""
    require(viewer, "author.publish")
    version = publishing.say_change(session, **_who(viewer), id=id, change=change, now=now)
    drafts.set_draft(session, org_id=viewer.org_id, id=id, offered=offered)
    return version


def ask(session: Session, viewer: Viewer, *, id: uuid.UUID, word: str, now: datetime) -> None:
    """Ask for a review, with a word to whoever reviews it. Raises BadInput."""
    require(viewer, "author.publish")
    reviewing.ask(session, **_who(viewer), id=id, word=word, now=now)


def withdraw(session: Session, viewer: Viewer, *, id: uuid.UUID) -> None:
    """Go on writing: what was asked, approved and planned is taken back. Raises BadInput."""
    require(viewer, "author.publish")
    reviewing.withdraw(session, org_id=viewer.org_id, id=id)


def publish(
    session: Session, viewer: Viewer, *, id: uuid.UUID, seen: str, comments: int = 0, now: datetime
) -> Published:
    """Publish a draft as it was ``seen``, with so many open comments. BadInput, ContentError."""
    require(viewer, "author.publish")
    who = {**_who(viewer), "by_name": viewer.name}
    as_seen: dict[str, Any] = {"id": id, "seen": seen, "comments": comments}
    return publishing.publish(session, **who, root=settings().content, **as_seen, now=now)


def plan(
    session: Session,
    viewer: Viewer,
    *,
    id: uuid.UUID,
    seen: str,
    at: datetime,
    comments: int = 0,
    now: datetime,
) -> None:
    """Have a draft published at a time, as it was ``seen``. Raises BadInput and ContentError."""
    require(viewer, "author.publish")
    as_seen: dict[str, Any] = {"id": id, "seen": seen, "comments": comments}
    planning.plan(session, **_who(viewer), **as_seen, at=at, root=settings().content, now=now)


def unplan(session: Session, viewer: Viewer, *, id: uuid.UUID) -> None:
    """Take a planned publication back. Raises BadInput."""
    require(viewer, "author.publish")
    planning.unplan(session, org_id=viewer.org_id, id=id)


def drop(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """End a draft without publishing it. Raises BadInput."""
    require(viewer, "author.publish")
    publishing.drop(session, org_id=viewer.org_id, id=id, now=now)


def bring(
    session: Session, viewer: Viewer, *, id: uuid.UUID, what: str, now: datetime
) -> tuple[Clashing, ...]:
    """Bring into a draft what is "live" or what "shipped" state waits. Raises BadInput."""
    require(viewer, "author.publish")
    verb = bringing.bring_shipped if what == "shipped" else bringing.bring_live
    return verb(session, **_who(viewer), id=id, root=settings().content, now=now)


def choose(session: Session, viewer: Viewer, *, id: uuid.UUID, path: str, now: datetime) -> None:
    """Take the shipped text of a file in which both clashed. Raises BadInput."""
    require(viewer, "author.publish")
    who, root = _who(viewer), settings().content
    bringing.choose(session, **who, id=id, path=path, root=root, now=now)


def _who(viewer: Viewer) -> dict[str, Any]:
    return {"org_id": viewer.org_id, "by": viewer.person_id}


def _looked(session: Session, viewer: Viewer, draft: Drafted) -> tuple[tuple[Problem, ...], str]:
    """What stops it, and why else it could not be published."""
    root = settings().content
    try:
        publishing.ready(session, org_id=viewer.org_id, draft=draft, root=root)
    except ContentError as error:
        return tuple(error.problems), "" if error.problems else str(error)
    except BadInput as error:
        return (), str(error)
    return (), ""


def _change(head: str) -> tuple[str, Change | None]:
    try:
        version, changes = told(head)
    except ContentError:
        return "", None
    return version, next((one for one in changes if one.version == version), None)


def _shipped_change(session: Session, draft: Drafted) -> Change | None:
    """What the shipped state that was brought into a draft says that it changed."""
    if not draft.merges:
        return None
    files = bringing.bundle_behind(session, draft.merges)
    return _change(files.get(f"{draft.slug}/module.yaml", ""))[1]


def _shipped_text(session: Session, live: Published | None) -> dict[str, str]:
    """The shipped files that a trainer's live text goes back to; none where it is that itself."""
    if live is None or live.origin == "shipped" or not live.shipped_from:
        return {}
    return bringing.bundle_behind(session, live.shipped_from)


def may_publish(viewer: Viewer) -> bool:
    """Whether the viewer writes and publishes, or only reviews."""
    return Role.TRAINER in viewer.roles
