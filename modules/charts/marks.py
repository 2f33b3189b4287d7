"""What charts take and give: marks, points, a finding in words, and colours by role."""

from __future__ import annotations

from typing import NamedTuple

KEPT = 256
"""How many specifications of each chart are kept."""


class Mark(NamedTuple):
    """One thing in a chart: ``share`` from 0 to 1, or None when hidden; ``text`` says either.

    ``name`` is the full name for sentences, ``label`` the short one in the picture. ``low`` and
    ``high`` are the range around the share, where there is one. ``ahead``: not measured but what
    a trend says. ``under`` is the heading under which marks that belong together stand. ``quiet``:
    there for comparison, in the colour of context.
    """

    name: str
    label: str
    share: float | None
    text: str
    low: float | None = None
    high: float | None = None
    ahead: bool = False
    under: str = ""
    quiet: bool = False


class Point(NamedTuple):
    """One word of confidence: ``said`` is what it stands for, ``share`` how often it was right.

    ``few`` says that there are too few answers to lean on.
    """

    label: str
    said: float
    share: float
    text: str
    few: bool = False


class Dot(NamedTuple):
    """One question: what share of it was right, and how well it tells people apart, −100 to 100."""

    label: str
    share: float
    apart: float
    flagged: bool = False


class Finding(NamedTuple):
    """What a chart shows: a title, and its alternative text with the numbers."""

    title: str
    alt: str


class Inks(NamedTuple):
    """Colours by role."""

    ink: str
    muted: str
    good: str
    attention: str
    rule: str
    grid: str
    track: str
    band: str
    card: str


LIGHT = Inks(
    "#1C2B2A",
    "#55625F",
    "#0B6E69",
    "#B5651D",
    "#7C8681",
    "#E9E4DA",
    "#F1EDE4",
    "#9CC9C2",
    "#FFFFFF",
)
DARK = Inks(
    "#EAEDE9",
    "#AEBAB6",
    "#5BC0B0",
    "#E59A57",
    "#7C8B87",
    "#2C3A3B",
    "#223031",
    "#2F6C66",
    "#182324",
)
