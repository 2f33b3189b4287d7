"""Spaced reviews with a clock that is moved day by day over two years."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from modules.days import weekdays
from modules.progress import ideas, reviews
from modules.progress.hours import Hours
from modules.progress.marking import certainty
from modules.progress.reviews import LADDER, MOST, SECONDS, Given, Idea, Met, Spent
from modules.progress.sheet import Answer, Sheet
from modules.progress.sure import sure_but_wrong
from tests.unit.calendar_days import days_from

WEEK = frozenset(range(5))
LONDON = Hours(WEEK, time(8), time(18), "Europe/London")
DAILY = Hours(frozenset(range(7)), time(8), time(18), "Europe/London")
# A day here begins at one o'clock when summer comes: midnight itself is left out.
JUMPS = ("America/Santiago", "Asia/Beirut")
ZONES = ("Europe/London", *JUMPS)
MONDAY = date(2027, 3, 1)


def idea(rung=0, due_on=MONDAY, **given):
    return Idea("M01", "unit-55", rung, due_on, **given)


def answered(right, on=MONDAY, sure=False, asked_on=None):
    return Given("unit-55", right, asked_on or on, on, sure)


# --- the ladder


def test_an_idea_is_first_due_two_days_after_its_module_was_completed():
    (one,) = reviews.ideas("M01", MONDAY, [Met("unit-55")], [], DAILY)
    assert (one.rung, one.due_on) == (0, date(2027, 3, 3))
    assert [one.due(day) for day in days_from(MONDAY, 4)] == [False, False, True, True]


def test_right_answers_come_back_after_nine_thirty_ninety_and_170_days_then_rest():
    one, day, gaps = idea(), MONDAY, []
    while one.due_on is not None:
        gaps.append((one.due_on - day).days)
        day = one.due_on
        one = reviews.after(one, answered(True, day), DAILY)
    assert gaps == [0, 9, 30, 90, 170]
    assert not one.due(date(2040, 1, 1))


@pytest.mark.parametrize(("rung", "back", "days"), [(0, 0, 2), (1, 0, 2), (2, 1, 9), (4, 3, 90)])
def test_a_missed_one_goes_one_rung_back_and_never_below_the_first(rung, back, days):
    one = reviews.after(idea(rung), answered(False), DAILY)
    assert (one.rung, one.due_on) == (back, MONDAY + timedelta(days=days))
    assert (one.missed, one.sure) == (True, False)


@pytest.mark.parametrize("rung", range(len(LADDER)))
def test_one_that_was_missed_while_sure_goes_to_the_first_rung(rung):
    one = reviews.after(idea(rung), answered(False, sure=True), DAILY)
    assert (one.rung, one.due_on, one.sure) == (0, date(2027, 3, 3), True)


def test_an_idea_at_rest_that_is_missed_in_a_late_tab_comes_back_on_the_last_rung():
    resting = idea(len(LADDER), None)
    assert reviews.after(resting, answered(False), DAILY).rung == len(LADDER) - 1
    assert reviews.after(resting, answered(True), DAILY) == resting


def test_an_answer_given_late_counts_from_the_day_it_was_given():
    one = reviews.after(idea(), answered(True, date(2027, 5, 3), asked_on=MONDAY), DAILY)
    assert one.due_on == date(2027, 5, 12)


def test_the_same_idea_right_in_two_tabs_climbs_one_rung():
    twice = [answered(True), answered(True)]
    (one,) = reviews.ideas("M01", date(2027, 2, 1), [Met("unit-55")], twice, DAILY)
    assert (one.rung, one.due_on) == (1, date(2027, 3, 10))


def test_a_clock_put_back_between_question_and_answer_brings_nothing_nearer():
    back = answered(True, on=MONDAY - timedelta(days=20), asked_on=MONDAY)
    assert reviews.after(idea(), back, DAILY).due_on == date(2027, 3, 10)


def test_what_was_not_met_in_the_module_does_not_come_back():
    assert reviews.ideas("M01", MONDAY, [Met("a")], [answered(True)], DAILY)[0].rung == 0


# --- working days


def test_a_due_day_at_the_weekend_moves_to_monday():
    friday = date(2027, 3, 5)
    one = reviews.after(idea(), answered(False, friday), LONDON)
    assert one.due_on == date(2027, 3, 8)
    assert reviews.entered("M01", Met("a"), date(2027, 3, 4), LONDON).due_on == date(2027, 3, 8)


def test_an_organisation_that_works_on_sundays_is_asked_on_sundays():
    hours = Hours(weekdays("sun-thu"), time(8), time(18), "Asia/Beirut")
    assert hours.working(date(2027, 3, 5)) == date(2027, 3, 7)
    assert hours.working(date(2027, 3, 7)) == date(2027, 3, 7)


# --- a day


def test_sure_but_wrong_comes_first_then_what_is_due_longest_then_what_was_missed():
    old, new = MONDAY - timedelta(days=9), MONDAY
    every = [
        Idea("M01", "new", 0, new),
        Idea("M01", "old", 0, old),
        Idea("M01", "missed", 0, new, missed=True),
        Idea("M02", "sure", 0, new, missed=True, sure=True),
        Idea("M02", "later", 0, MONDAY + timedelta(days=1), sure=True),
        Idea("M02", "rests", 5, None),
    ]
    names = [one.name for one in reviews.due(every, MONDAY)]
    assert names == ["sure", "old", "missed", "new"]
    assert reviews.due(reversed(every), MONDAY) == reviews.due(every, MONDAY)


def test_a_day_asks_at_most_ten_over_everything_it_has_asked_already():
    waiting = [Idea("M01", f"{n:02}", 0, MONDAY) for n in range(14)]
    quick = dict.fromkeys(waiting, 1)
    assert len(reviews.fill(waiting, quick, Spent())) == MOST
    assert reviews.fill(waiting, quick, Spent(7, 7)) == tuple(waiting[:3])
    assert reviews.fill(waiting, quick, Spent(10, 10)) == ()


def test_a_day_asks_for_at_most_five_minutes():
    waiting = [Idea("M01", f"{n:02}", 0, MONDAY) for n in range(14)]
    slow = dict.fromkeys(waiting, 90)
    assert len(reviews.fill(waiting, slow, Spent())) == SECONDS // 90
    assert reviews.fill(waiting, slow, Spent(1, 250)) == ()
    longest = dict.fromkeys(waiting, 400)
    assert reviews.fill(waiting, longest, Spent()) == tuple(waiting[:1])
    assert reviews.fill(waiting, longest, Spent(1, 10)) == ()


def test_two_years_day_by_day_ask_only_on_working_days_and_leave_nothing_behind():
    """Forty ideas of one completion, answered each day as the day allows; one in five missed."""
    met = [Met(f"i{n:02}", sure=n % 7 == 0) for n in range(40)]
    first, given, asked = date(2027, 1, 4), [], {}
    for day in days_from(first, 731):
        every = reviews.ideas("M01", first, met, given, LONDON)
        if day.weekday() not in WEEK:
            continue
        today = reviews.fill(reviews.due(every, day), dict.fromkeys(every, 25), Spent())
        asked[day] = len(today)
        assert all(one.due_on <= day for one in today)
        for place, one in enumerate(today):
            right = (day.toordinal() + place) % 5 > 0
            given.append(Given(one.name, right, day, day, sure=not right and place == 0))
    assert max(asked.values()) == MOST
    assert asked[first] == 0
    assert date(2028, 2, 29) in asked
    resting = [one for one in reviews.ideas("M01", first, met, given, LONDON) if not one.due_on]
    assert len(resting) > 20


def test_the_next_day_is_tomorrow_while_something_waits_and_none_when_all_rests():
    friday = date(2027, 3, 5)
    assert reviews.next_day([idea(due_on=MONDAY)], friday, LONDON) == date(2027, 3, 8)
    assert reviews.next_day([idea(due_on=date(2027, 4, 7))], friday, LONDON) == date(2027, 4, 7)
    assert reviews.next_day([idea(5, None)], friday, LONDON) is None


# --- from sheets


class Quiz:
    """As much of a module as ideas need: items with four options, two of one family."""

    options = range(4)

    def __init__(self):
        self.families = dict.fromkeys(["M01-Q11", "M01-Q16", "M01-Q30"], "unit-55")
        self.questions = dict.fromkeys(["M01-Q01", "M01-Q04", *self.families])
        self.delayed = {"first": ("M01-Q30",)}

    def question(self, _id):
        return self

    def variants(self):
        return ("",)

    def variant(self, _seed, _key=None):
        return self


def sheet(form, *rows, paper=None):
    given = {
        (slot, number): Answer(
            slot,
            number,
            "item",
            {},
            correct=right,
            confidence=certainty(sure, 4),
            answered_at=datetime(2027, 3, 1, 23, 30, tzinfo=UTC),
        )
        for slot, number, right, sure in rows
    }
    return Sheet(form, 1, "seed", given, paper=paper or {})


def test_ideas_are_families_or_single_items_met_in_practice_check_and_test_out():
    found = ideas.met(
        Quiz(),
        [
            sheet("pre", ("M01-Q01", 1, False, "certain")),
            sheet("practice", ("M01-Q04", 1, True, None)),
            sheet("check", ("M01-Q11", 1, False, "fairly"), ("again:M01-Q11", 1, True, None)),
            sheet("review", ("M01-Q01", 1, True, None)),
        ],
    )
    assert found == (Met("M01-Q04"), Met("unit-55", missed=True, sure=True))


def test_the_paper_says_which_idea_a_slot_asks():
    paper = {"s1": (("M01-Q16", ""),), "s2": (("M01-Q99", ""),)}
    one = sheet("test-out", ("s1", 1, False, "half"), ("s2", 1, True, None), paper=paper)
    assert ideas.met(Quiz(), [one]) == (Met("unit-55", missed=True),)


def test_items_kept_for_delayed_checks_are_not_asked_in_reviews():
    assert ideas.members(Quiz(), "unit-55") == ("M01-Q11", "M01-Q16")
    assert ideas.members(Quiz(), "M01-Q04") == ("M01-Q04",)


def test_an_answer_counts_for_the_day_that_it_is_in_the_organisation():
    one = sheet("review", ("M01-Q11", 1, False, "certain"))
    for zone, day in (("Europe/London", date(2027, 3, 1)), ("Asia/Beirut", date(2027, 3, 2))):
        hours = Hours(WEEK, time(8), time(18), zone)
        assert ideas.given(Quiz(), one, MONDAY, hours) == (
            Given("unit-55", False, MONDAY, day, sure=True),
        )


@pytest.mark.parametrize("options", [0, 2, 3, 4, 8])
def test_sure_but_wrong_is_at_least_fairly_sure_whatever_the_chance_level(options):
    def told(word, correct=False):
        answer = Answer("s", 1, "item", {}, correct=correct, confidence=certainty(word, options))
        return sure_but_wrong(answer, options)

    assert [told(word) for word in ("guess", "half", "fairly", "certain", None)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert not told("certain", correct=True)
    assert not told("certain", correct=None)
