"""The ledger of the comparison: bands, quarters, and what may still be spent."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.comparing import ledger
from modules.comparing.ledger import BANDS, EPSILON, LEAST, YEARLY, Entry


def entry(subject="M01 2026-Q3", year=2026, counts=(1, 2, -1, 9), epsilon=EPSILON):
    return Entry(subject, datetime(year, 10, 8, tzinfo=UTC), epsilon, {"bodies": 12}, counts)


@pytest.mark.parametrize(
    ("in_date", "band"), [(0, 0), (24, 0), (25, 1), (49, 1), (50, 2), (74, 2), (75, 3), (100, 3)]
)
def test_a_share_on_a_border_lies_in_the_band_above_and_all_lies_in_the_last(in_date, band):
    assert ledger.band(100, in_date) == band


@given(st.integers(1, 10**6), st.data())
def test_every_body_lies_in_one_band(people, data):
    in_date = data.draw(st.integers(0, people))
    assert 0 <= ledger.band(people, in_date) < len(BANDS)


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 10, 7), date(2026, 6, 30)),
        (date(2026, 10, 8), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 9, 30)),
        (date(2027, 1, 7), date(2026, 9, 30)),
        (date(2027, 1, 8), date(2026, 12, 31)),
    ],
)
def test_a_quarter_is_looked_at_when_it_has_been_over_for_a_week(today, end):
    assert ledger.quarter(today) == end


def test_four_releases_fit_into_a_year_and_no_fifth_and_the_next_year_begins_anew():
    assert YEARLY == 4 * EPSILON
    kept = [entry(f"M01 2026-Q{number}") for number in (1, 2, 3)]
    assert ledger.affordable(kept, 2026)
    kept.append(entry("M01 2026-Q4"))
    assert ledger.spent(kept, 2026) == YEARLY
    assert not ledger.affordable(kept, 2026)
    assert ledger.affordable(kept, 2027)


def test_what_a_reader_is_told_of_the_others_never_counts_less_than_nobody():
    assert ledger.around(entry(), 3) == (3, 9, 0)
    assert ledger.around(entry(), 2) == (3, 0, 9)


def test_a_body_among_few_is_told_nothing():
    assert LEAST >= 10
