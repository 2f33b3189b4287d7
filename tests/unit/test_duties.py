"""What rules ask of somebody, by when, and until when a completion counts."""

import uuid
from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from modules.duties import (
    FOREVER,
    After,
    Audience,
    Calendar,
    Case,
    Clause,
    Cycle,
    Never,
    On,
    Post,
    Rolling,
    Rule,
    Worker,
    Yearly,
    asked,
    member_since,
    valid_until,
)
from modules.duties.model import EVERYBODY
from modules.progress.standing import Leave, Status, standing

BODY, HOUSING, REVENUES = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
STARTS = date(2026, 9, 1)
TODAY = date(2026, 11, 27)
JANUARY = Yearly(month=1, day=31)


def rule(audience=EVERYBODY, due=None, renewal=None, **more):
    return Rule(audience=audience, due=due or After(days=30), renewal=renewal or Never(), **more)


def worker(*posts, joined=date(2020, 1, 6), left=None, **more):
    return Worker(uuid.uuid4(), joined, left, posts, **more)


def post(first, until=None, unit=HOUSING, family="", grade=""):
    return Post(first, until, frozenset({BODY, unit}), family, grade)


AMIRA = worker(post(date(2020, 1, 6)))


def due(rule, who=AMIRA, today=TODAY):
    found = asked(rule, starts=STARTS, worker=who, today=today)
    return found and found.due_on


def test_days_after_assignment_count_from_the_first_day_of_the_rule_for_who_was_there():
    assert due(rule()) == date(2026, 10, 1)


def test_a_rule_asks_nothing_before_its_first_day_and_nothing_after_somebody_left():
    assert due(rule(), today=STARTS - timedelta(days=1)) is None
    assert due(rule(), worker(post(date(2020, 1, 6)), left=TODAY)) is None


def test_a_move_inside_the_audience_breaks_nothing_and_a_return_starts_anew():
    moved = worker(
        post(date(2020, 1, 6), date(2026, 10, 5)), post(date(2026, 10, 5), unit=REVENUES)
    )
    assert member_since(rule(), starts=STARTS, worker=moved, today=TODAY) == STARTS
    back = worker(post(date(2020, 1, 6), date(2026, 9, 20)), post(date(2026, 11, 2)))
    assert member_since(rule(), starts=STARTS, worker=back, today=TODAY) == date(2026, 11, 2)


def test_units_count_with_all_below_and_exceptions_go_before():
    housing = Audience(clauses=(Clause(units=(HOUSING,)),))
    assert due(rule(housing))
    assert due(rule(Audience(clauses=(Clause(units=(BODY,)),))))
    assert due(rule(Audience(clauses=(Clause(units=(REVENUES,)),)))) is None
    assert due(rule(EVERYBODY, exceptions=housing)) is None


def test_everything_that_a_clause_names_must_apply_and_one_clause_is_enough():
    officer = worker(post(date(2020, 1, 6), family="Benefits officer", grade="5"))
    both = Clause(families=("Benefits officer",), grades=("6",))
    assert due(rule(Audience(clauses=(both,))), officer) is None
    assert due(rule(Audience(clauses=(both, Clause(grades=("5",))))), officer)


def test_starters_are_those_who_join_on_the_first_day_of_the_rule_or_later():
    starters = rule(Audience(clauses=(Clause(starters=True),)), After(days=10, of="joining"))
    new = worker(post(date(2026, 11, 2)), joined=date(2026, 11, 2))
    assert due(starters) is None
    assert due(starters, new) == date(2026, 11, 12)


def test_a_change_of_role_counts_from_its_day_and_a_change_of_unit_does_not():
    roles = rule(due=After(days=20, of="role"))
    promoted = worker(
        post(date(2020, 1, 6), date(2026, 10, 1), grade="5"),
        post(date(2026, 10, 1), date(2026, 11, 1), grade="6"),
        post(date(2026, 11, 1), unit=REVENUES, grade="6"),
    )
    assert due(roles, promoted) == date(2026, 10, 21)


def test_whoever_comes_late_under_a_fixed_day_still_has_time():
    fixed = rule(due=On(day=date(2026, 11, 30), least_days=14))
    assert due(fixed) == date(2026, 11, 30)
    assert due(fixed, worker(post(TODAY), joined=TODAY)) == date(2026, 12, 11)


def test_a_calendar_cycle_is_due_on_its_next_day_that_leaves_time():
    yearly = rule(due=Cycle(yearly=JANUARY), renewal=Calendar(yearly=JANUARY))
    assert due(yearly) == date(2027, 1, 31)
    late = date(2027, 1, 25)
    assert due(yearly, worker(post(late), joined=late), today=late) == date(2028, 1, 31)


def test_before_access_is_due_on_the_first_day():
    assert due(rule(before_access=True)) == STARTS


def test_the_first_case_that_fits_has_a_cycle_of_its_own():
    case = Case(
        audience=Audience(clauses=(Clause(units=(HOUSING,)),)),
        due=After(days=5),
        renewal=Rolling(months=6),
    )
    cases = rule(cases=(case,))
    assert due(cases) == date(2026, 9, 6)
    assert asked(cases, starts=STARTS, worker=AMIRA, today=TODAY).renewal == Rolling(months=6)
    assert due(cases, worker(post(date(2020, 1, 6), unit=REVENUES))) == date(2026, 10, 1)


def until(renewal, completed_on, before=None, window_days=30):
    return valid_until(renewal, window_days=window_days, completed_on=completed_on, before=before)


def test_early_renewal_keeps_the_cycle_and_a_late_one_begins_another():
    year = Rolling(months=12)
    first = until(year, date(2025, 3, 10))
    assert first == date(2026, 3, 10)
    assert until(year, date(2026, 2, 20), first) == date(2027, 3, 10)
    assert until(year, date(2026, 4, 2), first) == date(2027, 4, 2)
    # Long before the window somebody does it again of her own accord: from that day.
    assert until(year, date(2025, 9, 1), first) == date(2026, 9, 1)


def test_a_leap_day_renews_to_the_last_of_february_and_never_shortens():
    assert until(Rolling(months=12), date(2024, 2, 29)) == date(2025, 2, 28)
    assert until(Rolling(months=1), date(2026, 1, 5), date(2026, 12, 1)) == date(2026, 12, 1)


def test_a_calendar_renewal_counts_for_the_day_whose_window_has_begun():
    january = Calendar(yearly=JANUARY)
    assert until(january, date(2026, 11, 15)) == date(2027, 1, 31)
    assert until(january, date(2027, 1, 2)) == date(2028, 1, 31)
    assert until(january, date(2027, 1, 31)) == date(2028, 1, 31)
    assert until(january, date(2027, 2, 1)) == date(2028, 1, 31)
    assert until(Never(), date(2026, 11, 15)) == FOREVER


def test_the_29th_of_february_falls_on_the_28th_in_other_years():
    leap = Calendar(yearly=Yearly(month=2, day=29))
    assert until(leap, date(2027, 6, 1)) == date(2028, 2, 29)
    assert until(leap, date(2028, 6, 1)) == date(2029, 2, 28)


def test_a_rule_reads_back_what_it_kept_and_refuses_what_nobody_wrote():
    one = rule(Audience(clauses=(Clause(units=(HOUSING,), starters=True),)))
    assert Rule.read(one.kept()) == one
    with pytest.raises(ValidationError):
        Rule.read(one.kept() | {"grace": 3})
    with pytest.raises(ValidationError):
        rule(renewal=Rolling(months=1), window_days=60)


def stands(today, valid=None, **leave):
    found = standing(
        due_on=date(2026, 11, 30), valid_until=valid, today=today, leave=Leave(**leave)
    )
    return found.status, found.on


def test_every_state_has_its_days():
    day, soon = date(2026, 11, 30), {"soon_days": 30}
    assert stands(date(2026, 10, 30), **soon) == (Status.NOT_YET, day)
    assert stands(date(2026, 10, 31), **soon) == (Status.DUE, day)
    assert stands(day, **soon) == (Status.DUE, day)
    assert stands(date(2026, 12, 7), grace_days=7) == (Status.GRACE, day)
    assert stands(date(2026, 12, 8), grace_days=7) == (Status.OVERDUE, day)
    assert stands(date(2026, 12, 8), exempt=True)[0] is Status.EXEMPT
    longer = date(2026, 12, 20)
    assert stands(date(2026, 12, 8), extended_until=longer) == (Status.EXTENDED, longer)
    assert stands(date(2026, 12, 21), extended_until=longer) == (Status.OVERDUE, longer)
    assert stands(date(2026, 12, 8), valid=date(2026, 12, 8))[0] is Status.CURRENT
    assert stands(date(2026, 12, 8), valid=date(2026, 12, 1)) == (Status.LAPSED, date(2026, 12, 1))


def test_joining_long_ago_gives_a_mover_as_many_days_as_a_newcomer():
    housing = Audience(clauses=(Clause(units=(HOUSING,)),))
    moved = worker(
        post(date(2020, 1, 6), date(2026, 11, 20), unit=REVENUES), post(date(2026, 11, 20))
    )
    for of in ("joining", "role"):
        assert due(rule(housing, After(days=30, of=of)), moved) == date(2026, 12, 20)


def test_a_move_changes_no_due_day_and_a_change_of_role_only_onwards():
    quick = Case(
        audience=Audience(clauses=(Clause(units=(REVENUES,)), Clause(grades=("6",)))),
        due=After(days=5),
        renewal=Rolling(months=6),
    )
    cases = rule(due=After(days=60), cases=(quick,))
    moved = worker(
        post(date(2020, 1, 6), date(2026, 11, 20)), post(date(2026, 11, 20), unit=REVENUES)
    )
    assert due(cases, moved) == date(2026, 10, 31)
    raised = worker(post(date(2020, 1, 6), date(2026, 11, 20)), post(date(2026, 11, 20), grade="6"))
    assert due(cases, raised) == date(2026, 11, 25)


def test_a_rule_with_other_days_gives_time_from_its_change_and_another_title_does_not():
    old, day = rule(due=After(days=90)), date(2026, 11, 20)
    new = rule(due=After(days=10)).after(old, day)
    assert due(new) == date(2026, 11, 30)
    assert rule(due=After(days=10), grace_days=7).after(new, TODAY).counts_from == day
