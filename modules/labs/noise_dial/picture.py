"""The lab's pictures in plain HTML: many releases, an average that walks, a budget as a bar.

Streamlit lets no SVG through, so boxes are placed by percentages. Each is one picture with an
alternative text to a screen reader; what it shows stands in words beside it as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from math import ceil, log10

BARS = 45
"""About so many bars has the picture of the releases."""
STEPS = 8
"""Whole numbers that the walk's picture reaches upwards from its lowest."""
SMALL = "font-size:.8125rem;line-height:1;white-space:nowrap"


def _picture(inside: str, label: str, high: float) -> str:
    return (
        f'<div role="img" aria-label="{escape(label)}" style="position:relative;'
        f'max-width:40rem;height:{high}rem;font-variant-numeric:tabular-nums">{inside}</div>'
    )


def _box(tone: str, **at: float | str) -> str:
    """A box; numbers are percentages of the picture."""
    places = ";".join(
        f"{name.replace('_', '-')}:{value if isinstance(value, str) else f'{value:.2f}%'}"
        for name, value in at.items()
    )
    return f'<i style="position:absolute;background:var(--{tone});{places}"></i>'


def _text(text: str, tone: str = "muted", shift: str = "-50%", **at: str) -> str:
    places = ";".join(f"{name}:{value}" for name, value in at.items())
    return (
        f'<span style="position:absolute;{places};transform:translateX({shift});{SMALL};'
        f'color:var(--{tone})">{escape(text)}</span>'
    )


def releases_html(values: Sequence[int], truth: int, limit: int, label: str) -> str:
    """A bar for each range of released values, in full colour inside ``truth`` ± ``limit``.

    The picture reaches four limits to either side; what lies farther out stands in its last bars.
    """
    reach = 4 * limit
    # Whole numbers to a bar, else some bars would have one number more than their neighbours.
    step = max(1, round((2 * reach + 1) / BARS))
    bars = ceil((2 * reach + 1) / step)
    start = truth - bars * step // 2
    found = Counter(min(bars - 1, max(0, (value - start) // step)) for value in values)
    most, each = max(found.values(), default=1), 100 / bars

    def x(value: float) -> float:
        return (value - start + 0.5) / step * each

    left, right = x(truth - limit - 0.5), x(truth + limit + 0.5)
    parts = [_box("soft", left=left, width=right - left, top="1.5rem", bottom="1.5rem")]
    for place, times in sorted(found.items()):
        tone = "brand" if left <= (place + 0.5) * each <= right else "warm"
        high = f"max(2px,{times / most:.4f}*(100% - 3.5rem))"
        bar = _box(
            tone, left=place * each + 0.2, width=each - 0.4, bottom="1.5rem", height=f"calc({high})"
        )
        parts.append(bar)
    parts += [
        _box("control", left=0, right=0, bottom="1.5rem", height="1px"),
        _box("dot", left=x(truth), width="3px", margin_left="-1px", top="1.25rem", bottom="1.5rem"),
        _text(str(truth), "ink", left=f"{x(truth):.2f}%", top="0"),
        _text(f"−{limit}", left=f"{left:.2f}%", bottom="0"),
        _text(f"+{limit}", left=f"{right:.2f}%", bottom="0"),
    ]
    return _picture("".join(parts), label, 11)


def walk_html(averages: Sequence[float], low: int, label: str) -> str:
    """The average after 1, 2, … answers; across a line for each whole number from ``low`` on.

    The way across is by powers of ten, so the first answers have as much room as the last.
    """

    def x(place: int) -> float:
        return 8 + 88 * log10(place) / 3

    def y(value: float) -> float:
        """How far up, as a share: what lies beyond the picture stands at its edge."""
        return 0.14 + 0.82 * (min(low + STEPS, max(low, value)) - low) / STEPS

    parts = []
    for whole in range(low, low + STEPS + 1):
        at = y(whole)
        parts.append(_box("line", left=7.0, right=0, bottom=100 * at, height="1px"))
        told = f"{whole}".replace("-", "−")
        if (whole - low) % 2 == 0:
            parts.append(_text(told, shift="-100%", left="5.5%", bottom=f"calc({at:.2%} - .4rem)"))
    parts += [
        _text(f"{place:,}", left=f"{x(place):.2f}%", bottom="0") for place in (1, 10, 100, 1000)
    ]
    shown = sorted({*range(1, 21), *(ceil(20 * 1.045**n) for n in range(90)), len(averages)})
    seen = [place for place in shown if place <= len(averages)]
    for place in seen:
        last = place == seen[-1]
        size = 14 if last else 6
        parts.append(
            _box(
                "dot" if last else "brand",
                left=x(place),
                bottom=100 * y(averages[place - 1]),
                width=f"{size}px",
                height=f"{size}px",
                margin=f"0 0 -{size // 2}px -{size // 2}px",
                border_radius="50%",
                **({"border": "2px solid var(--ink)"} if last else {}),
            )
        )
    return _picture("".join(parts), label, 12)


def budget_html(shares: Sequence[float], label: str) -> str:
    """The shares side by side on a bar that ends at 1; what is over it in the warning colour."""
    total = max(1.0, sum(shares))
    each, at = 92 / total, 0.0
    parts = [_box("track", left=0, width=each, top=".25rem", height="1.5rem")]
    for share in shares:
        tone = "warm" if at + share > 1.0001 else "brand"
        parts.append(
            _box(
                tone,
                left=at * each,
                width=f"calc({share * each:.2f}% - 2px)",
                top=".25rem",
                height="1.5rem",
            )
        )
        at += share
    parts.append(_box("ink", left=each, width="2px", top="0", height="2rem"))
    parts.append(_text("ε = 1", "ink", left=f"{each:.2f}%", bottom="0"))
    return _picture("".join(parts), label, 3.25)
