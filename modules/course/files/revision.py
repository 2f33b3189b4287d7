"""A module as a revision keeps it, and its name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from modules.basics import ContentError
from modules.course.files.folder import texts
from modules.course.files.marked import as_json
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS, cited


def bundle(root: Path, slug: str) -> dict[str, str]:
    """A module as a revision keeps it: its files in every language, the facts and sources it uses.

    Keys are paths below ``root``. The registers hold cited records only, as canonical JSON
    (which is YAML), so that another fact's change leaves the revision as it is. Raises
    ContentError for files that cannot be read.
    """
    files, problems = texts(root, slug, *REGISTERS)
    reader = Reader(files)
    head = reader.document(f"{slug}/module.yaml")
    parts = Parts(slug, "", reader, head, structure=reader.document(f"{slug}/questions.yaml", list))
    uses: set[Any] = set(cited(parts))
    kept = {path: text for path, text in files.items() if path not in REGISTERS}
    extra = set((head.data.get("sources") if head else None) or ())
    for file in REGISTERS:
        document = reader.document(file, list)
        records = [r for r in (document.data if document else ()) if r.get("id") in uses]
        kept[file] = canonical(sorted(records, key=lambda record: str(record["id"])))
        uses = extra | {record.get("source") for record in records}
    if problems or reader.problems:
        raise ContentError(problems + reader.problems)
    return kept


def canonical(value: Any) -> str:
    """JSON in its one canonical form: sorted names, no blanks, letters as they are."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=as_json
    )


def sha256_of(bundle: Mapping[str, str]) -> str:
    """The name of a revision: SHA-256 of the bundle's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(bundle).encode()).hexdigest()
