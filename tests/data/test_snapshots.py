"""Month-end figures: taken once, hidden where they would tell about a few people."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from db import headcounts, snapshots
from db.engine import make_engine
from db.tables import Organisation
from modules.snapshots import catch_up, keep, missing, take
from modules.suppress import Cell, audit
from tests.counting import counting
from tests.data.staff import Body, open_database, writing

JAN, FEB, MAR, APR = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30))
NOW = datetime(2026, 5, 3, 9, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    return open_database(tmp_path)


def rows(session, body, name=None):
    found = snapshots.taken(session, org_id=body.id, module=body.module)
    return [row for row in found if name in (None, row.name)]


def hidden(session, body, name):
    return {row.month_end: row.hidden for row in rows(session, body, name)}


def test_every_month_that_is_over_is_taken_once(engine):
    with writing(engine) as session:
        body = Body(session)
        people = body.people(20, body.top)
        body.complete(people[:5], FEB)
        assert catch_up(session, now=NOW) == 4
        assert catch_up(session, now=NOW) == 0
        assert [row.month_end for row in rows(session, body)] == [JAN, FEB, MAR, APR]
        assert [row.in_date for row in rows(session, body)] == [0, 5, 5, 5]


def test_the_last_day_of_a_month_is_not_over_before_midnight_in_the_zone(engine):
    with writing(engine) as session:
        body = Body(session)
        body.people(20, body.top)
        catch_up(session, now=datetime(2026, 4, 30, 22, 59, tzinfo=UTC))
        assert max(row.month_end for row in rows(session, body)) == MAR
        catch_up(session, now=datetime(2026, 4, 30, 23, 1, tzinfo=UTC))
        assert max(row.month_end for row in rows(session, body)) == APR


def test_no_more_than_24_months_are_made_up(engine):
    with writing(engine) as session:
        body = Body(session)
        body.people(12, body.top, on=date(2020, 1, 1))
        assert catch_up(session, now=NOW) == 24


def test_nobody_is_read_when_no_month_is_missing(engine, monkeypatch):
    with writing(engine) as session:
        body = Body(session)
        body.complete(body.people(20, body.top)[:5], FEB)
        assert catch_up(session, now=NOW) == 4
        monkeypatch.setattr(headcounts, "staff", lambda *_, **__: pytest.fail("everybody was read"))
        assert catch_up(session, now=NOW) == 0


def test_a_month_before_the_first_is_taken_when_somebody_turns_out_to_have_been_there(engine):
    with writing(engine) as session:
        body = Body(session)
        body.people(20, body.top, on=MAR - timedelta(days=5))
        assert catch_up(session, now=NOW) == 2
        body.people(20, body.top, on=JAN - timedelta(days=5))
        assert catch_up(session, now=NOW) == 2


def test_a_unit_counts_its_subtree_and_its_figures_stay_as_they_were(engine):
    with writing(engine) as session:
        body = Body(session)
        a = body.unit("A", body.top)
        inner = body.unit("Inner", a)
        people = body.people(12, inner) + body.people(11, a) + body.people(13, body.top)
        body.complete(people[:3] + people[12:14] + people[23:24], JAN)
        organisation = session.get(Organisation, body.id)
        assert take(session, organisation=organisation, module="M01", month_end=JAN)
        body.complete(people[5:9], JAN)
        assert not take(session, organisation=organisation, module="M01", month_end=JAN)
        assert {row.name: (row.people, row.in_date, row.hidden) for row in rows(session, body)} == {
            "Fernleigh": (36, 6, ""),
            "A": (23, 5, ""),
            "Inner": (12, 3, ""),
        }


def test_a_small_unit_and_the_one_that_would_give_it_away_are_hidden(engine):
    with writing(engine) as session:
        body = Body(session)
        for name, size in (("Small", 4), ("Middle", 12), ("Large", 30)):
            body.complete(body.people(size, body.unit(name, body.top))[:2], JAN)
        catch_up(session, now=NOW)
        assert hidden(session, body, "Small")[JAN] == "small"
        assert hidden(session, body, "Middle")[JAN] == "complement"
        assert hidden(session, body, "Large")[JAN] == ""
        assert hidden(session, body, "Fernleigh")[JAN] == ""


def test_a_unit_stays_hidden_until_enough_people_came_or_went(engine):
    with writing(engine) as session:
        body = Body(session)
        a, b, c = (body.unit(name, body.top) for name in "ABC")
        for unit in (a, b, c):
            body.complete(body.people(20, unit)[:8], JAN)
        body.people(10, b, on=FEB - timedelta(days=3))
        body.people(1, a, on=FEB - timedelta(days=3))
        body.people(9, a, on=MAR - timedelta(days=3))
        body.people(10, b, on=MAR - timedelta(days=3))
        catch_up(session, now=NOW)
        found = hidden(session, body, "A")
        assert found == {JAN: "", FEB: "change", MAR: "", APR: ""}
        # B itself may be shown beside January's, but the total less B is A and C: one more person.
        assert hidden(session, body, "B")[FEB] == "change"
        assert hidden(session, body, "Fernleigh")[FEB] == ""


def test_every_earlier_shown_month_counts_not_only_the_last(engine):
    with writing(engine) as session:
        body = Body(session)
        first = body.people(40, body.top)
        body.complete(first[:20], JAN)
        new = body.people(10, body.top, on=FEB - timedelta(days=3))
        body.complete(new[:4], FEB - timedelta(days=1))
        # Ten come, ten others of the same go: March differs from February by ten, from January
        # by five only.
        body.leave(new[:10], MAR - timedelta(days=5))
        body.people(5, body.top, on=MAR - timedelta(days=5))
        catch_up(session, now=NOW)
        assert hidden(session, body, "Fernleigh") == {
            JAN: "",
            FEB: "",
            MAR: "change",
            APR: "change",
        }


def test_what_a_parent_has_outside_its_units_may_not_change_by_a_few(engine):
    with writing(engine) as session:
        body = Body(session)
        a, b = body.unit("A", body.top), body.unit("B", body.top)
        for unit in (a, b, body.top):
            body.complete(body.people(20, unit)[:8], JAN)
        # A and the top are allowed to change, by 10 and by 11; the top's own staff changes by 1.
        body.people(10, a, on=FEB - timedelta(days=3))
        body.people(1, body.top, on=FEB - timedelta(days=3))
        catch_up(session, now=NOW)
        february = {row.name: row.hidden for row in rows(session, body) if row.month_end == FEB}
        assert "change" in february.values()
        assert not (february["A"] == february["B"] == february["Fernleigh"] == "")


def test_two_units_together_may_not_change_by_a_few_either(engine):
    with writing(engine) as session:
        body = Body(session)
        a, b, c = (body.unit(name, body.top) for name in "ABC")
        for unit in (a, b, c):
            body.complete(body.people(30, unit)[:8], JAN)
        # Each changes by ten or more, but A and B together, and the whole, by one.
        movers = body.people(10, a)
        body.place(movers, b, on=FEB - timedelta(days=3))
        body.people(1, b, on=FEB - timedelta(days=3))
        catch_up(session, now=NOW)
        february = {row.name: row.hidden for row in rows(session, body) if row.month_end == FEB}
        assert february["Fernleigh"] == "change"
        assert not (february["A"] == february["B"] == "")


def test_hiding_for_change_opens_no_subtraction(engine):
    with writing(engine) as session:
        body = Body(session)
        units = {name: body.unit(name, body.top) for name in "ABCD"}
        for unit in units.values():
            body.complete(body.people(20, unit)[:7], JAN)
        body.people(2, units["A"], on=FEB - timedelta(days=3))
        body.people(12, units["B"], on=FEB - timedelta(days=3))
        catch_up(session, now=NOW)
        february = [row for row in rows(session, body) if row.month_end == FEB]
        decided = {str(row.unit_id): row.hidden for row in february}
        assert decided[str(units["A"])] == "change"
        cells = [
            Cell(str(r.unit_id), str(r.parent_id) if r.parent_id else None, r.people, r.in_date)
            for r in february
        ]
        assert audit(cells, decided, body.least) == []
        shown = [row.name for row in february if not row.hidden]
        assert len(shown) < 4, "A's figure would be the total less the others"


def test_several_units_at_the_top_get_the_organisation_above_them(engine):
    with writing(engine) as session:
        body = Body(session)
        body.people(15, body.top)
        body.people(15, body.unit("Trust", None))
        catch_up(session, now=NOW)
        january = [row for row in rows(session, body) if row.month_end == JAN]
        tops = [row for row in january if row.parent_id is None]
        assert [(row.unit_id, row.people) for row in tops] == [(body.id, 30)]


def test_two_at_once_take_each_month_once(engine, tmp_path):
    with writing(engine) as session:
        body = Body(session)
        body.complete(body.people(30, body.top)[:9], JAN)
    counted, gate = [], threading.Barrier(2)

    def run():
        mine = make_engine(f"sqlite:///{tmp_path / 'steward.db'}")
        gate.wait()
        with writing(mine) as session:
            counted.append(catch_up(session, now=NOW))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as session:
        assert len(rows(session, body)) == 4
    assert sorted(counted) == [0, 4]


def test_answers_are_kept_while_months_are_decided(engine):
    with writing(engine) as session:
        body = Body(session)
        people = body.people(30, body.top)
        body.complete(people[:9], JAN)
    with Session(engine) as looked:
        [ready] = missing(looked, now=NOW)
        with writing(engine) as session:
            body.session = session
            body.complete(people[9:12], date(2026, 5, 2))
        with writing(engine) as session:
            assert keep(session, ready) == 4
            assert keep(session, ready) == 0
    with Session(engine) as session:
        assert [row.in_date for row in rows(session, body)] == [9, 9, 9, 9]


def test_months_that_were_decided_without_what_is_stored_by_now_are_not_kept(engine):
    with writing(engine) as session:
        body = Body(session)
        body.complete(body.people(30, body.top)[:9], JAN)
        organisation = session.get(Organisation, body.id)
        take(session, organisation=organisation, module=body.module, month_end=JAN)
    with Session(engine) as looked:
        [ready] = missing(looked, now=NOW)
    with writing(engine) as session:
        [row] = rows(session, body)
        whose = {"org_id": body.id, "module": body.module}
        snapshots.hide(session, **whose, rows=[replace(row, hidden="change")])
    with writing(engine) as session:
        assert keep(session, ready) == 0
        assert catch_up(session, now=NOW) == 3


def test_the_number_of_queries_does_not_grow_with_people(engine):
    numbers = []
    for size in (10, 200):
        with writing(engine) as session:
            body = Body(session, name=f"Body of {size}")
            body.complete(body.people(size, body.top)[:4], JAN)
            organisation = session.get(Organisation, body.id)
            with counting(engine) as seen:
                take(session, organisation=organisation, module="M01", month_end=JAN)
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] <= 15
