"""What stands beside a lesson: asking a colleague for help, a note, a report of an error."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

from sqlmodel import Session

from db.content_reports import Told
from db.engine import reading, writing
from modules import days, fields, markup
from modules.access import Viewer
from modules.agreement.current import agreed
from modules.basics import Surface, Words
from modules.learn import help as helping
from modules.learn import notes, reporting
from modules.learn.again import Patient
from modules.shell import places

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
    box.markdown(say("note.sentence", days=agreed().retention.notes))
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


def report(
    aside: Aside,
    *,
    module: str,
    revision_id: uuid.UUID | None,
    place: str,
    where: str = "",
    number: int = 0,
) -> None:
    """“Something wrong here?”: a press opens the reasons, and a press on one of them sends it.

    ``where`` parts two of the same place on one page. A page tells of its questions as well: each
    is named as one, with its ``number`` unless that is 0, so that no two ask the same.
    """
    surface, say, viewer, now, _ = aside
    key = f"report/{module}/{place}/{where}"
    holder, thanks = surface.empty(), f":material/check_circle: {say('report.thanks')}"
    if fields.known(f"{key}/sent", ""):
        holder.caption(thanks)
        return
    # In the flow of the page, not over it: at the end of a page on a phone, where this mostly is,
    # what opens over it has no room.
    quiet = holder.container(key=f"quiet-{key.replace('/', '-')}", gap=None)
    box = quiet.expander(
        _opens(say, place, number), icon=":material/flag:", key=key, on_change="rerun"
    )
    if not box.open:
        return
    box.markdown(say("report.sentence"))
    text = box.text_area(
        say("report.more"),
        max_chars=reporting.LONGEST,
        height=88,
        placeholder=say("report.more_help"),
        key=f"{key}/text",
    )
    for reason in reporting.REASONS:
        if box.button(say(f"report.{reason}"), key=f"{key}/{reason}", width="stretch"):
            aside.write(
                partial(
                    reporting.report,
                    viewer=viewer,
                    module=module,
                    revision_id=revision_id,
                    place=place,
                    reason=reason,
                    text=text or "",
                    now=now,
                )
            )
            fields.saved(f"{key}/sent", reason)
            holder.caption(thanks)
            return


def _opens(say: Words, place: str, number: int) -> str:
    if not place.startswith("item/"):
        return say("report.open")
    return say("report.open_number", n=number) if number else say("report.open_item")


def my_reports_card(aside: Aside, found: Sequence[Told]) -> bool:
    """What the reader reported and was answered; true when she let one go."""
    surface, say, viewer, _, _ = aside
    card = surface.container(key="card-reports", gap="small")
    card.header(say("report.mine"), anchor=False)
    if not found:
        card.markdown(say("report.mine_none"))
        return False
    card.markdown(say("report.mine_sentence", days=agreed().retention.reports))
    for one in found:
        row = card.container(horizontal=True, vertical_alignment="center")
        row.markdown(
            say(
                f"report.mine_{one.state}",
                day=days.short(viewer.today(one.reported_at)),
                reason=say(f"report.{one.reason}"),
                place=markup.literal(places.told(one.module, one.place, say)),
                answer=markup.literal(one.answer),
            )
        )
        if one.state == "closed" and row.button(
            say("report.let_go"), type="tertiary", key=f"report/go/{one.id}"
        ):
            aside.write(partial(reporting.let_go, viewer=viewer, id=one.id))
            return True
    return False
