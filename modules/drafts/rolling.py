"""An earlier revision published again, and what is shipped taken in place of one's own.

To take a changed rule back is a change of a rule too: who learned it has learned what no longer
holds. Then the earlier text says so in its module.yaml, under a version of its own.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import revisions, shipped
from db.revisions import Published
from modules import evidence, publishing, refreshing
from modules.basics import BadInput
from modules.course.files import canonical, first_language, module_from_bundle, sha256_of
from modules.course.model import Change
from modules.course.model.changes import order
from modules.drafts.change import next_version, with_change
from modules.drafts.differences import changed_parts, differences
from modules.drafts.publishing import facts, files_behind, follow

KINDS = ("wording", "clarification", "rule")
"""From the weakest to the strongest."""


def strongest(known: Iterable[Published], number: int) -> str:
    """The strongest kind of change of the revisions after a number: what going back there is."""
    after = [one.change for one in known if one.number > number]
    return max((one for one in after if one in KINDS), key=KINDS.index, default=KINDS[0])


def back(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    number: int,
    by: uuid.UUID,
    by_name: str,
    now: datetime,
    kind: str = "",
    says: str = "",
) -> Published:
    """Publish an earlier revision again as a new one. Raises BadInput and ContentError.

    As wording it comes back to the byte. Of another ``kind``, by default the strongest one of what
    it takes back, its module.yaml says so to learners with ``says``, and who learned what is taken
    back is told or redoes it. To undo it is to do the same with the revision before it.
    """
    known = {one.number: one for one in revisions.of_module(session, org_id=org_id, module=module)}
    if number not in known:
        raise BadInput("There is no such revision here. Choose one of the list.")
    earlier, live = known[number], known[max(known)]
    if earlier.sha256 == live.sha256 or live.repeats == number:
        raise BadInput(f"Revision {live.number} says the same as revision {number} already.")
    kind = kind or strongest(known.values(), number)
    text, version = revisions.body(session, sha256=earlier.sha256), earlier.version
    if kind != "wording":
        text, version = _with_word(session, list(known.values()), number, kind, says)
    made = revisions.publish(
        session,
        org_id=org_id,
        module=module,
        version=version,
        sha256=sha256_of(json.loads(text)),
        text=text,
        origin="trainer",
        now=now,
        change=kind,
        published_by=by,
        shipped_from=earlier.sha256 if earlier.origin == "shipped" else earlier.shipped_from,
        repeats=number,
        offered=earlier.offered,
    )
    if made is None:
        raise BadInput("Somebody else published this module at the same moment. Open it anew.")
    # What is shipped and is no longer live waits from now on.
    newest = max(
        (one for one in known.values() if one.origin == "shipped"), key=_number, default=None
    )
    if newest and newest.sha256 != made.shipped_from:
        text = revisions.body(session, sha256=newest.sha256)
        waits = {"module": module, "sha256": newest.sha256, "version": newest.version}
        if module not in shipped.waiting(session, org_id=org_id):
            shipped.wait(session, org_id=org_id, **waits, text=text, now=now)
    follow(session, org_id=org_id, now=now)
    evidence.record(
        session,
        org_id=org_id,
        kind="module_rolled_back",
        about=made.id,
        facts={**facts(made), "repeats": number},
        by=by,
        by_name=by_name,
        now=now,
    )
    return made


def _with_word(
    session: Session, known: list[Published], number: int, kind: str, says: str
) -> tuple[str, str]:
    """The text of a revision that tells what going back to it changes, and its version."""
    if kind not in KINDS:
        raise BadInput(f"{kind} is no kind of change: {', '.join(KINDS)}.")
    if not says.strip():
        raise BadInput("Write one sentence that tells learners what holds from now on.")
    earlier = next(one for one in known if one.number == number)
    files, live = files_behind(session, earlier), files_behind(session, known[-1])
    taken = [one for one in known if one.number > number and order(one.version) > _order(earlier)]
    told = [
        one
        for revision in taken
        for one in refreshing.changes_of(session, sha256=revision.sha256)
        if one.version == revision.version and one.kind in KINDS[KINDS.index(kind) :]
    ]
    learned = [one.version for one in told or taken]
    there = {one.id for one in differences({}, files) if one.kind in ("screen", "item")}
    named = {part for one in told for part in one.parts} or set(
        changed_parts(differences(live, files))
    )
    parts = tuple(sorted(named & there))
    module = module_from_bundle(files, first_language(files))
    if kind == "rule" and not set(parts) & set(module.questions):
        raise BadInput(
            "No question of that revision is about what changes, so nobody could redo anything. "
            "Publish it again as a clarification, or write a new version with a question."
        )
    version = next_version(kind, {one.version for one in known})
    change = Change(
        version=version,
        kind="rule" if kind == "rule" else "clarification",
        says=says.strip(),
        parts=parts,
        paths=_all_or_named([one.paths for one in told]),
        laws=_all_or_named([one.laws for one in told]),
        days=min((one.days for one in told if one.days), default=None),
        since=min(learned, key=order, default=""),
    )
    path = next(one for one in files if one.endswith("/module.yaml"))
    files[path] = with_change(files[path], files[path], change, version)
    for language in module.languages:
        module_from_bundle(files, language)
    return canonical(files), version


def _all_or_named(named: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Whom several changes concern: everybody where one of them does."""
    return tuple(sorted({one for each in named for one in each})) if all(named) else ()


def _order(one: Published) -> tuple[int, ...]:
    return order(one.version)


def take_shipped(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    sha256: str,
    by: uuid.UUID,
    by_name: str,
    now: datetime,
) -> Published:
    """Publish the shipped state that waits in place of the trainers' own. Raises BadInput."""
    waits = shipped.waiting(session, org_id=org_id).get(module)
    if waits is None or waits.sha256 != sha256:
        raise BadInput("This shipped version does not wait any more. Open the page anew.")
    text = revisions.body(session, sha256=sha256)
    version, change = publishing.version_of(text)
    made = revisions.publish(
        session,
        org_id=org_id,
        module=module,
        version=version,
        sha256=sha256,
        text=text,
        origin="shipped",
        now=now,
        change=change,
        published_by=by,
    )
    if made is None:
        raise BadInput("This shipped version is published already.")
    shipped.forget(session, org_id=org_id, module=module)
    follow(session, org_id=org_id, now=now)
    told: dict[str, Any] = {
        "about": made.id,
        "facts": {**facts(made), "approved": False, "comments": 0},
    }
    named: dict[str, Any] = {"by": by, "by_name": by_name, "now": now}
    evidence.record(session, org_id=org_id, kind="module_published", **told, **named)
    return made


def keep_own(
    session: Session, *, org_id: uuid.UUID, module: str, sha256: str, by: uuid.UUID, now: datetime
) -> None:
    """Put the shipped state that waits aside. The page goes on saying that it is there."""
    where: dict[str, Any] = {"org_id": org_id, "module": module, "sha256": sha256}
    if not shipped.keep_own(session, **where, by=by, now=now):
        raise BadInput("Another shipped version waits meanwhile. Open the page anew.")


def _number(one: Published) -> int:
    return one.number
