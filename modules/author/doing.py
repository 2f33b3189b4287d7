"""What the page that publishes a draft can be asked to do, by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from modules.access import Viewer
from modules.author import publishing, reviewing
from modules.author.publishing import Sheet


def act(
    what: str,
    session: Session,
    viewer: Viewer,
    *,
    of: Sheet,
    now: datetime,
    given: Mapping[str, Any],
) -> str:
    """Do it to the draft as it was seen; gives what was done. Raises BadInput, ContentError."""
    id, seen = of.draft.id, of.seen
    if what == "say_change":
        publishing.say_change(session, viewer, id=id, **given, now=now)
    elif what == "ask":
        publishing.ask(session, viewer, id=id, **given, now=now)
    elif what == "withdraw":
        publishing.withdraw(session, viewer, id=id)
    elif what == "approve":
        reviewing.approve(session, viewer, id=id, seen=seen, **given, now=now)
    elif what == "publish":
        publishing.publish(session, viewer, id=id, seen=seen, **given, now=now)
    elif what == "plan":
        publishing.plan(session, viewer, id=id, seen=seen, **given, now=now)
    elif what == "unplan":
        publishing.unplan(session, viewer, id=id)
    elif what == "drop":
        publishing.drop(session, viewer, id=id, now=now)
    elif what == "bring":
        publishing.bring(session, viewer, id=id, **given, now=now)
    elif what == "choose":
        publishing.choose(session, viewer, id=id, **given, now=now)
    elif what == "settle":
        reviewing.settle(session, viewer, id=id, **given, now=now)
    elif what == "comment":
        reviewing.comment(session, viewer, id=id, **given, now=now)
    else:
        raise KeyError(what)
    return what
