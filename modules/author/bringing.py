"""What trainers do with questions of other systems: look at a file, take what they want of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session

from db import assets, drafts
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.course.media import measured
from modules.drafts import fields, screens, writing
from modules.drafts.publishing import files_of
from modules.drafts.taking import Chosen, taken
from modules.exchange.items.brought import Bank
from modules.exchange.items.formats import read

DIFFICULTIES = (1, 2, 3)


@dataclass(frozen=True)
class Target:
    """An open draft that questions can go into, with its objectives in words."""

    id: uuid.UUID
    module: str
    title: str
    objectives: Mapping[str, str]


def look(viewer: Viewer, *, data: bytes, name: str, format: str = "") -> Bank:
    """What a file holds, item by item; nothing is kept. Raises BadInput for an unreadable one."""
    require(viewer, "author.write")
    return _read(data, name, format)


@lru_cache(maxsize=2)
def _read(data: bytes, name: str, format: str) -> Bank:
    # A page asks at each tick, and the file is the same.
    return read(data, name, format or None)


def targets(session: Session, viewer: Viewer) -> tuple[Target, ...]:
    """The open drafts of the viewer's organisation whose module file can be read."""
    require(viewer, "author.write")
    found = []
    for draft in drafts.open_ones(session, org_id=viewer.org_id):
        files = files_of(session, org_id=viewer.org_id, id=draft.id)
        try:
            found.append(_target(draft.id, draft.module, draft.slug, files))
        except BadInput:  # it is mended as source first
            continue
    return tuple(found)


def _target(id: uuid.UUID, module: str, slug: str, files: Mapping[str, str]) -> Target:
    head = files.get(f"{slug}/module.yaml", "")
    languages = fields.read(head, ("languages",))
    language = languages[0] if isinstance(languages, list) and languages else "en"
    front = screens.front(files.get(f"{slug}/lesson.{language}.md", ""))
    said = fields.read(front, ("objectives",))
    said = said if isinstance(said, Mapping) else {}
    known = fields.read(head, ("objectives",))
    objectives = (
        {str(one): str(said.get(one, one)) for one in known if isinstance(one, str)}
        if isinstance(known, list)
        else {}
    )
    if not objectives:
        raise BadInput(f"{slug}/module.yaml names no objective.")
    return Target(id, module, str(fields.read(front, ("title",)) or module), objectives)


def bring(
    session: Session,
    viewer: Viewer,
    *,
    id: uuid.UUID,
    bank: Bank,
    chosen: Mapping[int, str],
    difficulty: int,
    now: datetime,
) -> tuple[str, ...]:
    """Take items of a bank into a draft, and their pictures; gives the ids that they got.

    ``chosen`` are objectives by the number of the item in ``bank``. All of them, or none: raises
    BadInput where the draft is gone, or an objective is not there.
    """
    require(viewer, "author.write")
    draft = writing.held(session, viewer.org_id, id)
    files = files_of(session, org_id=viewer.org_id, id=id)
    target = _target(draft.id, draft.module, draft.slug, files)
    if not chosen:
        raise BadInput("No question is ticked. Tick those that you want.")
    if difficulty not in DIFFICULTIES:
        raise BadInput("A difficulty is 1, 2 or 3.")
    if any(number not in range(len(bank.items)) for number in chosen):
        raise BadInput("The file holds no such question. Look at it again.")
    if unknown := sorted(set(chosen.values()) - set(target.objectives)):
        raise BadInput(f"The module has no objective {', '.join(unknown)}. Choose another one.")
    wanted = [Chosen(bank.items[number], chosen[number]) for number in sorted(chosen)]
    names = {name for one in wanted for name in one.item.pictures if name in bank.pictures}
    kept = {name: _kept(session, name, bank.pictures[name]) for name in sorted(names)}
    made = taken(files, draft.slug, wanted, difficulty=difficulty, pictures=kept)
    for path, text in made.files.items():
        writing.save(
            session,
            org_id=viewer.org_id,
            id=id,
            path=path,
            base=files.get(path),
            text=text,
            by=viewer.person_id,
            now=now,
            place="bring",
        )
    return made.ids


def _kept(session: Session, name: str, data: bytes) -> str:
    found = measured(data, name)
    if found.problems:
        raise BadInput(f"The picture {name}: {' '.join(found.problems)}")
    return assets.keep(
        session, data=data, media_type=found.type, width=found.width, height=found.height
    )
