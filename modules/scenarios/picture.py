"""A story's graph as a picture whose places can be chosen: SVG, with every text escaped.

The picture is wide rather than small: on a phone it is moved sideways, and never unreadable.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from textwrap import wrap

from modules.basics import Words
from modules.markup import uncited
from modules.scenarios.graph import Graph, Road, Spot
from modules.scenarios.layers import Point

WIDE, HIGH, ACROSS, DOWN, EDGE = 140, 66, 44, 16, 12
"""A place's size, the gaps between places, and the margin, in pixels."""
LETTERS, LINES = 20, 2


def picture(
    graph: Graph,
    words: Words,
    chosen: str = "",
    shares: Mapping[tuple[str, str], float] | None = None,
) -> str:
    """The graph from left to right; ``chosen`` is marked as where one is.

    ``shares`` (0.0 to 1.0) make a road (from, to) as wide as it is used.
    """
    wide = 2 * EDGE + graph.layers * WIDE + max(graph.layers - 1, 0) * ACROSS
    high = 2 * EDGE + graph.width * (HIGH + DOWN) - DOWN * bool(graph.width)
    high += 20 * any(road.back for road in graph.roads)
    middle = EDGE + (graph.width * (HIGH + DOWN) - DOWN) / 2
    drawn = [_road(one, middle, (shares or {}).get((one.start, one.end))) for one in graph.roads]
    drawn += [_spot(one, middle, words, one.id == chosen) for one in graph.spots]
    return (
        f'<svg class="sw-graph" xmlns="http://www.w3.org/2000/svg" width="{wide}" '
        f'height="{high:.0f}" viewBox="0 0 {wide} {high:.0f}" role="group" '
        f'aria-label="{escape(words("story.picture"))}">{"".join(drawn)}</svg>'
    )


def told(spot: Spot, words: Words) -> str:
    """A place in words, for a list and for whoever hears the picture."""
    title = uncited(spot.title) or words("story.untitled")
    kinds = {
        "node": words("story.kind.node"),
        "acceptable": words("story.kind.acceptable"),
        "costly": words("story.kind.costly"),
        "lost": words("story.kind.lost"),
    }
    if spot.kind == "lost":
        title = spot.id
    number = len(spot.problems)
    said = words("story.wrong_one") if number == 1 else words("story.wrong", n=number)
    return f"{spot.code} {title} ({kinds[spot.kind]}{f'; {said}' if number else ''})"


def _x(layer: int) -> float:
    return EDGE + layer * (WIDE + ACROSS)


def _y(across: float, middle: float) -> float:
    return middle + across * (HIGH + DOWN)


def _spot(spot: Spot, middle: float, words: Words, chosen: bool) -> str:
    x, y = _x(spot.at[1]), _y(spot.at[0], middle) - HIGH / 2
    title = spot.id if spot.kind == "lost" else uncited(spot.title) or words("story.untitled")
    lines = wrap(title, LETTERS)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1][: LETTERS - 1]}…"]
    texts = "".join(
        f'<text x="{x + 12:.0f}" y="{y + 39 + 16 * n:.0f}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    mark = f'<text class="sw-mark" x="{x + WIDE - 12:.0f}" y="{y + 21:.0f}">!</text>'
    kinds = ["sw-spot", f"sw-{spot.kind}"] + ["sw-faulty"] * bool(spot.problems)
    round_ = HIGH / 2 if spot.kind in ("acceptable", "costly") else 10
    return (
        f'<g class="{" ".join(kinds)}" role="button" tabindex="0" data-id="{escape(spot.id)}" '
        f'aria-pressed="{"true" if chosen else "false"}" aria-label="{escape(told(spot, words))}">'
        f'<rect x="{x:.0f}" y="{y:.1f}" width="{WIDE}" height="{HIGH}" rx="{min(round_, 22):.0f}"/>'
        f'<text class="sw-code" x="{x + 12:.0f}" y="{y + 21:.0f}">{escape(spot.code)}</text>'
        f"{texts}{mark if spot.problems else ''}</g>"
    )


def _road(road: Road, middle: float, share: float | None) -> str:
    wide = "" if share is None else f' style="stroke-width:{1 + 9 * max(0.0, min(share, 1.0)):.1f}"'
    kind = "sw-way sw-back" if road.back else "sw-way"
    return f'<path class="{kind}"{wide} d="{_line(road, middle)}"/>'


def _line(road: Road, middle: float) -> str:
    """From the right side of a place to the left one of another, between what stands in between."""
    points: tuple[Point, ...] = road.points
    if road.back:
        (a, one), (b, two) = points[0], points[-1]
        x, y = _x(one) + WIDE / 2, _y(a, middle) + HIGH / 2
        to_x, to_y = _x(two) + WIDE / 2, _y(b, middle) + HIGH / 2
        low = max(y, to_y) + 24
        return f"M{x:.0f} {y:.0f} C{x:.0f} {low:.0f} {to_x:.0f} {low:.0f} {to_x:.0f} {to_y:.0f}"
    x, y = _x(points[0][1]) + WIDE, _y(points[0][0], middle)
    drawn = [f"M{x:.0f} {y:.0f}"]
    for number, (across, layer) in enumerate(points[1:], 2):
        to_x, to_y = _x(layer), _y(across, middle)
        half = (x + to_x) / 2
        drawn.append(f"C{half:.0f} {y:.0f} {half:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}")
        if number < len(points):  # past what stands in this layer
            drawn.append(f"H{to_x + WIDE:.0f}")
        x, y = to_x + WIDE, to_y
    end = f"M{to_x - 7:.0f} {to_y - 4:.0f} L{to_x:.0f} {to_y:.0f} L{to_x - 7:.0f} {to_y + 4:.0f}"
    return " ".join([*drawn, end])
