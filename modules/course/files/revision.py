"""A module as a revision keeps it, and its name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from modules.basics import ContentError
from modules.course.files.folder import texts
from modules.course.files.glossary import glossaries, glossary_file, terms_used
from modules.course.files.marked import as_json
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS, cited, tagged


def bundle(root: Path, slug: str) -> dict[str, str]:
    """A module of a content folder as a revision keeps it. Raises ContentError as `bundle_of`."""
    names = sorted(path.name for path in root.glob(glossary_file("*")))
    files, problems = texts(root, slug, *names, *REGISTERS)
    if problems:
        raise ContentError(problems)
    return bundle_of(files, slug)


def bundle_of(files: Mapping[str, str], slug: str) -> dict[str, str]:
    """A module as a revision keeps it: its files in every language, the records it uses.

    ``files`` are those of a content folder, by their paths below it. The registers hold cited
    records only, as canonical JSON (which is YAML), so that another fact's change leaves the
    revision as it is. Raises ContentError for files that cannot be read.
    """
    reader = Reader(files)
    head = reader.document(f"{slug}/module.yaml")
    parts = Parts(slug, "", reader, head, structure=reader.document(f"{slug}/questions.yaml", list))
    kept = {path: text for path, text in files.items() if path.startswith(f"{slug}/")}
    facts, sources, misconceptions = REGISTERS
    cites: set[Any] = set(cited(parts))
    named = set((head.data.get("sources") if head else None) or ())
    kept[facts], used = _records(reader, facts, cites)
    kept[sources], _ = _records(reader, sources, named | {one.get("source") for one in used})
    kept[misconceptions], _ = _records(reader, misconceptions, set(tagged(parts)))
    marked = set(terms_used(files, slug))
    for file in glossaries(files) if marked else ():
        kept[file], _ = _records(reader, file, marked)
    if reader.problems:
        raise ContentError(reader.problems)
    return kept


def _records(reader: Reader, file: str, ids: set[Any]) -> tuple[str, list[dict[str, Any]]]:
    """The records of a register with these ids: as its text, and themselves."""
    document = reader.document(file, list, needed=file in REGISTERS[:2])
    records = [one for one in (document.data if document else ()) if one.get("id") in ids]
    return canonical(sorted(records, key=lambda one: str(one["id"]))), records


def canonical(value: Any) -> str:
    """JSON in its one canonical form: sorted names, no blanks, letters as they are."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=as_json
    )


def sha256_of(bundle: Mapping[str, str]) -> str:
    """The name of a revision: SHA-256 of the bundle's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(bundle).encode()).hexdigest()
