"""One value in a YAML file set, added, deleted or moved: all else stays, byte for byte.

A path names fields and entries: ``("M50-Q01", "options", "a", "text")``. A text stands for the
record of a list that has it as its id. Only the entry of the first level that a path begins in is
looked at, so a long file costs no more than a short one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import yaml

from modules.basics import BadInput
from modules.course.files.blocks import blocks
from modules.course.files.marked import At, Loader, inside
from modules.course.files.reader import Reader
from modules.drafts import emitting
from modules.drafts.spans import Tree

Change = Callable[[Any], Any]
Write = Callable[[Tree, At], str]


def read(text: str, at: At = ()) -> Any:
    """The value at a path; None where there is none. Raises BadInput for what is no YAML."""
    document = Reader({"": text}).yaml("", text, 1, object)
    if document is None and text.strip():
        _refuse(text)
    return document.at(*at) if document else None


def put(text: str, at: At, value: Any) -> str:
    """Set the value at a path; fields that are missing on the way there are made."""
    there = next(
        (n for n in range(len(at) + 1) if read(text, at[: len(at) - n]) is not None), len(at)
    )
    made = at[len(at) - there :] if there else ()
    parent = read(text, at[: len(at) - there])
    if any(not isinstance(step, str) for step in made) or (
        made and isinstance(parent, list) and parent
    ):
        raise BadInput(f"There is no entry {made[0]} here to write into. Look at the source.")
    for step in reversed(made[1:]):
        value = {step: value}
    if made and isinstance(parent, dict) and parent:
        here: At = at[: len(at) - there + 1]
    else:
        here, value = at[: len(at) - there], {made[0]: value} if made else value
        if made and parent not in (None, "", {}, []):
            raise BadInput(f"There is no field {made[0]} here. Look at the source.")
    if not here or read(text, here[:-1]) is None:
        return _checked(text, (), lambda _: value, lambda tree, _: tree.set((), value))
    last = here[-1]

    def change(data: Any) -> Any:
        if isinstance(data, dict):
            return {**data, last: value}
        return [value if n == _number(data, last) else one for n, one in enumerate(data)]

    return _changed(text, here[:-1], last, change, lambda tree, to: tree.set((*to, last), value))


def add(text: str, at: At, value: Any) -> str:
    """Append an entry to the list at a path; a list that is missing is made."""
    there = read(text, at)
    if not there:
        return put(text, at, [value])
    if not isinstance(there, list):
        raise BadInput("There is no list here to add to. Look at the source.")
    return _changed(
        text, at, None, lambda data: [*data, value], lambda tree, to: tree.append(to, value)
    )


def take(text: str, at: At) -> str:
    """Delete what is at a path: a field or an entry. Where there is none, nothing happens."""
    there, last = read(text, at[:-1]), at[-1]
    if not isinstance(there, dict | list) or (
        last not in there if isinstance(there, dict) else _number(there, last) is None
    ):
        return text

    def change(data: Any) -> Any:
        if isinstance(data, dict):
            return {name: one for name, one in data.items() if name != last}
        return [one for n, one in enumerate(data) if n != _number(data, last)]

    if len(there) == 1:
        return put(text, at[:-1], change(there))
    return _changed(text, at[:-1], None, change, lambda tree, to: tree.delete((*to, last)))


def move(text: str, at: At, by: int) -> str:
    """Move an entry of a list so many places down, or up; at most to its end or beginning."""
    while by:
        there = read(text, at[:-1])
        number = _number(there, at[-1]) if isinstance(there, list) else None
        step = 1 if by > 0 else -1
        if number is None or not 0 <= number + step < len(there):
            return text
        text = _swapped(text, at[:-1], number, number + step)
        at, by = (*at[:-1], number + step), by - step
    return text


def rename(text: str, at: At, new: str) -> str:
    """Call a field otherwise; where there is none, nothing happens. Raises BadInput if taken."""
    there, old = read(text, at[:-1]), at[-1]
    if not isinstance(there, dict) or old not in there or old == new:
        return text
    if new in there:
        raise BadInput(f"There is something called “{new}” already. Choose another name.")

    def change(data: Any) -> Any:
        return {new if name == old else name: one for name, one in data.items()}

    return _changed(text, at[:-1], old, change, lambda tree, to: tree.rename((*to, old), new))


def _swapped(text: str, at: At, one: int, other: int) -> str:
    def change(data: Any) -> Any:
        data = list(data)
        data[one], data[other] = data[other], data[one]
        return data

    return _changed(text, at, None, change, lambda tree, to: tree.swap(to, one, other))


def _changed(text: str, at: At, last: str | int | None, change: Change, write: Write) -> str:
    """Change the collection at a path, in the one block that it stands in if there is one."""
    data, cut = read(text), blocks(text)
    lines = text.split("\n")
    first = at[0] if at else last
    if cut and first is not None and (at or isinstance(data, dict)):
        number = _block(data, first, len(cut), [one.text for one in cut])
        if number is not None:
            start = cut[number].line
            end = cut[number + 1].line if number + 1 < len(cut) else len(lines)
            inner: At = (0, *at[1:]) if isinstance(data, list) else at
            head, body = lines[:start], lines[start:end]
            more = ["\n".join(lines[end:])] if end < len(lines) else []
            try:
                written = _checked("\n".join(body) + "\n", inner, change, write)
            except yaml.YAMLError:  # cut in the middle of a quoted text
                return _checked(text, at, change, write)
            return "\n".join([*head, written.removesuffix("\n"), *more])
    return _checked(text, at, change, write)


def _block(data: Any, first: str | int, count: int, texts: list[str]) -> int | None:
    if isinstance(data, list):
        return _number(data, first) if len(data) == count else None
    found = [n for n, one in enumerate(texts) if one.startswith(f"{first}:")]
    return found[-1] if found else None


def _checked(text: str, at: At, change: Change, write: Write) -> str:
    """The text as ``write`` gives it, if it reads as it should.

    Where it does not (anchors, mostly), what holds the change is written anew: as little of it as
    will do.
    """
    wanted, tree = _with(_load(text), at, change), Tree(text)
    tries: list[Callable[[], str]] = [lambda: write(tree, at)]
    tries += [
        partial(tree.set, at[:depth], _at(wanted, at[:depth])) for depth in range(len(at), 0, -1)
    ]
    for one in tries:
        try:
            written = one()
            if _load(written) == wanted:
                return written
        except (yaml.YAMLError, AssertionError, ValueError, IndexError, TypeError):
            continue
    return emitting.block(wanted, -2).lstrip("\n ") + "\n"


def _at(data: Any, at: At) -> Any:
    for step in at:
        data = inside(data, step)
    return data


def _with(data: Any, at: At, change: Change) -> Any:
    if not at:
        return change(data)
    if isinstance(data, dict):
        return {**data, at[0]: _with(data[at[0]], at[1:], change)}
    number = _number(data, at[0])
    return [_with(one, at[1:], change) if n == number else one for n, one in enumerate(data)]


def _number(data: list[Any], step: str | int | None) -> int | None:
    if isinstance(step, int):
        return step if step < len(data) else None
    named = (n for n, one in enumerate(data) if isinstance(one, dict) and one.get("id") == step)
    return next(named, None)


def _load(text: str) -> Any:
    loader = Loader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _refuse(text: str) -> None:
    try:
        _load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" near line {mark.line + 1}" if mark else ""
        raise BadInput(
            f"This file cannot be read{where}, so its forms are closed. Mend it on “Source”."
        ) from error
