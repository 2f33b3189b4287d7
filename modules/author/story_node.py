"""The form of one decision or ending of a story: its words, and the reasons for a decision."""

from __future__ import annotations

from functools import partial

from modules.author.editor.pen import Pen
from modules.author.editor.typed import PROSE, TOLD
from modules.author.story_choice import choice_form
from modules.author.story_place import LONG, Place
from modules.basics import Surface
from modules.drafts import story_places
from modules.scenarios.graph import records


def node_form(surface: Surface, place: Place) -> None:
    """A decision: title, story, question, choices and reasons."""
    say, at = place.say, ("nodes", place.spot.id)
    place.text(surface, say("story.node_title"), (*at, "title"), help=say("story.time"))
    place.text(surface, say("story.told"), (*at, "story"), lines=4, most=LONG, takes=PROSE)
    place.text(surface, say("story.question"), (*at, "question"))
    choices = records(place.one.get("choices"))
    for number, choice in enumerate(choices):
        box = surface.expander(
            say("story.choice", id=choice.get("id", "?"), text=str(choice.get("text") or "…")),
            expanded=len(choices) < 3,
            key=f"{place.key}/{place.spot.id}/choice/{choice.get('id')}",
        )
        choice_form(box, place, choice, number, len(choices))
        less(box, place, "choices", str(choice.get("id")), say("story.delete_choice"))
    _more(surface, place, "choices", say("story.add_choice"))
    reasons = records(place.one.get("reasons"))
    box = surface.expander(
        say("story.reasons", n=len(reasons)), key=f"{place.key}/{place.spot.id}/reasons"
    )
    box.caption(say("story.reasons_about"))
    for reason in reasons:
        there = (*at, "reasons", str(reason.get("id")))
        place.text(box, say("story.reason"), (*there, "text"))
        place.text(box, say("story.reply"), (*there, "reply"), lines=2, most=LONG, takes=TOLD)
        less(box, place, "reasons", str(reason.get("id")), say("story.delete_reason"))
    _more(box, place, "reasons", say("story.add_reason"))


def ending_form(surface: Surface, place: Place) -> None:
    """An ending: whether it is acceptable, its title and story."""
    say, at = place.say, ("endings", place.spot.id)
    names = {"acceptable": say("story.kind.acceptable"), "costly": say("story.kind.costly")}
    place.pen.choice(surface, say("story.kind"), place.shape(*at, "kind"), names, now="acceptable")
    place.text(surface, say("story.ending_title"), (*at, "title"))
    place.text(surface, say("story.told"), (*at, "story"), lines=4, most=LONG, takes=PROSE)


def _more(surface: Surface, place: Place, what: str, label: str) -> None:
    key = f"story/{place.spot.id}/{what}/add"
    act = partial(_added, place.spot.id, what)
    look = {"icon": ":material/add:", "type": "tertiary"}
    place.pen.button(surface, label, key, act, near=surface, **look)


def _added(node: str, what: str, pen: Pen) -> None:
    changes, _ = story_places.more(pen.files, pen.slug, pen.language, node, what)
    pen.keep_all(changes, f"story/{node}")


def less(surface: Surface, place: Place, what: str, id: str, label: str) -> None:
    """A button that takes a choice or a reason out."""
    key = f"story/{place.spot.id}/{what}/{id}/delete"
    act = partial(_taken, place.spot.id, what, id)
    look = {"icon": ":material/delete:", "type": "tertiary"}
    place.pen.button(surface, label, key, act, near=surface, **look)


def _taken(node: str, what: str, id: str, pen: Pen) -> None:
    pen.keep_all(story_places.less(pen.files, pen.slug, node, what, id), f"story/{node}")
