"""Breakdowns of the whole body: taken with the tree, shown where they expose nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from db import snapshots
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


def test_the_body_is_shown_by_family_where_units_and_families_mix(engine):
    with writing(engine) as session:
        body = mixed(session)
        catch_up(session, now=NOW)
        january = [part for part in parts(session, body) if part.month_end == JAN]
        assert [(one.category, one.people, one.in_date, one.hidden) for one in january] == [
            ("care", 60, 40, ""),
            ("desk", 60, 40, ""),
            ("works", 60, 40, ""),
        ]


def test_the_categories_of_each_breakdown_add_up_to_the_body(engine):
    with writing(engine) as session:
        body = mixed(session)
        body.complete(body.people(25, body.top)[:3], JAN)
        catch_up(session, now=NOW)
        top = next(
            row
            for row in snapshots.latest(session, org_id=body.id, module=body.module)
            if row.parent_id is None
        )
        for by in ("family", "path", "cohort"):
            newest = [one for one in parts(session, body, by) if one.month_end == FEB]
            assert sum(one.people for one in newest) == top.people == 205
            assert sum(one.in_date for one in newest) == top.in_date == 123
        assert "" in {one.category for one in parts(session, body)}


def test_a_family_of_few_is_hidden_and_the_smallest_other_one_with_it(engine):
    with writing(engine) as session:
        body = mixed(session, ((4, 20, 40), (4, 20, 40)))
        catch_up(session, now=NOW)
        january = {one.category: one.hidden for one in parts(session, body)}
        assert january == {"care": "small", "desk": "complement", "works": ""}


def test_a_family_that_is_a_unit_but_for_a_few_is_hidden(engine):
    with writing(engine) as session:
        # All of A but three of its people are the works' whole family: A less the works are three.
        body = mixed(session, ((3, 0, 60), (40, 40, 0)))
        catch_up(session, now=NOW)
        assert all(one.hidden for one in parts(session, body))


def test_a_breakdown_of_which_a_family_is_all_in_date_is_hidden_as_a_whole(engine):
    with writing(engine) as session:
        body = Body(session)
        for name in "AB":
            unit = body.unit(name, body.top)
            for kind, done in (("care", 30), ("desk", 12), ("works", 20)):
                people = body.people(30, unit)
                family(session, people, kind)
                body.complete(people[:done], JAN)
        catch_up(session, now=NOW)
        assert {one.hidden for one in parts(session, body)} == {"same"}


def test_only_one_breakdown_of_a_small_body_is_shown(engine):
    with writing(engine) as session:
        body = mixed(session)
        ids = session.connection().execute(core(Person).select()).all()
        session.connection().execute(
            update(core(Person))
            .where(core(Person).c.id.in_([row.id for row in ids[::2]]))
            .values(path="B")
        )
        catch_up(session, now=NOW)
        shown = {
            by
            for by in ("family", "path", "cohort")
            if not all(one.hidden for one in parts(session, body, by))
        }
        assert shown == {"family"}


def test_a_family_that_a_few_joined_is_hidden_until_enough_have_come(engine):
    with writing(engine) as session:
        body = mixed(session)
        new = body.people(5, body.top, on=FEB - timedelta(days=3))
        family(session, new, "care")
        more = body.people(15, body.top, on=FEB - timedelta(days=3))
        family(session, more, "desk")
        catch_up(session, now=NOW)
        february = {
            one.category: one.hidden for one in parts(session, body) if one.month_end == FEB
        }
        assert february["care"] != ""
        assert [one.category for one in newest(session, body)] == sorted(february)


def newest(session, body):
    return snapshots.parts_shown(session, org_id=body.id, module=body.module, unit_id=body.top)


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
