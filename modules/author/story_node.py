"""The form of one decision or ending of a story: its words, its choices and where they lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules import fields
from modules.author.sheet import Changes, Sheet
from modules.basics import Surface
from modules.course.files.marked import At
from modules.drafts import stories, story_places
from modules.drafts.story_places import NEW_ENDING, NEW_NODE
from modules.scenarios.graph import Graph, Spot, records
from modules.scenarios.picture import told

STEPS = (-2, -1, 0, 1, 2)
LONG = 2000
KINDS = ("letter", "bill", "message", "call", "visit", "silence")


def node_form(
    surface: Surface,
    sheet: Sheet,
    graph: Graph,
    spot: Spot,
    node: Mapping[str, Any],
    story: Mapping[str, Any],
    key: str,
) -> bool:
    """A decision: title, story, question, reasons and choices; whether roads or places changed."""
    say, at = sheet.say, ("nodes", spot.id)
    _text(surface, sheet, say("story.node_title"), (*at, "title"), node, help=say("story.time"))
    _text(surface, sheet, say("story.told"), (*at, "story"), node, lines=4, most=LONG)
    _text(surface, sheet, say("story.question"), (*at, "question"), node)
    changed = False
    for choice in records(node.get("choices")):
        box = surface.expander(
            say("story.choice", id=choice.get("id", "?"), text=str(choice.get("text") or "…")),
            expanded=len(records(node.get("choices"))) < 3,
            key=f"{key}/{spot.id}/choice/{choice.get('id')}",
        )
        changed |= _choice(box, sheet, graph, spot, choice, story, key)
    changed |= _more(surface, sheet, spot, "choices", say("story.add_choice"), key)
    reasons = surface.expander(
        say("story.reasons", n=len(records(node.get("reasons")))), key=f"{key}/{spot.id}/reasons"
    )
    reasons.caption(say("story.reasons_about"))
    for reason in records(node.get("reasons")):
        there: At = (*at, "reasons", str(reason.get("id")))
        _text(reasons, sheet, say("story.reason"), (*there, "text"), reason)
        _text(reasons, sheet, say("story.reply"), (*there, "reply"), reason, lines=2, most=LONG)
        changed |= _less(reasons, sheet, spot, "reasons", reason, key)
    changed |= _more(reasons, sheet, spot, "reasons", say("story.add_reason"), key)
    return changed


def ending_form(
    surface: Surface, sheet: Sheet, spot: Spot, ending: Mapping[str, Any], key: str
) -> bool:
    """An ending: whether it is acceptable, its title and story."""
    say, at = sheet.say, ("endings", spot.id)
    names = {
        "acceptable": say("story.kind.acceptable"),
        "costly": say("story.kind.costly"),
    }
    kind = surface.segmented_control(
        say("story.kind"),
        list(names),
        default=str(ending.get("kind") or "acceptable"),
        format_func=names.__getitem__,
        key=f"{key}/{spot.id}/kind",
        disabled=not sheet.writes,
    )
    _text(surface, sheet, say("story.ending_title"), (*at, "title"), ending)
    _text(surface, sheet, say("story.told"), (*at, "story"), ending, lines=4, most=LONG)
    if kind in names and kind != ending.get("kind"):
        change = stories.set_value(sheet.files, sheet.slug, (*at, "kind"), kind)
        return sheet.write(change, f"story/{spot.id}")
    return False


def _choice(
    surface: Surface,
    sheet: Sheet,
    graph: Graph,
    spot: Spot,
    choice: Mapping[str, Any],
    story: Mapping[str, Any],
    key: str,
) -> bool:
    say, id = sheet.say, str(choice.get("id"))
    at: At = ("nodes", spot.id, "choices", id)
    _text(surface, sheet, say("story.choice_text"), (*at, "text"), choice)
    _text(surface, sheet, say("story.hint"), (*at, "hint"), choice, help=say("story.hint_help"))
    _text(surface, sheet, say("story.consequence"), (*at, "consequence"), choice, 3, LONG)
    _text(surface, sheet, say("story.duty"), (*at, "duty"), choice, 2, LONG)
    changed = _goto(surface, sheet, graph, spot, choice, key) if sheet.writes else False
    changed |= _meters(surface, sheet, choice, at, story, key) if sheet.writes else False
    changed |= _reaches(surface, sheet, choice, at, key)
    return changed | _less(surface, sheet, spot, "choices", choice, key)


def _goto(
    surface: Surface, sheet: Sheet, graph: Graph, spot: Spot, choice: Mapping[str, Any], key: str
) -> bool:
    """Where a choice leads: to a place that is there, or to a new one."""
    say, by = sheet.say, {one.id: one for one in graph.spots}
    new = {NEW_NODE: say("story.new_node"), NEW_ENDING: say("story.new_ending")}
    places = [*(one for one in by if one != spot.id), *new]
    name, now = f"{key}/{spot.id}/{choice.get('id')}/goto", choice.get("goto")
    to = surface.selectbox(
        say("story.goto"),
        places,
        index=places.index(now) if now in places else None,
        format_func=lambda one: told(by[one], say) if one in by else new.get(one, str(one)),
        key=name,
    )
    if to is None or to == now:
        return False

    def led() -> Changes:
        changes, there = story_places.lead(
            sheet.files, sheet.slug, sheet.language, spot.id, str(choice.get("id")), str(to)
        )
        if to in new:  # the new place is what one wants to write now
            fields.put(f"{key}/next", there)
        return changes

    return sheet.act(surface, led, f"story/{spot.id}")


def _meters(
    surface: Surface,
    sheet: Sheet,
    choice: Mapping[str, Any],
    at: At,
    story: Mapping[str, Any],
    key: str,
) -> bool:
    changed, held = False, choice.get("meters") or {}
    names = {
        "trust": sheet.say("scenario.meter.trust"),
        "safety": sheet.say("scenario.meter.safety"),
        "lawfulness": sheet.say("scenario.meter.lawfulness"),
        "benefit": sheet.say("scenario.meter.benefit"),
    }
    row = surface.container(horizontal=True)
    for meter in (one for one in story.get("meters") or () if one in names):
        before = held.get(meter, 0)
        by = row.number_input(
            names[meter],
            STEPS[0],
            STEPS[-1],
            before if before in STEPS else 0,
            key=f"{key}/{'/'.join(map(str, at[1:]))}/{meter}",
            width=150,
        )
        if by != before and by in STEPS:
            change = stories.moved(sheet.files, sheet.slug, at, meter, int(by))
            changed |= sheet.write(change, f"story/{at[1]}")
    return changed


def _reaches(surface: Surface, sheet: Sheet, choice: Mapping[str, Any], at: At, key: str) -> bool:
    """What comes of a choice to the learner's citizen, if anything does."""
    say, letter = sheet.say, choice.get("citizen")
    stem = f"{key}/{'/'.join(map(str, at[1:]))}/citizen"
    has = surface.toggle(
        say("story.citizen"), isinstance(letter, Mapping), key=stem, disabled=not sheet.writes
    )
    path = (*at, "citizen")
    if has != isinstance(letter, Mapping):
        kept = {"kind": "letter", "text": "", "entry": ""} if has else None
        change = stories.letter(sheet.files, sheet.slug, sheet.language, path, kept)
        return sheet.write(change, f"story/{at[1]}")
    if not isinstance(letter, Mapping):
        return False
    names = {
        "letter": say("story.reach.letter"),
        "bill": say("story.reach.bill"),
        "message": say("story.reach.message"),
        "call": say("story.reach.call"),
        "visit": say("story.reach.visit"),
        "silence": say("story.reach.silence"),
    }
    now = letter.get("kind")
    kind = surface.selectbox(
        say("story.reach"),
        KINDS,
        index=KINDS.index(now) if now in KINDS else None,
        format_func=names.__getitem__,
        key=f"{stem}/kind",
        disabled=not sheet.writes,
    )
    _text(surface, sheet, say("story.letter"), (*path, "text"), letter, 3, LONG)
    _text(surface, sheet, say("story.entry"), (*path, "entry"), letter, 2, LONG)
    if kind and kind != now:
        change = stories.reached(sheet.files, sheet.slug, path, str(kind))
        return sheet.write(change, f"story/{at[1]}")
    return False


def _more(surface: Surface, sheet: Sheet, spot: Spot, what: str, label: str, key: str) -> bool:
    if not sheet.writes or not surface.button(
        label, key=f"{key}/{spot.id}/{what}/add", icon=":material/add:", type="tertiary"
    ):
        return False
    files, slug, language = sheet.files, sheet.slug, sheet.language
    added = lambda: story_places.more(files, slug, language, spot.id, what)[0]  # noqa: E731
    return sheet.act(surface, added, f"story/{spot.id}")


def _less(
    surface: Surface, sheet: Sheet, spot: Spot, what: str, one: Mapping[str, Any], key: str
) -> bool:
    id = str(one.get("id"))
    label = (
        sheet.say("story.delete_choice") if what == "choices" else sheet.say("story.delete_reason")
    )
    if not sheet.writes or not surface.button(
        label, key=f"{key}/{spot.id}/{what}/{id}/delete", icon=":material/delete:", type="tertiary"
    ):
        return False
    files, slug = sheet.files, sheet.slug
    gone = lambda: story_places.less(files, slug, spot.id, what, id)  # noqa: E731
    return sheet.act(surface, gone, f"story/{spot.id}")


def _text(
    surface: Surface,
    sheet: Sheet,
    label: str,
    at: At,
    held: Mapping[str, Any],
    lines: int = 1,
    most: int = 300,
    help: str | None = None,
) -> None:
    sheet.text(
        surface,
        label,
        "/".join(("story", *map(str, at))),
        str(held.get(str(at[-1])) or ""),
        lambda text: stories.said(sheet.files, sheet.slug, sheet.language, at, text),
        lines=lines,
        most=most,
        help=help,
    )
