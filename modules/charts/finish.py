"""The look that all charts share: no frame, no legend, gridlines across only."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from modules.charts.marks import Inks


def lines(text: str, letters: int = 42, most: int = 2) -> list[str]:
    """A text in lines that fit on a phone; what is over ends in "…", and stands in the table."""
    found = wrap(text, letters)
    return found if len(found) <= most else [*found[: most - 1], f"{found[most - 1]}…"]


def finish(layers: list[Any], inks: Inks, height: int) -> dict[str, Any]:
    """The layers as one specification, with the look that all charts share."""
    import altair as alt

    with alt.data_transformers.enable(consolidate_datasets=False):
        spec: dict[str, Any] = (
            alt.layer(*layers)
            .properties(height=height, background="transparent")
            .configure_view(stroke=None)
            .configure_axis(
                domain=False,
                ticks=False,
                labelPadding=8,
                labelFontSize=13,
                labelColor=inks.muted,
                labelOverlap=False,
                gridColor=inks.grid,
            )
            .to_dict(validate=False)
        )
    # Streamlit packs data at the very top again at every rerun; in a layer it stays as it is.
    if "data" in spec:
        spec["layer"] = [{"data": spec.pop("data"), "layer": spec["layer"]}]
    return spec
