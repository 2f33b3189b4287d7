"""The look that all charts share, built by Altair once for each chart; numbers are filled in.

Building costs Altair 30 to 100 ms, and what it builds is the same for every unit, module and month
but for its rows, ranges and colours. So these stay holes, and a chart is its shape filled.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from textwrap import wrap
from typing import Any

from modules.charts.marks import Inks


def lines(text: str, letters: int = 42, most: int = 2) -> list[str]:
    """A text in lines that fit on a phone; what is over ends in "…", and stands in the table."""
    found = wrap(text, letters)
    return found if len(found) <= most else [*found[: most - 1], f"{found[most - 1]}…"]


def hole(name: str) -> Any:
    """A place in a shape for the value of this name: rows, a range, a word."""
    return f"‹{name}›"


INKS = Inks(*map(hole, Inks._fields))
"""Colours to be filled in: one shape serves light and dark."""


Shape = Callable[[], dict[str, Any]]
SHAPES: list[Shape] = []


def shape(build: Callable[[], list[Any]]) -> Shape:
    """What a function's layers look like as a specification with holes, built once."""

    @cache
    def built() -> dict[str, Any]:
        import altair as alt
        from altair.utils.schemapi import debug_mode

        # A hole is no range; a test checks whole charts against Vega-Lite's schema.
        with debug_mode(False), alt.data_transformers.enable(consolidate_datasets=False):
            spec: dict[str, Any] = (
                alt.layer(*build())
                .properties(height=0, background="transparent")
                .configure_view(stroke=None)
                .configure_axis(
                    domain=False,
                    ticks=False,
                    labelPadding=8,
                    labelFontSize=13,
                    labelColor=INKS.muted,
                    labelOverlap=False,
                    gridColor=INKS.grid,
                )
                .to_dict(validate=False)
            )
        # Streamlit packs data at the very top again at every rerun; in a layer it stays as it is.
        if "data" in spec:
            spec["layer"] = [{"data": spec.pop("data"), "layer": spec["layer"]}]
        return spec

    SHAPES.append(built)
    return built


def warm() -> None:
    """Build every shape, so that nobody waits for it."""
    for one in SHAPES:
        one()


def filled(of: dict[str, Any], inks: Inks, *, height: int, **values: Any) -> dict[str, Any]:
    """A shape with its holes filled; the shape stays as it is."""
    found = {hole(name): value for name, value in (inks._asdict() | values).items()}

    def fill(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: fill(inner) for name, inner in part.items()}
        if isinstance(part, list):
            return [fill(inner) for inner in part]
        return found.get(part, part) if isinstance(part, str) else part

    return {**fill(of), "height": height}
