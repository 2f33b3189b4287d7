"""A story in forms: its picture and list, and a form for the place that is chosen there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from modules import markup
from modules.author.editor.pen import Pen
from modules.author.story_node import ending_form, node_form
from modules.author.story_place import Place
from modules.basics import Surface, Words
from modules.drafts import stories, story_places
from modules.drafts.spots import Spot as At
from modules.drafts.story_places import NEW_ENDING, NEW_NODE
from modules.scenarios.check import EMPTY
from modules.scenarios.graph import Graph, Spot
from modules.scenarios.picture import picture, told
from modules.shell import pointing


def story(surface: Surface, pen: Pen, say: Words) -> None:
    """Draw the story of a draft."""
    if not pen.files.get(stories.structure(pen.slug), "").strip():
        surface.markdown(say("story.none"))
        pen.button(surface, say("story.begin"), "story/begin", _begun)
        return
    key = stem(pen)
    # What was pointed at in the picture, or made or renamed in the run before.
    for wanted in (pen.memory.pop(f"{key}/next", None), pointing.chosen(f"{key}/picture")):
        if wanted:
            pen.memory[f"{key}/place"] = wanted
    words = pen.worded("scenario")
    # Before everything else: it is written first, and missed where folded.
    pen.text(surface, say("story.title"), At(words, ("title",)), most=300)
    drawn = surface.container(gap="small")
    graph = stories.drawn(pen.files, pen.slug, pen.language)
    spot = _picked(surface.container(), graph, pen, say)
    pointing.draw(drawn, picture(graph, say, spot.id if spot else ""), key=f"{key}/picture")
    for sentence in stories.told(pen.files, pen.slug, pen.language).get("", ()):
        drawn.markdown(f":orange[:material/error:] {markup.literal(sentence)}")
    _listed(drawn, graph, pen, say)
    if spot is not None:
        form = surface.container(key=f"card-{key.replace('/', '-')}", gap="medium")
        _form(form, pen, say, graph, spot)
    if pen.may_write:
        whole = surface.expander(say("story.whole"), icon=":material/tune:", key=f"{key}/whole")
        _whole(whole, pen, say)


def stem(pen: Pen) -> str:
    """What begins the keys of a draft's story."""
    return f"edit/{pen.id}/story"


def _begun(pen: Pen) -> None:
    module = str(pen.read(At(pen.path("module.yaml"), ("id",))))
    pen.keep_all(stories.begun(pen.slug, module, pen.language), "scenario")


def _picked(surface: Surface, graph: Graph, pen: Pen, say: Words) -> Spot | None:
    """The place whose form is open: chosen from the list here, or in the picture."""
    every, key = {one.id: one for one in graph.spots}, f"{stem(pen)}/place"
    if not every:
        return None
    place = pen.memory.get(key)
    here = place if place in every else next(iter(every))
    # The name of the chosen place must not tell what one types there: a list closes, and forgets
    # what was chosen, when the name of its chosen entry changes.
    kinds = {
        "node": say("story.kind.node"),
        "acceptable": say("story.kind.acceptable"),
        "costly": say("story.kind.costly"),
        "lost": say("story.kind.lost"),
    }
    names = {one.id: told(one, say) for one in graph.spots}
    names[here] = say("story.open", code=every[here].code, kind=kinds[every[here].kind])
    pen.memory[key] = here
    surface.selectbox(
        say("story.place"),
        list(every),
        format_func=lambda one: names.get(one, str(one)),
        key=key,
    )
    return every[here]


def _listed(surface: Surface, graph: Graph, pen: Pen, say: Words) -> None:
    """What the picture shows, in words: each place, where its choices lead, and what is wrong."""
    by = {one.id: one for one in graph.spots}
    rows = []
    for spot in graph.spots:
        ways = [
            f"{', '.join(road.choices)} → {by[road.end].code}"
            for road in graph.roads
            if road.start == spot.id
        ]
        rows.append((told(spot, say), "; ".join(ways) or "–", " ".join(spot.problems) or "–"))
    header = (say("story.place"), say("story.leads"), say("story.to_mend"))
    box = surface.expander(say("story.list"), icon=":material/list:", key=f"{stem(pen)}/list")
    box.html(markup.table_html(say("story.list"), header, rows))


def _form(surface: Surface, pen: Pen, say: Words, graph: Graph, spot: Spot) -> None:
    """The form of one place."""
    surface.header(told(spot, say), anchor=False)
    _to_mend(surface, spot, say)
    data = stories.read(pen.files, pen.slug, pen.language)
    if spot.kind == "lost":
        surface.markdown(say("story.lost"))
        return
    part = "nodes" if spot.kind == "node" else "endings"
    one: Mapping[str, Any] = data[part][spot.id] or {}
    place = Place(pen, say, graph, spot, one, data, stem(pen))
    if spot.kind == "node":
        node_form(surface, place)
    else:
        ending_form(surface, place)
    if pen.may_write:
        _placed(surface, place)


def _to_mend(surface: Surface, spot: Spot, say: Words) -> None:
    """What is wrong here; empty texts as their number, since the fields below show which.

    In a box of its own: were the sentences loose, each one mended would move what follows, and
    a browser then draws the fields anew under the hands of whoever writes there.
    """
    box = surface.container(gap="xxsmall")
    empty = sum(sentence.endswith(EMPTY) for sentence in spot.problems)
    told = [sentence for sentence in spot.problems if not sentence.endswith(EMPTY)]
    if empty:
        told.insert(0, blank(empty, say))
    for sentence in told:
        box.markdown(f":orange[:material/error:] {markup.literal(sentence)}")


def blank(number: int, say: Words) -> str:
    """How many texts are still to be written."""
    return say("story.empty_one") if number == 1 else say("story.empty", n=number)


def _placed(surface: Surface, place: Place) -> None:
    """A place called otherwise, or taken out: what leads to it is told, and led elsewhere."""
    pen, say, spot = place.pen, place.say, place.spot
    key, at = f"{place.key}/{spot.id}", f"story/{spot.id}"
    name = say("story.name_or_delete")
    box = surface.expander(name, icon=":material/edit:", key=f"{key}/placed")
    box.text_input(say("story.name"), spot.id, key=f"{key}/name", max_chars=32)
    rename = partial(_renamed, spot.id)
    pen.button(box, say("story.rename"), f"{at}/rename", rename, near=box)
    by = {one.id: one for one in place.graph.spots}
    leads = [
        f"{by[node].code} {choice}" for node, choice in place.graph.leading(spot.id) if node in by
    ]
    if leads:
        box.markdown(say("story.led_to", places=", ".join(leads)))
    others = ["", *(one for one in by if one != spot.id and by[one].kind != "lost")]
    box.selectbox(
        say("story.instead"),
        others,
        format_func=lambda one: told(by[one], say) if one in by else say("story.nowhere"),
        key=f"{key}/instead",
    )
    delete = partial(_deleted, spot.id)
    icon = ":material/delete:"
    pen.button(box, say("story.delete"), f"{at}/delete", delete, near=box, icon=icon)


def _renamed(id: str, pen: Pen) -> None:
    new = str(pen.memory.get(f"{stem(pen)}/{id}/name") or "")
    if new != id:
        pen.keep_all(story_places.renamed(pen.files, pen.slug, id, new), f"story/{id}")
        pen.memory[f"{stem(pen)}/next"] = new


def _deleted(id: str, pen: Pen) -> None:
    instead = str(pen.memory.get(f"{stem(pen)}/{id}/instead") or "")
    pen.keep_all(story_places.deleted(pen.files, pen.slug, id, instead), f"story/{id}")


def _whole(surface: Surface, pen: Pen, say: Words) -> None:
    """What belongs to the whole story: meters, how long it may be, new places."""
    names = {
        "trust": say("scenario.meter.trust"),
        "safety": say("scenario.meter.safety"),
        "lawfulness": say("scenario.meter.lawfulness"),
        "benefit": say("scenario.meter.benefit"),
    }
    bones = pen.path("scenario.yaml")
    pen.several(surface, say("story.meters"), At(bones, ("meters",)), names)
    most = At(bones, ("max_steps",))
    pen.number(surface, say("story.most"), most, least=1, most=12, now=6)
    row = surface.container(horizontal=True)
    for what, label in ((NEW_NODE, say("story.add_node")), (NEW_ENDING, say("story.add_ending"))):
        act = partial(_added, what)
        pen.button(row, label, f"story/{what}", act, near=surface, icon=":material/add:")


def _added(what: str, pen: Pen) -> None:
    changes, id = story_places.add(pen.files, pen.slug, pen.language, what)
    pen.keep_all(changes, "story")
    pen.memory[f"{stem(pen)}/next"] = id
