"""A changed rule asks those who completed an earlier version, and only them, for its part again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from sqlmodel import Session

from db import refreshers, revisions
from db.refreshers import Earlier
from db.tables import Organisation
from modules.course.model import Change
from modules.course.model.changes import order
from modules.settings import settings

# By content hash: immutable, so never stale.
_known: dict[str, tuple[Change, ...]] = {}


def changes_of(session: Session, *, sha256: str) -> tuple[Change, ...]:
    """What the versions of a published module changed, the newest first. Parsed once."""
    if sha256 not in _known:
        files = json.loads(revisions.body(session, sha256=sha256))
        head = next(text for path, text in files.items() if path.endswith("/module.yaml"))
        # It was read whole and found sound when it was published; this needs one list of it.
        told = yaml.safe_load(head).get("changes") or ()
        _known[sha256] = tuple(Change.model_validate(one, strict=False) for one in told)
    return _known[sha256]


def earlier(change: Change, completed: Collection[str], published_at: datetime) -> Earlier:
    """Which of the versions that somebody completed are from before a change. Pure."""
    before, unknown = set(), set()
    for version in completed:
        try:
            if order(version) < order(change.version):
                before.add(version)
        except ValueError:
            unknown.add(version)
    learned = {one for one in before if order(one) >= order(change.since)} if change.since else None
    return Earlier(before, unknown, published_at, learned)


def sweep(session: Session, *, org_id: uuid.UUID, now: datetime) -> int:
    """Ask whoever a published change of a rule affects; how many. Doing it twice changes nothing.

    What a newer completion has made needless is closed, what is no rule any more is taken back.
    Three statements for each changed rule and a query for each module that has any, however many
    people there are. A writing session.
    """
    organisation = session.get_one(Organisation, org_id)
    today = now.astimezone(ZoneInfo(organisation.zone)).date()
    asked = 0
    for module, published in revisions.latest(session, org_id=org_id).items():
        rules = [
            one
            for one in changes_of(session, sha256=published.sha256)
            if one.kind == "rule" and (not one.laws or organisation.jurisdiction in one.laws)
        ]
        named = [one.version for one in rules]
        refreshers.withdraw(session, org_id=org_id, module=module, rules=named)
        completed = refreshers.versions(session, org_id=org_id, module=module) if rules else ()
        for change in rules:
            before = earlier(change, completed, published.published_at)
            where: dict[str, Any] = {"org_id": org_id, "module": module, "version": change.version}
            refreshers.close_completed(session, **where, earlier=before)
            asked += refreshers.ask(
                session,
                **where,
                earlier=before,
                paths=change.paths,
                today=today,
                due_on=today + timedelta(days=change.days or settings().refresher_days),
                now=now,
            )
    return asked


def would_ask(
    session: Session, *, org_id: uuid.UUID, module: str, change: Change, now: datetime
) -> int:
    """How many people a change would be asked of if it were published now. Writes nothing."""
    organisation = session.get_one(Organisation, org_id)
    if change.kind != "rule" or (change.laws and organisation.jurisdiction not in change.laws):
        return 0
    completed = refreshers.versions(session, org_id=org_id, module=module)
    return refreshers.affected(
        session,
        org_id=org_id,
        module=module,
        earlier=earlier(change, completed, now),
        paths=change.paths,
        today=now.astimezone(ZoneInfo(organisation.zone)).date(),
    )
