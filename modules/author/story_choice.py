"""The form of one choice of a decision: its words, where it leads, and what it does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from modules.author import story_when as when
from modules.author.editor.pen import Pen
from modules.author.editor.typed import TOLD
from modules.author.story_place import LONG, Place
from modules.basics import Surface
from modules.course.files.marked import At
from modules.drafts import stories, story_places, story_ways
from modules.drafts.story_places import NEW_ENDING, NEW_NODE
from modules.scenarios.picture import told

STEPS = (-2, 2)


def choice_form(
    surface: Surface, place: Place, choice: Mapping[str, Any], number: int, many: int
) -> None:
    """One choice, the ``number``th of so many."""
    say, id = place.say, str(choice.get("id"))
    at: At = ("nodes", place.spot.id, "choices", id)
    place.text(surface, say("story.choice_text"), (*at, "text"))
    place.text(surface, say("story.hint"), (*at, "hint"), help=say("story.hint_help"))
    place.text(
        surface, say("story.consequence"), (*at, "consequence"), lines=3, most=LONG, takes=TOLD
    )
    place.text(surface, say("story.duty"), (*at, "duty"), lines=2, most=LONG, takes=TOLD)
    if place.pen.may_write:
        _goto(surface, place, at)
    when.draw(surface, place, choice)
    if place.pen.may_write:
        _meters(surface, place, at)
    _reaches(surface, place, choice, at)
    _order(surface, place, id, number, many)


def _goto(surface: Surface, place: Place, at: At) -> None:
    """Where a choice leads: to a place that is there, or to a new one."""
    say, by = place.say, {one.id: one for one in place.graph.spots}
    names = {id: told(one, say) for id, one in by.items() if id != place.spot.id}
    names |= {NEW_NODE: say("story.new_node"), NEW_ENDING: say("story.new_ending")}
    led = partial(_led, place.spot.id, str(at[-1]))
    place.pen.choice(
        surface,
        say("story.goto"),
        place.shape(*at, "goto"),
        names,
        then=lambda pen, to: led(to, pen),
    )


def _led(node: str, choice: str, to: str, pen: Pen) -> None:
    changes, there = story_places.lead(pen.files, pen.slug, pen.language, node, choice, to)
    pen.keep_all(changes, f"story/{node}")
    if to in (NEW_NODE, NEW_ENDING):  # the new place is what one wants to write now
        pen.memory[f"edit/{pen.id}/story/next"] = there


def _meters(surface: Surface, place: Place, at: At) -> None:
    names = {
        "trust": place.say("scenario.meter.trust"),
        "safety": place.say("scenario.meter.safety"),
        "lawfulness": place.say("scenario.meter.lawfulness"),
        "benefit": place.say("scenario.meter.benefit"),
    }
    row = surface.container(horizontal=True)
    for meter in (one for one in place.story.get("meters") or () if one in names):
        spot, moved = place.shape(*at, "meters", meter), partial(_moved, at, meter)
        least, most = STEPS
        place.pen.number(
            row,
            names[meter],
            spot,
            least=least,
            most=most,
            now=0,
            width=150,
            then=lambda pen, by, moved=moved: moved(by, pen),  # type: ignore[misc]
        )


def _moved(at: At, meter: str, by: int, pen: Pen) -> None:
    pen.keep_all(stories.moved(pen.files, pen.slug, at, meter, int(by)), f"story/{at[1]}")


def _reaches(surface: Surface, place: Place, choice: Mapping[str, Any], at: At) -> None:
    """What comes of a choice to the learner's citizen, if anything does."""
    say, path, pen = place.say, (*at, "citizen"), place.pen
    has = isinstance(choice.get("citizen"), Mapping)
    pen.switch(
        surface,
        say("story.citizen"),
        place.word(*path),
        lambda pen, on: _lettered(path, bool(on), pen),
        now=has,
    )
    if not has:
        return
    names = {
        "letter": say("story.reach.letter"),
        "bill": say("story.reach.bill"),
        "message": say("story.reach.message"),
        "call": say("story.reach.call"),
        "visit": say("story.reach.visit"),
        "silence": say("story.reach.silence"),
    }
    kind = place.word(*path, "kind")
    pen.choice(
        surface, say("story.reach"), kind, names, then=lambda pen, kind: _reached(path, kind, pen)
    )
    place.text(surface, say("story.letter"), (*path, "text"), lines=3, most=LONG)
    place.text(surface, say("story.entry"), (*path, "entry"), lines=2, most=LONG)


def _lettered(at: At, has: bool, pen: Pen) -> None:
    kept = {"kind": "letter", "text": "", "entry": ""} if has else None
    pen.keep_all(stories.letter(pen.files, pen.slug, pen.language, at, kept), f"story/{at[1]}")


def _reached(at: At, kind: str, pen: Pen) -> None:
    pen.keep_all(stories.reached(pen.files, pen.slug, at, kind), f"story/{at[1]}")


def _order(surface: Surface, place: Place, id: str, number: int, many: int) -> None:
    """Up or down among the choices, in the order in which a learner sees them."""
    say, node = place.say, place.spot.id
    row = surface.container(horizontal=True, gap="small")
    name, key = say("story.choice_named", id=id), f"story/{node}/{id}"
    if number:
        up = partial(_ordered, node, id, -1)
        place.pen.button(row, say("studio.up", what=name), f"{key}/up", up, type="tertiary")
    if number + 1 < many:
        down = partial(_ordered, node, id, 1)
        place.pen.button(row, say("studio.down", what=name), f"{key}/down", down, type="tertiary")


def _ordered(node: str, id: str, by: int, pen: Pen) -> None:
    changes = story_ways.ordered(pen.files, pen.slug, node, "choices", id, by)
    pen.keep_all(changes, f"story/{node}")
