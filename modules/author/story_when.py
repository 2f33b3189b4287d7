"""To whom a choice is offered: to everybody, or only after certain earlier choices."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from modules import markup
from modules.author.editor.outline import mapping
from modules.author.editor.pen import Pen
from modules.author.story_place import Place
from modules.basics import Surface
from modules.drafts import story_ways
from modules.scenarios.graph import records

SHORT = 60


def draw(surface: Surface, place: Place, choice: Mapping[str, Any]) -> None:
    """The conditions that are set, each with a button that takes it out, and a list of others."""
    say, id, node = place.say, str(choice.get("id")), place.spot.id
    earlier, held = _earlier(place), mapping(choice.get("when"))
    for asked, chosen in held.items():
        there = (str(asked), str(chosen))
        name = earlier.get(there, "/".join(there))
        row = surface.container(gap="xxsmall")
        row.markdown(f":material/alt_route: {say('story.only_after', what=markup.literal(name))}")
        label = say("story.to_all", what=markup.literal(name.partition(":")[0]))
        key, act = f"story/{node}/{id}/when/{asked}", partial(_set, node, id, str(asked), None)
        place.pen.button(row, label, key, act, near=surface, type="tertiary")
    others = {one: name for one, name in earlier.items() if held.get(one[0]) != one[1]}
    if not place.pen.may_write or not others:
        return
    key = f"{place.key}/{node}/{id}/when"
    memory = place.pen.memory
    memory[key] = None

    def chosen_here() -> None:
        if picked := memory.get(key):
            place.pen.do(partial(_set, node, id, *picked))

    surface.selectbox(
        say("story.offer_after"),
        list(others),
        index=None,
        format_func=lambda one: others.get(one, ""),
        key=key,
        placeholder=say("story.offer_all") if not held else say("story.offer_more"),
        help=say("story.offer_help"),
        on_change=chosen_here,
    )


def _earlier(place: Place) -> dict[tuple[str, str], str]:
    """The choices that can have been made before this place, in words."""
    found, nodes = {}, mapping(place.story.get("nodes"))
    codes = {one.id: one.code for one in place.graph.spots}
    for node in place.graph.before(place.spot.id):
        for one in records(mapping(nodes.get(node)).get("choices")):
            text = str(one.get("text") or "…")
            short = text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
            found[node, str(one.get("id"))] = f"{codes.get(node, node)} {one.get('id')}: {short}"
    return found


def _set(node: str, id: str, asked: str, chosen: str | None, pen: Pen) -> None:
    changes = story_ways.only_after(pen.files, pen.slug, node, id, asked, chosen)
    pen.keep_all(changes, f"story/{node}")
