"""What trainers do with drafts: begin one, look at it, save a part of it, take a step back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db import assets, drafts, revisions
from db.drafts import Drafted, File, Present, Step
from modules.access import ACTIONS, Viewer, may, require
from modules.basics import BadInput, Words
from modules.course.files import read_course
from modules.course.files.own_records import own, registers
from modules.course.media import measured, prepared
from modules.drafts import beginning, starting, writing
from modules.settings import settings

HERE = timedelta(minutes=2)
"""How long after somebody was seen on a draft she counts as there."""
MOST_STEPS = 60


@dataclass(frozen=True)
class Opened:
    """A draft as somebody has it open."""

    draft: Drafted
    files: dict[str, File]
    # Who else has it open, and where.
    others: tuple[Present, ...]
    # The newest steps of its history, the newest first.
    steps: tuple[Step, ...]
    may_write: bool

    @property
    def texts(self) -> dict[str, str]:
        """Its files by path."""
        return {path: one.body for path, one in self.files.items()}


def listed(session: Session, viewer: Viewer) -> list[Drafted]:
    """The open drafts of the viewer's organisation."""
    require(viewer, "author.draft")
    return drafts.open_ones(session, org_id=viewer.org_id)


def opened(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> Opened:
    """A draft with everything that its page shows. Raises BadInput where there is none."""
    require(viewer, "author.draft")
    org_id = viewer.org_id
    draft = drafts.by_id(session, org_id=org_id, id=id)
    if draft is None:
        raise BadInput("There is no such draft here. Choose one on the page of modules.")
    there = drafts.present(session, org_id=org_id, id=id, since=now - HERE)
    return Opened(
        draft,
        drafts.files(session, org_id=org_id, id=id),
        tuple(one for one in there if one.person_id != viewer.person_id),
        tuple(drafts.steps(session, org_id=org_id, id=id, most=MOST_STEPS)),
        may(viewer, ACTIONS, "author.write") and draft.ended_at is None,
    )


def seen(session: Session, viewer: Viewer, *, id: uuid.UUID, place: str, now: datetime) -> None:
    """Tell others that the viewer has a draft open, and where in it."""
    require(viewer, "author.draft")
    if drafts.by_id(session, org_id=viewer.org_id, id=id) is None:
        raise BadInput("There is no such draft here. Choose one on the page of modules.")
    drafts.see(
        session, org_id=viewer.org_id, id=id, person_id=viewer.person_id, place=place, now=now
    )


def begin(
    session: Session, viewer: Viewer, *, title: str, copy: str, say: Words, now: datetime
) -> uuid.UUID:
    """Begin a module of one's own: from the template, or as a copy of a published module."""
    require(viewer, "author.write")
    title = beginning.title_of(title)
    cards = read_course(settings().content).modules
    known = drafts.modules(session, org_id=viewer.org_id)
    published = revisions.latest(session, org_id=viewer.org_id)
    ids = {id for id, _ in known} | set(published) | {card.id for card in cards}
    slugs = {slug for _, slug in known} | {card.slug for card in cards}
    id = beginning.next_id(ids)
    slug = beginning.slug_for(id, title, slugs)
    if copy:
        files = beginning.copied(_published(session, viewer, copy), copy, id, slug, title)
    else:
        files = beginning.template(id, slug, title, say)
    return _begun(session, viewer, id, slug, None, files, now)


def edit(session: Session, viewer: Viewer, *, module: str, now: datetime) -> uuid.UUID:
    """The open draft of a published module; one is begun if there is none."""
    require(viewer, "author.write")
    for one in drafts.open_ones(session, org_id=viewer.org_id):
        if one.module == module:
            return one.id
    files = _published(session, viewer, module)
    base = revisions.latest(session, org_id=viewer.org_id)[module]
    slug = next(path.split("/")[0] for path in files if path.endswith("/module.yaml"))
    return _begun(session, viewer, module, slug, base.id, files, now)


def save(
    session: Session,
    viewer: Viewer,
    *,
    id: uuid.UUID,
    path: str,
    base: str | None,
    text: str | None,
    place: str,
    now: datetime,
) -> str | None:
    """Keep a file of a draft, see `modules.drafts.writing.save`."""
    require(viewer, "author.write")
    return writing.save(
        session,
        org_id=viewer.org_id,
        id=id,
        path=path,
        base=base,
        text=text,
        by=viewer.person_id,
        now=now,
        place=place,
    )


def undo(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> str:
    """Take back the viewer's newest step; gives its place."""
    require(viewer, "author.write")
    return writing.undo(session, org_id=viewer.org_id, id=id, by=viewer.person_id, now=now)


def redo(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> str:
    """Do again what the viewer undid last; gives its place."""
    require(viewer, "author.write")
    return writing.redo(session, org_id=viewer.org_id, id=id, by=viewer.person_id, now=now)


def go_back(session: Session, viewer: Viewer, *, id: uuid.UUID, number: int, now: datetime) -> None:
    """Make the whole draft what it was after a step."""
    require(viewer, "author.write")
    writing.restore(
        session, org_id=viewer.org_id, id=id, number=number, by=viewer.person_id, now=now
    )


def keep_picture(
    session: Session, viewer: Viewer, *, data: bytes, name: str, taken: Collection[str]
) -> tuple[str, str]:
    """Keep a picture or recording for lessons; gives its path in the module and its SHA-256.

    Raises BadInput for what no lesson takes. What a file tells of place and people is taken out.
    """
    require(viewer, "author.write")
    data, name = prepared(data, name.lower())
    found = measured(data, name)
    stem, _, ending = name.rpartition(".")
    if ending == "vtt":
        # Captions are named as their film, with the language, and take the place of older ones.
        return f"pictures/{name}", assets.keep(
            session, data=data, media_type=found.type, width=0, height=0
        )
    path = f"pictures/{starting.name_for(stem, set(), 'picture')}.{ending}"
    if path in taken:
        names = {one.rpartition("/")[2].rpartition(".")[0] for one in taken}
        path = f"pictures/{starting.name_for(stem, names, 'picture')}.{ending}"
    kept = assets.keep(
        session, data=data, media_type=found.type, width=found.width, height=found.height
    )
    return path, kept


def _published(session: Session, viewer: Viewer, module: str) -> dict[str, str]:
    """A published module's files as a draft has them."""
    found = revisions.latest(session, org_id=viewer.org_id).get(module)
    if found is None:
        raise BadInput("There is no such module here. Choose one on the page of modules.")
    kept = json.loads(revisions.body(session, sha256=found.sha256))
    return own(kept, registers(settings().content))


def _begun(
    session: Session,
    viewer: Viewer,
    module: str,
    slug: str,
    base_id: uuid.UUID | None,
    files: dict[str, str],
    now: datetime,
) -> uuid.UUID:
    try:
        return drafts.begin(
            session,
            org_id=viewer.org_id,
            module=module,
            slug=slug,
            base_id=base_id,
            files=files,
            by=viewer.person_id,
            now=now,
        )
    except IntegrityError as taken:
        raise BadInput("Somebody else began a draft at the same moment. Try again.") from taken
