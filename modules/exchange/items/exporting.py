"""A module of ours for other systems: its questions as items, or its files as they are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from modules.course.files.folder import KEPT
from modules.course.model import Module
from modules.exchange.items.brought import Bank, Brought, Refused
from modules.exchange.items.leaving import of
from modules.exchange.items.sent import worded

_PICTURE = re.compile(r'(!\[(?:\\.|[^\]\\])*\])\(\s*([^()\s"]*)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\)')
# The date of every part of an archive, so that the same files give the same bytes.
WHEN = (1980, 1, 1, 0, 0, 0)


def bank(module: Module, files: Mapping[str, bytes]) -> Bank:
    """The questions of a module, in its order; ``files`` are its pictures by path in its folder.

    Kinds that only this platform can ask are among the refused.
    """
    names = _names(files)
    items, refused = list[Brought](), list[Refused]()
    for question in module.questions.values():
        one = of(question)
        if isinstance(one, Refused):
            refused.append(one)
            continue
        shown = dict[str, None]()
        one = worded(one, lambda text, shown=shown: _renamed(text, names, shown))  # type: ignore[misc]
        items.append(replace(one, pictures=tuple(shown)))
    used = {name for item in items for name in item.pictures}
    pictures = {names[path]: data for path, data in files.items() if names[path] in used}
    return Bank("steward", tuple(items), tuple(refused), pictures=pictures)


def _names(files: Mapping[str, bytes]) -> dict[str, str]:
    """A name without a folder for each file, each once."""
    names: dict[str, str] = {}
    for path in sorted(files):
        plain = PurePosixPath(path)
        name, number = plain.name, 1
        while name in names.values():
            number += 1
            name = f"{plain.stem}-{number}{plain.suffix}"
        names[path] = name
    return names


def _renamed(text: str, names: Mapping[str, str], shown: dict[str, None]) -> str:
    """A text with its pictures by new names, which go into ``shown``; captions follow them."""

    def renamed(found: re.Match[str]) -> str:
        name = names.get(found[2], "")
        if not name:
            return found[1].removeprefix("![").removesuffix("]")
        shown[name] = None
        return f"{found[1]}({name}){f' {found[3]}' if found[3] else ''}"

    return _PICTURE.sub(renamed, text)


def zipped(bundle: Mapping[str, str], slug: str, files: Mapping[str, bytes]) -> bytes:
    """A module's own files as a zip: those of a content folder, with the records that it uses."""
    parts = {path: text.encode() for path, text in bundle.items() if not text.startswith(KEPT)}
    parts |= {f"{slug}/{path}": data for path, data in files.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(parts):
            archive.writestr(zipfile.ZipInfo(path, WHEN), parts[path], zipfile.ZIP_DEFLATED)
    return made.getvalue()
