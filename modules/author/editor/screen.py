"""The form of a screen: its text, and the menu of what can be put into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from modules.author.editor.front import ask_to_drop
from modules.author.editor.outline import mapping
from modules.author.editor.pen import Pen
from modules.author.editor.typed import PROSE
from modules.basics import BadInput, Surface, Words
from modules.course.media import measured, suffix_of, type_of
from modules.course.media.limits import RECORDING_BYTES
from modules.drafts import screens
from modules.drafts.spots import Spot


def screen(pen: Pen, surface: Surface, say: Words, id: str, offers: Mapping[str, str]) -> None:
    """A screen as text, and what can be put into it; ``offers`` are local facts by mark."""
    lesson = pen.worded("lesson", "md")
    pen.text(surface, say("studio.screen_title"), Spot(lesson, (id,), "heading"), most=160)
    if pen.may_write:
        menu = surface.popover(
            say("studio.insert"), icon=":material/add:", key=f"insert-{pen.id}-{id}"
        )
        _menu(pen, menu, say, id, offers)
        _picture(pen, menu, say, id)
    spot = Spot(lesson, (id,), "screen")
    help = say("studio.text_help")
    pen.text(surface, say("studio.text"), spot, lines=18, help=help, takes=PROSE)
    ask_to_drop(pen, surface, say, "screen", id, say("studio.drop_screen"))


def _menu(pen: Pen, menu: Surface, say: Words, id: str, offers: Mapping[str, str]) -> None:
    menu.caption(say("studio.insert_told"))
    ready = {
        "band": (say("studio.insert_band"), say("studio.new.band")),
        "eu": (say("studio.insert_note", law="EU"), "{eu} "),
        "uk": (say("studio.insert_note", law="UK"), "{uk} "),
    }
    for name, (label, text) in ready.items():
        pen.button(menu, label, f"{id}/insert/{name}", partial(_insert, id, text))
    asked = "".join(
        one.text for one in screens.screens(pen.files.get(pen.worded("lesson", "md"), ""))
    )
    used = str(pen.read(Spot(pen.path("module.yaml"))))
    words = mapping(pen.read(Spot(pen.worded("questions"))))
    free = {
        item: f"{item}: {mapping(text).get('stem', '')}"
        for item, text in words.items()
        if f"{{ask {item}}}" not in asked and f"'{item}'" not in used
    }
    _choose(pen, menu, say("studio.insert_item"), f"{id}/item", free, partial(_insert_item, id))
    _choose(pen, menu, say("studio.insert_local"), f"{id}/local", offers, partial(_insert, id))


def _choose(
    pen: Pen, menu: Surface, label: str, name: str, offers: Mapping[str, str], act: Any
) -> None:
    """A list whose choice is put in at once; nothing stays chosen."""
    if not offers:
        return
    key = f"edit/{pen.id}/{name}"
    pen.memory[key] = None

    def chosen() -> None:
        if value := pen.memory.get(key):
            pen.do(partial(act, value))

    menu.selectbox(
        label,
        list(offers),
        index=None,
        format_func=lambda one: offers.get(one, ""),
        key=key,
        on_change=chosen,
    )


def _insert_item(id: str, item: str, pen: Pen) -> None:
    _insert(id, f"{{ask {item}}}", pen)


def _insert(id: str, text: str, pen: Pen) -> None:
    """Put something into a screen's text, where the cursor stood."""
    pen.insert(Spot(pen.worded("lesson", "md"), (id,), "screen"), text)


def _picture(pen: Pen, menu: Surface, say: Words, id: str) -> None:
    """A file with the words for whoever cannot see it."""
    stem = f"edit/{pen.id}/{id}/picture"
    menu.markdown(f"**{say('studio.picture')}**")
    turn = int(pen.memory.get(f"{stem}/turn", 0))
    menu.caption(say("studio.picture_kinds", recording=f"{RECORDING_BYTES // 10**6} MB"))
    file = menu.file_uploader(
        say("studio.picture_file"),
        max_upload_size=-(-RECORDING_BYTES // 2**20),
        key=f"{stem}/file/{turn}",
    )
    # No list of kinds for Streamlit: what it refuses, it names in words that nobody knows.
    wrong_kind = _wrong_kind(file.name, file.getvalue()) if file else ""
    if wrong_kind:
        menu.error(wrong_kind, icon=":material/error:")
    menu.text_input(say("studio.picture_alt"), key=f"{stem}/alt/{turn}", on_change="ignore")
    menu.text_input(say("studio.picture_caption"), key=f"{stem}/caption/{turn}", on_change="ignore")

    def put_in(pen: Pen) -> None:
        if file is None:
            raise BadInput(say("studio.picture_none"))
        if wrong_kind:
            return
        alt = " ".join(str(pen.memory.get(f"{stem}/alt/{turn}") or "").split())
        captions = suffix_of(file.name) == "vtt"
        if not alt and not captions:
            raise BadInput(say("studio.picture_mute"))
        taken = [path.removeprefix(pen.path("")) for path in pen.files]
        path, sha256 = pen.hand.picture(file.getvalue(), file.name, taken)
        caption = " ".join(str(pen.memory.get(f"{stem}/caption/{turn}") or "").split())
        told = f' "{_escaped(caption)}"' if caption else ""
        pen.keep(pen.path(path), f"sha256:{sha256}", path)
        # Captions are found by their name, beside their film.
        if not captions:
            _insert(id, f"![{_escaped(alt)}]({path}{told})", pen)
        pen.memory[f"{stem}/turn"] = turn + 1

    # What is missing is told here: the top of the page is behind this menu.
    pen.button(menu, say("studio.picture_add"), f"{id}/picture/add", put_in, near=menu)


def _wrong_kind(name: str, data: bytes) -> str:
    """Why a file is none that a lesson takes, whatever its size; "" for one that may be."""
    found = measured(data, name)
    return "" if found.type and found.type == type_of(name) else " ".join(found.problems)


def _escaped(text: str) -> str:
    return re.sub(r'([\\\[\]"])', r"\\\1", text)
