"""What was understood of a question file, as JSON of a stable shape and as lines to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from modules.exchange.items.brought import Bank, Brought, Note
from modules.questions import spoken
from modules.questions.number_text import write_number


def as_json(bank: Bank, name: str) -> dict[str, Any]:
    """A bank as JSON: docs/items.md tells its fields. Nothing of an item is left out."""
    changed = sum(bool(one.notes) for one in bank.items)
    return {
        "file": name,
        "format": bank.format,
        "summary": {
            "understood": len(bank.items) - changed,
            "changed": changed,
            "refused": len(bank.refused),
        },
        "notes": [asdict(one) for one in bank.notes],
        "items": [_item(one) for one in bank.items],
        "refused": [asdict(one) for one in bank.refused],
        "pictures": [
            {"name": name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in bank.pictures.items()
        ],
    }


def _item(one: Brought) -> dict[str, Any]:
    told: dict[str, Any] = {"state": "changed" if one.notes else "understood"} | asdict(one)
    for blank in told["blanks"]:
        blank["wrong"] = [{"text": text, "why": why} for text, why in blank["wrong"].items()]
    return told


def lines(bank: Bank) -> Iterator[str]:
    """A bank for people: item by item, what each became, and what did not come along and why."""
    yield from (_note(one, "") for one in bank.notes)
    for one in bank.items:
        name = f" “{one.name}”" if one.name else ""
        yield f"{one.place}{name}: {one.kind}: {_short(one.stem)}"
        yield from (f"    {line}" for line in _parts(one))
        yield from (_note(note, "    ") for note in one.notes)
    for refused in bank.refused:
        name = f" “{refused.name}”" if refused.name else ""
        yield f"{refused.place}{name}: refused: {_short(refused.found)}"
        yield f"    ! {refused.sentence}"
    changed = sum(bool(one.notes) for one in bank.items)
    yield (
        f"{bank.format}: {len(bank.items) - changed} understood, {changed} understood with "
        f"something changed or left, {len(bank.refused)} refused."
    )


def _note(note: Note, before: str) -> str:
    return f"{before}{'~' if note.kind == 'changed' else '-'} {note.kind}: {note.sentence}"


def _short(text: str) -> str:
    told = spoken(text)
    return told if len(told) <= 100 else f"{told[:99]}…"


def _parts(one: Brought) -> Iterator[str]:
    for option in one.options:
        yield f"[{'x' if option.right else ' '}] {spoken(option.text)}{_why(option.why)}"
    for pair in one.pairs:
        yield f"{spoken(pair.left)} -> {spoken(pair.right)}{_why(pair.why)}"
    for spare in one.spare:
        yield f"(nothing) -> {spoken(spare)}"
    for number, step in enumerate(one.steps, 1):
        yield f"{number}. {spoken(step)}"
    if one.number:
        within = f" ± {one.number.tolerance:g}" if one.number.tolerance else ""
        unit = f" {spoken(one.number.unit)}" if one.number.unit else ""
        yield f"= {write_number(one.number.value, decimals=12)}{within}{unit}"
    if one.sentence:
        yield spoken(one.sentence)
    for number, blank in enumerate(one.blanks, 1):
        yield f"{{{number}}} = {' | '.join(blank.accept)}{_why(blank.why)}"
        yield from (f"    not: {text}{_why(why)}" for text, why in blank.wrong.items())
    if one.why:
        yield f"why: {_short(one.why)}"


def _why(why: str) -> str:
    return f" – {_short(why)}" if why else ""
