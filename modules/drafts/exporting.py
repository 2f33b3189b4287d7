"""Published modules as a content folder again: what one who lives in git works on.

The folder passes the content check, and its modules are the same revisions when they are read.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db import assets, revisions
from modules import courses
from modules.basics import BadInput, ContentError
from modules.course.facts import cites
from modules.course.files import bundle_of, sha256_of
from modules.course.files.folder import KEPT
from modules.course.files.listed import with_cards, with_records
from modules.course.files.own_records import is_register
from modules.course.model import Course

FACTS, SOURCES = "facts.yaml", "sources.yaml"


@dataclass(frozen=True)
class Exported:
    """Files by path, texts encoded; and each module whose files are no longer its revision."""

    files: Mapping[str, bytes]
    versions: Mapping[str, str]
    differing: tuple[str, ...]


def exported(session: Session, *, org_id: uuid.UUID, module: str, root: Path) -> Exported:
    """All that is published in an organisation as a content folder, or one ``module`` of it.

    What is shipped beside the modules comes from ``root``. Raises BadInput and ContentError.
    """
    latest = revisions.latest(session, org_id=org_id)
    if module and module not in latest:
        known = ", ".join(sorted(latest)) or "none"
        raise BadInput(f"No module {module} is published here. Published: {known}.")
    chosen = [latest[module]] if module else sorted(latest.values(), key=lambda one: one.module)
    # The newest wins where two say otherwise of one fact.
    bundles: dict[str, dict[str, str]] = {}
    for one in sorted(chosen, key=lambda each: each.published_at):
        bundles[one.module] = json.loads(revisions.body(session, sha256=one.sha256))
    shared = _shared(root)
    own = {path: text for files in bundles.values() for path, text in files.items()}
    texts = {path: text for path, text in own.items() if not is_register(path)}
    records = _records(bundles)
    registers = _registers(shared, records)
    course = courses.of(session, org_id=org_id, published=latest)
    listed = _listed(shared["course.yaml"].decode(), course, set(bundles))
    made = {**shared, "course.yaml": listed.encode()}
    made |= {path: text.encode() for path, text in registers.items()}
    made |= {path: _bytes(session, path, text) for path, text in texts.items()}
    whole = {**registers, **texts}
    differing = tuple(
        one.module
        for one in chosen
        if sha256_of(bundle_of(whole, _slug(bundles[one.module]))) != one.sha256
    )
    return Exported(made, {one.module: one.version for one in chosen}, differing)


def write(found: Exported, to: Path) -> None:
    """Write an export into a new or empty folder: all of it or nothing. Raises BadInput."""
    if to.exists() and not to.is_dir():
        raise BadInput(f"{to} is a file, and an export is a folder. Name a new one with --to.")
    if to.exists() and any(to.iterdir()):
        raise BadInput(
            f"{to} is not empty, and an export never writes over what is there: nothing was "
            "written. Name a new folder with --to. To bring an earlier export or a git folder up "
            f"to date, export beside it, such as to {to.name}-new, look at what differs, and put "
            "the new files in its place."
        )
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.{uuid.uuid4().hex[:8]}")
    for path, data in found.files.items():
        place = part / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    if to.exists():
        to.rmdir()
    part.rename(to)


def _shared(root: Path) -> dict[str, bytes]:
    """What stands beside the modules: registers, words, job aids, the list, the licence."""
    folders = {path.parent for path in root.glob("*/module.yaml")}
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and not any(part[0] in ".~" for part in path.relative_to(root).parts)
        and not any(folder in path.parents for folder in folders)
    }


def _records(bundles: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Any]]:
    """By register, each record that a module uses, as the newest of them has it."""
    found: dict[str, dict[str, Any]] = {}
    for files in bundles.values():
        for path in files:
            if is_register(path):
                for entry in json.loads(files[path]):
                    found.setdefault(path, {})[str(entry["id"])] = entry
    return found


def _registers(
    shared: Mapping[str, bytes], records: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """The registers with what the modules use, and what is shipped beside them."""
    beside = "\n".join(
        data.decode("utf-8", "replace")
        for path, data in shared.items()
        if path.endswith((".md", ".yaml")) and path not in (FACTS, SOURCES)
    )
    made: dict[str, str] = {}
    names = {path for path in shared if is_register(path)} | set(records)
    known = {FACTS: set(cites(beside)) | set(records.get(FACTS, {}))}
    for path in sorted(names, key=lambda one: (one == SOURCES, one)):
        text = shared[path].decode() if path in shared else ""
        there = set(re.findall(r"(?m)^- \{?id: ([\w.-]+)", text))
        keep = known.get(path, there | set(records.get(path, {})))
        if path == SOURCES:
            named = set(re.findall(r"(?m)\bsource: ([\w.-]+)", made.get(FACTS, "")))
            words = set(re.findall(r"[\w.-]+", beside))
            keep = named | set(records.get(SOURCES, {})) | (there & words)
        made[path] = with_records(text, records.get(path, {}), keep)
    return made


def _listed(text: str, course: Course, chosen: set[str]) -> str:
    cards = [
        one.model_dump(exclude_defaults=True, mode="json")
        for one in course.modules
        if one.id in chosen
    ]
    others = {one.id for one in course.modules} - chosen
    return with_cards(text, cards, others)


def _bytes(session: Session, path: str, text: str) -> bytes:
    if not text.startswith(KEPT):
        return text.encode()
    data = assets.read(session, sha256=text.removeprefix(KEPT))
    if not data:
        raise ContentError(f"{path}: the file is not kept here. Upload it again, then publish.")
    return data


def _slug(files: Mapping[str, str]) -> str:
    return next(path.split("/")[0] for path in files if path.endswith("/module.yaml"))
