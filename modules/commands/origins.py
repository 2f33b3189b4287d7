"""Where the files of a module come from that a command writes: draft, organisation or folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from db import assets, drafts, people, revisions, schema
from db.engine import reading
from db.tables import Organisation
from modules.basics import BadInput
from modules.commands.bodies import chosen
from modules.commands.ending import fits
from modules.course.files import bundle, read_course
from modules.course.files.folder import content
from modules.course.files.pictured import held
from modules.drafts import looking
from modules.drafts.publishing import files_behind, files_of
from modules.settings import settings


@dataclass(frozen=True)
class Origin:
    """A module's files as a revision has them, its pictures, and what they are, in words."""

    slug: str
    files: Mapping[str, str]
    pictures: Mapping[str, bytes]
    told: str


def live(module: str, organisation: str) -> Origin:
    """A module as the body's learners have it; as it is shipped where there is no body yet.

    Raises BadInput for a module that is neither published nor shipped.
    """
    with reading() as session:
        if (schema.current(session) is None or not people.organisations(session)) and (
            not organisation
        ):
            return shipped(module, "; no organisation is here yet")
        fits(session)
        body = chosen(session, organisation)
        published = revisions.latest(session, org_id=body.id)
        if found := published.get(module.upper()) or published.get(_id(module)):
            told = f"{found.module} {found.version}, as {body.name} publishes it"
            return _kept(session, files_behind(session, found), told)
    if _id(module):
        return shipped(module, f"; {body.name} has not published it")
    known = ", ".join(sorted(published))
    raise BadInput(f"There is no module “{module}”. {body.name} publishes: {known}.")


def draft(name: str, organisation: str) -> Origin:
    """An open draft as it stands, by its id or its module's. Raises BadInput and ContentError."""
    with reading() as session:
        fits(session)
        bodies: list[Organisation] = (
            [chosen(session, organisation)] if organisation else people.organisations(session)
        )
        every = [
            (body, one) for body in bodies for one in drafts.open_ones(session, org_id=body.id)
        ]
        fits_ = [
            (body, one)
            for body, one in every
            if name.casefold() in (str(one.id), one.module.casefold())
        ]
        if not fits_:
            known = ", ".join(one.module for _, one in every) or "none"
            raise BadInput(f"There is no open draft “{name}”. Open are: {known}.")
        if len(fits_) > 1:
            raise BadInput(f"Several organisations have a draft of {name}. Add --organisation.")
        body, one = fits_[0]
        texts = files_of(session, org_id=body.id, id=one.id)
        files = looking.bundled(texts, one.slug, looking.shipped(settings().content))
        return _kept(session, files, f"{one.module}, a draft of {body.name}")


def shipped(module: str, why: str = "") -> Origin:
    """A module as the content folder has it. Raises BadInput for one that is not there."""
    course, root = read_course(settings().content), settings().content
    cards = [one for one in course.modules if module.casefold() in (one.id.casefold(), one.slug)]
    if not cards or cards[0].planned:
        ready = ", ".join(one.id for one in course.modules if not one.planned)
        raise BadInput(f"There is no module “{module}”. There are: {ready}.")
    slug = cards[0].slug
    files = bundle(root, slug)
    pictures = {path: content(root / slug / path) for path in held(files, slug)}
    return Origin(slug, files, pictures, f"{cards[0].id}, as it is shipped{why}")


def _id(module: str) -> str:
    """The id of a shipped module that is named by id or folder; "" for any other."""
    course = read_course(settings().content)
    found = (one for one in course.modules if module.casefold() in (one.id.casefold(), one.slug))
    return next((one.id for one in found), "")


def _kept(session: Session, files: Mapping[str, str], told: str) -> Origin:
    slug = next(path.split("/")[0] for path in files if path.endswith("/module.yaml"))
    pictures = {}
    for path, hash in held(files, slug).items():
        pictures[path] = assets.read(session, sha256=hash)
        if not pictures[path]:
            raise BadInput(f"{path}: the file is not kept here. Upload it again, then publish.")
    return Origin(slug, files, pictures, told)
