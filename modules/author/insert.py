"""Something put into a text by searching for it: facts, terms, local facts, notes for one law."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from modules import days, fields, markup
from modules.author.sheet import Changes, Sheet
from modules.basics import Surface, Words
from modules.course.finding import Kind
from modules.drafts import registering
from modules.drafts.inserting import KINDS, Offer, Shelf
from modules.drafts.registering import REVIEW

LAWS = ("global", "EU", "UK")
IN_TEXT: tuple[Kind, ...] = ("fact", "term", "local", "note")
"""What stands in texts; sources and beliefs are named in fields of their own."""


def insert(
    surface: Surface,
    sheet: Sheet,
    shelf: Shelf,
    at: str,
    put: Callable[[str], Changes],
    *,
    kinds: Collection[Kind] = IN_TEXT,
    graded: bool = False,
) -> bool:
    """A search whose finds are put into the text named ``at`` by ``put``; whether one was.

    ``graded`` texts may not rest on what nobody read in the original: that is said beside it.
    """
    say, key = sheet.say, f"{sheet.key}/{at}/insert"
    names = {
        "fact": say("insert.kind.fact"),
        "source": say("insert.kind.source"),
        "term": say("insert.kind.term"),
        "belief": say("insert.kind.belief"),
        "local": say("insert.kind.local"),
        "note": say("insert.kind.note"),
    }
    offered = [one for one in KINDS if one in kinds]
    query = surface.text_input(say("insert.search"), key=f"{key}/query", max_chars=200)
    kind = surface.pills(
        say("insert.kinds"), offered, format_func=names.__getitem__, key=f"{key}/kind"
    )
    found = shelf.search(query or "", (kind,) if kind in offered else offered, most=6)
    if not found:
        surface.markdown(say("insert.nothing"))
    done = False
    for one in found:
        row = surface.container(
            gap="xxsmall", key=f"line-{key}-{one.kind}-{one.id}".replace("/", "-")
        )
        row.markdown(f"**{markup.literal(one.title)}**")
        row.caption(" · ".join(markup.literal(part) for part in _known(one, say, graded)))
        if one.late:
            continue  # it is shown so that nobody looks for it in vain
        columns = row.container(horizontal=True, vertical_alignment="center")
        columns.code(one.mark.strip(), language=None, wrap_lines=True)
        press = f"{key}/{one.kind}/{one.id}"
        if sheet.writes and columns.button(say("insert.put"), key=press, icon=":material/add:"):
            mark = one.mark
            done |= sheet.act(surface, lambda mark=mark: put(mark), at)  # type: ignore[misc]
    return done


def _known(one: Offer, say: Words, graded: bool) -> list[str]:
    """What has to be known about a find before it is put in."""
    told = [say("insert.own")] if one.own else []
    if one.fact:
        source = one.source
        told.append(f"{source.publisher}: {source.title}" if source else one.fact.source)
        told.append(say("insert.read") if one.graded else say("insert.heard"))
        told.append(say("insert.law", law=one.fact.jurisdiction))
        day = days.short(one.fact.review_by)
        told.append(say("insert.late", day=day) if one.late else say("insert.until", day=day))
        if graded and not one.graded:
            told.append(say("insert.not_graded"))
        if one.fact.caution:
            told.append(say("insert.caution", caution=one.fact.caution))
    elif one.text:
        told.append(markup.uncited(one.text))
    return told


def own_record(surface: Surface, sheet: Sheet, shipped: dict[str, str], today: date) -> bool:
    """A form for a record of the draft's own: a fact with its source, or a mistaken belief."""
    say, key = sheet.say, f"{sheet.key}/own"
    if not sheet.writes:
        return False
    names = {"fact": say("insert.new.fact"), "belief": say("insert.new.belief")}
    kind = surface.segmented_control(
        say("insert.new_kind"),
        list(names),
        default="fact",
        format_func=names.__getitem__,
        key=f"{key}/kind",
    )
    taken = registering.ids(shipped, sheet.files)
    turn = int(fields.picked(f"{key}/turn", 0))
    stem = f"{key}/{turn}"
    if kind == "belief":
        title = surface.text_input(say("insert.belief"), key=f"{stem}/belief", max_chars=300)
        change: Callable[[], Changes] = lambda: registering.added(  # noqa: E731
            sheet.files, registering.misconception({"title": title}, taken)
        )
    else:
        given = _fact_fields(surface, sheet, shipped, stem, today)
        change = lambda: _with_source(sheet, given, taken, today)  # noqa: E731
    pressed = surface.button(say("insert.keep"), key=f"{stem}/keep", type="primary")
    if pressed and sheet.act(surface, change, "facts.yaml"):
        fields.put(f"{key}/turn", turn + 1)  # an empty form for the next one
        return True
    return False


def _fact_fields(
    surface: Surface, sheet: Sheet, shipped: dict[str, str], stem: str, today: date
) -> dict[str, Any]:
    say = sheet.say
    known = registering.sources(shipped) | registering.sources(sheet.files)
    held: dict[str, Any] = {
        "statement": surface.text_area(
            say("insert.statement"), key=f"{stem}/statement", max_chars=1000
        )
    }
    chosen = surface.selectbox(
        say("insert.source"),
        ["", *known],
        format_func=lambda one: known.get(one, say("insert.new_source")),
        key=f"{stem}/source",
    )
    if chosen:
        held["source"] = chosen
    else:
        held["new"] = {
            "title": surface.text_input(say("insert.source_title"), key=f"{stem}/title"),
            "publisher": surface.text_input(say("insert.publisher"), key=f"{stem}/publisher"),
            "date": surface.text_input(
                say("insert.date"), key=f"{stem}/date", help=say("insert.date_help"), max_chars=10
            ),
            "url": surface.text_input(say("insert.url"), key=f"{stem}/url", max_chars=500),
        }
    held["place"] = surface.text_input(
        say("insert.place"), key=f"{stem}/place", help=say("insert.place_help")
    )
    held["jurisdiction"] = surface.text_input(
        say("insert.where"), LAWS[0], key=f"{stem}/law", help=say("insert.where_help")
    )
    names = {"V": say("insert.read"), "S": say("insert.heard")}
    held["status"] = surface.radio(
        say("insert.how"), list(names), format_func=names.__getitem__, key=f"{stem}/status"
    )
    held["last_checked"] = surface.text_input(
        say("insert.read_on"), today.isoformat(), key=f"{stem}/read", max_chars=10
    )
    until = today + REVIEW[str(held["status"])]
    held["review_by"] = surface.text_input(
        say("insert.review"), until.isoformat(), key=f"{stem}/review/{held['status']}", max_chars=10
    )
    held["caution"] = surface.text_input(
        say("insert.careful"), key=f"{stem}/caution", help=say("insert.careful_help")
    )
    return held


def _with_source(
    sheet: Sheet, given: dict[str, Any], taken: Collection[str], today: date
) -> Changes:
    """A fact added, after its source where that is new: both or neither."""
    fact = {name: value for name, value in given.items() if name != "new"}
    changes: dict[str, str] = {}
    if "new" in given:
        made = registering.source(given["new"], taken)
        changes = registering.added(sheet.files, made)
        fact["source"] = made.id
        taken = {*taken, made.id}
    return changes | registering.added(
        {**sheet.files, **changes}, registering.fact(fact, taken, today)
    )
