"""The eighteen module covers: ground, two quarter circles, a motif, one gold dot.

``python -m modules.shell.covers`` rewrites ``static/cover-m01.svg`` to ``cover-m18.svg``.
At most four colours and gold; the same file serves light and dark.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from modules.shell import motifs

STATIC = Path(__file__).parent / "static"
FAMILIES = {  # ground, tone, pale
    "foundations": ("#0B5F5A", "#1C7A72", "#8FD0C5"),
    "practice": ("#8C4630", "#AA6046", "#F0C4AC"),
    "technology": ("#32467A", "#4C629C", "#BCCBEE"),
    "governance": ("#583A63", "#755280", "#DCC3E4"),
    "culture": ("#4A5A2A", "#677840", "#D5DFAC"),
}
Motif = Callable[[str, str, str], str]

COVERS: tuple[tuple[str, Motif], ...] = (
    ("foundations", motifs.overlap),
    ("foundations", motifs.temple),
    ("foundations", motifs.doors),
    ("practice", motifs.eye),
    ("practice", motifs.envelope),
    ("foundations", motifs.scales),
    ("practice", motifs.fallen_square),
    ("technology", motifs.masked),
    ("technology", motifs.hexagons),
    ("technology", motifs.noisy_bell),
    ("technology", motifs.spokes),
    ("governance", motifs.frames),
    ("governance", motifs.mesh),
    ("governance", motifs.shield),
    ("culture", motifs.tree),
    ("practice", motifs.spark),
    ("culture", motifs.bridge),
    ("culture", motifs.stairs),
)


def cover(number: int) -> str:
    """The SVG of module ``number`` (1 to 18), the same bytes each time."""
    family, motif = COVERS[number - 1]
    ground, tone, pale = FAMILIES[family]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180">'
        f'<rect width="320" height="180" fill="{ground}"/>'
        f'<path d="M320 0v180H200A180 180 0 0 1 320 0z" fill="{tone}" opacity=".28"/>'
        f'<path d="M0 0h110A110 110 0 0 1 0 110z" fill="{tone}" opacity=".22"/>'
        f"{motif(ground, tone, pale)}</svg>\n"
    )


def write(folder: Path = STATIC) -> None:
    """Write every cover into ``folder``."""
    for number in range(1, len(COVERS) + 1):
        (folder / f"cover-m{number:02}.svg").write_text(cover(number), encoding="utf-8")


if __name__ == "__main__":
    write()
