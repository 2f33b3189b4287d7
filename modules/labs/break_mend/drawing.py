"""The lab on the page: break it, then mend it."""

from __future__ import annotations

from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.break_mend import breaking, mending
from modules.labs.break_mend.levels import LINKS, Setting
from modules.labs.break_mend.state import BREAK, MEND, State, in_order, offered


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw the part that the learner is in; return what is picked and set now."""
    part = fields.picked(f"{key}/part", state.part)
    now = replace(_held(state, key), part=part if part in (BREAK, MEND) else state.part)
    draw = mending.draw if now.part == MEND else breaking.draw
    return draw(surface, now, key, words)


def _held(state: State, key: str) -> State:
    """What is kept, or what the browser sent for controls that this run does not draw."""
    link = fields.picked(f"{key}/link", list(state.link))
    good = isinstance(link, list) and all(one in LINKS for one in link)
    chosen = {}
    for name, kept in state.setting.dump().items():
        now = fields.picked(f"{key}/{name}", kept)
        chosen[name] = now if offered(name, now) else kept
    # Records that are open belong to the fields they were found with.
    fresh = in_order(link) if good else state.link
    opened = state.opened if fresh == state.link else 0
    return replace(state, link=fresh, opened=opened, setting=Setting(**chosen))
