"""Two states of a module, by what a reader would call their parts: what differs, in whole texts.

Works on whatever can be read of the files, so that a draft with problems can be compared too; what
cannot be read is compared as it is written, and nothing that changed is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import yaml

from modules.course.files.marked import Loader

Kind = Literal["module", "screen", "item", "story", "lab", "aid", "record", "file"]
KINDS: tuple[Kind, ...] = ("module", "screen", "item", "story", "lab", "aid", "record", "file")

_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_SCREEN = re.compile(r"^## \{#([a-z0-9-]+)\}", re.MULTILINE)
_LAB = re.compile(r"^(lab(?:-\d)?)(?:\.|$)")
TITLES = ("title", "stem", "statement", "term", "question")


@dataclass(frozen=True)
class Text:
    """One text of a part: its field, as it was and as it is; None where there is none."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Part:
    """A part that differs. ``state`` is new, gone or changed; ``title`` what it is called."""

    kind: Kind
    id: str
    title: str
    state: Literal["new", "gone", "changed"]
    texts: tuple[Text, ...]


Leaves = dict[tuple[Kind, str], dict[str, str]]


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Part, ...]:
    """Every part that differs between two bundles or drafts, in the order of a module."""
    old, new = leaves(before), leaves(after)
    found, told = list[Part](), set[str]()
    for key in sorted({*old, *new}, key=lambda one: (KINDS.index(one[0]), one[1])):
        texts = tuple(_texts(old.get(key, {}), new.get(key, {})))
        if not texts:
            continue
        told |= {one.field.split("§")[0] for one in texts}
        title = _title(new.get(key) or old[key])
        state: Any = "new" if key not in old else "gone" if key not in new else "changed"
        shown = tuple(Text(one.field.split("§")[1], one.before, one.after) for one in texts)
        found.append(Part(*key, title, state, shown))
    for path in sorted({*before, *after}):
        # Comments, order and layout: nothing that learners see, and told all the same.
        if before.get(path) != after.get(path) and path not in told:
            lines = Text("", before.get(path), after.get(path))
            found.append(Part("file", _name(path), "", "changed", (lines,)))
    return tuple(found)


def title_of(files: Mapping[str, str]) -> str:
    """What the module of these files is called, as far as it can be read; else ""."""
    return _title(leaves(files).get(("module", ""), {}))


def without(parts: tuple[Part, ...], fields: tuple[str, ...]) -> tuple[Part, ...]:
    """The same without texts of the module's own fields that begin so: they are told elsewhere."""
    found = list[Part]()
    for one in parts:
        left = tuple(
            text for text in one.texts if one.kind != "module" or not text.field.startswith(fields)
        )
        if left:
            found.append(replace(one, texts=left))
    return tuple(found)


def changed_parts(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The ids of the screens and items that differ and are still there."""
    return tuple(one.id for one in parts if one.kind in ("screen", "item") and one.state != "gone")


def leaves(files: Mapping[str, str]) -> Leaves:
    """Every text of a module by part and field; a field begins with its file and a §."""
    found: Leaves = {}
    for path, text in files.items():
        for kind, id, field, value in _known(_name(path), text):
            found.setdefault((kind, id), {})[f"{path}§{field}"] = value
    return found


def _texts(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Text]:
    for field in dict.fromkeys([*new, *old]):
        if old.get(field) != new.get(field):
            yield Text(field, old.get(field), new.get(field))


def _title(fields: Mapping[str, str]) -> str:
    for wanted in TITLES:
        for field, value in fields.items():
            if field.split("§")[1] == wanted:
                return value
    return ""


def _name(path: str) -> str:
    """A path inside the module's folder: folders are called otherwise in a copy."""
    return path.split("/", 1)[1] if "/" in path else path


@lru_cache(maxsize=128)
def _known(name: str, text: str) -> tuple[tuple[Kind, str, str, str], ...]:
    return tuple(_of_file(name, text))


def _of_file(name: str, text: str) -> Iterator[tuple[Kind, str, str, str]]:
    if name.startswith("lesson.") and name.endswith(".md"):
        yield from _lesson(text)
    elif name.startswith("job-aid.") and name.endswith(".md"):
        front, body = _fronted(text)
        yield from (("aid", "", field, value) for field, value in _flat(_read(front)))
        yield "aid", "", "text", body
    elif name.endswith(".yaml"):
        yield from _of_yaml(name, text)
    else:
        yield "file", name, "text", text


def _lesson(text: str) -> Iterator[tuple[Kind, str, str, str]]:
    front, body = _fronted(text)
    yield from (("module", "", field, value) for field, value in _flat(_read(front)))
    places = [(one.start(), one[1]) for one in _SCREEN.finditer(body)]
    if body[: places[0][0] if places else None].strip(" -\n"):
        yield "screen", "", "text", body[: places[0][0] if places else None]
    for number, (start, id) in enumerate(places):
        end = places[number + 1][0] if number + 1 < len(places) else None
        title, _, rest = body[start:end].partition("\n")
        yield "screen", id, "title", title.partition("}")[2].strip()
        yield "screen", id, "text", re.sub(r"\n---\s*\Z", "\n", rest).strip("\n")


def _of_yaml(name: str, text: str) -> Iterator[tuple[Kind, str, str, str]]:
    data = _read(text)
    if not isinstance(data, dict | list):
        yield "file", name, "text", text
        return
    lab = _LAB.match(name)
    if name.startswith("questions."):
        for id, entry in _entries(data):
            yield from (("item", id, field, value) for field, value in _flat(entry))
    elif name.startswith("scenario."):
        for field, value in _flat(data):
            top, _, rest = field.partition("/")
            id, _, inner = rest.partition("/")
            if top in ("nodes", "endings") and inner:
                yield "story", id, inner, value
            else:
                yield "story", "", field, value
    elif lab:
        yield from (("lab", lab[1], field, value) for field, value in _flat(data))
    elif name == "module.yaml":
        yield from (("module", "", field, value) for field, value in _flat(data))
    else:
        for id, entry in _entries(data):
            yield from (("record", id, field, value) for field, value in _flat(entry))


def _fronted(text: str) -> tuple[str, str]:
    front = _FRONT.match(text)
    return (front[1], text[front.end() :].strip("\n")) if front else ("", text)


def _read(text: str) -> Any:
    """What YAML reads; the text itself where it cannot."""
    try:
        return yaml.load(text, Loader) if text else {}  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return text


def _entries(data: Any) -> Iterator[tuple[str, Any]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for name, entry in pairs:
        own = None
        if isinstance(entry, dict) and isinstance(data, list):
            # Changes of a module are known by their version.
            own = entry.get("id", entry.get("version"))
        yield str(own if own is not None else name), entry


def _flat(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Each text below a value, by its path of names; plain lists in one."""
    plain = isinstance(value, list) and not any(isinstance(one, dict | list) for one in value)
    if isinstance(value, dict | list) and value and not plain:
        for name, inner in _entries(value):
            yield from _flat(inner, f"{at}/{name}" if at else name)
    elif plain:
        yield at, ", ".join(str(one) for one in value)
    else:
        yield at, "" if value is None else str(value)
