"""What of a lab can be set: each value of its files with the bounds that the lab itself names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from modules.course import model
from modules.course.files.marked import At
from modules.course.files.parts import Parts
from modules.course.files.practical import read_labs
from modules.course.files.reader import Reader
from modules.drafts import fields
from modules.drafts.spots import Spot
from modules.labs import LABS

Kind = Literal["whole", "number", "switch", "choice", "several", "text", "lines"]
Schema = Mapping[str, Any]
FAR = 1_000_000_000


@dataclass(frozen=True)
class Setting:
    """One value: where it stands, in the words or the structure, and what it may be."""

    at: At
    kind: Kind
    value: Any
    worded: bool = False
    least: float = -FAR
    most: float = FAR
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its path for people: "goals › k"."""
        return " › ".join(str(step).replace("_", " ") for step in self.at)


def chosen(files: Mapping[str, str], slug: str, name: str) -> str:
    """Which lab a file sets up, "" for none that is known here."""
    lab = fields.read(files.get(f"{slug}/{name}.yaml", ""), ("lab",))
    return lab if isinstance(lab, str) and lab in LABS else ""


def settings(files: Mapping[str, str], slug: str, name: str, language: str) -> list[Setting]:
    """Everything that a form can set: the structure's numbers and choices, then the words.

    Names that other entries are found by are not among them.
    """
    lab = chosen(files, slug, name)
    if not lab:
        return []
    schema = LABS[lab].Options.model_json_schema()
    bones = fields.read(files.get(f"{slug}/{name}.yaml", ""), ("options",))
    text = fields.read(files.get(f"{slug}/{name}.{language}.yaml", ""))
    found = [*_bones(bones or {}, schema, schema, ()), *_missing(bones or {}, schema)]
    every = [*found, *_pointing(bones or {}, text or {}), *_words(text or {}, ())]
    return _by_entry(every)


def spot(slug: str, name: str, language: str, one: Setting) -> Spot:
    """The place of a value in its file."""
    kind: Literal["lines", "yaml"] = "lines" if one.kind == "lines" else "yaml"
    if one.worded:
        return Spot(f"{slug}/{name}.{language}.yaml", one.at, kind)
    return Spot(f"{slug}/{name}.yaml", ("options", *one.at), kind)


def made(files: Mapping[str, str], slug: str, name: str, language: str) -> model.Lab | None:
    """The lab as it is set up, None while something is wrong with its files."""
    parts = Parts(slug, language, Reader(files))
    read_labs(parts)
    return parts.labs.get(name)


def _bones(data: Any, schema: Schema, root: Schema, at: At) -> Iterator[Setting]:
    schema = _resolved(schema, root)
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key != "id":
                yield from _bones(value, _inner(schema, str(key)), root, (*at, str(key)))
        return
    if isinstance(data, list):
        item = _resolved(schema.get("items") or {}, root)
        if data and all(isinstance(one, Mapping) for one in data):
            for number, value in enumerate(data):
                own = value.get("id")
                step = own if isinstance(own, str) else number
                yield from _bones(value, item, root, (*at, step))
        elif "enum" in item:
            yield Setting(at, "several", tuple(data), choices=tuple(map(str, item["enum"])))
        return
    if (one := _single(data, schema, at)) is not None:
        yield one


def _single(data: Any, schema: Schema, at: At) -> Setting | None:
    if "enum" in schema:
        choices = tuple(str(one) for one in schema["enum"] if one is not None)
        return Setting(at, "choice", data, choices=choices)
    if isinstance(data, bool):
        return Setting(at, "switch", data)
    if isinstance(data, int | float):
        whole = schema.get("type") == "integer" or (
            isinstance(data, int) and schema.get("type") != "number"
        )
        step = 1 if whole else 0
        least = schema.get("minimum", schema.get("exclusiveMinimum", -FAR - step) + step)
        most = schema.get("maximum", schema.get("exclusiveMaximum", FAR + step) - step)
        return Setting(at, "whole" if whole else "number", data, least=least, most=most)
    return None


def _pointing(bones: Any, text: Any, root: Any = None, at: At = ()) -> Iterator[Setting]:
    """Names of other entries, as a choice; and lists without words, an entry a line."""
    root = bones if root is None else root
    if isinstance(bones, Mapping):
        for key, one in bones.items():
            inner = text.get(key) if isinstance(text, Mapping) else None
            if key != "id":
                yield from _pointing(one, inner, root, (*at, str(key)))
    elif isinstance(bones, list) and bones:
        if all(isinstance(one, Mapping) for one in bones):
            for number, one in enumerate(bones):
                own = one.get("id")
                step = own if isinstance(own, str) else number
                inner = text.get(own) if isinstance(text, Mapping) else None
                yield from _pointing(one, inner, root, (*at, step))
        elif text is None and not any(isinstance(one, list | dict | bool) for one in bones):
            yield Setting(at, "lines", "\n".join(map(str, bones)))
    elif isinstance(bones, str) and (ids := _offered(root, bones)):
        yield Setting(at, "choice", bones, choices=ids)


def _offered(root: Mapping[str, Any], id: str) -> tuple[str, ...]:
    """The ids of the first list of the lab that has this one."""
    for one in root.values():
        ids = [_own(entry) for entry in one] if isinstance(one, list) else []
        if id in ids and all(ids):
            return tuple(ids)
    return ()


def _own(entry: Any) -> str:
    found = entry.get("id") if isinstance(entry, Mapping) else entry
    return found if isinstance(found, str) else ""


def _by_entry(every: list[Setting]) -> list[Setting]:
    """What belongs to one entry of a list beside each other, each place once."""
    place = {(one.worded, one.at): one for one in reversed(every)}
    order: dict[At, int] = {}
    for one in every:
        for depth in (1, 2):
            order.setdefault(one.at[:depth], len(order))
    kept = [one for one in every if place[one.worded, one.at] is one]
    return sorted(kept, key=lambda one: (order[one.at[:1]], order[one.at[:2]]))


def _missing(data: Mapping[str, Any], root: Schema) -> Iterator[Setting]:
    """Numbers, switches and choices of the first level that stand at what the lab takes itself."""
    for name, inner in (root.get("properties") or {}).items():
        schema = _resolved(inner, root)
        value = inner.get("default", schema.get("default"))
        if name not in data and isinstance(value, bool | int | float | str):
            one = _single(value, schema, (name,))
            if one is not None:
                yield one


def _words(data: Any, at: At) -> Iterator[Setting]:
    if isinstance(data, str):
        yield Setting(at, "text", data, worded=True)
    elif isinstance(data, list) and all(isinstance(one, str) for one in data):
        yield Setting(at, "lines", "\n".join(data), worded=True)
    elif isinstance(data, Mapping):
        for name, one in data.items():
            yield from _words(one, (*at, str(name)))


def _inner(schema: Schema, name: str) -> Schema:
    found = (schema.get("properties") or {}).get(name, schema.get("additionalProperties"))
    return found if isinstance(found, Mapping) else {}


def _resolved(schema: Schema, root: Schema) -> Schema:
    """A schema without references and without “or nothing”."""
    for _ in range(10):
        if ref := schema.get("$ref"):
            schema = (root.get("$defs") or {}).get(str(ref).rpartition("/")[2], {})
        elif options := [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]:
            schema = options[0]
        elif len(every := schema.get("allOf", ())) == 1:
            schema = every[0]
        else:
            break
    return schema
