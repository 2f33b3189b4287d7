"""What holds for every history of reviews, whatever was answered, when and in which tab."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from modules.progress import delayed, reviews
from modules.progress.hours import Hours
from modules.progress.reviews import LADDER, MOST, SECONDS, Given, Idea, Met, Spent

FIRST = date(2027, 1, 1)
NAMES = ("a", "b", "c")
dates = st.dates(FIRST, date(2029, 1, 31))
weeks = st.frozensets(st.integers(0, 6), min_size=1)
zones = st.sampled_from(["Europe/London", "America/Santiago", "Asia/Beirut", "Pacific/Apia"])
seconds = st.integers(0, 2 * 366 * 24 * 3600)
moments = seconds.map(lambda after: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=after))


@st.composite
def hours(draw):
    start, until = sorted(draw(st.lists(st.times(), min_size=2, max_size=2, unique=True)))
    return Hours(draw(weeks), start, until, draw(zones))


rungs = st.integers(0, len(LADDER))


@st.composite
def standing(draw):
    """An idea anywhere on its ladder."""
    rung = draw(rungs)
    due_on = draw(dates) if rung < len(LADDER) else None
    name = draw(st.sampled_from(["a", "b", "c", "d", "e"]))
    return Idea("M01", name, rung, due_on, draw(st.booleans()), draw(st.booleans()))


@st.composite
def answers(draw):
    right = draw(st.booleans())
    sure = not right and draw(st.booleans())
    # Either day may be the later one: a clock can be put back.
    return Given(draw(st.sampled_from(NAMES)), right, draw(dates), draw(dates), sure)


working = hours()


@given(standing(), answers(), working)
def test_a_right_answer_never_brings_an_idea_nearer_than_its_rung(idea, one, hours):
    after = reviews.after(idea, Given(one.idea, True, one.asked_on, one.on), hours)
    assert after.rung in (idea.rung, idea.rung + 1)
    if after.rung == idea.rung:
        assert after == idea
    elif after.due_on is not None:
        assert after.due_on >= one.on + timedelta(days=LADDER[after.rung])
        assert after.due_on.weekday() in hours.days


@given(standing(), answers(), working)
def test_a_missed_one_never_goes_farther_and_sure_but_wrong_comes_first(idea, one, hours):
    missed = reviews.after(idea, Given(one.idea, False, one.asked_on, one.on), hours)
    sure = reviews.after(idea, Given(one.idea, False, one.asked_on, one.on, sure=True), hours)
    day = max(one.on, one.asked_on)
    assert 0 <= sure.rung <= missed.rung <= idea.rung
    assert missed.rung >= idea.rung - 1
    held = LADDER[min(idea.rung, len(LADDER) - 1)]
    assert missed.due_on <= hours.working(day + timedelta(days=held))
    assert day < sure.due_on <= missed.due_on


@given(st.lists(answers(), max_size=30), dates, working, st.data())
def test_ideas_do_not_depend_on_each_other_and_stay_on_the_ladder(history, done, hours, data):
    met = [Met(name) for name in NAMES]
    every = reviews.ideas("M01", done, met, history, hours)
    for one in every:
        alone = [given for given in history if given.idea == one.name]
        assert reviews.ideas("M01", done, [Met(one.name)], alone, hours) == (one,)
        assert (one.due_on is None) == (one.rung == len(LADDER))
        assert one.due_on is None or one.due_on.weekday() in hours.days
    mixed = data.draw(st.permutations(met))
    assert set(reviews.ideas("M01", done, mixed, history, hours)) == set(every)


@given(st.lists(answers(), max_size=20), dates, working, dates)
def test_nothing_is_due_before_its_day_and_what_is_due_stays_due(history, done, hours, day):
    every = reviews.ideas("M01", done, [Met(name) for name in NAMES], history, hours)
    today = reviews.due(every, day)
    assert all(one.due_on <= day for one in today)
    assert set(today) <= set(reviews.due(every, day + timedelta(days=1)))


@given(st.lists(standing(), max_size=30, unique_by=lambda one: one.name), dates, st.randoms())
def test_the_order_of_a_day_is_its_own_and_sure_but_wrong_leads(every, day, rng):
    mixed = list(every)
    rng.shuffle(mixed)
    today = reviews.due(every, day)
    assert today == reviews.due(mixed, day)
    assert [one.sure for one in today] == sorted((one.sure for one in today), reverse=True)
    for kind in (True, False):
        days = [one.due_on for one in today if one.sure is kind]
        assert days == sorted(days)


@given(
    st.lists(st.integers(1, 400), max_size=30),
    st.integers(0, MOST),
    st.integers(0, SECONDS),
)
def test_a_day_never_asks_more_than_ten_nor_five_minutes(lengths, questions, seconds):
    waiting = [Idea("M01", f"{place:03}", 0, FIRST) for place in range(len(lengths))]
    long = dict(zip(waiting, lengths, strict=True))
    spent = Spent(questions, seconds if questions else 0)
    chosen = reviews.fill(waiting, long, spent)
    assert chosen == tuple(waiting[: len(chosen)])
    assert questions + len(chosen) <= MOST
    used = sum(long[one] for one in chosen)
    alone = not questions and len(chosen) == 1
    assert not chosen or alone or spent.seconds + used <= SECONDS
    # Filling twice, as two tabs one after the other would, asks no more than filling once.
    rest = waiting[len(chosen) :]
    again = Spent(questions + len(chosen), spent.seconds + used)
    assert reviews.fill(rest, long, again) == () or not (questions + len(chosen))


@given(
    st.lists(st.booleans(), min_size=1, max_size=12), st.lists(st.integers(-40, 40), min_size=12)
)
def test_a_clock_that_goes_back_and_forth_loses_nothing_and_never_doubles(rights, jumps):
    """Each due question is asked and answered by clocks that disagree; and then sent again."""
    hours = Hours(frozenset(range(7)), time(8), time(18), "Europe/London")
    history: list[Given] = []
    for right, jump in zip(rights, jumps, strict=False):
        (one,) = reviews.ideas("M01", FIRST, [Met("a")], history, hours)
        if one.due_on is None:
            break
        asked_on = one.due_on
        history.append(Given("a", right, asked_on, asked_on + timedelta(days=jump)))
        (after,) = reviews.ideas("M01", FIRST, [Met("a")], history, hours)
        assert after.rung == (one.rung + 1 if right else max(0, one.rung - 1))
        again = Given("a", right, asked_on, asked_on + timedelta(days=jump))
        if right:
            assert reviews.ideas("M01", FIRST, [Met("a")], [*history, again], hours) == (after,)


@given(dates, dates, working)
def test_working_days_keep_the_order_of_days(one, two, hours):
    assert (one <= two) <= (hours.working(one) <= hours.working(two))
    assert 0 <= (hours.working(one) - one).days <= 6


@settings(max_examples=200)
@given(moments, weeks, st.integers(0, 20), zones)
def test_hours_begin_again_within_a_week_and_not_at_this_moment(now, days, hour, zone):
    hours = Hours(days, time(hour), time(hour + 3), zone)
    begins = hours.opens(now)
    assert begins > now
    assert hours.open(begins)
    assert begins - now <= timedelta(days=8, hours=2)


@given(dates, dates)
def test_a_delayed_check_is_open_only_inside_its_window(done, day):
    found = delayed.open_window(done, (), day)
    if found is not None:
        assert found.opens <= day <= found.closes
        assert (day - done).days >= 30
        assert delayed.open_window(done, (found.form,), day) is None
