"""Small drawing functions that every page shares; each draws on the container it is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from modules import markup
from modules.shell.covers import COVERS

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator as Surface

Spot = Literal["empty", "error", "offline", "done"]


@cache
def stylesheet() -> str:
    """The text of style.css, read once."""
    return (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


def style(surface: Surface) -> None:
    """Put the stylesheet on the page: once a run, before anything is drawn."""
    surface.html(f"<style>{stylesheet()}</style>")


def ribbon(surface: Surface, text: str) -> None:
    """The quiet line at the top of every page of a demo that says so."""
    surface.html(f'<p class="sw-ribbon">{escape(text)}</p>')


def eyebrow(surface: Surface, text: str) -> None:
    """The small line above a title; put both into a container with gap="xxsmall"."""
    surface.html(markup.eyebrow_html(text))


def title_row(surface: Surface, title: str, *, eyebrow: str = "", level: int = 1) -> Surface:
    """A heading on the left; returns the place on its right for a badge or a button.

    ``level`` is 1 for the page title, 2 for a section or card. The eyebrow stands above.
    """
    block = surface.container(gap="xxsmall")
    if eyebrow:
        block.html(markup.eyebrow_html(eyebrow))
    row = block.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    (row.title if level == 1 else row.header)(title, anchor=False, width="content")
    return row.container(horizontal=True, width="content", vertical_alignment="center")


def steps(surface: Surface, done: int, total: int, label: str, now: bool = True) -> None:
    """The bar of steps: done in green, the current one in gold. Say the same in words beside."""
    surface.html(markup.steps_html(done, total, label, now))


def bar(surface: Surface, share: float, label: str) -> None:
    """A progress bar; ``share`` from 0.0 to 1.0."""
    surface.html(markup.bar_html(share, label))


def table(
    surface: Surface, caption: str, header: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """A small static table that never scrolls sideways; its caption is for screen readers."""
    surface.html(markup.table_html(caption, header, rows))


def cover_url(module_id: str) -> str:
    """The cover of a module. A module of one's own borrows one of the eighteen, always the same."""
    found = re.fullmatch(r"M(\d+)", module_id.upper())
    number = int(found[1]) if found else sum(module_id.encode())
    return f"app/static/cover-m{(number - 1) % len(COVERS) + 1:02}.svg"


def cover(surface: Surface, module_id: str, alt: str = "") -> None:
    """The picture of a module; decorative unless ``alt`` says what it adds."""
    surface.html(f'<img class="sw-cover" src="{cover_url(module_id)}" alt="{escape(alt)}">')


def empty(surface: Surface, spot: Spot, title: str, sentence: str, level: int = 2) -> Surface:
    """A calm state: picture, heading, one sentence. Returns the place for its one button.

    ``level`` is 1 where the state is the whole page.
    """
    middle = surface.container(horizontal_alignment="center").container(
        width=480, horizontal_alignment="center"
    )
    middle.html(f'<img class="sw-spot" src="app/static/spot-{spot}.svg" alt="">')
    head = middle.title if level == 1 else middle.header
    head(title, anchor=False, text_alignment="center")
    middle.markdown(sentence, text_alignment="center")
    return middle
