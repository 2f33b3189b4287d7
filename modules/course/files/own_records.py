"""Records of a module's own in the registers, beside those that are shipped.

A draft holds the records that the shipped registers have not; what is shipped is taken from there,
so that a law that changed is right in everything that is published afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

from modules.basics import ContentError, Problem
from modules.course.files.blocks import blocks
from modules.course.files.folder import texts
from modules.course.files.glossary import glossary_file
from modules.course.files.marked import as_json
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS
from modules.course.files.revision import canonical

Files = Mapping[str, str]


def registers(root: Path) -> dict[str, str]:
    """The shipped registers and glossaries below ``root``. Raises ContentError."""
    names = sorted(path.name for path in root.glob(glossary_file("*")))
    files, problems = texts(root, *names, *REGISTERS)
    if problems:
        raise ContentError(problems)
    return files


def is_register(path: str) -> bool:
    """Whether a path is that of a register or a glossary."""
    return path in REGISTERS or fnmatch(path, glossary_file("*"))


def own(files: Files, shipped: Files) -> dict[str, str]:
    """``files`` of a revision as a draft holds them: registers without what is shipped.

    A shipped record that was changed since goes too: the draft takes it as it is today.
    """
    kept = {path: text for path, text in files.items() if not is_register(path)}
    for path in sorted(path for path in files if is_register(path)):
        theirs = {_id(one) for one in _entries(Reader(shipped), path)}
        if left := [one for one in _entries(Reader(files), path) if _id(one) not in theirs]:
            kept[path] = _written(left)
    return kept


def whole(files: Files, shipped: Files) -> dict[str, str]:
    """``files`` of a draft with the shipped registers, its own records added to them.

    Raises ContentError where one of its own has the id of a shipped one and says something else.
    """
    if problems := clashes(files, shipped):
        raise ContentError(problems)
    return beside_shipped(files, shipped)


def beside_shipped(files: Files, shipped: Files) -> dict[str, str]:
    """The same, whatever is wrong with records of its own: of two with one id the shipped wins."""
    kept = {**shipped, **files}
    for path in sorted(path for path in files if is_register(path)):
        theirs = shipped.get(path, "")
        known = {_id(one) for one in _entries(Reader(shipped), path)}
        mine = [one for one in _entries(Reader(files), path) if _id(one) not in known]
        more = "".join(f"- {canonical(one)}\n" for one in mine)
        if not theirs.strip():
            kept[path] = more
        elif blocks(theirs):
            # What is shipped stays as it is written, so that it is not read again for each draft.
            kept[path] = f"{theirs.rstrip()}\n{more}"
        else:
            kept[path] = canonical([*_entries(Reader(shipped), path), *mine])
    return kept


def clashes(files: Files, shipped: Files) -> list[Problem]:
    """Records of its own that have the id of a shipped one, and files that cannot be read."""
    problems = list[Problem]()
    for path in sorted(path for path in files if is_register(path)):
        reader = Reader(files)
        document = reader.document(path, list, needed=False)
        known = {_id(one): one for one in _entries(Reader(shipped), path)}
        for number, one in enumerate(document.data if document else ()):
            if _id(one) in known and canonical(one) != canonical(known[_id(one)]) and document:
                sentence = (
                    f"{_id(one)} is the id of a record that is shipped with the program and says "
                    "something else. Give yours another id."
                )
                reader.wrong(document, (number, "id"), sentence)
        problems += reader.problems
    return problems


def _entries(reader: Reader, path: str) -> list[Any]:
    document = reader.document(path, list, needed=False)
    return list(document.data) if document else []


def _id(entry: Any) -> str:
    return str(entry.get("id", "")) if isinstance(entry, Mapping) else ""


def _written(entries: list[Any]) -> str:
    """Records as YAML that people can read and edit: one below the other."""
    plain = json.loads(json.dumps(entries, default=as_json))
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1000)
