"""What a publication changes, written into module.yaml: the next version, and its sentence.

Nothing else of the file is touched, its comments included: one who keeps the files in git sees
three lines that changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml

from modules.basics import BadInput, ContentError, Problem
from modules.course.files.marked import Loader
from modules.course.model import Change
from modules.course.model.changes import FIRST, order

PLACE = {"rule": 0, "clarification": 1, "wording": 2}
"""Which number of a version a change raises: 2.0.0, 1.3.0 or 1.2.1 after 1.2.0."""

_VERSION = re.compile(r"^version:[^\n]*$", re.MULTILINE)
# The list on the lines below, or what stands behind the colon.
_CHANGES = re.compile(r"^changes:[^\n]*\n(?:(?:[ \-#][^\n]*)?\n)*", re.MULTILINE)


def next_version(kind: str, known: Iterable[str]) -> str:
    """The version after all that there ever were of a module; the first one where there were none.

    After a roll-back too: no version stands for two texts.
    """
    versions = sorted((one for one in known if _is_version(one)), key=order)
    if not versions:
        return FIRST
    numbers = list(order(versions[-1]))
    place = PLACE[kind]
    raised = [*numbers[:place], numbers[place] + 1, *[0] * (2 - place)]
    return ".".join(map(str, raised))


def told(head: str) -> tuple[str, tuple[Change, ...]]:
    """The version of a module.yaml and what its versions changed. Raises ContentError."""
    data = _read(head)
    try:
        changes = tuple(Change.model_validate(one, strict=False) for one in data.get("changes", ()))
    except (ValueError, TypeError) as error:
        raise ContentError("module.yaml: changes cannot be read. Mend them as source.") from error
    return str(data.get("version", "")), changes


def folder_of(head: str) -> str:
    """The folder that a module.yaml says it lies in. Raises ContentError."""
    return str(_read(head).get("slug", ""))


def unversioned(head: str) -> str:
    """A module.yaml without what `with_change` writes into it."""
    return _VERSION.sub("", _CHANGES.sub("", head, count=1), count=1)


def with_change(head: str, base: str, change: Change | None, version: str) -> str:
    """``head`` at that version, saying what it changed beside what ``base`` said.

    ``base`` is the module.yaml of the revision that the draft began from, "" for none. What an
    earlier look at the same publication wrote is taken out.
    """
    earlier = _CHANGES.search(base)
    kept = earlier.group().split("\n", 1)[1].rstrip() if earlier else ""
    block = ""
    if change:
        record = change.model_dump(exclude_defaults=True, mode="json")
        written = yaml.safe_dump([record], allow_unicode=True, sort_keys=False, width=1000)
        lines = [f"  {line}" for line in written.rstrip().split("\n")]
        block = "\n".join(["changes:", *lines, *([kept] if kept else [])]) + "\n"
    elif earlier:
        block = earlier.group()
    bare = _CHANGES.sub("", head, count=1)
    if not _VERSION.search(bare):
        bare = f"version: {version}\n{bare}"
    made = _VERSION.sub(lambda _: f'version: "{version}"\n{block}'.rstrip("\n"), bare, count=1)
    wanted = (change, *(told(base)[1] if base else ())) if change else told(base)[1] if base else ()
    if told(made) != (version, tuple(wanted)):
        raise BadInput(
            "module.yaml is written in a way that a change cannot be added to by itself. Add the "
            f"version {version} and its entry under `changes` on the tab with the source."
        )
    return made


def _is_version(text: str) -> bool:
    return bool(re.fullmatch(r"\d+\.\d+\.\d+", text))


def _read(head: str) -> dict[str, Any]:
    try:
        data = yaml.load(head, Loader)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else "whole file"
        sentence = "YAML cannot read this. Look for a missing quote, colon or indent."
        raise ContentError([Problem("module.yaml", line, sentence)]) from error
    if not isinstance(data, dict):
        raise ContentError("module.yaml holds no fields. Write it as the other modules have it.")
    return data
