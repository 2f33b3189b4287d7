"""The lab on the page: the dial, the walk, the budget, one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from modules import fields
from modules.basics import Surface, Words
from modules.labs.noise_dial import dial, spending, walk
from modules.labs.noise_dial.keeping import COSTS, SCALES
from modules.labs.noise_dial.numbers import DIAL, SHARES
from modules.labs.noise_dial.options import READINGS
from modules.labs.noise_dial.state import MOST, SPEND, WALK, State


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw the part that the learner is in; return what is set, drawn and stated now."""
    now = _held(state, key)
    if now.part > 1:
        surface.button(
            words("lab.noise_dial.back"),
            icon=":material/arrow_back:",
            type="tertiary",
            key=f"{key}/back-{now.part}",
            on_click=fields.put,
            args=(f"{key}/part", now.part - 1),
        )
    card = surface.container(key=f"card-{key}-{now.part}", gap="medium")
    if now.part > 1:
        # Another part takes the place of this one: the page begins at the top again.
        card.html(f'<span data-sw-place="{key}/{now.part}"></span>')
    draw = {WALK: walk.draw, SPEND: spending.draw}.get(now.part, dial.draw)
    return draw(card, now, key, words)


def _held(state: State, key: str) -> State:
    """What is kept, or what the browser sent for controls that this run does not draw."""

    def sent(name: str, offered: tuple[Any, ...], kept: Any) -> Any:
        now = fields.picked(f"{key}/{name}", kept)
        known = now is None or (not isinstance(now, bool) and now in offered)
        return now if known else kept

    shares = {
        table: sent(f"share/{table}", SHARES, share) or share
        for table, share in state.shares.items()
    }
    epsilon = sent("dial", DIAL, state.epsilon) or state.epsilon
    # A prediction belongs to the ε for which it was made.
    guess = state.guess if epsilon == state.epsilon else None
    return replace(
        state,
        part=sent("part", (1, WALK, SPEND), state.part) or state.part,
        epsilon=epsilon,
        guess=sent(f"guess/{epsilon}", SCALES, guess),
        count=sent("count", tuple(range(MOST + 1)), state.count),
        spent=sent("spent", COSTS, state.spent),
        shares=shares,
        reading=sent("reading", READINGS, state.reading),
    )
