"""What somebody says who needs help now, each as a large link to the job aid that helps."""

from __future__ import annotations

from collections.abc import Sequence

from modules import markup
from modules.basics import Surface
from modules.course.model import Need
from modules.learn.aids import Aid
from modules.shell.menu import script


def draw(surface: Surface, offered: Sequence[tuple[Need, Aid]]) -> None:
    """The links: side by side where there is room, below each other on a phone."""
    if not offered:
        return
    grid = surface.container(key="needs").grid(3, min_column_width=200)
    for need, aid in offered:
        grid.page_link(
            script("aid"),
            label=markup.literal(need.title),
            query_params=aid.address,
            icon=":material/help:",
            width="stretch",
        )
