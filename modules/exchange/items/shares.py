"""Options with shares of a mark, as single or multiple choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from modules.exchange.items.brought import Kind, Option
from modules.exchange.items.gathering import NotTakenError, bare


def settled(options: Sequence[Option], single: bool) -> tuple[Kind, tuple[Option, ...]]:
    """The kind and its options, with shares only where they say more than right and wrong do.

    ``right`` of each option comes in as "is worth something". Raises NotTakenError.
    """
    if len(options) < 2:
        many = "1 option" if len(options) == 1 else "no options"
        raise NotTakenError(f"It has {many}. A choice needs two or more.")
    for n, option in enumerate(options, 1):
        if not option.text:
            raise NotTakenError(
                f"Option {n} has no text. If it is a picture, give it an alternative text there: "
                "options are words here."
            )
    if not any(option.right for option in options):
        raise NotTakenError("No option is right.")
    if not single:
        return "multiple_choice", _several(options)
    best = max(option.share or 0.0 for option in options)
    tops = [option for option in options if (option.share or 0.0) == best]
    if len(tops) > 1:
        raise NotTakenError(
            f"{len(tops)} options are worth full marks and one may be chosen: "
            f"“{bare(tops[0].text, 40)}” and “{bare(tops[1].text, 40)}”. Here one is right."
        )
    made = tuple(replace(option, right=option is tops[0]) for option in options)
    usual = all(option.share == (1.0 if option.right else 0.0) for option in made)
    return "single_choice", tuple(replace(one, share=None) for one in made) if usual else made


def _several(options: Sequence[Option]) -> tuple[Option, ...]:
    """Without shares where they are ours: even ones, and as much away for each wrong one."""
    part = 1 / sum(option.right for option in options)
    worths = [(option.share or 0.0, part if option.right else -part) for option in options]
    usual = all(abs(worth - ours) < 0.005 for worth, ours in worths)
    return tuple(replace(one, share=None) for one in options) if usual else tuple(options)
