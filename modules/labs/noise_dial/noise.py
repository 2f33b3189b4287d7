"""The noise and its ledger, by OpenDP. No seed brings its draws back, so the state keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from modules.labs.libraries import need
from modules.labs.noise_dial.numbers import scale

# What the shortcut opendp.prelude gives, without the scikit-learn that comes along with it.
LIBRARIES = (
    "opendp.mod",
    "opendp.domains",
    "opendp.metrics",
    "opendp.transformations",
    "opendp.measurements",
    "opendp.combinators",
    "opendp.context",
)


@cache
def _dp() -> Any:
    dp = SimpleNamespace()
    for part in (
        need("opendp.mod"),
        need("opendp.domains"),
        need("opendp.metrics"),
        need("opendp.transformations"),
        need("opendp.measurements"),
        need("opendp.combinators"),
        need("opendp.context"),
    ):
        vars(dp).update(vars(part))
    # Counting and Laplace noise are "contrib" in OpenDP: written and used, not yet proof-read by
    # its own panel. It wants that to be said out loud before it lets one use them.
    dp.enable_features("contrib")
    return dp


@lru_cache(maxsize=64)
def _asked(epsilon: float, times: int) -> Any:
    """A measurement that counts records ``times`` times, each with fresh noise of scale 1/ε."""
    dp = _dp()
    space = dp.vector_domain(dp.atom_domain(T=str)), dp.symmetric_distance()
    counter = space >> dp.then_count() >> dp.then_laplace(scale(epsilon))
    return dp.make_composition([counter] * times)


def releases(records: Sequence[str], epsilon: float, times: int) -> tuple[int, ...]:
    """``times`` noisy counts of the records, each drawn afresh and each at a cost of ε."""
    return tuple(int(one) for one in _asked(epsilon, times)(list(records)))


def accounted(epsilon: float, times: int = 1) -> float:
    """What OpenDP says so many counts cost when one record is added or removed: ``map(1)``."""
    return float(_asked(epsilon, times).map(1))


@dataclass(frozen=True)
class Entry:
    """A table that was released: ``scale`` of its noise and ``figures``, in the order of keys."""

    table: str
    scale: float
    figures: tuple[int, ...]


@dataclass(frozen=True)
class Year:
    """What one budget gave: the tables in order, and the words of the refusal that ended it."""

    entries: tuple[Entry, ...]
    refusal: str


BUDGET = 1.0
LONGEST_REFUSAL = 300


def spend(columns: Mapping[str, Sequence[str]], shares: Mapping[str, float]) -> Year:
    """Release a table for each of ``shares`` (what it counts by: its ε) from ε = 1, then one more.

    ``columns`` hold a value for each resident. A plan within 1 is split by its weights, so that
    rounding cannot take a hair off the last table; a larger one goes question by question until
    OpenDP stops it. Either way the last answer is a refusal, and its words are kept.
    """
    # OpenDP's newer way with tables needs Polars, 300 MB more; the older one is kept by it for now.
    dp, total = _dp(), round(sum(shares.values()), 6)
    within = total <= BUDGET
    names = list(columns)
    context = dp.Context.compositor(
        data="\n".join(",".join(row) for row in zip(*columns.values(), strict=True)),
        privacy_unit=dp.unit_of(contributions=1),
        privacy_loss=dp.loss_of(epsilon=total if within else BUDGET),
        domain=dp.atom_domain(T=str),
        **({"split_by_weights": list(shares.values())} if within else {}),
    )
    entries = []
    once_more = next(iter(shares.items()))
    for name, share in [*shares.items(), once_more]:
        try:
            asked = context.query() if within else context.query(epsilon=share)
            query = (
                asked.split_dataframe(separator=",", col_names=names)
                .select_column(key=name, TOA=str)
                .count_by_categories(categories=keys(columns[name]), null_category=False)
            )
            # OpenDP finds the scale for the share; said again, so that it looks for it once only.
            spread = float(query.laplace().param())
            figures = tuple(int(one) for one in query.laplace(spread).release())
            entries.append(Entry(name, spread, figures))
        except (ValueError, dp.OpenDPException) as refused:
            return Year(tuple(entries), _plain(refused))
    raise AssertionError("a spent budget has to refuse")  # pragma: no cover


def keys(column: Sequence[str]) -> list[str]:
    """What a table has a figure for, in order. All of Fernleigh's are known to everybody."""
    return sorted(set(column))


def _plain(refused: Exception) -> str:
    return " ".join(str(refused).split())[:LONGEST_REFUSAL]
