"""The outlook in examples: what a chief data officer would be told."""

from datetime import date

from modules.manage.forecast import Month, ahead, month_end, outlook

JANUARY = date(2026, 1, 31)


def months(*percents, people=1000, skip=()):
    return [
        Month(month_end(JANUARY, place), people, people * percent // 100)
        for place, percent in enumerate(percents)
        if place not in skip
    ]


def test_a_steady_rise_names_the_month_of_the_target_and_a_range_around_it():
    told = outlook(months(30, 35, 39, 45, 50, 54, 60, 64, 69, 73), 0.8)
    assert told.says == "by"
    assert told.on == date(2026, 12, 31)
    assert told.soonest == date(2026, 12, 31)
    assert told.latest == date(2027, 1, 31)


def test_three_months_say_nothing():
    assert outlook(months(30, 40, 50), 0.8).says == "few"
    assert outlook([], 0.8).says == "few"


def test_ups_and_downs_say_nothing():
    assert outlook(months(40, 48, 41, 50, 42, 46), 0.8).says == "unclear"


def test_a_trend_that_falls_names_no_month():
    assert outlook(months(70, 66, 61, 57, 52, 48, 43), 0.8).says == "falling"


def test_a_slow_rise_says_that_the_target_lies_beyond_what_can_be_said():
    told = outlook(months(30, 31, 32, 33, 34, 35, people=100_000), 0.9)
    assert (told.says, told.on) == ("later", None)


def test_at_the_target_nothing_is_forecast_about_reaching_it():
    assert outlook(months(60, 65, 70, 76, 81, 85), 0.8).says == "reached"


def test_hidden_months_in_between_are_stepped_over_at_the_same_pace():
    whole = months(30, 35, 40, 45, 50, 55, 60, 65)
    holes = months(30, 35, 40, 45, 50, 55, 60, 65, skip=(2, 5))
    assert abs(ahead(whole)[0].middle - ahead(holes)[0].middle) < 1e-9
    assert outlook(holes, 0.8).used == 6


def test_an_even_rise_of_few_people_leaves_room_for_chance():
    few = ahead(months(30, 35, 40, 45, 50, 55, people=20))[0]
    many = ahead(months(30, 35, 40, 45, 50, 55, people=20_000))[0]
    assert few.high - few.low > 5 * (many.high - many.low) > 0


def test_months_end_on_their_last_day_in_a_leap_year_too():
    assert month_end(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert month_end(date(2026, 12, 31), 1) == date(2027, 1, 31)


def test_a_rise_that_has_come_to_a_halt_is_no_guide_to_the_next_months():
    told = outlook(months(12, 26, 35, 41, 51, 59, 61, 66, 73, 74, 74, 75, 70), 0.8)
    assert (told.says, told.points) == ("unclear", ())
