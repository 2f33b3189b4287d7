"""A sheet as HTML: lettered columns, row numbers that jump where rows are hidden, comment marks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from modules.labs.hidden_tab.viewer import Row, Tab

LONG = 12
"""Letters of a word that a cell may break rather than push its neighbours out of view."""


def tab_html(tab: Tab, title: str, corner: str, commented: str) -> str:
    """A visible sheet. ``commented`` is said of a cell that has a comment, in words."""
    heads = "".join(f'<th scope="col" role="columnheader">{one}</th>' for one in tab.columns)
    rows = []
    for number, cells in tab.rows:
        drawn = []
        alone = bool(cells[0]) and not any(cells[1:])
        for column, text in zip(tab.columns, cells, strict=True):
            if alone and column != tab.columns[0]:
                continue
            mark = ""
            if f"{column}{number}" in tab.comments:
                # Drawn here and not by the style sheet: the one place in Steward with such a mark.
                mark = (
                    '<span aria-hidden="true" style="float:right;color:var(--warm)">◥</span>'
                    f'<span class="sw-hidden"> {escape(commented)}</span>'
                )
            # As in a spreadsheet, a text runs on over empty neighbours.
            span = f' colspan="{len(cells)}"' if alone else ""
            drawn.append(f'<td role="cell"{span}{_whole(text)}>{mark}{escape(text)}</td>')
        head = f'<th scope="row" role="rowheader"{_whole("")}>{number}</th>'
        rows.append(f'<tr role="row">{head}{"".join(drawn)}</tr>')
    corner_cell = (
        f'<th scope="col" role="columnheader"><span class="sw-hidden">{escape(corner)}</span></th>'
    )
    return _grid(title, f"{corner_cell}{heads}", rows)


def rows_html(title: str, rows: Sequence[Row]) -> str:
    """What was brought to light, as rows of cells without letters."""
    widest = max((len(row) for row in rows), default=1)
    drawn = []
    for row in rows:
        cells = "".join(f'<td role="cell"{_whole(text)}>{escape(text)}</td>' for text in row)
        spare = f'<td role="cell" colspan="{widest - len(row)}"></td>' if len(row) < widest else ""
        drawn.append(f'<tr role="row">{cells}{spare}</tr>')
    return _grid(title, "", drawn)


def _whole(text: str) -> str:
    """A style that keeps words in one piece, unless one is too long for a phone."""
    short = all(len(word) <= LONG for word in text.split())
    return ' style="overflow-wrap:normal"' if short else ""


def _grid(title: str, heads: str, rows: Sequence[str]) -> str:
    head = f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>' if heads else ""
    return (
        f'<div class="sw-grid"><table role="table"><caption>{escape(title)}</caption>{head}'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table></div>'
    )
