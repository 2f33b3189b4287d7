"""Comments on a draft: what was said at which place, settling it, and saying something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modules import fields, markup
from modules.author import contents
from modules.author.editor import outline
from modules.author.editor.held import Held
from modules.author.publishing import Sheet
from modules.basics import Surface

if TYPE_CHECKING:
    from modules.shell.frame import Frame

Do = Callable[..., None]
SHORT = 120


def comments(frame: Frame, box: Surface, of: Sheet, do: Do) -> None:
    """What reviewers said, by place; open ones first, each with its button to settle it."""
    say, draft = frame.say, of.draft
    places = {one.at: one.name for one in outline.parts(Held(draft.slug, of.files), say)}
    if draft.word and draft.asked_by:
        name = markup.literal(of.names.get(draft.asked_by, ""))
        box.markdown(say("publish.word_of", name=name, word=markup.literal(draft.word)))
    for one in sorted(of.comments, key=lambda each: each.settled_at is not None):
        line = box.container(gap=None, key=f"remark-{one.id}")
        settled = one.settled_at is not None
        where = places.get(one.place) or one.place or say("publish.whole")
        line.markdown(
            say(
                "publish.comment_settled" if settled else "publish.comment_one",
                name=markup.literal(one.by),
                place=markup.literal(where),
                text=markup.literal(one.text),
            )
        )
        row = line.container(horizontal=True, vertical_alignment="center", gap="small")
        if one.place in places:
            contents.to_read(frame, row, of, one.place, say("publish.to_place"))
        if row.button(
            say("publish.reopen" if settled else "publish.settle"),
            type="tertiary",
            key=f"publish/settle/{one.id}",
        ):
            do("settle", comment=one.id, again=settled)


def accepted(frame: Frame, box: Surface, of: Sheet, label: str) -> int:
    """How many open comments whoever decides goes on with: those that are listed, if she ticks."""
    say = frame.say
    places = {one.at: one.name for one in outline.parts(Held(of.draft.slug, of.files), say)}
    left = [one for one in of.comments if one.settled_at is None]
    if not left:
        return 0
    number = len(left)
    told = say("going.comments_one") if number == 1 else say("going.comments", n=number)
    box.markdown(f":material/comment: **{told}**")
    rows = box.container(key="contents-open", gap=None)
    for one in left:
        name = f"{places.get(one.place) or say('publish.whole')}: {one.text}"
        to = {"label": name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"}
        contents.to_read(frame, rows, of, one.place if one.place in places else "", **to)
    box.caption(say("publish.settle_or_tick"))
    # Another tick for another number: what was accepted is what was read.
    key = f"publish/with/{of.draft.id}/{number}"
    return number if box.checkbox(f"{label} ({told})", key=key) else 0


def say_something(frame: Frame, box: Surface, of: Sheet, do: Do) -> None:
    """A comment on the whole draft, or on one part of it; those that differ stand first."""
    say, stem = frame.say, f"publish/say/{of.draft.id}/{len(of.comments)}"
    every = {one.at: one.name for one in outline.parts(Held(of.draft.slug, of.files), say)}
    places = {"": say("publish.whole")}
    for part in of.parts:
        kind = {"story": "scenario", "module": "front"}.get(part.kind, part.kind)
        at = part.id if kind == "lab" else f"{kind}/{part.id}" if part.id else kind
        at = "scenario" if kind == "scenario" else at
        if at in every:
            places[at] = every[at]
    places |= every
    place = box.selectbox(
        say("publish.comment_place"), list(places), format_func=places.__getitem__, key=f"{stem}/at"
    )
    text = fields.text(
        box, say("publish.comment_text"), key=f"{stem}/text", max_chars=1000, lines=2
    )
    if box.button(say("publish.comment_do"), key=f"{stem}/do"):
        do("comment", place=place, text=text)
