"""A story in forms: its picture and list, and a form for the place that is chosen there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from modules import fields, markup
from modules.author.sheet import Sheet
from modules.author.story_node import ending_form, node_form
from modules.basics import Surface, Words
from modules.drafts import stories, story_places
from modules.drafts.story_places import NEW_ENDING, NEW_NODE
from modules.scenarios.check import EMPTY
from modules.scenarios.graph import Graph, Spot
from modules.scenarios.picture import picture, told
from modules.shell import pointing


def story(surface: Surface, sheet: Sheet, again: Callable[[], None]) -> None:
    """Draw the story of a draft. ``again`` draws the page anew, after a place came or went."""
    say, key = sheet.say, f"{sheet.key}/story"
    if not sheet.files.get(stories.structure(sheet.slug), "").strip():
        surface.markdown(say("story.none"))
        if sheet.writes and surface.button(say("story.begin"), key=f"{key}/begin"):
            begun = stories.begun(sheet.slug, sheet.module, sheet.language)
            sheet.write(begun, "story")
            again()
        return
    # What was pointed at in the picture, or made or renamed in the run before.
    for wanted in (fields.picked(f"{key}/next", None), pointing.chosen(f"{key}/picture")):
        if wanted:
            fields.put(f"{key}/place", wanted)
    fields.put(f"{key}/next", None)
    _titled(surface, sheet)
    drawn = surface.container(gap="small")
    picker = surface.container()
    graph = stories.drawn(sheet.files, sheet.slug, sheet.language)
    spot = _picked(picker, graph, sheet, key)
    form = surface.container(key=f"card-{key.replace('/', '-')}", gap="medium")
    changed = spot is not None and _form(form, sheet, graph, spot, key)
    whole = surface.expander(say("story.whole"), icon=":material/tune:", key=f"{key}/whole")
    changed |= _whole(whole, sheet, key)
    if changed:
        again()
    graph = stories.drawn(sheet.files, sheet.slug, sheet.language)
    svg = picture(graph, say, spot.id if spot else "")
    pointing.draw(drawn, svg, key=f"{key}/picture")
    for sentence in stories.told(sheet.files, sheet.slug, sheet.language).get("", ()):
        drawn.markdown(f":orange[:material/error:] {markup.literal(sentence)}")
    _listed(drawn, graph, sheet)


def _titled(surface: Surface, sheet: Sheet) -> None:
    """The story's title, before everything else: it is written first, and missed where folded."""
    held = stories.read(sheet.files, sheet.slug, sheet.language).get("title")
    sheet.text(
        surface,
        sheet.say("story.title"),
        "story/title",
        str(held or ""),
        lambda text: stories.said(sheet.files, sheet.slug, sheet.language, ("title",), text),
    )


def _picked(surface: Surface, graph: Graph, sheet: Sheet, key: str) -> Spot | None:
    """The place whose form is open: chosen from the list here, or in the picture."""
    every = {one.id: one for one in graph.spots}
    if not every:
        return None
    place = fields.picked(f"{key}/place", None)
    # Put back each time: the names in the list tell how much is left to mend, and Streamlit takes
    # a list whose names changed for a new one, which would go back to its first place.
    fields.put(f"{key}/place", place if place in every else next(iter(every)))
    id = surface.selectbox(
        sheet.say("story.place"),
        list(every),
        format_func=lambda one: told(every[one], sheet.say) if one in every else str(one),
        key=f"{key}/place",
    )
    return every.get(str(id))


def _listed(surface: Surface, graph: Graph, sheet: Sheet) -> None:
    """What the picture shows, in words: each place, where its choices lead, and what is wrong."""
    say, by = sheet.say, {one.id: one for one in graph.spots}
    rows = []
    for spot in graph.spots:
        ways = [
            f"{', '.join(road.choices)} → {by[road.end].code}"
            for road in graph.roads
            if road.start == spot.id
        ]
        rows.append((told(spot, say), "; ".join(ways) or "–", " ".join(spot.problems) or "–"))
    header = (say("story.place"), say("story.leads"), say("story.to_mend"))
    box = surface.expander(say("story.list"), icon=":material/list:", key=f"{sheet.key}/story/list")
    box.html(markup.table_html(say("story.list"), header, rows))


def _form(surface: Surface, sheet: Sheet, graph: Graph, spot: Spot, key: str) -> bool:
    """The form of one place; whether something changed that the rest of the page shows."""
    say = sheet.say
    surface.header(told(spot, say), anchor=False)
    _to_mend(surface, sheet, spot)
    data = stories.read(sheet.files, sheet.slug, sheet.language)
    if spot.kind == "lost":
        surface.markdown(say("story.lost"))
        return False
    part = "nodes" if spot.kind == "node" else "endings"
    one: Mapping[str, Any] = data[part][spot.id] or {}
    if spot.kind == "node":
        changed = node_form(surface, sheet, graph, spot, one, data, key)
    else:
        changed = ending_form(surface, sheet, spot, one, key)
    return changed | (_placed(surface, sheet, graph, spot, key) if sheet.writes else False)


def _to_mend(surface: Surface, sheet: Sheet, spot: Spot) -> None:
    """What is wrong here; empty texts as their number, since the fields below show which.

    In a box of its own: were the sentences loose, each one mended would move what follows, and
    a browser then draws the fields anew under the hands of whoever writes there.
    """
    box = surface.container(gap="xxsmall")
    empty = sum(sentence.endswith(EMPTY) for sentence in spot.problems)
    told = [sentence for sentence in spot.problems if not sentence.endswith(EMPTY)]
    if empty:
        told.insert(0, blank(empty, sheet.say))
    for sentence in told:
        box.markdown(f":orange[:material/error:] {markup.literal(sentence)}")


def blank(number: int, say: Words) -> str:
    """How many texts are still to be written."""
    return say("story.empty_one") if number == 1 else say("story.empty", n=number)


def _placed(surface: Surface, sheet: Sheet, graph: Graph, spot: Spot, key: str) -> bool:
    """A place called otherwise, or taken out: what leads to it is told, and led elsewhere."""
    say, files, slug = sheet.say, sheet.files, sheet.slug
    stem = f"{key}/{spot.id}"
    name = say("story.name_or_delete")
    box = surface.expander(name, icon=":material/edit:", key=f"{stem}/placed")
    new = box.text_input(say("story.name"), spot.id, key=f"{stem}/name", max_chars=32)
    if box.button(say("story.rename"), key=f"{stem}/rename") and new != spot.id:
        if sheet.act(box, lambda: story_places.renamed(files, slug, spot.id, new), "story"):
            fields.put(f"{key}/next", new)
            return True
        return False
    by = {one.id: one for one in graph.spots}
    leads = [f"{by[node].code} {choice}" for node, choice in graph.leading(spot.id) if node in by]
    if leads:
        box.markdown(say("story.led_to", places=", ".join(leads)))
    others = ["", *(one for one in by if one != spot.id and by[one].kind != "lost")]
    instead = box.selectbox(
        say("story.instead"),
        others,
        format_func=lambda one: told(by[one], say) if one in by else say("story.nowhere"),
        key=f"{stem}/instead",
    )
    if not box.button(say("story.delete"), key=f"{stem}/delete", icon=":material/delete:"):
        return False
    gone = lambda: story_places.deleted(files, slug, spot.id, str(instead or ""))  # noqa: E731
    return sheet.act(box, gone, "story")


def _whole(surface: Surface, sheet: Sheet, key: str) -> bool:
    """What belongs to the whole story: meters, how long it may be, new places."""
    say, files, slug = sheet.say, sheet.files, sheet.slug
    data = stories.read(files, slug, sheet.language)
    if not sheet.writes:
        return False
    names = {
        "trust": say("scenario.meter.trust"),
        "safety": say("scenario.meter.safety"),
        "lawfulness": say("scenario.meter.lawfulness"),
        "benefit": say("scenario.meter.benefit"),
    }
    held = [one for one in data.get("meters") or () if one in names]
    meters = surface.pills(
        say("story.meters"),
        list(names),
        selection_mode="multi",
        default=held,
        format_func=names.__getitem__,
        key=f"{key}/meters",
    )
    wanted = [one for one in names if one in (meters or ())]
    changed = False
    if wanted and set(wanted) != set(held):
        change = lambda: stories.set_value(sheet.files, slug, ("meters",), wanted)  # noqa: E731
        changed = sheet.act(surface, change, "story")
    most = surface.number_input(
        say("story.most"), 1, 12, int(data.get("max_steps") or 6), key=f"{key}/most"
    )
    if int(most) != int(data.get("max_steps") or 6):
        change = lambda: stories.set_value(sheet.files, slug, ("max_steps",), int(most))  # noqa: E731
        changed |= sheet.act(surface, change, "story")
    row = surface.container(horizontal=True)
    for what, label in ((NEW_NODE, say("story.add_node")), (NEW_ENDING, say("story.add_ending"))):
        if row.button(label, key=f"{key}/{what}", icon=":material/add:"):
            new, id = story_places.add(sheet.files, slug, sheet.language, what)
            changed |= sheet.write(new, "story")
            fields.put(f"{key}/next", id)
    return changed
