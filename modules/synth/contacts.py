"""Identifiers that cannot be anybody's: drama phone numbers, example addresses, QQ numbers."""

from __future__ import annotations

from functools import cache

import numpy as np

from modules.synth.draws import Column, coded, joined, listed, scattered, stream, texts

_MOODS = listed(
    "amber brisk calm clever copper early fabled gentle green happy hazel idle jolly keen late "
    "lively lucky merry mild misty noble open patient plain quick quiet rapid ready rosy silver "
    "simple small steady sunny swift tidy vivid warm witty young"
)
_ANIMALS = listed(
    "badger bat bee crane crow curlew dove duck eagle finch fox frog goose grouse hare heron ibex "
    "jay kite lark linnet lynx mole moth newt otter owl perch pike plover quail raven robin seal "
    "shrew snipe stoat swan tern vole"
)


@cache
def _handles() -> tuple[Column, Column]:
    moods = texts([f"{mood}.{animal}" for mood in _MOODS for animal in _ANIMALS])
    return moods, coded("", np.arange(10_000), 4, "@example.org")


def emails(seed: str, count: int) -> Column:
    """Different addresses at example.org. They say nothing of a name, so no locale changes them."""
    handles, tails = _handles()
    space = len(handles) * len(tails)
    start = int(stream(seed, "contacts/email").integers(0, space))
    number = scattered(count, space, 9_876_543, start)
    return joined(handles[number // len(tails)], tails[number % len(tails)])


def mobiles(seed: str, count: int) -> Column:
    """07700 900000 to 900999, kept for drama: a thousand numbers, so several people share one."""
    return coded("07700 900", stream(seed, "contacts/mobile").integers(0, 1000, count), 3)


def landlines(seed: str, count: int) -> Column:
    """01632 960000 to 960999, kept for drama as well."""
    return coded("01632 960", stream(seed, "contacts/landline").integers(0, 1000, count), 3)


def insurance(seed: str, count: int) -> Column:
    """National insurance numbers with the prefix QQ, which is never given out. All different."""
    space = 4_000_000
    start = int(stream(seed, "contacts/insurance").integers(0, space))
    number = scattered(count, space, 1_234_567, start)
    return joined(coded("QQ", number // 4, 6), texts(list("ABCD"))[number % 4])
