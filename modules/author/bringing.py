"""What trainers do with files of other programs: look at one, take what they want of it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session

from db import assets, drafts
from modules import words
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.course.media import measured
from modules.drafts import fields, looking, registering, screens, taking_pages, writing
from modules.drafts.moments import BROUGHT
from modules.drafts.publishing import files_of
from modules.drafts.taking import Chosen, taken
from modules.drafts.taking_pages import Wanted
from modules.exchange.items import documents, formats
from modules.exchange.items.brought import Bank, Note
from modules.exchange.items.pages import Page
from modules.settings import settings

DIFFICULTIES = (1, 2, 3)


@dataclass(frozen=True)
class Target:
    """A draft that a file can go into; ``id`` is None for a new one.

    Objectives and the misconceptions that its questions can name stand with their words.
    """

    id: uuid.UUID | None
    module: str
    title: str
    objectives: Mapping[str, str]
    beliefs: Mapping[str, str]
    language: str = words.FALLBACK


@dataclass(frozen=True)
class Found:
    """What a ``file`` holds: questions, and the pages of a document, whose own ``title`` it is."""

    bank: Bank
    format: str
    title: str = ""
    file: str = ""
    pages: tuple[Page, ...] = ()
    notes: tuple[Note, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Wish:
    """What is wanted of a file: objectives by the number of a question, pages by theirs.

    ``spoken`` are the pages that keep what their speaker says, ``beliefs`` the misconceptions by
    question and number of the wrong answer that shows them.
    """

    questions: Mapping[int, str] = field(default_factory=dict)
    beliefs: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    difficulty: int = 2
    pages: Collection[int] = ()
    spoken: Collection[int] = ()


@dataclass(frozen=True)
class Kept:
    """What became of a file: the ids of questions in the reserve, and of screens."""

    questions: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()


def look(viewer: Viewer, *, data: bytes, name: str, format: str = "") -> Found:
    """What a file holds, part by part; nothing is kept. Raises BadInput for an unreadable one."""
    require(viewer, "author.write")
    return _read(data, name, format)


@lru_cache(maxsize=2)
def _read(data: bytes, name: str, format: str) -> Found:
    # A page asks at each tick, and the file is the same.
    if not format and (document := documents.one_of(data, name)):
        read = documents.read(data, name)
        pictures = {**read.pictures, **read.questions.pictures}
        told = (*read.notes, *read.questions.notes)
        title = document.title
        return Found(read.questions, title, read.title, name, read.screens, told, pictures)
    bank = formats.read(data, name, format or None)
    title = formats.FORMATS[bank.format].title
    return Found(bank, title, file=name, notes=bank.notes, pictures=bank.pictures)


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
    title = str(fields.read(front, ("title",)) or module)
    return Target(id, module, title, objectives, beliefs(files), str(language))


def beliefs(files: Mapping[str, str]) -> dict[str, str]:
    """The misconceptions that questions of a draft with these files can name."""
    return registering.beliefs(files, looking.shipped(settings().content))


def bring(
    session: Session,
    viewer: Viewer,
    *,
    id: uuid.UUID,
    found: Found,
    wish: Wish,
    now: datetime,
) -> Kept:
    """Take parts of a file into a draft, with their pictures, as one step of its history.

    All of them, or none: raises BadInput where the draft is gone, or an objective or a
    misconception is not there.
    """
    require(viewer, "author.write")
    draft = writing.held(session, viewer.org_id, id)
    files = files_of(session, org_id=viewer.org_id, id=id)
    target = _target(draft.id, draft.module, draft.slug, files)
    items, pages = found.bank.items, found.pages
    if not wish.questions and not wish.pages:
        raise BadInput("Nothing is ticked. Tick what you want.")
    if wish.difficulty not in DIFFICULTIES:
        raise BadInput("A difficulty is 1, 2 or 3.")
    if any(one not in range(len(items)) for one in wish.questions) or any(
        one not in range(len(pages)) for one in wish.pages
    ):
        raise BadInput("The file holds no such part. Look at it again.")
    if unknown := sorted(set(wish.questions.values()) - set(target.objectives)):
        raise BadInput(f"The module has no objective {', '.join(unknown)}. Choose another one.")
    named = {tag for one in wish.beliefs.values() for tag in one.values()}
    if unknown := sorted(named - set(target.beliefs)):
        raise BadInput(f"There is no misconception {', '.join(unknown)}. Choose another one.")
    chosen = [
        Chosen(items[number], wish.questions[number], wish.beliefs.get(number, {}))
        for number in sorted(wish.questions)
    ]
    screens_ = [Wanted(pages[number], number in wish.spoken) for number in sorted(wish.pages)]
    shown = {name for one in chosen for name in one.item.pictures}
    shown |= {name for one in screens_ for name in one.page.pictures}
    pictures = {name: data for name, data in found.pictures.items() if name in shown}
    kept = {name: _kept(session, name, data) for name, data in pictures.items()}
    pages_ = taking_pages.taken(files, draft.slug, screens_, pictures=kept)
    made = taken(
        {**files, **pages_.files}, draft.slug, chosen, difficulty=wish.difficulty, pictures=kept
    )
    for path, text in {**pages_.files, **made.files}.items():
        writing.save(
            session,
            org_id=viewer.org_id,
            id=id,
            path=path,
            base=files.get(path),
            text=text,
            by=viewer.person_id,
            now=now,
            place=f"{BROUGHT}{found.file}",
        )
    return Kept(made.ids, pages_.ids)


def _kept(session: Session, name: str, data: bytes) -> str:
    found = measured(data, name)
    if found.problems:
        raise BadInput(f"The picture {name}: {' '.join(found.problems)}")
    return assets.keep(
        session, data=data, media_type=found.type, width=found.width, height=found.height
    )
