"""What stands beside a lesson: asking a colleague for help, and a note to oneself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

from sqlmodel import Session

from db.engine import reading, writing
from modules import days, fields, markup
from modules.access import Viewer
from modules.basics import Surface, Words
from modules.learn import help as helping
from modules.learn import notes
from modules.learn.again import Patient

T = TypeVar("T")


class Aside(NamedTuple):
    """Where to draw, how to speak, for whom, and how long to wait for a database that is away."""

    surface: Surface
    say: Words
    viewer: Viewer
    now: datetime
    patient: Patient

    def read(self, call: Callable[[Session], T]) -> T:
        """What ``call`` reads."""

        def once() -> T:
            with reading() as session:
                return call(session)

        return self.patient(once)

    def write(self, call: Callable[[Session], None]) -> None:
        """Let ``call`` write; it may be repeated."""

        def once() -> None:
            with writing() as session:
                call(session)

        self.patient(once)


def help_card(aside: Aside, *, module: str) -> bool:
    """Whom the learner has asked and whom she could ask; true when something changed."""
    surface, say, viewer, now, _ = aside
    asked = aside.read(lambda session: helping.asked_by_me(session, viewer, module=module))
    others = aside.read(lambda session: helping.colleagues(session, viewer, now=now))
    card = surface.container(key="card-help", gap="small")
    card.header(say("help.title"), anchor=False)
    card.markdown(say("help.sentence"))
    for one in asked:
        row = card.container(horizontal=True, vertical_alignment="center")
        day = days.short(viewer.today(one.asked_at))
        row.markdown(say("help.asked", name=markup.literal(one.name), day=day))
        if row.button(say("help.take_back"), type="tertiary", key=f"help/back/{one.id}"):
            aside.write(partial(helping.close, viewer=viewer, id=one.id, now=now))
            return True
    known = {one.helper_id for one in asked}
    names = {
        one.person_id: say("help.trainer", name=one.name) if one.trainer else one.name
        for one in others
        if one.person_id not in known
    }
    more = card.expander(say("help.another")) if asked else card
    chosen = more.selectbox(
        say("help.choose"),
        list(names),
        index=None,
        format_func=lambda id_: names.get(id_, ""),
        placeholder=say("help.nobody"),
        key=f"help/{module}/who",
    )
    if more.button(say("help.ask"), key=f"help/{module}/ask"):
        if chosen is None:
            more.warning(say("help.choose_first"), icon=":material/info:")
            return False
        aside.write(partial(helping.ask, viewer=viewer, module=module, helper=chosen, now=now))
        return True
    return False


def note_card(aside: Aside, *, place: str) -> None:
    """A note to oneself: optional, no real people in it, deleted after 90 days.

    Written when this tab has a new text, and not because another one wrote or it was deleted.
    """
    surface, say, viewer, now, _ = aside
    kept = aside.read(lambda session: notes.note(session, viewer, place=place))
    box = surface.expander(say("note.title"), icon=":material/edit_note:")
    box.markdown(say("note.sentence", days=notes.KEPT_DAYS))
    key = f"note/{place}"
    before = fields.known(key, kept)
    written = fields.text(
        box,
        say("note.label"),
        key=key,
        value=kept,
        max_chars=notes.LONGEST,
        lines=4,
    ).strip()
    if written == before:
        return
    if written != kept:
        aside.write(partial(notes.write, viewer=viewer, place=place, body=written, now=now))
    fields.saved(key, written)


def requests_card(aside: Aside, *, titles: Mapping[str, str]) -> bool:
    """Who waits for this person's help; true when one was closed."""
    surface, say, viewer, now, _ = aside
    asked = aside.read(lambda session: helping.asked_of_me(session, viewer))
    if not asked:
        return False
    card = surface.container(key="card-asked", gap="small")
    card.header(say("help.asked_of_you"), anchor=False)
    for one in asked:
        row = card.container(horizontal=True, vertical_alignment="center")
        title = titles.get(one.module, one.module)
        row.markdown(say("help.somebody", name=markup.literal(one.name), title=title))
        if row.button(say("help.done"), type="tertiary", key=f"help/done/{one.id}"):
            aside.write(partial(helping.close, viewer=viewer, id=one.id, now=now))
            return True
    card.caption(say("help.private"))
    return False
