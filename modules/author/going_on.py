"""What is going on with a module, as lines on its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modules import days, markup
from modules.author.states import States
from modules.basics import Surface

if TYPE_CHECKING:
    from db.drafts import Drafted
    from modules.shell.frame import Frame


def lines(frame: Frame, box: Surface, module: str, of: States) -> None:
    """Its draft, with who began it and where it stands, and a shipped state that waits."""
    say = frame.say
    if waits := of.waiting.get(module):
        kept = waits.kept_at is not None
        told = say("going.shipped_kept" if kept else "going.shipped", version=waits.version)
        box.markdown(f"{':material/inventory_2:' if kept else ':material/update:'} {told}")
    if draft := of.drafts.get(module):
        box.markdown(f":material/edit_note: {state(frame, draft, of)}")


def state(frame: Frame, draft: Drafted, of: States) -> str:
    """A draft in one line: whose it is, where it stands, what is still open."""
    say = frame.say
    told = {
        "writing": say("going.writing"),
        "review": say("going.review"),
        "approved": say("going.approved"),
    }
    stands = told.get(draft.state, "")
    if draft.publish_at:
        stands = say("going.planned", day=days.moment(draft.publish_at, frame.viewer.clock))
    parts = [say("going.draft", name=markup.literal(of.names.get(draft.made_by, ""))), stands]
    if draft.refused:
        parts.append(say("going.refused"))
    if number := of.comments.get(draft.id, 0):
        parts.append(say("going.comments_one" if number == 1 else "going.comments", n=number))
    return ", ".join(one for one in parts if one)
