"""Publishing a corrected version of M01, and grading its answers again: for tests of regrades."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml

from db import revisions
from db.engine import reading, writing
from modules.course.files import canonical, sha256_of
from modules.progress.asked import form_items
from modules.progress.ideas import idea_of
from modules.regrade import applying, planning
from tests.walk import MODULE, Walk

WHY = "Two options could be defended, so both count as right."
Edit = Callable[[dict[str, dict[str, Any]], dict[str, Any]], None]


def org(world, body="Fernleigh"):
    return world.organisations[body]


def correct(world, edit: Edit, *, now, body="Fernleigh", version="1.2.1"):
    """Publish M01 with edited questions (by id: structure) and head; gives the revision."""
    org_id = org(world, body)
    with reading() as session:
        newest = revisions.latest(session, org_id=org_id)[MODULE]
        files = json.loads(revisions.body(session, sha256=newest.sha256))
    [head_at] = [one for one in files if one.endswith("/module.yaml")]
    [items_at] = [one for one in files if one.endswith("/questions.yaml")]
    head, items = yaml.safe_load(files[head_at]), yaml.safe_load(files[items_at])
    head["version"] = version
    edit({one["id"]: one for one in items}, head)
    files[head_at] = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    files[items_at] = yaml.safe_dump(items, allow_unicode=True, sort_keys=False)
    with writing() as session:
        return revisions.publish(
            session,
            org_id=org_id,
            module=MODULE,
            version=version,
            sha256=sha256_of(files),
            text=canonical(files),
            origin="trainer",
            now=now,
            change="clarification",
        )


def key(item: str, option: str) -> Edit:
    """Make another option of a single choice the right one."""

    def edit(items, _head):
        for one in items[item]["options"]:
            one["key"] = one["id"] == option
            if one["key"]:
                one.pop("tag", None)

    return edit


def plan(world, item, *, body="Fernleigh"):
    with reading() as session:
        return planning.plan(session, org_id=org(world, body), module=MODULE, item=item)


def apply(world, item, *, now, body="Fernleigh", after=0, why=WHY, **by):
    with writing() as session:
        return applying.apply(
            session,
            org_id=org(world, body),
            module=MODULE,
            item=item,
            why=why,
            after=after,
            now=now,
            **by,
        )


def undo(world, item, number, *, now, why="The first version was right."):
    with writing() as session:
        return applying.undo(
            session,
            org_id=org(world),
            module=MODULE,
            item=item,
            number=number,
            why=why,
            now=now,
        )


def failed_by_one(world, who="amira") -> tuple[Walk, str, str]:
    """Somebody whose check has four of six right; one of the two missed, and what she chose."""
    walk = Walk(world, who).until("check")
    sheet = walk.check(wrong=("M01-Q10", "M01-Q12"))
    slot = next(
        one for one in form_items(walk.module, sheet) if idea_of(walk.module, one) == "ecosystem"
    )
    return walk, slot, sheet.answer(slot).response["choice"]
