"""A second pair of eyes: asked for, commenting at a place, approving exactly what was read."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import draft_comments, drafts
from db.drafts import Drafted
from modules import evidence
from modules.basics import BadInput
from modules.course.files import sha256_of
from modules.drafts.writing import held

LONGEST = 1000
"""Characters of a comment, or of the word to a reviewer."""


def state_of(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> str:
    """The name of exactly what a draft holds now: a fingerprint of its files."""
    files = drafts.files(session, org_id=org_id, id=id)
    return sha256_of({path: one.body for path, one in files.items()})


def writers(session: Session, *, org_id: uuid.UUID, draft: Drafted) -> set[uuid.UUID]:
    """Who wrote what was never approved: none of them approves it."""
    steps = drafts.steps(session, org_id=org_id, id=draft.id, after=draft.approved_number)
    found = {one.by_id for one in steps}
    # A new module is its first writer's, even where nothing was changed since.
    if draft.base_id is None and not draft.approved_number:
        found.add(draft.made_by)
    return found


def ask(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, word: str, by: uuid.UUID, now: datetime
) -> None:
    """Ask for a review, with a word to the reviewer. Raises BadInput."""
    draft = held(session, org_id, id)
    if draft.state == "approved":
        raise BadInput("This draft is approved as it stands: it can be published.")
    if len(word) > LONGEST:
        raise BadInput(f"Write at most {LONGEST} characters to the reviewer.")
    asked: dict[str, Any] = {
        "state": "review",
        "asked_by": by,
        "asked_at": now,
        "word": word.strip(),
    }
    drafts.set_draft(session, org_id=org_id, id=id, **asked)


def withdraw(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> None:
    """Take the question for a review back, an approval and a planned publication with it."""
    held(session, org_id, id)
    none: dict[str, Any] = {
        "asked_by": None,
        "asked_at": None,
        "approved_by": None,
        "approved_at": None,
    }
    none |= {"publish_at": None, "planned_by": None}
    drafts.set_draft(session, org_id=org_id, id=id, state="writing", word="", **none)


def comment(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    path: str,
    place: str,
    text: str,
    by: uuid.UUID,
    now: datetime,
) -> uuid.UUID:
    """Say something about a place of a draft; "" for the draft as a whole. Raises BadInput.

    A planned publication does not go past it: it is taken back, and its page says why.
    """
    draft = held(session, org_id, id)
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise BadInput(f"Write a comment of at most {LONGEST} characters.")
    if path and path not in drafts.files(session, org_id=org_id, id=id):
        raise BadInput(f"This draft has no file {path}. Choose the place again.")
    _unplan(session, org_id, draft)
    where: dict[str, Any] = {"org_id": org_id, "draft_id": id, "path": path, "place": place[:200]}
    return draft_comments.say(session, **where, text=said, by=by, now=now)


def settle(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    comment: uuid.UUID,
    by: uuid.UUID,
    now: datetime,
    again: bool = False,
) -> None:
    """Settle a comment, or open it ``again``, which takes a planned publication back.

    Raises BadInput for one that is not there.
    """
    draft = held(session, org_id, id)
    if again:
        _unplan(session, org_id, draft)
    done = draft_comments.settle(
        session,
        org_id=org_id,
        draft_id=id,
        id=comment,
        by=None if again else by,
        now=None if again else now,
    )
    if not done:
        raise BadInput("This comment is not there any more. Open the page anew.")


def _unplan(session: Session, org_id: uuid.UUID, draft: Drafted) -> None:
    if draft.publish_at:
        why = "Somebody commented on it after it was planned. Read that, then plan it again."
        told: dict[str, Any] = {"publish_at": None, "planned_by": None, "refused": why}
        drafts.set_draft(session, org_id=org_id, id=draft.id, **told)


def still_open(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> int:
    """How many comments on a draft are not settled."""
    return draft_comments.open_counts(session, org_id=org_id).get(id, 0)


def none_ignored(session: Session, *, org_id: uuid.UUID, id: uuid.UUID, comments: int) -> None:
    """Raises BadInput where other than the ``comments`` that somebody accepted are open."""
    number = still_open(session, org_id=org_id, id=id)
    if number and number != comments:
        are = "1 comment is" if number == 1 else f"{number} comments are"
        raise BadInput(
            f"{are} open. Settle what is done, or tick that you go on with open comments."
        )


def approve(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    seen: str,
    by: uuid.UUID,
    by_name: str,
    now: datetime,
    comments: int = 0,
) -> None:
    """Approve a draft as it was ``seen``, which `state_of` names, with so many open comments.

    Raises BadInput when nobody asked, when it changed meanwhile, for whoever wrote of it, and
    where other comments are open.
    """
    draft = held(session, org_id, id)
    if draft.state == "approved":
        raise BadInput("This draft is approved already.")
    if draft.state != "review":
        raise BadInput("Nobody asked for a review of this draft yet.")
    state = state_of(session, org_id=org_id, id=id)
    if state != seen:
        raise BadInput("The draft changed while you read it. Look at the difference again.")
    if by in writers(session, org_id=org_id, draft=draft):
        raise BadInput(
            "You wrote some of this draft yourself, so another trainer or reviewer approves it."
        )
    none_ignored(session, org_id=org_id, id=id, comments=comments)
    approved: dict[str, Any] = {"state": "approved", "approved_by": by, "approved_at": now}
    drafts.set_draft(
        session, org_id=org_id, id=id, **approved, approved_number=draft.number, refused=""
    )
    evidence.record(
        session,
        org_id=org_id,
        kind="module_approved",
        about=id,
        facts={
            "module": draft.module,
            "sha256": state,
            "comments": still_open(session, org_id=org_id, id=id),
        },
        by=by,
        by_name=by_name,
        now=now,
    )
