"""Until when a completion counts follows from the rule that asks for it; early loses nothing."""

from datetime import date, timedelta

from sqlalchemy import update

from db.engine import reading, writing
from db.tables import Completion, Enrolment, core
from modules import days
from modules.duties import FOREVER, Audience, Calendar, Case, Clause, Never, Rolling, Yearly
from modules.enrolling.lasting import counts_until
from modules.learn.desk import LearnerDesk
from modules.learn.path import my_path
from modules.progress.standing import Status
from tests.data.ruling import E, bare, refresh, rule, store
from tests.data.test_duties_read import excuse, extend
from tests.data.test_enrolling import within
from tests.world import DUE, NOW

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def until(world, short, day=TODAY):
    viewer = world.viewer(short)
    with reading() as session:
        return counts_until(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            module="M01",
            completed_on=day,
        )


def ruled(world, **more):
    org_id = world.viewer("amira").org_id
    bare(org_id)
    store(org_id, rule(**more))
    refresh(org_id)


def test_without_a_rule_the_months_of_the_settings_count_and_early_renewal_keeps_the_cycle(world):
    assert until(world, "amira") == date(2027, 11, 22)
    # Ben's counts until 12 August: within thirty days of it the next one begins there.
    assert until(world, "ben", date(2027, 7, 20)) == date(2028, 8, 12)
    assert until(world, "ben", date(2027, 7, 1)) == date(2028, 7, 1)


def test_the_renewal_of_the_rule_behind_an_enrolment_decides(world):
    ruled(world, renewal=Rolling(months=6), window_days=60)
    assert until(world, "amira") == date(2027, 5, 22)
    assert until(world, "ben", date(2027, 6, 20)) == date(2028, 2, 12)


def test_what_is_asked_once_never_ends_and_is_said_in_words(world):
    ruled(world, renewal=Never())
    assert until(world, "amira") == FOREVER == days.NEVER_ENDS
    assert days.short(FOREVER) == days.day(FOREVER) == "further notice"


def test_a_part_of_the_audience_renews_by_a_cycle_of_its_own(world):
    org_id = world.viewer("amira").org_id
    january = Yearly(month=1, day=31)
    case = Case(
        audience=within(org_id, "Revenues"),
        due=rule().due,
        renewal=Calendar(yearly=january),
    )
    ruled(world, renewal=Rolling(months=12), cases=(case,))
    assert until(world, "amira") == date(2027, 1, 31)
    assert until(world, "priya", date(2026, 11, 22)) == date(2027, 11, 22)


def test_a_rule_that_asks_no_longer_renews_nothing(world):
    amira = world.viewer("amira")
    bare(amira.org_id)
    nobody_else = Audience(clauses=(Clause(people=(amira.person_id,)),))
    store(amira.org_id, rule(nobody_else, renewal=Rolling(months=3)), ends=TODAY + DAY)
    refresh(amira.org_id)
    assert until(world, "amira") == date(2027, 2, 22)
    refresh(amira.org_id, NOW + DAY)
    assert until(world, "amira", TODAY + DAY) == date(2027, 11, 23)


def test_completing_a_module_keeps_the_day_of_its_rule(world, amira):
    ruled(world, renewal=Rolling(months=6))
    amira.whole()
    assert [one.valid_until for one in amira.completions()] == [date(2027, 5, 22)]


def test_a_learner_may_renew_from_the_first_day_of_the_window_of_her_rule(world, amira):
    amira.whole()
    viewer = world.viewer("amira")
    with writing() as session:
        mine = core(Completion).c.person_id == viewer.person_id
        session.connection().execute(
            update(core(Completion)).where(mine).values(valid_until=date(2027, 1, 31))
        )
        session.connection().execute(
            update(core(Enrolment)).where(E.person_id == viewer.person_id).values(window_days=45)
        )
    desk = LearnerDesk(viewer, "M01", lambda: NOW, print)
    opens = NOW.replace(year=2026, month=12, day=17)
    assert not desk.may_renew(opens - DAY)
    assert desk.may_renew(opens)


def test_her_own_page_says_extended_and_exempt_and_asks_nothing_that_she_need_not_do(world):
    viewer = world.viewer("amira")
    extend(world, "amira", DUE, DUE + 20 * DAY)
    with reading() as session:
        (stop,) = [
            one
            for one in my_path(session, viewer, now=NOW + 25 * DAY).stops
            if one.card.id == "M01"
        ]
    assert (stop.standing.status, stop.standing.on) == (Status.EXTENDED, DUE + 20 * DAY)
    excuse(world, "amira")
    with reading() as session:
        path = my_path(session, viewer, now=NOW)
    assert path.next is None
