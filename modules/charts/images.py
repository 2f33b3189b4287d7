"""A chart as a picture of its own: SVG and PNG, with its finding, in our typefaces.

Drawn on this machine by vl-convert, which brings Vega itself; it may fetch nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from textwrap import wrap
from threading import Lock
from typing import Any, Literal

from modules.charts.marks import LIGHT
from modules.typefaces import STATIC

Kind = Literal["svg", "png"]
WIDTH, MARGIN, LETTERS = 720, 24, 78
SHARPNESS = 2
# Weight by weight, since pictures know no variable typefaces.
FACES = (("figtree.woff2", 400), ("figtree.woff2", 600), ("newsreader.woff2", 500))
_ONE = Lock()
_FOLDER: list[tempfile.TemporaryDirectory[str]] = []


def picture(
    spec: Mapping[str, Any], kind: Kind, *, title: str = "", below: str = "", width: int = WIDTH
) -> bytes:
    """A specification of ours, drawn on white with its title above and a line under it.

    ``width`` in pixels. Half a second, some seconds for the first one of a process; one at a time.
    """
    import vl_convert

    whole = {**spec, "width": width, "background": "white", "padding": MARGIN if title else 4}
    config = {**spec.get("config", {}), "font": "Figtree"}
    if title:
        whole["title"] = {
            "text": wrap(title, LETTERS - LETTERS // 7),
            "subtitle": wrap(below, LETTERS + LETTERS // 4),
            "anchor": "start",
            "frame": "bounds",
            "font": "Newsreader",
            "fontSize": 20,
            "fontWeight": 500,
            "color": LIGHT.ink,
            "subtitleFont": "Figtree",
            "subtitleFontSize": 13,
            "subtitleColor": LIGHT.muted,
            "subtitlePadding": 6,
            "offset": 22,
        }
    with _ONE:
        _faces()
        svg = vl_convert.vegalite_to_svg({**whole, "config": config}, allowed_base_urls=[])
        if kind == "svg":
            return svg.encode()
        made: bytes = vl_convert.svg_to_png(svg, scale=SHARPNESS)
        return made


@cache
def _faces() -> None:
    """Our typefaces as files, which vl-convert reads when it draws: they stay while we run."""
    import vl_convert
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    folder = tempfile.TemporaryDirectory(prefix="steward-charts-")
    _FOLDER.append(folder)
    for file, weight in FACES:
        face = TTFont(STATIC / file)
        axes = {axis.axisTag: axis.defaultValue for axis in face["fvar"].axes} | {"wght": weight}
        fixed = instantiateVariableFont(face, axes, inplace=True, updateFontNames=False)
        fixed.flavor = None
        fixed["OS/2"].usWeightClass = weight
        for name in fixed["name"].names:
            if name.nameID in (1, 16):
                name.string = "Figtree" if file.startswith("figtree") else "Newsreader"
        fixed.save(Path(folder.name) / f"{file}-{weight}.ttf")
    vl_convert.register_font_directory(folder.name)
