"""Breakdowns of the whole body: taken with the tree, told as ranges that expose nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from db import snapshots
from db.snapshots import OTHERS
from db.tables import Organisation, Person, Placement, core
from modules.snapshots import catch_up, tighten
from tests.data.staff import Body, open_database, writing

JAN, FEB = date(2026, 1, 31), date(2026, 2, 28)
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    return open_database(tmp_path)


def family(session, people, name):
    column = core(Placement).c
    session.connection().execute(
        update(core(Placement)).where(column.person_id.in_(people)).values(job_family=name)
    )


def parts(session, body, by="family"):
    return snapshots.parts(session, org_id=body.id, module=body.module, unit_id=body.top, by=by)


def mixed(session, sizes=((30, 30, 30), (30, 30, 30))):
    """Units A and B, in each of them so many of three families, two thirds of them in date."""
    body = Body(session)
    for name, families in zip("AB", sizes, strict=True):
        unit = body.unit(name, body.top)
        for kind, number in zip(("care", "desk", "works"), families, strict=True):
            people = body.people(number, unit)
            family(session, people, kind)
            body.complete(people[: number * 2 // 3], JAN)
    return body


def told(found, month_end=JAN):
    return {one.category: (one.people, one.hidden) for one in found if one.month_end == month_end}


def test_the_body_is_told_by_family_as_ranges_that_hold_the_truth(engine):
    with writing(engine) as session:
        body = mixed(session)
        catch_up(session, now=NOW)
        january = [part for part in parts(session, body) if part.month_end == JAN]
        assert told(january) == {"care": (60, ""), "desk": (60, ""), "works": (60, "")}
        assert all(one.low <= 40 <= one.high for one in january)
        assert all(3 <= one.high - one.low <= 7 for one in january)


def test_all_three_breakdowns_are_told_of_a_small_body(engine):
    with writing(engine) as session:
        body = mixed(session)
        ids = session.connection().execute(core(Person).select()).all()
        for number, value in ((2, {"path": "B"}), (3, {"joined_on": date(2023, 5, 1)})):
            session.connection().execute(
                update(core(Person))
                .where(core(Person).c.id.in_([row.id for row in ids[::number]]))
                .values(**value)
            )
        catch_up(session, now=NOW)
        for by in ("family", "path", "cohort"):
            january = told(parts(session, body, by))
            assert len(january) >= 2, by
            assert sum(people for people, _ in january.values()) == 180


def test_too_small_families_are_counted_together(engine):
    with writing(engine) as session:
        body = mixed(session, ((9, 40, 40), (9, 40, 40)))
        more = body.people(6, body.top)
        family(session, more, "law")
        catch_up(session, now=NOW)
        assert told(parts(session, body)) == {
            "desk": (80, ""),
            "works": (80, ""),
            OTHERS: (24, ""),
        }


def test_a_family_that_has_the_name_of_all_others_is_one_of_them(engine):
    with writing(engine) as session:
        body = mixed(session, ((20, 40, 40), (20, 40, 40)))
        placed = core(Placement)
        rename = update(placed).where(placed.c.job_family == "care").values(job_family=OTHERS)
        session.connection().execute(rename)
        catch_up(session, now=NOW)
        assert told(parts(session, body))[OTHERS] == (40, "")


def test_the_smallest_family_goes_with_others_that_are_too_few_by_themselves(engine):
    with writing(engine) as session:
        body = mixed(session, ((4, 20, 40), (4, 20, 40)))
        catch_up(session, now=NOW)
        assert told(parts(session, body)) == {"works": (80, ""), OTHERS: (48, "")}


def test_years_in_which_few_joined_are_counted_with_the_year_beside_them(engine):
    with writing(engine) as session:
        body = mixed(session)
        ids = session.connection().execute(core(Person).select()).all()
        for year, rows in ((2024, ids[:12]), (2025, ids[12:24]), (2023, ids[24:60])):
            session.connection().execute(
                update(core(Person))
                .where(core(Person).c.id.in_([row.id for row in rows]))
                .values(joined_on=date(year, 5, 1))
            )
        rest = [row.id for row in ids[60:]]
        session.connection().execute(
            update(core(Person))
            .where(core(Person).c.id.in_(rest))
            .values(joined_on=date(2010, 1, 1))
        )
        catch_up(session, now=NOW)
        cohorts = told(parts(session, body, "cohort"))
        assert cohorts == {"-2021": (120, ""), "2023": (36, ""), "2024-2025": (24, "")}


def test_who_is_in_a_unit_with_all_or_none_in_date_is_left_out(engine):
    with writing(engine) as session:
        body = mixed(session)
        unit = body.unit("C", body.top)
        everybody = body.people(20, unit)
        family(session, everybody, "care")
        body.complete(everybody, JAN)
        catch_up(session, now=NOW)
        # The unit is hidden with the smallest one beside it, and the body's region with both.
        hidden = {
            row.name
            for row in snapshots.of_month(
                session, org_id=body.id, module=body.module, month_end=JAN
            )
            if row.hidden == "same"
        }
        assert "C" in hidden
        counted = sum(people for people, _ in told(parts(session, body)).values())
        assert counted == 0 or counted <= 200 - 20 - 90


def test_a_month_that_tells_of_no_change_but_of_few_newcomers_waits(engine):
    with writing(engine) as session:
        body = mixed(session)
        new = body.people(5, body.top, on=FEB - timedelta(days=3))
        family(session, new, "care")
        catch_up(session, now=NOW)
        assert told(parts(session, body))
        assert told(parts(session, body), FEB) == {}


def test_a_family_that_a_few_joined_is_told_where_statuses_changed(engine):
    with writing(engine) as session:
        body = mixed(session)
        own = body.people(30, body.top)
        family(session, own, "desk")
        body.complete(own[:12], JAN)
        new = body.people(17, body.top, on=FEB - timedelta(days=3))
        family(session, new[:5], "care")
        family(session, new[5:], "desk")
        # More than came: somebody's status changed, as everybody sees.
        body.complete(own[12:] + new[:2], FEB)
        catch_up(session, now=NOW)
        assert told(parts(session, body)) == {"care": (60, ""), "desk": (90, ""), "works": (60, "")}
        assert told(parts(session, body), FEB)["care"] == (65, "")


def test_a_month_in_which_nothing_changed_is_told_like_the_one_before(engine):
    with writing(engine) as session:
        body = mixed(session)
        catch_up(session, now=NOW)
        both = [
            {
                (one.category, one.low, one.high)
                for one in parts(session, body)
                if one.month_end == on
            }
            for on in (JAN, FEB)
        ]
        assert both[0]
        # Once in a thousand times chance begins anew.
        assert both[0] == both[1] or {one[0] for one in both[0]} == {one[0] for one in both[1]}


def test_a_raised_threshold_hides_what_was_shown_and_shows_nothing_new(engine):
    with writing(engine) as session:
        body = mixed(session)
        catch_up(session, now=NOW)
        before = {(one.month_end, one.category) for one in parts(session, body) if one.hidden}
        organisation = session.get(Organisation, body.id)
        organisation.least = 40
        session.flush()
        assert tighten(session, organisation=organisation) > 0
        after = {(one.month_end, one.category) for one in parts(session, body) if one.hidden}
        assert before <= after
        assert len(after) == 6
