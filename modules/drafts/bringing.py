"""What was published or shipped meanwhile, brought into a draft file by file: nothing is lost."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db import drafts, revisions, shipped
from db.drafts import Drafted
from modules.basics import BadInput
from modules.course.files.own_records import own, registers
from modules.drafts.change import unversioned
from modules.drafts.lines import returned, settled
from modules.drafts.publishing import base_of, files_behind, files_of
from modules.drafts.writing import held, save


@dataclass(frozen=True)
class Clashing:
    """A file that both changed at the same lines: one text or the other is to be chosen."""

    path: str
    mine: str | None
    theirs: str | None


def begin(
    session: Session, *, org_id: uuid.UUID, module: str, by: uuid.UUID, root: Path, now: datetime
) -> uuid.UUID:
    """Begin a draft of a module as it is published. Raises BadInput where one is open."""
    live = revisions.latest(session, org_id=org_id).get(module)
    if live is None:
        raise BadInput("There is no such module here. Choose one on the page of modules.")
    if any(one.module == module for one in drafts.open_ones(session, org_id=org_id)):
        raise BadInput("This module has a draft already. Open that one, or drop it.")
    files = own(files_behind(session, live), registers(root))
    begun: dict[str, Any] = {
        "module": module,
        "slug": slug_of(files),
        "base_id": live.id,
        "files": files,
    }
    try:
        return drafts.begin(session, org_id=org_id, **begun, by=by, now=now)
    except IntegrityError as twice:
        raise BadInput("Somebody else began a draft of it at the same moment.") from twice


def bring_live(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, by: uuid.UUID, root: Path, now: datetime
) -> tuple[Clashing, ...]:
    """Bring what was published since a draft began into it; gives what has to be chosen."""
    draft = held(session, org_id, id)
    live = revisions.latest(session, org_id=org_id).get(draft.module)
    if live is None or live.id == draft.base_id:
        raise BadInput("Nothing was published since this draft began.")
    base = base_of(session, org_id=org_id, draft=draft)
    _bring(session, org_id, id, base, files_behind(session, live), by, root, now)
    drafts.set_draft(session, org_id=org_id, id=id, base_id=live.id)
    return clashes(session, org_id=org_id, id=id, root=root)


def bring_shipped(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, by: uuid.UUID, root: Path, now: datetime
) -> tuple[Clashing, ...]:
    """Bring the shipped state that waits into a draft; gives what has to be chosen."""
    draft = held(session, org_id, id)
    waits = shipped.waiting(session, org_id=org_id).get(draft.module)
    if waits is None:
        raise BadInput("No shipped version waits for this module.")
    base, theirs = _shipped(session, org_id, draft.module, waits.sha256)
    _bring(session, org_id, id, base, theirs, by, root, now)
    drafts.set_draft(session, org_id=org_id, id=id, merges=waits.sha256)
    return clashes(session, org_id=org_id, id=id, root=root)


def clashes(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, root: Path
) -> tuple[Clashing, ...]:
    """What was brought into a draft and is not in it: still to be chosen, or chosen otherwise."""
    draft = drafts.by_id(session, org_id=org_id, id=id)
    if draft is None:
        return ()
    known, stands = registers(root), files_of(session, org_id=org_id, id=id)
    found = dict[str, Clashing]()
    for base, theirs in _brought(session, org_id, draft):
        for one in _left_out(own(base, known), stands, own(theirs, known)):
            found.setdefault(one.path, one)
    return tuple(found.values())


def choose(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    path: str,
    by: uuid.UUID,
    root: Path,
    now: datetime,
) -> None:
    """Take the other text wherever both clashed in a file; what else the draft says stays.

    Raises BadInput for a file in which nothing clashes.
    """
    found = {one.path: one for one in clashes(session, org_id=org_id, id=id, root=root)}
    if path not in found:
        raise BadInput(f"There is nothing to choose in {path}. Open the page anew.")
    stands = files_of(session, org_id=org_id, id=id).get(path)
    where: dict[str, Any] = {"org_id": org_id, "id": id, "path": path, "by": by, "now": now}
    save(session, **where, base=stands, text=found[path].theirs, place="brought in")


def bundle_behind(session: Session, sha256: str) -> dict[str, str]:
    """The files of a bundle."""
    files: dict[str, str] = json.loads(revisions.body(session, sha256=sha256))
    return files


def _shipped(
    session: Session, org_id: uuid.UUID, module: str, sha256: str
) -> tuple[dict[str, str], dict[str, str]]:
    """The shipped files that the live revision goes back to, and the new ones."""
    live = revisions.latest(session, org_id=org_id)[module]
    goes_back = live.sha256 if live.origin == "shipped" else live.shipped_from
    base = bundle_behind(session, goes_back) if goes_back else {}
    return base, bundle_behind(session, sha256)


def _brought(
    session: Session, org_id: uuid.UUID, draft: Drafted
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """What was brought into a draft: the files before somebody else changed them, and after."""
    if draft.base_id:
        every = revisions.of_module(session, org_id=org_id, module=draft.module)
        first = next((one for one in reversed(every) if one.published_at <= draft.made_at), None)
        if first and first.id != draft.base_id:
            base = base_of(session, org_id=org_id, draft=draft)
            yield files_behind(session, first), base
    if draft.merges:
        yield _shipped(session, org_id, draft.module, draft.merges)


def _left_out(
    base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> Iterator[Clashing]:
    """The files that somebody else changed and that do not have all of it."""
    for path in sorted({*base, *theirs}):
        old, here, there = base.get(path), mine.get(path), theirs.get(path)
        if there in (old, here):
            continue
        if old is None or here is None or there is None:
            yield Clashing(path, here, there)
            continue
        texts = [old, there, here]
        # Each publication has a version of its own, which nobody has to choose.
        if path.endswith("/module.yaml"):
            texts = [unversioned(one) for one in texts]
        if returned(*texts) != texts[-1]:
            yield Clashing(path, here, returned(old, there, here))


def _bring(
    session: Session,
    org_id: uuid.UUID,
    id: uuid.UUID,
    base: Mapping[str, str],
    theirs: Mapping[str, str],
    by: uuid.UUID,
    root: Path,
    now: datetime,
) -> None:
    known, stands = registers(root), files_of(session, org_id=org_id, id=id)
    made = _merged(own(base, known), stands, own(theirs, known))
    for path, text in sorted(made.items()):
        if text != stands.get(path):
            where: dict[str, Any] = {"org_id": org_id, "id": id, "path": path, "by": by, "now": now}
            save(session, **where, base=stands.get(path), text=text, place="brought in")


def _merged(
    base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str | None]:
    """Each file with both changes; mine where they clash."""
    made = dict[str, str | None]()
    for path in sorted({*base, *mine, *theirs}):
        old, here, there = base.get(path), mine.get(path), theirs.get(path)
        made[path] = there if here == old else here
        if old is not None and here is not None and there is not None and here != there:
            # What only one of the two changed is taken, although they clash elsewhere.
            made[path] = settled(old, here, there, take="mine")
    return made


def slug_of(files: Mapping[str, str]) -> str:
    """The folder of a module's files."""
    return next(path.split("/")[0] for path in files if path.endswith("/module.yaml"))
