"""Whether two months could be read as if nobody's status had changed in between. Pure.

To somebody who supposes that, the ranges of both months are about the same statuses, and may settle
together what one month leaves open of the people who came and went. So a month's breakdowns wait
where its exact figures, which are told anyway, do not refute it: there is little new to tell then.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from db.headcounts import Ints
from db.snapshots import Row
from modules.snapshots.book import Book


def could_be(book: Book, here: Ints, rows: list[Row], day: date) -> bool:
    """Whether what the tree tells of two months fits that nobody's status changed.

    ``here`` is everybody's region now. It does not fit where the people in date of some region, or
    of the whole body, grew by more than came, or fell by more than went.
    """
    there = book.sight(day)
    units = len(book.tree.ids)
    now, then = _in_date(book, rows), _in_date(book, book.months[day])
    moved = here != there
    came = np.bincount(here[moved & (here >= 0)], minlength=units)
    went = np.bincount(there[moved & (there >= 0)], minlength=units)
    both = np.isin(np.arange(units), here) & np.isin(np.arange(units), there)
    grew = (now - then)[both]
    if (grew > came[both]).any() or (-grew > went[both]).any():
        return False
    all_came, all_went = ((here >= 0) & (there < 0)).sum(), ((there >= 0) & (here < 0)).sum()
    return bool(-all_went <= now.sum() - then.sum() <= all_came)


def _in_date(book: Book, rows: list[Row]) -> NDArray[np.int64]:
    """The people in date of each region: of a shown unit less the shown ones under it."""
    found = np.zeros(len(book.tree.ids), np.int64)
    region = book.regions(rows)
    for row in rows:
        unit = book.tree.place[str(row.unit_id)]
        if not row.hidden:
            found[unit] += row.in_date
            above = book.tree.parent[unit]
            if above >= 0 and region[above] >= 0:
                found[region[above]] -= row.in_date
    return found
