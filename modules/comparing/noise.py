"""Noisy counts of bodies by band, drawn by OpenDP. Nothing seeds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from modules.comparing.ledger import BANDS, EPSILON

# One body's share replaced by another is one record taken out and one put in.
REPLACED = 2


@dataclass(frozen=True)
class Drawn:
    """Noisy counts, one a band; what OpenDP says they cost; how they were made."""

    counts: tuple[int, ...]
    epsilon: float
    method: dict[str, object]


@cache
def _measurement() -> Any:
    # Not by opendp.prelude, which loads scikit-learn as well.
    from opendp.domains import atom_domain, vector_domain
    from opendp.measurements import then_laplace
    from opendp.metrics import symmetric_distance
    from opendp.mod import enable_features
    from opendp.transformations import then_count_by_categories

    # Counting and Laplace noise are "contrib" in OpenDP: written and used, not yet proof-read by
    # its own panel. It wants that to be said out loud before it lets one use them.
    enable_features("contrib")
    space = vector_domain(atom_domain(T=str)), symmetric_distance()
    counted = then_count_by_categories(categories=list(BANDS), null_category=False)
    return space >> counted >> then_laplace(scale=REPLACED / EPSILON)


def draw(bands: Sequence[int]) -> Drawn:
    """Count bodies by band with fresh noise. ``bands`` is one number for each body."""
    measurement = _measurement()
    counts = tuple(int(one) for one in measurement([BANDS[band] for band in bands]))
    method: dict[str, object] = {
        "mechanism": "discrete Laplace noise on a histogram",
        "scale": REPLACED / EPSILON,
        "unit": "one body",
        "neighbours": "one body’s share replaced by any other",
        "bands": list(BANDS),
        "bodies": len(bands),
        "library": f"opendp {version('opendp')}",
    }
    return Drawn(counts, float(measurement.map(REPLACED)), method)
