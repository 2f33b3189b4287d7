"""Random draws that are the same on any machine: one stream for each table and column.

Only methods whose numbers did not change between numpy 1.26 and 2.4 are used: random, normal,
gamma, integers (measured; ``zipf`` did change). Whoever adds a column names a new stream, and no
other column moves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

# One column: a numpy array of text (``U``), whole numbers, decimals, booleans or dates.
Column = npt.NDArray[Any]


def stream(seed: str, name: str) -> np.random.Generator:
    """The generator for one thing, such as ``housing/tenure``."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return np.random.default_rng(np.random.SeedSequence(int.from_bytes(digest[:16], "big")))


def pick(rng: np.random.Generator, weights: Column, rows: Column) -> Column:
    """For each entry of ``rows``, the position of one weight of that row of ``weights``.

    ``weights`` is rows × choices; a row need not add up to 1. Inverse of the cumulated weights.
    """
    sums = np.cumsum(np.asarray(weights, float), axis=1)
    limits = sums[:, :-1] / sums[:, -1:]
    drawn = rng.random(len(rows))
    found: Column = np.zeros(len(rows), np.int64)
    for place in range(limits.shape[1]):
        found += drawn >= limits[rows, place]
    return found


def chance(rng: np.random.Generator, share: Column | float, size: int) -> Column:
    """True with probability ``share`` (0 to 1)."""
    happened: Column = rng.random(size) < share
    return happened


def lowest(rng: np.random.Generator, weights: Column, count: int) -> Column:
    """``count`` places drawn without replacement, each by its weight above 0, in order."""
    keys = -np.log(1 - rng.random(len(weights))) / weights
    return np.sort(np.argsort(keys, kind="stable")[:count])


def sigmoid(score: Column) -> Column:
    """A score as a probability."""
    return np.asarray(1 / (1 + np.exp(-score)))


def texts(values: Sequence[str]) -> Column:
    """A pool of text to take from."""
    return np.array(values, dtype=f"U{max(map(len, values))}")


def listed(words: str) -> tuple[str, ...]:
    """Words parted by spaces: long lists read better so."""
    return tuple(words.split())


def coded(prefix: str, numbers: Column, digits: int, suffix: str = "") -> Column:
    """Numbers as text of one width: ``coded("R", [7], 6)`` is ``R000007``."""
    width = len(prefix) + digits + len(suffix)
    letters = np.empty((len(numbers), width), np.uint32)
    for place, letter in enumerate(prefix):
        letters[:, place] = ord(letter)
    for place in range(digits):
        power = 10 ** (digits - 1 - place)
        letters[:, len(prefix) + place] = np.asarray(numbers) // power % 10 + ord("0")
    for place, letter in enumerate(suffix):
        letters[:, len(prefix) + digits + place] = ord(letter)
    return letters.view(f"<U{width}").reshape(-1) if len(numbers) else np.empty(0, f"<U{width}")


def joined(*parts: Column | str) -> Column:
    """Text put together entry by entry."""
    whole: Any = parts[0]
    for part in parts[1:]:
        whole = np.strings.add(whole, part)
    return np.asarray(whole)


def scattered(size: int, space: int, step: int, start: int) -> Column:
    """``size`` different numbers below ``space``; ``step`` shares no factor with ``space``."""
    return np.asarray((np.arange(size, dtype=np.int64) * step + start) % space)
