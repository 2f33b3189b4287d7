"""What links to a part of a draft, and the draft's files without those links.

Nothing is deleted while something else names it: whoever deletes is told where, and chooses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from modules.basics import BadInput
from modules.course.files.marked import At
from modules.drafts import fields, screens

What = Literal["item", "screen", "objective", "belief"]
Files = Mapping[str, str]


@dataclass(frozen=True)
class Link:
    """Something that names the part: what kind of thing, and which one."""

    kind: Literal["form", "reserve", "matched", "delayed", "screen", "step", "change", "item"]
    name: str


@dataclass(frozen=True)
class _Found:
    link: Link
    path: str
    # Takes the link out of the file's text.
    out: Callable[[str], str]


def links(files: Files, slug: str, what: What, id: str) -> list[Link]:
    """Everything that names a part, each place once."""
    return list(dict.fromkeys(one.link for one in _found(files, slug, what, id)))


def without_links(
    files: Files, slug: str, what: What, id: str, instead: str = ""
) -> dict[str, str]:
    """The files that change when every link to a part is taken out.

    An objective's items get the one ``instead``. Raises BadInput where a form would be left
    without a question.
    """
    changed = dict(files)
    for one in reversed(_found(files, slug, what, id, instead)):
        changed[one.path] = one.out(changed[one.path])
    return {path: text for path, text in changed.items() if text != files[path]}


def without(
    files: Files, slug: str, what: What, id: str, instead: str = ""
) -> dict[str, str | None]:
    """The files that change when a part and every link to it are deleted; None: it goes."""
    changed: dict[str, str] = {**files, **without_links(files, slug, what, id, instead)}
    named = re.compile(rf"{re.escape(slug)}/(questions|lesson)\.([\w-]+)\.(yaml|md)")
    head, structure = f"{slug}/module.yaml", f"{slug}/questions.yaml"
    if what == "item":
        changed[structure] = fields.take(changed[structure], (id,))
    elif what == "objective":
        there = fields.read(changed[head], ("objectives",)) or []
        changed[head] = fields.take(changed[head], ("objectives", there.index(id)))
    elif what == "belief":
        changed["misconceptions.yaml"] = fields.take(changed["misconceptions.yaml"], (id,))
    for path in changed:
        kind = found[1] if (found := named.fullmatch(path)) else ""
        if what == "item" and kind == "questions":
            changed[path] = fields.take(changed[path], (id,))
        elif what == "screen" and kind == "lesson":
            changed[path] = screens.take(changed[path], id)
        elif what == "objective" and kind == "lesson":
            changed[path] = screens.with_front(
                changed[path], lambda front: fields.take(front, ("objectives", id))
            )
    return {
        path: (text if text.strip() not in ("", "[]") or path == structure else None)
        for path, text in changed.items()
        if text != files.get(path)
    }


def _found(files: Files, slug: str, what: What, id: str, instead: str = "") -> list[_Found]:
    head = f"{slug}/module.yaml"
    data = fields.read(files.get(head, "")) or {}
    found = list[_Found]()

    def note(kind: Any, name: str, at: At, path: str = head) -> None:
        found.append(_Found(Link(kind, name), path, lambda text, at=at: fields.take(text, at)))  # type: ignore[misc]

    for i, sitting in enumerate(_list(data.get("sittings"))):
        steps = _list(sitting.get("steps")) if isinstance(sitting, Mapping) else []
        for j, step in enumerate(steps):
            if not isinstance(step, Mapping):
                continue
            if what == "screen" and step.get("kind") == "screen" and step.get("id") == id:
                if len(steps) == 1:
                    raise BadInput(
                        f"{id} is the only step of its sitting. Add another step there first."
                    )
                note("step", id, ("sittings", i, "steps", j))
            items = _list(step.get("items"))
            if what == "item" and id in items:
                if len(items) == 1:
                    raise BadInput(
                        f"{id} is the only question of “{step.get('form')}”. Add another one first."
                    )
                note(
                    "form",
                    str(step.get("form")),
                    ("sittings", i, "steps", j, "items", items.index(id)),
                )
    if what == "item":
        for name in _list(data.get("reserve")):
            if name == id:
                note("reserve", "", ("reserve", _list(data["reserve"]).index(id)))
        for one, other in _map(data.get("matched")).items():
            if id in (one, other):
                note("matched", one, ("matched", one))
        for name, items in _map(data.get("delayed")).items():
            if id in _list(items):
                note("delayed", str(name), ("delayed", name, items.index(id)))
    for number, change in enumerate(_list(data.get("changes"))):
        named = _list(change.get("parts")) if isinstance(change, Mapping) else []
        if what in ("item", "screen") and id in named:
            note(
                "change", str(change.get("version")), ("changes", number, "parts", named.index(id))
            )
    found += _in_lessons(files, slug, what, id)
    found += _in_items(files, slug, what, id, instead)
    return found


def _in_lessons(files: Files, slug: str, what: What, id: str) -> list[_Found]:
    """The screens that ask an item."""
    if what != "item":
        return []
    asked = re.compile(rf"^\{{ask\s+{re.escape(id)}\}}\s*$\n?", re.MULTILINE)
    found = []
    for path in files:
        if not re.fullmatch(rf"{re.escape(slug)}/lesson\.[\w-]+\.md", path):
            continue
        for one in screens.screens(files[path]):
            if asked.search(one.text):

                def out(text: str, one: screens.Written = one) -> str:
                    left = re.sub(r"\n{3,}", "\n\n", asked.sub("", one.text))
                    return screens.put(text, one.id, markdown=left)

                found.append(_Found(Link("screen", one.title), path, out))
    return found


def _in_items(files: Files, slug: str, what: What, id: str, instead: str) -> list[_Found]:
    """The items of an objective, those that name a screen as their source, the tags of a belief."""
    path, found = f"{slug}/questions.yaml", list[_Found]()
    if what == "objective":
        for item in _list(fields.read(files.get(path, ""))):
            if isinstance(item, Mapping) and item.get("objective") == id:
                at: At = (str(item.get("id")), "objective")
                found.append(
                    _Found(
                        Link("item", at[0]),  # type: ignore[arg-type]
                        path,
                        lambda text, at=at: fields.put(text, at, instead),  # type: ignore[misc]
                    )
                )
    if what == "belief":
        for at in _tagged(fields.read(files.get(path, "")), id):
            found.append(
                _Found(
                    Link("item", str(at[0])),
                    path,
                    lambda text, at=at: fields.take(text, at),  # type: ignore[misc]
                )
            )
    if what == "screen":
        for words in sorted(files):
            if not re.fullmatch(rf"{re.escape(slug)}/questions\.[\w-]+\.yaml", words):
                continue
            lesson = words.replace("/questions.", "/lesson.").replace(".yaml", ".md")
            one = screens.screen(files.get(lesson, ""), id)
            for item, text in _map(fields.read(files[words])).items():
                source = text.get("source") if isinstance(text, Mapping) else None
                if one and isinstance(source, str) and one.title and one.title in source:
                    found.append(
                        _Found(
                            Link("item", str(item)),
                            words,
                            lambda text, item=item: fields.put(text, (item, "source"), ""),  # type: ignore[misc]
                        )
                    )
    return found


def _tagged(data: Any, tag: str, at: At = ()) -> list[At]:
    """The paths of a tag; the first step is the item's id."""
    pairs = list(data.items()) if isinstance(data, dict) else []
    if isinstance(data, list):
        pairs = [
            (one.get("id", n) if isinstance(one, dict) and not at else n, one)
            for n, one in enumerate(data)
        ]
    found: list[At] = []
    for name, value in pairs:
        if value == tag and (name == "tag" or (at and at[-1] == "tags")):
            found.append((*at, name))
        elif isinstance(value, dict | list):
            found += _tagged(value, tag, (*at, name))
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _map(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
