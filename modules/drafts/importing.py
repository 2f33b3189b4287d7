"""A module's files from git or an archive, taken as a draft: reviewed like any other."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sqlmodel import Session

from db import drafts, revisions
from modules import publishing
from modules.basics import BadInput, ContentError
from modules.course.files import bundle_of
from modules.course.files.folder import texts
from modules.course.files.own_records import is_register, own, registers, whole
from modules.course.files.reader import Reader
from modules.drafts import bringing
from modules.drafts.publishing import files_of
from modules.drafts.writing import save
from modules.exchange import archives

OWN = range(50, 100)
"""Numbers of modules that bodies write themselves."""
MOST = 200 << 20
"""Bytes of an archive's files together."""


def unpacked(archive: Path, to: Path) -> Path:
    """Unpack a ZIP into a folder: nothing outside of it, nothing that grows. Raises BadInput."""
    size = archive.stat().st_size
    with archive.open("rb") as file, archives.opened(file, size) as opened:
        entries = [one for one in opened.infolist() if not one.is_dir()]
        if sum(one.file_size for one in entries) > MOST:
            raise BadInput(archives.BOMB)
        for one in entries:
            path = PurePosixPath(one.filename)
            unsafe = path.is_absolute() or ".." in path.parts or "\\" in one.filename
            link = (one.external_attr >> 16) & 0o170000 == 0o120000
            if unsafe or link or ":" in one.filename:
                raise BadInput(
                    f"{one.filename!r} would be written outside of the archive’s own folder. "
                    "Nothing of it was unpacked."
                )
            place = to / path
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                with opened.open(one) as part, place.open("wb") as out:
                    shutil.copyfileobj(part, out)
            except archives.BROKEN as error:
                raise BadInput(archives.DAMAGED) from error
    return _top(to)


def _top(folder: Path) -> Path:
    """The folder that the files are in, where an archive has them all in one."""
    inside = list(folder.iterdir())
    alone = len(inside) == 1 and inside[0].is_dir()
    return _top(inside[0]) if alone and not (inside[0] / "module.yaml").is_file() else folder


def as_draft(
    session: Session,
    *,
    org_id: uuid.UUID,
    folder: Path,
    module: str,
    by: uuid.UUID,
    root: Path,
    now: datetime,
) -> tuple[uuid.UUID, str]:
    """Take a content folder's module as a draft; gives the draft and the module.

    Where the module is published, what differs is written over it step by step. Raises BadInput
    and ContentError, and writes nothing, for what cannot be taken.
    """
    files, slug = _module(folder, module)
    known = registers(root)
    shared = {path: text for path, text in files.items() if is_register(path)}
    mine = own({**files, **shared}, known)
    kept = bundle_of(whole(mine, known), slug)
    publishing.keep_files(session, root=folder, files=kept)
    wanted = own(kept, known)
    id = _id(files, slug)
    latest = revisions.latest(session, org_id=org_id)
    if id in latest:
        draft = bringing.begin(session, org_id=org_id, module=id, by=by, root=root, now=now)
        stands = files_of(session, org_id=org_id, id=draft)
        for path in sorted({*stands, *wanted}):
            if stands.get(path) != wanted.get(path):
                where: dict[str, Any] = {"org_id": org_id, "id": draft, "by": by, "now": now}
                change: dict[str, Any] = {"base": stands.get(path), "text": wanted.get(path)}
                save(session, **where, path=path, **change, place="brought in")
        return draft, id
    if not id[1:].isdigit() or int(id[1:]) not in OWN:
        raise BadInput(
            f"{id} is an id of the shipped course and is not published here. Modules of your own "
            "have ids from M50 to M99: renumber it, in every file."
        )
    if any(one.module == id for one in drafts.open_ones(session, org_id=org_id)):
        raise BadInput(f"{id} has a draft already. Open that one, or drop it.")
    begun: dict[str, Any] = {"module": id, "slug": slug, "base_id": None, "files": wanted}
    return drafts.begin(session, org_id=org_id, **begun, by=by, now=now), id


def _module(folder: Path, module: str) -> tuple[dict[str, str], str]:
    """The files of the module that is meant, with the registers beside them."""
    if (folder / "module.yaml").is_file():
        raise BadInput(f"{folder} is a module’s own folder. Name the folder that it lies in.")
    found, problems = texts(folder, "")
    slugs = [path.parent.name for path in sorted(folder.glob("*/module.yaml"))]
    if module:
        slugs = [one for one in slugs if _id(found, one) == module]
    if len(slugs) != 1:
        names = ", ".join(_id(found, one) for one in slugs) or "none"
        raise BadInput(
            f"{folder} holds these modules: {names}. Name the one to take with --module."
            if slugs
            else f"{folder} has no module {module or 'in a folder of its own'} (module.yaml)."
        )
    [slug] = slugs
    mine = {
        path: text
        for path, text in found.items()
        if path.startswith(f"{slug}/") or is_register(path)
    }
    if wrong := [one for one in problems if one.file in mine]:
        raise ContentError(wrong)
    return mine, slug


def _id(files: Mapping[str, str], slug: str) -> str:
    document = Reader(files).document(f"{slug}/module.yaml", needed=False)
    return str(document.data.get("id", "")) if document else ""
