"""The lab's two pictures as plain HTML: a dot for each person, and the gauges of a release."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

DOTS = {"right": "sw-found", "wrong": "sw-taken-for", "hidden": ""}


def dots_html(people: Sequence[str], her: int | None, label: str) -> str:
    """A dot for each person, in order: "right", "wrong" or "hidden"; ``her`` wears the gold ring.

    ``label`` says the same in words, since a screen reader hears one picture.
    """
    dots = []
    for place, kind in enumerate(people):
        classes = " ".join(filter(None, (DOTS[kind], "sw-her" if place == her else "")))
        dots.append(f'<i class="{classes}"></i>' if classes else "<i></i>")
    return f'<div class="sw-dots" role="img" aria-label="{escape(label)}">{"".join(dots)}</div>'


def gauges_html(rows: Sequence[tuple[str, str, str, bool | None, str]]) -> str:
    """Gauges: name, value, goal, whether it is met (None: no goal) and that in a word."""
    items = []
    for name, value, goal, met, word in rows:
        kind = {True: ' class="sw-met"', False: ' class="sw-unmet"', None: ""}[met]
        mark = {True: "✓ ", False: "✗ ", None: ""}[met]
        told = f'<em aria-hidden="true">{mark}</em>' if mark else ""
        said = f'<span class="sw-hidden">, {escape(word)}</span>' if word else ""
        items.append(
            f'<li{kind} role="listitem"><span>{escape(name)}</span><b>{told}{escape(value)}</b>'
            f"<small>{escape(goal)}</small>{said}</li>"
        )
    return f'<ul class="sw-gauges" role="list">{"".join(items)}</ul>'
