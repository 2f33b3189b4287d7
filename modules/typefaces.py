"""The typefaces of the app as typst reads them: unpacked in memory, once a process."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from modules.settings import ROOT

STATIC = ROOT / "modules" / "shell" / "static"
# The app's file -> a family of its own: the two halves of an alphabet would else hide each other.
FACES = {
    "newsreader.woff2": "Steward Newsreader",
    "newsreader-ext.woff2": "Steward Newsreader Extended",
    "figtree.woff2": "Steward Figtree",
    "figtree-ext.woff2": "Steward Figtree Extended",
}
FAMILY_NAMES = (1, 16)  # where a font file says its family


@cache
def fonts(system: bool = False) -> typst.Fonts:
    """Our faces and those that typst brings; with ``system``, also those of this machine.

    typst reads files and no WOFF2, so each face is unpacked into a folder that is gone again when
    this returns: typst has then read every one of them.
    """
    with tempfile.TemporaryDirectory(prefix="steward-fonts-") as folder:
        lines = []
        for file, family in FACES.items():
            face = TTFont(STATIC / file)
            face.flavor = None
            for name in face["name"].names:
                if name.nameID in FAMILY_NAMES:
                    name.string = family
            face.save(Path(folder) / f"{file}.ttf")
            letter = max(face.getBestCmap())
            lines.append(f'#text(font: "{family}", "\\u{{{letter:x}}}")')
        found = typst.Fonts(include_system_fonts=system, font_paths=[folder])
        typst.Compiler("\n".join(lines).encode(), font_paths=found).compile(format="pdf")
    return found
