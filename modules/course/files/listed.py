"""Registers and the list of modules as texts, changed record by record: the rest stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import yaml

from modules.course.files.marked import Loader, as_json
from modules.course.files.revision import canonical

_ENTRY = re.compile(r"(?m)^(?=- )")
_MODULES = re.compile(r"(?ms)^modules:[^\n]*\n.*?(?=^[^\s#-]|\Z)")


def with_records(text: str, records: Mapping[str, Any], keep: Collection[str]) -> str:
    """A register with these records by id, and of those it has only the ones to ``keep``.

    A record that says the same stays as it is written, its comments included.
    """
    head, *blocks = _ENTRY.split(text)
    if not blocks or not head.strip(" \n").startswith(("", "#")):
        head, blocks = "", []
    out, seen = list[str](), set[str]()
    for block in blocks:
        entry = _read(block)[0]
        id = str(entry.get("id"))
        seen.add(id)
        if id not in keep:
            continue
        wanted = records.get(id, entry)
        out.append(block if canonical(wanted) == canonical(entry) else _written([wanted]))
    added = [records[id] for id in sorted(records) if id not in seen and id in keep]
    made = head + "".join(out) + (_written(added) if added else "")
    return made if out or added else f"{head}[]\n"


def with_cards(text: str, cards: Sequence[Mapping[str, Any]], planned: Collection[str]) -> str:
    """course.yaml with these modules as they are listed now, and others ``planned`` again."""
    found = _MODULES.search(text)
    if found is None:
        return text
    # Lists stand below their name, or two blanks further in.
    dash = re.search(r"(?m)^( *)- ", found[0])
    indent = dash[1] if dash else "  "
    head, *entries = re.split(rf"(?m)^(?={indent}- )", found[0])
    left = {str(one["id"]): one for one in cards}
    out = []
    for entry in entries:
        card = _read(entry)[0]
        wanted: Mapping[str, Any] = left.pop(str(card["id"]), card)
        if card["id"] in planned:
            wanted = {**card, "status": "planned"}
        out.append(entry if {**card} == {**wanted} else _indented(wanted, indent))
    tail = "\n" if out and out[-1].endswith("\n\n") else ""
    added = [_indented(one, indent) for one in left.values()]
    listed = [one.rstrip("\n") + "\n" for one in (*out, *added)]
    return text[: found.start()] + head + "".join(listed) + tail + text[found.end() :]


def _read(text: str) -> Any:
    return yaml.load(text, Loader)  # noqa: S506 (a safe loader)


def _written(entries: Sequence[Any]) -> str:
    plain = json.loads(json.dumps(list(entries), default=as_json))
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1000)


def _indented(card: Mapping[str, Any], indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in _written([dict(card)]).rstrip("\n").split("\n"))
