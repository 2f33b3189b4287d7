"""What reviewers say about the part that is being edited or read, beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from modules import fields, markup
from modules.basics import Surface, Words
from modules.shell.menu import script

if TYPE_CHECKING:
    import uuid

    from db.draft_comments import Comment


def draw(
    surface: Surface,
    say: Words,
    said: Sequence[Comment],
    part: str,
    settle: Callable[[uuid.UUID], None],
) -> None:
    """The open comments on one part, each with its button to settle it."""
    for one in said:
        if one.place != part or one.settled_at:
            continue
        box = surface.container(key=f"comment-{one.id}", gap="xxsmall")
        told = say("studio.comment", name=markup.literal(one.by), text=markup.literal(one.text))
        box.markdown(f":material/comment: {told}")
        box.button(
            say("publish.settle"),
            type="tertiary",
            key=f"edit/settle/{one.id}",
            on_click=settle,
            args=(one.id,),
        )


def say_something(surface: Surface, say: Words, key: str, send: Callable[[str], None]) -> None:
    """A comment on the part that is shown."""
    text = fields.text(surface, say("studio.comment_part"), key=key, max_chars=1000, lines=2)
    if surface.button(say("publish.comment_do"), key=f"{key}/do"):
        send(text)


def to_publish(surface: Surface, say: Words, draft: str, said: Sequence[Comment]) -> None:
    """The way to its publication, with how many comments are open."""
    number = sum(one.settled_at is None for one in said)
    label = say("going.to_draft")
    if number:
        many = say("going.comments_one") if number == 1 else say("going.comments", n=number)
        label = f"{label} ({many})"
    surface.page_link(
        script("publish"),
        label=label,
        query_params={"draft": draft},
        icon=":material/publish:",
    )
