"""Entries of a lab's lists: one more, made as the last one is, or one taken out."""

from __future__ import annotations

from functools import partial

from modules.author.editor.pen import Pen
from modules.basics import Surface, Words
from modules.course.files.marked import At
from modules.drafts import lab_lists
from modules.drafts.lab_lists import Listed


def draw(surface: Surface, pen: Pen, say: Words, name: str, one: Listed) -> None:
    """A short name and a button for one more entry; a list and a button for one too many."""
    if not pen.may_write:
        return
    stem = f"{name}/list/{'/'.join(map(str, one.at))}"
    key = f"edit/{pen.id}/{stem}"
    box = surface.container(gap="small", key=f"line-{key}".replace("/", "-"))
    row = box.container(horizontal=True, gap="small", vertical_alignment="bottom")
    row.text_input(
        say("labs.entry_name", list=one.name),
        key=f"{key}/new",
        max_chars=32,
        help=say("labs.entry_help", like=one.ids[-1]),
        on_change="ignore",
        width=260,
    )
    more = partial(_added, name, one.at)
    label = say("labs.add_entry", list=one.name)
    pen.button(row, label, f"{stem}/add", more, near=box, icon=":material/add:")
    if len(one.ids) < 2:
        return
    row = box.container(horizontal=True, gap="small", vertical_alignment="bottom")
    picked = f"{key}/gone"
    if pen.memory.get(picked) not in one.ids:
        pen.memory[picked] = None
    row.selectbox(
        say("labs.entry_gone", list=one.name),
        one.ids,
        index=None,
        key=picked,
        placeholder=say("labs.entry_choose"),
        width=260,
    )
    less = partial(_taken, name, one.at)
    label = say("labs.take_entry", list=one.name)
    look = {"icon": ":material/delete:", "type": "tertiary"}
    pen.button(row, label, f"{stem}/take", less, near=box, **look)


def _key(pen: Pen, name: str, at: At) -> str:
    return f"edit/{pen.id}/{name}/list/{'/'.join(map(str, at))}"


def _added(name: str, at: At, pen: Pen) -> None:
    key = f"{_key(pen, name, at)}/new"
    changes, id = lab_lists.added(pen.files, pen.slug, name, at, str(pen.memory.get(key) or ""))
    pen.keep_all(changes, "/".join((name, *map(str, at), id)))
    pen.memory[key] = ""


def _taken(name: str, at: At, pen: Pen) -> None:
    id = pen.memory.get(f"{_key(pen, name, at)}/gone")
    if id:
        changes = lab_lists.taken(pen.files, pen.slug, name, at, str(id))
        pen.keep_all(changes, "/".join((name, *map(str, at), str(id))))
