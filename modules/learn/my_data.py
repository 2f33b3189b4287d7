"""What is held on the reader, drawn: what, why, how long, who looked, and what she asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from db.audit import Seen
from db.engine import reading
from db.own_requests import Asked
from modules import days, fields, markup
from modules.basics import BadInput, Surface, Words
from modules.learn import own_export, own_requests, record_pdf
from modules.learn.asides import Aside
from modules.personal import export as exports
from modules.personal.entry import Stays
from modules.personal.erasure import Erasure
from modules.personal.register import REGISTER, kept
from modules.shell import parts

OPENED, SAID, TURN = "me/erasure", "me/said", "me/turn"
Write = Callable[[Session], None]


def rows_of(found: Erasure) -> dict[str, int]:
    """How many rows of each part are held, from what erasure would do to them."""
    return {**found.gone, **found.blanked, **found.unlinked, **found.stays}


def held_card(aside: Aside, found: Erasure) -> None:
    """Every kind of rows that is held on her: what, why, how long; and all of it to take along."""
    surface, say, viewer, now, _ = aside
    card = surface.container(key="card-held")
    card.header(say("me.held"), anchor=False)
    card.markdown(say("me.held_why"))
    held = rows_of(found)
    head = (say("me.what"), say("me.rows"), say("me.why"), say("me.kept"))
    lines = [
        (say(f"held.{one.name}"), held[one.name], one.purpose, kept(one))
        for one in REGISTER
        if one.name in held
    ]
    more = card.expander(say("me.every_kind", n=len(lines)), icon=":material/list:")
    parts.table(more, say("me.held"), head, lines)
    more.caption(say("me.basis"))
    card.markdown(say("me.take"))
    row = card.container(horizontal=True)

    def made(write: Callable[[exports.Export], bytes | str]) -> bytes | str:
        with reading() as session:
            found = own_export.my_export(session, viewer, now=now)
        return write(found)

    def on_paper() -> bytes:
        with reading() as session:
            found = own_export.my_export(session, viewer, now=now)
            answers = own_export.my_answers(session, viewer)
        return record_pdf.pdf(found, viewer.clock, say, answers)

    day = viewer.today(now)
    for kind, mime, make in (
        ("json", "application/json", partial(made, exports.as_text)),
        ("csv", "application/zip", partial(made, exports.as_zip)),
        ("pdf", "application/pdf", on_paper),
    ):
        row.download_button(
            say(f"me.take_{kind}"),
            make,
            file_name=f"my-record-{day}.{'zip' if kind == 'csv' else kind}",
            mime=mime,
            icon=":material/download:",
            on_click="ignore",
            key=f"me/take/{kind}",
        )


def seen_card(surface: Surface, say: Words, views: tuple[Seen, ...], zone: str) -> None:
    """Who looked at her record, where, and what for."""
    card = surface.container(key="card-seen")
    card.header(say("me.viewed"), anchor=False)
    if not views:
        card.markdown(say("me.viewed_none"))
        return
    rows = [
        (
            days.moment(one.seen_at, zone),
            one.viewer,
            say(f"place.{one.place}"),
            purpose(one, say),
        )
        for one in views
    ]
    head = (say("me.when"), say("me.viewer"), say("me.place"), say("me.purpose"))
    parts.table(card, say("me.viewed"), head, rows)
    card.caption(say("me.viewed_why"))


def purpose(one: Seen, say: Words) -> str:
    """Why somebody looked, in words: chosen from the list, or the page's own reason."""
    return say(f"purpose.{one.purpose}") if one.purpose else say(f"place.{one.place}.why")


def requests_card(aside: Aside, asked: list[Asked], found: Erasure) -> bool:
    """Her requests with their answers, and new ones; true when something changed."""
    surface, say, viewer, now, _ = aside
    card = surface.container(key="card-requests", gap="small")
    card.header(say("me.requests"), anchor=False)
    card.markdown(say("me.requests_sentence"))
    for one in asked:
        if _one(aside, card, one):
            return True
    still = {one.kind for one in asked if one.state == "open"}
    if "correction" not in still:
        box = card.expander(say("me.correct"), icon=":material/edit:", key="me/correct")
        box.markdown(say("me.correct_sentence"))
        text = fields.text(
            box, say("me.correct_label"), key="me/correct/text", max_chars=500, lines=4
        )
        if box.button(say("me.correct_send"), key="me/correct/ask"):
            call = partial(own_requests.ask, viewer=viewer, kind="correction", text=text, now=now)
            if _did(aside, box, call):
                fields.saved("me/correct/text", "")
                return True
    if "erasure" not in still:
        return _erasure(aside, card, found)
    return False


def _one(aside: Aside, card: Surface, one: Asked) -> bool:
    """One request: what, when, how it stands; a button to take it back while it is open."""
    _, say, viewer, now, _ = aside
    row = card.container(horizontal=True, vertical_alignment="center")
    row.markdown(
        say(
            f"me.request_{one.state}",
            what=say(f"me.request_kind.{one.kind}"),
            day=days.short(viewer.today(one.asked_at)),
            decided=days.short(viewer.today(one.decided_at)) if one.decided_at else "",
            answer=markup.literal(one.answer),
        )
    )
    if one.text:
        card.caption(say("me.request_text", text=markup.literal(one.text)))
    if one.state == "open" and row.button(
        say("me.withdraw"), type="tertiary", key=f"me/withdraw/{one.id}"
    ):
        call = partial(own_requests.withdraw, viewer=viewer, id=one.id, now=now)
        return _did(aside, card, call)
    return False


def _erasure(aside: Aside, card: Surface, found: Erasure) -> bool:
    """What would go and what would stay, and why; only then the button."""
    _, say, viewer, now, _ = aside
    box = card.expander(say("me.erase"), icon=":material/delete:", key="me/erase")
    box.markdown(say("me.erase_sentence"))
    goes = {**found.gone, **found.blanked, **found.unlinked}
    lines = [(say(f"held.{name}"), number, say(_way(name, found))) for name, number in goes.items()]
    box.subheader(say("me.goes"), anchor=False)
    parts.table(box, say("me.goes"), (say("me.what"), say("me.rows"), say("me.how")), lines)
    box.subheader(say("me.stays"), anchor=False)
    box.markdown(say("me.stays_sentence"))
    whys = {one.name: one.erase.why for one in REGISTER if isinstance(one.erase, Stays)}
    lines = [(say(f"held.{name}"), n, whys[name]) for name, n in found.stays.items()]
    parts.table(box, say("me.stays"), (say("me.what"), say("me.rows"), say("me.why")), lines)
    sure = box.checkbox(say("me.erase_sure"), key="me/erase/sure")
    if box.button(say("me.erase_ask"), key="me/erase/ask"):
        if not sure:
            box.warning(say("me.erase_first"), icon=":material/info:")
            return False
        return _did(aside, box, partial(own_requests.ask, viewer=viewer, kind="erasure", now=now))
    return False


def _way(name: str, found: Erasure) -> str:
    if name in found.unlinked:
        return "me.way_unlinked"
    return "me.way_deleted" if name in found.gone else "me.way_blanked"


def _did(aside: Aside, place: Surface, call: Write) -> bool:
    """Do it; what cannot be is told where it was asked."""
    try:
        aside.write(call)
    except BadInput as bad:
        place.warning(str(bad), icon=":material/info:")
        return False
    return True
