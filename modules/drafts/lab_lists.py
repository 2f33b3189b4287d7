"""The lists of a lab: entries added and taken out, with their words in every language."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modules.basics import BadInput
from modules.course.files.marked import At
from modules.course.translations import file_of
from modules.drafts import fields

Files = Mapping[str, str]
Changes = dict[str, str]
ID = re.compile(r"[a-z][a-z0-9-]{0,31}")
MOST = 60


@dataclass(frozen=True)
class Listed:
    """A list whose entries have a short name and words: where it stands, and the names."""

    at: At
    ids: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its path for people: "proposals › visits › reasons"."""
        return " › ".join(str(step).replace("_", " ") for step in self.at)


def lists(files: Files, slug: str, name: str, language: str) -> list[Listed]:
    """Every list of a lab that a form can add to: of records with an id, or of ids with a text."""
    bones = fields.read(files.get(f"{slug}/{name}.yaml", ""), ("options",))
    text = fields.read(files.get(f"{slug}/{name}.{language}.yaml", ""))
    return list(_lists(bones, text, ()))


def added(files: Files, slug: str, name: str, at: At, id: str = "") -> tuple[Changes, str]:
    """One more entry, made as the last one is, with its texts still empty; and its short name.

    Raises BadInput for a name that cannot be, or that is there.
    """
    entries, ids = _entries(files, slug, name, at)
    id = id.strip() or next(f"new-{n}" for n in range(1, 1000) if f"new-{n}" not in ids)
    if not ID.fullmatch(id):
        raise BadInput(
            f"“{id[:40]}” cannot be a short name here. Use small letters, digits and hyphens, "
            "beginning with a letter."
        )
    if id in ids:
        raise BadInput(f"There is an entry called “{id}” already. Choose another name.")
    if len(ids) >= MOST:
        raise BadInput(f"This list has {MOST} entries already. Take one out first.")
    last = entries[-1]
    entry = {**copy.deepcopy(last), "id": id} if isinstance(last, dict) else id
    path = f"{slug}/{name}.yaml"
    now = {path: fields.add(files[path], ("options", *at), entry)}
    for words in _worded(files, slug, name).values():
        like = fields.read(files[words], (*at, ids[-1]))
        if like is not None:
            now[words] = fields.put(files[words], (*at, id), _blank(like))
    return now, id


def taken(files: Files, slug: str, name: str, at: At, id: str) -> Changes:
    """An entry taken out, with its words in every language.

    Raises BadInput for the last one, and for one that is named elsewhere in the lab.
    """
    _, ids = _entries(files, slug, name, at)
    if id not in ids:
        raise BadInput(f"There is no “{id}” in this list any more.")
    if len(ids) == 1:
        raise BadInput("This is the only entry. Write another before you take this one out.")
    path, step = f"{slug}/{name}.yaml", ids.index(id)
    bones = fields.read(files[path], ("options",))
    if named := [place for place in _naming(bones, id, ()) if place != (*at, step)]:
        told = ", ".join(" › ".join(map(str, place)) for place in named[:4])
        raise BadInput(f"“{id}” is named at {told}. Let that name another entry first.")
    now = {path: fields.take(files[path], ("options", *at, step))}
    for language, words in _worded(files, slug, name).items():
        now[words] = fields.take(files[words], (*at, id))
        now |= _forgotten(files, slug, language, "/".join((name, *map(str, at), id)))
    return {path: text for path, text in now.items() if files.get(path) != text}


def _lists(bones: Any, text: Any, at: At) -> Iterator[Listed]:
    if isinstance(bones, Mapping):
        for key, value in bones.items():
            inner = text.get(key) if isinstance(text, Mapping) else None
            yield from _lists(value, inner, (*at, str(key)))
    elif isinstance(bones, list) and bones:
        ids = [_id(one) for one in bones]
        worded = isinstance(text, Mapping)
        records = all(isinstance(one, Mapping) for one in bones)
        if all(ids) and (worded or records):
            yield Listed(at, tuple(ids))
        if records:
            for id, one in zip(ids, bones, strict=True):
                inner = text.get(id) if isinstance(text, Mapping) else None
                if id:
                    yield from _lists(one, inner, (*at, id))


def _id(one: Any) -> str:
    found = one.get("id") if isinstance(one, Mapping) else one
    return found if isinstance(found, str) else ""


def _entries(files: Files, slug: str, name: str, at: At) -> tuple[list[Any], list[str]]:
    found = fields.read(files.get(f"{slug}/{name}.yaml", ""), ("options", *at))
    entries = found if isinstance(found, list) else []
    ids = [_id(one) for one in entries]
    if not ids or not all(ids):
        raise BadInput("This list is not there any more. Look at the lab again.")
    return entries, ids


def _worded(files: Files, slug: str, name: str) -> dict[str, str]:
    kept = re.compile(rf"{re.escape(slug)}/{re.escape(name)}\.([A-Za-z-]+)\.yaml")
    return {found[1]: path for path in files if (found := kept.fullmatch(path))}


def _blank(like: Any) -> Any:
    """Words of the same shape, all still to be written."""
    if isinstance(like, Mapping):
        return {name: _blank(one) for name, one in like.items()}
    return [] if isinstance(like, list) else ""


def _naming(data: Any, id: str, at: At) -> Iterator[At]:
    """Where a value is that name; an entry's own id is what it is called, and names nothing."""
    if isinstance(data, Mapping):
        for key, one in data.items():
            if key != "id":
                yield from _naming(one, id, (*at, str(key)))
    elif isinstance(data, list):
        for number, one in enumerate(data):
            own = one.get("id") if isinstance(one, Mapping) else None
            yield from _naming(one, id, (*at, own if isinstance(own, str) else number))
    elif data == id:
        yield at


def _forgotten(files: Files, slug: str, language: str, stem: str) -> Changes:
    """What translations of a text that is gone were held against, taken out too."""
    path = file_of(slug, language)
    text = files.get(path, "")
    for name in fields.read(text) or {}:
        if str(name) == stem or str(name).startswith(f"{stem}/"):
            text = fields.take(text, (name,))
    return {path: text} if path in files else {}
