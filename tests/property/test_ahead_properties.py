"""The workload ahead, for any body: every month is told once, and no figure is about few."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from modules.manage.ahead import MONTHS, loads
from modules.manage.forecast import month_end

NOW = 2026 * 12 + 10
TODAY = date(2026, 11, 22)
bodies = st.dictionaries(st.integers(NOW - 3, NOW + 15), st.integers(0, 60))


@given(bodies, st.integers(10, 40))
def test_the_months_follow_each_other_without_gap_or_overlap(body, least):
    found = loads(body, TODAY, least)
    if found:
        assert found[0].first == month_end(TODAY, 0)
        assert found[-1].last == month_end(TODAY, MONTHS - 1)
    for one, after in pairwise(found):
        assert after.first == month_end(one.last, 1)


@given(bodies, st.integers(10, 40))
def test_nothing_is_told_of_fewer_people_than_the_threshold_and_only_in_its_steps(body, least):
    for one in loads(body, TODAY, least):
        assert one.people >= least
        assert one.people % least == 0


@given(bodies, st.integers(10, 40))
def test_nobody_is_added_and_nobody_who_counts_is_left_out(body, least):
    whole = sum(people for month, people in body.items() if NOW <= month < NOW + MONTHS)
    found = loads(body, TODAY, least)
    told = sum(one.people for one in found)
    assert told <= whole < told + least * max(1, len(found))
    assert bool(found) == (whole >= least)


@given(bodies, st.integers(NOW, NOW + 11))
def test_one_person_more_moves_no_figure_by_fewer_than_ten(body, month):
    before = {(one.first, one.last): one.people for one in loads(body, TODAY, 10)}
    more = body | {month: body.get(month, 0) + 1}
    after = {(one.first, one.last): one.people for one in loads(more, TODAY, 10)}
    assert all(abs(after[key] - before[key]) in (0, 10) for key in before.keys() & after.keys())
