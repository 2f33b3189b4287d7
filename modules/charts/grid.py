"""Units month by month: a table, with a finding and no picture, since colours would rank people."""

from __future__ import annotations

from modules.basics import Words
from modules.charts.marks import Finding, Mark


def grid_finding(marks: tuple[Mark, ...], target: float, words: Words) -> Finding:
    """In how many of the units the newest shown month is above the first shown one."""
    shown: dict[str, list[float]] = {}
    for mark in marks:
        if mark.share is not None:
            shown.setdefault(mark.under, []).append(mark.share)
    two = [shares for shares in shown.values() if len(shares) > 1]
    rose = sum(shares[-1] > shares[0] for shares in two)
    key = "none" if not two else "all" if rose == len(two) else "some"
    title = words(f"manage.months.{key}", rose=rose, of=len(two))
    return Finding(title, title)
