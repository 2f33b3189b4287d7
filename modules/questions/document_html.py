"""Documents and small spreadsheets with numbered places, as escaped HTML: real text, no picture.

Styled by shell/style.css. Every text argument is escaped here; callers pass plain text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

LONG = 12
"""Characters of a word that a cell may break rather than push its neighbours out of view."""

Mark = tuple[int, bool, str]
"""The number of a place, whether it is marked, and both in words: "Place 2, marked"."""


def _badge(mark: Mark) -> str:
    number, on, told = mark
    state = " sw-on" if on else ""
    return (
        f'<b class="sw-num{state}"><span aria-hidden="true">{number}</span>'
        f'<span class="sw-hidden">{escape(told)}: </span></b>'
    )


def title_html(title: str) -> str:
    """What a document that is drawn line by line is called."""
    return f'<p class="sw-title">{escape(title)}</p>'


def line_html(line: str) -> str:
    """A line of such a document that is no place."""
    return f"<p>{escape(line)}</p>"


def between_html(text: str) -> str:
    """Text between two spans of a passage, with its blanks and breaks."""
    lines = escape(text).replace("\n", "<br>")
    return f"<span>{lines}</span>"


def document_html(title: str, lines: Sequence[str], marks: Mapping[int, Mark]) -> str:
    """A document of lines; ``marks`` are by the number of the line, from 1."""
    drawn = []
    for number, line in enumerate(lines, 1):
        if mark := marks.get(number):
            on = " sw-on" if mark[1] else ""
            drawn.append(f'<p class="sw-place{on}">{_badge(mark)}<span>{escape(line)}</span></p>')
        else:
            drawn.append(f"<p>{escape(line)}</p>")
    return _page(title, "".join(drawn))


def _page(title: str, inner: str) -> str:
    return f'<figure class="sw-doc"><figcaption>{escape(title)}</figcaption>{inner}</figure>'


def passage_html(
    title: str, paragraphs: Sequence[Sequence[tuple[str, Mark | None]]], covered: str
) -> str:
    """Paragraphs of parts, some of them marked. A marked part that is on is not in the HTML.

    In its place stands ``covered``, a translated word, so that its length tells nothing either.
    """
    drawn = []
    for paragraph in paragraphs:
        parts = []
        for text, mark in paragraph:
            lines = escape(text).replace("\n", "<br>")
            if mark is None:
                parts.append(lines)
            elif mark[1]:
                parts.append(f'<span class="sw-covered">{_badge(mark)}{escape(covered)}</span>')
            else:
                parts.append(f'<span class="sw-uncovered">{_badge(mark)}{lines}</span>')
        drawn.append(f"<p>{''.join(parts)}</p>")
    return _page(title, "".join(drawn))


def grid_html(
    title: str,
    corner: str,
    cells: Sequence[Sequence[str]],
    marks: Mapping[tuple[int, int], Mark],
) -> str:
    """A spreadsheet with lettered columns and numbered rows, its title as the caption.

    ``marks`` are by row and column, from 0. ``corner`` names the column of row numbers. In a
    narrow place a wide one becomes a list for each row; the roles keep it a table.
    """
    wide = " sw-wide" if cells and len(cells[0]) > 4 else ""
    letters = [chr(ord("A") + number) for number in range(len(cells[0]))] if cells else []
    heads = "".join(f'<th scope="col" role="columnheader">{one}</th>' for one in letters)
    rows = []
    for across, row in enumerate(cells):
        drawn = []
        for down, text in enumerate(row):
            mark = marks.get((across, down))
            kinds = ["sw-on"] * bool(mark and mark[1])
            kinds += ["sw-long"] * any(len(word) > LONG for word in text.split())
            on = f' class="{" ".join(kinds)}"' if kinds else ""
            badge = _badge(mark) if mark else ""
            drawn.append(
                f'<td role="cell" data-label="{letters[down]}"{on}>{badge}{escape(text)}</td>'
            )
        rows.append(
            f'<tr role="row"><th scope="row" role="rowheader"><i>{escape(corner)} </i>'
            f"{across + 1}</th>"
            f"{''.join(drawn)}</tr>"
        )
    return (
        f'<div class="sw-grid{wide}"><table role="table"><caption>{escape(title)}</caption>'
        f'<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">'
        f'<span class="sw-hidden">{escape(corner)}</span></th>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table></div>'
    )
