"""A changed part that is to be redone makes its module due, and overdue after its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from modules.progress.refresh import owed
from modules.progress.standing import Standing, Status

TODAY = date(2026, 11, 27)
LATER, PAST = TODAY + timedelta(days=10), TODAY - timedelta(days=1)
NEXT_YEAR = date(2027, 9, 1)


@pytest.mark.parametrize(
    ("stands", "by", "shown"),
    [
        ((Status.CURRENT, NEXT_YEAR), None, (Status.CURRENT, NEXT_YEAR)),
        ((Status.CURRENT, NEXT_YEAR), LATER, (Status.DUE, LATER)),
        ((Status.CURRENT, NEXT_YEAR), TODAY, (Status.DUE, TODAY)),
        ((Status.CURRENT, NEXT_YEAR), PAST, (Status.OVERDUE, PAST)),
        ((Status.NOT_YET, NEXT_YEAR), LATER, (Status.DUE, LATER)),
        ((Status.DUE, TODAY), LATER, (Status.DUE, TODAY)),
        ((Status.EXTENDED, NEXT_YEAR), LATER, (Status.DUE, LATER)),
        ((Status.LAPSED, PAST), LATER, (Status.LAPSED, PAST)),
        ((Status.OVERDUE, PAST), LATER, (Status.OVERDUE, PAST)),
        ((Status.EXEMPT, LATER), PAST, (Status.EXEMPT, LATER)),
    ],
)
def test_the_sooner_and_the_stronger_of_both_is_shown(stands, by, shown):
    assert owed(Standing(*stands), by, TODAY) == Standing(*shown)
