"""Publishing another version of M01 that says what it changed: for tests of refreshers."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import yaml

from db import revisions
from db.engine import reading, writing
from modules import refreshing
from modules.course.files import canonical, sha256_of

MODULE = "M01"
RULE = {
    "version": "1.3.0",
    "kind": "rule",
    "says": "Personal data go to another department only with a named purpose.",
    "parts": ["five-questions", "M01-Q10", "M01-Q12"],
}


def publish(world: Any, *changes: dict[str, Any], now: datetime, body: str = "Fernleigh") -> int:
    """Publish the version of the first of these changes (newest first); how many it asks."""
    org_id = world.organisations[body]
    with reading() as session:
        newest = revisions.latest(session, org_id=org_id)[MODULE]
        files = json.loads(revisions.body(session, sha256=newest.sha256))
    [path] = [one for one in files if one.endswith("/module.yaml")]
    head = yaml.safe_load(files[path])
    head["version"] = changes[0]["version"]
    head["changes"] = [*changes, *head.get("changes", ())]
    files[path] = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    with writing() as session:
        revisions.publish(
            session,
            org_id=org_id,
            module=MODULE,
            version=head["version"],
            sha256=sha256_of(files),
            text=canonical(files),
            origin="shipped",
            now=now,
            change=changes[0]["kind"],
        )
        return refreshing.sweep(session, org_id=org_id, now=now)


def sweep(world: Any, *, now: datetime, body: str = "Fernleigh") -> int:
    """The hourly work."""
    with writing() as session:
        return refreshing.sweep(session, org_id=world.organisations[body], now=now)
