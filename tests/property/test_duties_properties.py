"""Rules under a clock that moves over five years: who joins, moves, leaves, returns; what holds."""

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from db.enrolling import Staff
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
    valid_until,
)
from modules.duties.renewing import next_day
from modules.enrolling.kinds import in_turn, kinds, sight
from modules.enrolling.wanted import Offer, Ruling, wants
from modules.progress.standing import Leave, Status, months_after, standing

FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)  # 2028 has a leap day
DAY = timedelta(days=1)
BODY, *UNITS = (uuid.UUID(int=number) for number in range(1, 6))
PERSON = uuid.UUID(int=99)
FAMILIES, GRADES = ["", "Officer", "Manager"], ["", "5"]
PARENTS = {BODY: None, UNITS[0]: BODY, UNITS[1]: UNITS[0], UNITS[2]: BODY, UNITS[3]: UNITS[2]}
OFFER = Offer({"M01", "M02"}, {"A": ("M01", "M02"), "B": ("M01",)})

five_years = st.dates(FIRST, LAST)
yearly = st.builds(
    Yearly,
    month=st.integers(1, 12),
    day=st.sampled_from([1, 15, 28, 29, 30, 31]),
    every=st.integers(1, 2),
)
dues = st.one_of(
    st.builds(On, day=five_years, least_days=st.integers(0, 60)),
    st.builds(
        After,
        days=st.integers(0, 120),
        of=st.sampled_from(["joining", "assignment", "role"]),
    ),
    st.builds(Cycle, yearly=yearly, least_days=st.integers(0, 60)),
)
renewals = st.one_of(
    st.just(Never()),
    st.builds(Rolling, months=st.integers(2, 36)),
    st.builds(Calendar, yearly=yearly),
)
clauses = st.one_of(
    st.just(Clause()),
    st.builds(Clause, units=st.lists(st.sampled_from([BODY, *UNITS]), max_size=2).map(tuple)),
    st.builds(Clause, families=st.just(("Officer",)), grades=st.sampled_from([(), ("5",)])),
    st.just(Clause(starters=True)),
    st.just(Clause(roles=("manager",))),
    st.just(Clause(paths=("B",))),
    st.just(Clause(people=(PERSON,))),
)
audiences = st.builds(Audience, clauses=st.lists(clauses, min_size=1, max_size=2).map(tuple))
rules = st.builds(
    Rule,
    audience=audiences,
    exceptions=st.one_of(st.just(Audience()), audiences),
    due=dues,
    renewal=renewals,
    cases=st.lists(st.builds(Case, audience=audiences, due=dues, renewal=renewals), max_size=2).map(
        tuple
    ),
    grace_days=st.integers(0, 30),
    before_access=st.booleans(),
)


@st.composite
def lives(draw):
    """Placements as rows of the database: moves, gaps, overlaps, some that hold no day."""
    rows = []
    for starts in sorted(draw(st.lists(st.dates(date(2024, 1, 1), LAST), max_size=6))):
        long = draw(st.one_of(st.none(), st.integers(0, 700)))
        ends = None if long is None else starts + long * DAY
        where = draw(st.sampled_from(UNITS))
        role = draw(st.sampled_from(FAMILIES)), draw(st.sampled_from(GRADES))
        rows.append((PERSON, where, starts, ends, *role))
    joined = draw(st.dates(date(2023, 1, 1), rows[0][2] if rows else LAST))
    left = draw(st.one_of(st.none(), st.none(), five_years))
    return rows, joined, left, draw(st.sampled_from(["A", "B"])), draw(st.booleans())


def above(unit):
    found = set()
    while unit is not None:
        found.add(unit)
        unit = PARENTS[unit]
    return frozenset(found)


def worker_of(life):
    """Somebody with her whole history, nothing of it left out."""
    rows, joined, left, path, manages = life
    posts = tuple(
        Post(turn.starts, turn.ends, above(turn.unit), turn.family, turn.grade)
        for turn in in_turn(rows)
    )
    return Worker(PERSON, joined, left, posts, path, frozenset({"manager"} if manages else ()))


def days_of(life, *more):
    """The days on which something can change, and their neighbours."""
    rows, joined, left, *_ = life
    named = [joined, left, *more, *(day for row in rows for day in row[2:4])]
    near = {day + step * DAY for day in named if day for step in (-1, 0, 1, 40)}
    return sorted(day for day in near | {FIRST, date(2028, 2, 29), LAST} if FIRST <= day <= LAST)


@given(lives(), st.lists(rules, min_size=1, max_size=3), st.lists(five_years, min_size=3))
@settings(max_examples=60, deadline=None)
def test_what_no_rule_looks_at_makes_no_difference(life, several, starts):
    """People of one kind are asked the same as if each were asked about with all her history."""
    rulings = [
        Ruling(uuid.UUID(int=number), "", ("M01", "path:own")[number % 2], rule, starts[number])
        for number, rule in enumerate(several)
    ]
    worker, (rows, joined, left, path, manages) = worker_of(life), life
    for today in days_of(life, *starts[:3]):
        force = [one for one in rulings if one.in_force(today)]
        if not force:
            continue
        staff = Staff(
            [(PERSON, joined, left, path)],
            [row for row in rows if row[2] <= today],
            {},
            {PERSON} if manages else set(),
            PARENTS,
            as_text=False,
        )
        seen = sight((one.rule, one.starts, one.target) for one in force)
        ((_, kind),) = kinds(staff, seen, today)
        whole = wants(force, offer=OFFER, worker=worker, today=today)
        if kind is None:
            assert not whole
        else:
            assert wants(force, offer=OFFER, worker=kind.worker(), today=today) == whole


@given(lives(), rules, five_years)
@settings(max_examples=60, deadline=None)
def test_nobody_is_late_on_the_first_day_and_no_due_day_moves_without_a_change_of_role(
    life, rule, starts
):
    worker, before = worker_of(life), None
    for number in range((LAST - FIRST).days + 1):
        today = FIRST + number * DAY
        post = worker.post(today)
        now = asked(rule, starts=starts, worker=worker, today=today)
        if now is not None:
            assert starts <= now.since <= today
            assert now.due_on >= now.since
            role = (post.family, post.grade)
            if before is not None and before[0].since == now.since and before[1] == role:
                assert now.due_on == before[0].due_on
            # A change of role makes nobody late on its day who was not late the day before.
            elif before is not None and before[0].since == now.since and not rule.before_access:
                assert now.due_on >= today or now.due_on >= before[0].due_on
        before = None if now is None else (now, role)


@given(lives(), rules, rules, five_years, five_years)
@settings(max_examples=60, deadline=None)
def test_a_rule_that_changes_its_days_makes_nobody_late(life, old, new, starts, changed):
    starts, changed = sorted((starts, changed))
    same = {"audience": old.audience, "exceptions": old.exceptions, "before_access": False}
    old, new = old.model_copy(update={"before_access": False}), new.model_copy(update=same)
    worker, after = worker_of(life), new.after(old, changed)
    was = asked(old, starts=starts, worker=worker, today=changed)
    now = asked(after, starts=starts, worker=worker, today=changed)
    assert (was is None) == (now is None)
    if now is not None:
        assert now.due_on >= changed or (new.due, new.cases) == (old.due, old.cases)
    # Changed once more in its title only, it stays what it was.
    again = new.after(after, changed + 100 * DAY)
    assert again == after


@given(
    lives(), st.lists(rules, min_size=2, max_size=4), st.lists(five_years, min_size=4), st.data()
)
@settings(max_examples=60, deadline=None)
def test_in_whichever_order_rules_come_the_same_is_asked(life, several, starts, data):
    rulings = [
        Ruling(uuid.UUID(int=number), "", "M01", rule, starts[number])
        for number, rule in enumerate(several)
    ]
    other = data.draw(st.permutations(rulings))
    worker = worker_of(life)
    for today in days_of(life, *starts):
        found = wants(rulings, offer=OFFER, worker=worker, today=today)
        assert wants(other, offer=OFFER, worker=worker, today=today) == found
        for want in found.values():
            # Nobody waits longer because a second rule asks the same.
            alone = [
                wants([one], offer=OFFER, worker=worker, today=today).get("M01") for one in rulings
            ]
            assert want.due_on == min(one.due_on for one in alone if one)
            assert want.before_access == any(one.before_access for one in alone if one)


@given(renewals, st.integers(0, 50), st.lists(five_years, min_size=1, max_size=8).map(sorted))
@settings(max_examples=200, deadline=None)
def test_no_completion_is_taken_away_and_none_ends_before_it_was_earned(renewal, window, done):
    before = None
    for day in done:
        until = valid_until(renewal, window_days=window, completed_on=day, before=before)
        assert until >= day
        assert before is None or until >= before
        before = until


@given(st.integers(2, 36), st.integers(0, 50), five_years, st.data())
@settings(max_examples=200, deadline=None)
def test_whoever_renews_early_keeps_the_cycle_for_five_years(months, window, first, data):
    renewal, until = Rolling(months=months), None
    day, held = first, None
    for _ in range(5):
        until = valid_until(renewal, window_days=window, completed_on=day, before=held)
        expected = months_after(held, months) if held is not None else months_after(first, months)
        assert until == expected
        held = until
        day = until - data.draw(st.integers(0, window)) * DAY


@given(yearly, st.integers(0, 60), five_years, st.data())
@settings(max_examples=300, deadline=None)
def test_a_calendar_cycle_is_met_by_one_completion_in_each_window(cycle, window, first, data):
    renewal, held, day = Calendar(yearly=cycle), None, first
    for _ in range(5):
        until = valid_until(renewal, window_days=window, completed_on=day, before=held)
        assert until == next_day(cycle, until)
        if held is not None:
            # The next day of the cycle, none left out and none twice.
            assert until == next_day(cycle, held + DAY)
        held, day = until, until - data.draw(st.integers(0, window)) * DAY


OPEN = [Status.NOT_YET, Status.DUE, Status.EXTENDED, Status.GRACE]


@given(
    five_years,
    st.integers(0, 400),
    st.integers(0, 20),
    st.one_of(st.none(), st.integers(1, 60)),
    st.one_of(st.none(), st.integers(-200, 200)),
    st.integers(0, 60),
)
@settings(max_examples=200, deadline=None)
def test_states_come_one_after_the_other_and_none_is_left_out(
    since, days, grace, longer, valid, soon
):
    due_on = since + days * DAY
    until = None if valid is None else since + valid * DAY
    last = due_on if until is None else max(due_on, until)
    granted = None if longer is None else last + longer * DAY
    leave = Leave(grace, granted, soon_days=soon)
    seen = []
    for number in range(900):
        today = since + number * DAY
        found = standing(due_on=due_on, valid_until=until, today=today, leave=leave)
        if not seen or seen[-1] is not found.status:
            seen.append(found.status)
        # What is said with the state is a day of the duty, and never one that it contradicts.
        late = found.status in (Status.GRACE, Status.OVERDUE, Status.LAPSED)
        assert late == (found.on < today)
    if until is not None and until >= since:
        assert seen[0] is Status.CURRENT
        seen = seen[1:]
    assert seen[-1] is (Status.OVERDUE if until is None else Status.LAPSED)
    ranks = [OPEN.index(one) for one in seen[:-1]]
    assert ranks == sorted(set(ranks))
    assert (Status.GRACE in seen) == (grace > 0)
    if granted is not None:
        assert Status.EXTENDED in seen


ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]


@given(st.sampled_from(ZONES), five_years, st.integers(0, 59))
@settings(max_examples=60, deadline=None)
def test_asked_every_hour_each_day_comes_once_whatever_the_clock_does(zone, first, minute):
    began = datetime(first.year, first.month, first.day, 0, minute, tzinfo=UTC)
    days = []
    for hour in range(24 * 200):
        today = (began + timedelta(hours=hour)).astimezone(ZoneInfo(zone)).date()
        if not days or days[-1] != today:
            days.append(today)
    assert days == [days[0] + number * DAY for number in range(len(days))]


def test_what_never_expires_is_renewed_by_nothing():
    for day in (FIRST, LAST):
        assert valid_until(Never(), window_days=30, completed_on=day, before=None) == FOREVER
