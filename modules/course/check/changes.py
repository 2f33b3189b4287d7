"""What versions changed: told for the newest one, in order, naming screens and items there are."""

from __future__ import annotations

from modules.basics import LAWS, NEUTRAL
from modules.course.files.parts import Parts
from modules.course.model.changes import FIRST, order


def changes(parts: Parts) -> None:
    """A version after the first says what it changed, so that nobody redoes more than that."""
    head, document, wrong = parts.head, parts.head_file, parts.reader.wrong
    if not head or not document:
        return
    told = [one.version for one in head.changes]
    if head.version not in (FIRST, *told):
        wrong(
            document,
            ("version",),
            f"Nothing says what {head.version} changed. Add it to `changes`: wording, "
            "clarification or rule.",
        )
    for number, one in enumerate(head.changes):
        at = ("changes", number)
        if order(one.version) > order(head.version):
            wrong(document, (*at, "version"), f"{one.version} comes after the module’s version.")
        if number and order(one.version) >= order(told[number - 1]):
            wrong(document, (*at, "version"), "The newest version stands first, each one once.")
        if one.since and order(one.since) >= order(one.version):
            sentence = (
                f"{one.since} is no version before {one.version}. Correct it or leave it out."
            )
            wrong(document, (*at, "since"), sentence)
        known = {*(parts.screens or {}), *parts.items}
        for part in one.parts if parts.screens is not None and parts.structure else ():
            if part not in known:
                sentence = f"{part} is no screen and no item of this module. Correct the id."
                wrong(document, (*at, "parts"), sentence)
        if one.kind == "rule" and not any(part in parts.items for part in one.parts):
            sentence = "A changed rule names at least one item that asks about it."
            wrong(document, (*at, "parts"), sentence)
        if unknown := sorted(set(one.laws) - {NEUTRAL, *LAWS}):
            every = ", ".join((NEUTRAL, *LAWS))
            sentence = f"“{unknown[0]}” is no law here. Choose of: {every}."
            wrong(document, (*at, "laws"), sentence)
