"""Comments on a draft: what was said at which place, settling it, and saying something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modules import fields, markup
from modules.author.publishing import Sheet
from modules.basics import Surface

if TYPE_CHECKING:
    from modules.shell.frame import Frame

Do = Callable[..., None]


def comments(frame: Frame, box: Surface, of: Sheet, do: Do) -> None:
    """What reviewers said, by place; open ones first, each with its button to settle it."""
    say, draft = frame.say, of.draft
    if draft.word and draft.asked_by:
        name = markup.literal(of.names.get(draft.asked_by, ""))
        box.markdown(say("publish.word_of", name=name, word=markup.literal(draft.word)))
    for one in sorted(of.comments, key=lambda each: each.settled_at is not None):
        row = box.container(horizontal=True, vertical_alignment="center", gap="small")
        where = one.place or one.path.rpartition("/")[2]
        row.markdown(
            say(
                "publish.comment_one" if one.settled_at is None else "publish.comment_settled",
                name=markup.literal(one.by),
                place=markup.literal(where or say("publish.whole")),
                text=markup.literal(one.text),
            ),
            width="stretch",
        )
        settled = one.settled_at is not None
        if row.button(
            say("publish.reopen" if settled else "publish.settle"),
            type="tertiary",
            key=f"publish/settle/{one.id}",
        ):
            do("settle", comment=one.id, again=settled)


def say_something(frame: Frame, box: Surface, of: Sheet, do: Do) -> None:
    """A comment on the whole draft, or on one file of it."""
    say, stem = frame.say, f"publish/say/{of.draft.id}/{len(of.comments)}"
    places = {"": say("publish.whole")}
    for part in of.parts:
        if part.kind in ("screen", "item") and part.id:
            places[f"{part.kind}/{part.id}"] = f"{part.id} · {part.title[:50]}"
        elif part.kind in ("story", "aid"):
            at = "scenario" if part.kind == "story" else "aid"
            places[at] = say(f"diff.kind.{part.kind}")
    place = box.selectbox(
        say("publish.comment_place"), list(places), format_func=places.__getitem__, key=f"{stem}/at"
    )
    text = fields.text(
        box, say("publish.comment_text"), key=f"{stem}/text", max_chars=1000, lines=2
    )
    if box.button(say("publish.comment_do"), key=f"{stem}/do"):
        do("comment", place=place, text=text)
