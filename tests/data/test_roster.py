"""Importing a staff list: who joins, moves, leaves and changes; all of it or nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.engine import reading, writing
from db.people import PERSON, PLACEMENT, UNIT
from db.roster import counting, kept
from db.tables import Organisation, Person, RoleGrant, RosterImport, SignIn, Unit, core
from modules.basics import BadInput
from modules.exchange import roster, undoing
from modules.exchange.plans import Choices
from modules.exchange.reading import open_table
from tests.counting import count
from tests.world import NOW

PATHS = {"a": "A", "b": "B", "front-line caseworkers": "B"}
HEAD = "E-mail;Name;Unit;Line manager;Employee number;Job title"
TODAY = NOW.date()


class Body:
    """One organisation of the world, and what is done to it."""

    def __init__(self, world, name="Fernleigh"):
        self.world, self.name = world, name
        with reading() as session:
            self.organisation = session.get(Organisation, world.organisations[name])
        self.now = NOW
        self.by = None

    @property
    def id(self):
        return self.organisation.id

    def _planned(self, rows, choices, head):
        table = open_table("\n".join([head, *rows]).encode(), "staff.csv")
        return lambda session: roster.plan(
            session,
            organisation=self.organisation,
            table=table,
            choices=Choices(**choices),
            paths=lambda: PATHS,
            by=self.by,
            now=self.now,
        )

    def dry(self, *rows, head=HEAD, **choices):
        """The plan, with its wrong cells as (row, field, code)."""
        with reading() as session:
            found = self._planned(rows, choices, head)(session)
            wrong = counting.listed(session, counting.TROUBLES, org_id=self.id, most=1000)
            self.wrong = [(one[0], one[2], one[3]) for one in wrong]
            self.told = wrong
            self.fields = list(counting.differences(session, org_id=self.id, most=1000))
        return found

    def take(self, *rows, head=HEAD, **choices):
        with writing() as session:
            return roster.apply(
                session,
                organisation=self.organisation,
                planned=self._planned(rows, choices, head),
                by=self.by,
                now=self.now,
            )

    def undo(self):
        with writing() as session:
            return undoing.undo(session, org_id=self.id, now=self.now)

    def person(self, email):
        with reading() as session:
            query = select(Person).where(PERSON.org_id == self.id, PERSON.email == email)
            return session.execute(query).scalar_one_or_none()

    def places(self, email):
        """(unit, manager's address, from, to), oldest first."""
        boss = core(Person).alias("boss")
        query = (
            select(UNIT.name, boss.c.email, PLACEMENT.starts, PLACEMENT.ends)
            .join(core(Person), (PERSON.id == PLACEMENT.person_id))
            .join(core(Unit), UNIT.id == PLACEMENT.unit_id)
            .outerjoin(boss, boss.c.id == PLACEMENT.line_manager_id)
            .where(PERSON.org_id == self.id, PERSON.email == email)
            .order_by(PLACEMENT.starts, PLACEMENT.id)
        )
        with reading() as session:
            return [tuple(row) for row in session.connection().execute(query)]


@pytest.fixture
def body(world):
    return Body(world)


def state():
    """Every row of every table that an import may touch."""
    found = {}
    with reading() as session:
        for name in ("organisation", "person", "placement", "unit", "unit_place", "role_grant"):
            table = core(Person).metadata.tables[name]
            rows = session.connection().execute(table.select().order_by(table.c.id)).all()
            found[name] = [tuple(row) for row in rows]
    return found


ZED = "zed@fernleigh.example;Zed Young;Revenues;tom.ashdown@fernleigh.example;E9;Clerk"
AMIRA = "amira.khan@fernleigh.example;Amira Khan;Benefits;grace.okafor@fernleigh.example;;"


def test_somebody_new_joins_her_unit_under_her_manager(body):
    plan = body.take(ZED)
    assert (plan.counts.joined, plan.counts.moved, plan.counts.left) == (1, 0, 0)
    zed = body.person("zed@fernleigh.example")
    assert (zed.name, zed.given_name, zed.employee_number) == ("Zed Young", "Zed", "E9")
    assert (zed.job_title, zed.path, zed.joined_on, zed.version) == ("Clerk", "A", TODAY, 1)
    assert body.places("zed@fernleigh.example") == [
        ("Revenues", "tom.ashdown@fernleigh.example", TODAY, None)
    ]


def test_a_move_closes_the_old_placement_and_opens_a_new_one(body):
    plan = body.take(AMIRA)
    assert (plan.counts.joined, plan.counts.moved, plan.counts.changed) == (0, 1, 0)
    assert body.places("amira.khan@fernleigh.example") == [
        ("Revenues", "tom.ashdown@fernleigh.example", date(2024, 3, 4), TODAY),
        ("Benefits", "grace.okafor@fernleigh.example", TODAY, None),
    ]
    assert body.person("amira.khan@fernleigh.example").version == 2


def test_the_same_file_twice_changes_nothing_and_leaves_no_second_line(body):
    body.take(ZED, AMIRA)
    before = state()
    body.now = NOW + timedelta(hours=1)
    plan = body.take(ZED, AMIRA)
    assert plan.nothing
    assert plan.counts.same == 2
    assert state() == before
    assert count(RosterImport) == 1


def test_undo_puts_every_row_back(body):
    def plain():
        kept_ = state()
        at = list(core(Person).columns.keys())
        drop = {at.index("version"), at.index("changed_at")}
        kept_["person"] = [
            tuple(one for place, one in enumerate(row) if place not in drop)
            for row in kept_["person"]
        ]
        return kept_

    before = plain()
    rows = (
        *(ZED, AMIRA),
        "grace.okafor@fernleigh.example;Grace Okafor;Fernleigh;;;",
        "tom.ashdown@fernleigh.example;Tom Ashdown;Revenues;grace.okafor@fernleigh.example;;",
        "marek.novak@fernleigh.example;Marek Novak;Governance;grace.okafor@fernleigh.example;;",
        "ben.hale@fernleigh.example;Ben Hale-Lee;New team;zed@fernleigh.example;E2;Lead",
    )
    leaving = body.dry(*rows, leavers=True).counts.left
    assert not body.take(*rows, leavers=True, leaving=leaving).stops
    assert leaving > 30
    assert plain() != before
    body.undo()
    assert plain() == before
    with pytest.raises(BadInput, match="no import to undo"):
        body.undo()
    assert not body.dry(*rows).nothing


def test_a_dry_run_changes_nothing_and_tells_field_by_field(body):
    before = state()
    plan = body.dry(
        "amira.khan@fernleigh.example;Amira Khan-Lee;Revenues;tom.ashdown@fernleigh.example;E7;"
    )
    assert plan.counts.changed == 1
    assert [(one[3], one[4], one[5]) for one in body.fields] == [
        ("name", "Amira Khan", "Amira Khan-Lee"),
        ("number", "", "E7"),
    ]
    assert state() == before


def test_whoever_is_missing_stays_unless_leavers_are_asked_for(body):
    assert body.dry(ZED).counts.left == 0
    plan = body.dry(ZED, leavers=True)
    assert plan.counts.left == plan.counts.present
    codes = [code for code, _ in plan.stops]
    assert "roster.stop.many" in codes
    assert "roster.stop.administrator" in codes


def test_a_leaver_can_no_longer_sign_in_and_has_no_roles_when_she_comes_back(body, world):
    world.sign_in("priya")
    head = "E-mail;Name;Active"
    plan = body.take("priya.nair@fernleigh.example;Priya Nair;no", head=head)
    assert plan.counts.left == 1
    priya = body.person("priya.nair@fernleigh.example")
    assert priya.left_on == TODAY
    assert body.places(priya.email)[-1][3] == TODAY
    with reading() as session:
        ended = session.execute(select(SignIn.ended_at).where(SignIn.person_id == priya.id))
        assert ended.scalars().all() == [NOW]
        ends = session.execute(select(RoleGrant.ends).where(RoleGrant.person_id == priya.id))
        assert ends.scalars().all() == [TODAY]
    body.now = NOW + timedelta(days=30)
    plan = body.take("priya.nair@fernleigh.example;Priya Nair;yes;Benefits", head=head + ";Unit")
    assert (plan.counts.returned, plan.counts.joined, plan.counts.moved) == (1, 0, 0)
    priya = body.person("priya.nair@fernleigh.example")
    assert priya.left_on is None
    assert body.places(priya.email)[-1] == ("Benefits", None, TODAY + timedelta(days=30), None)
    with reading() as session:
        ends = session.execute(select(RoleGrant.ends).where(RoleGrant.person_id == priya.id))
        assert ends.scalars().all() == [TODAY]
    assert world.viewer("amira")


def test_wrong_rows_stop_the_import_unless_they_are_left_out(body):
    rows = (ZED, "nobody;No Body;Revenues;;;", "zed2@fernleigh.example;=1+1;Revenues;;;")
    before = state()
    assert [code for code, _ in body.take(*rows).stops] == ["roster.stop.wrong"]
    assert state() == before
    body.dry(*rows)
    assert body.wrong == [(3, "email", "address"), (4, "name", "formula")]
    plan = body.take(*rows, skip_wrong=True)
    assert (plan.counts.joined, plan.counts.wrong) == (1, 2)


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (
            ["Ann@x.org;Ann;Tax;;;", "ann@X.org;Ann;Tax;;;"],
            [(2, "email", "twice_email"), (3, "email", "twice_email")],
        ),
        (
            ["a@x.org;Ann;Tax;;7;", "b@x.org;Ben;Tax;;7;"],
            [(2, "number", "twice_number"), (3, "number", "twice_number")],
        ),
        (["a@x.org;Ann;Tax;who@x.org;;"], [(2, "manager", "unknown_boss")]),
        (["a@x.org;Ann;Tax;a@x.org;;"], [(2, "manager", "own_boss")]),
        (
            ["a@x.org;A;Tax;c@x.org;;", "b@x.org;B;Tax;a@x.org;;", "c@x.org;C;Tax;b@x.org;;"],
            [(n, "manager", "ring") for n in (2, 3, 4)],
        ),
        (["a@x.org;;Tax;;;"], [(2, "name", "no_name")]),
        (["a@x.org;Ann;Tax;;" + "9" * 65 + ";"], [(2, "number", "long")]),
        (["a@x.org;Ann;Tax;;;x;more"], [(2, "email", "wide")]),
        (["a@x.org;An\u202en;Tax;;;"], [(2, "name", "unseen")]),
        (["a@x.org;#REF!;Tax;;;"], [(2, "name", "error")]),
    ],
)
def test_the_dry_run_says_which_rows_are_wrong_and_why(body, rows, wrong):
    body.dry(*rows)
    assert body.wrong == wrong


def test_a_circle_is_told_and_leaving_it_out_leaves_nobody_in_it(body):
    rows = ["a@x.org;A;Tax;b@x.org;;", "b@x.org;B;Tax;a@x.org;;", "d@x.org;D;Tax;a@x.org;;"]
    body.dry(*rows)
    assert {one[5] for one in body.told} == {"a@x.org → b@x.org → a@x.org"}
    body.take(*rows, skip_wrong=True)
    assert [body.places(f"{who}@x.org")[0][1] for who in "abd"] == [None, None, "a@x.org"]
    assert body.dry(*rows).counts.same == 3


def test_a_number_that_has_another_address_is_the_same_person_with_a_new_name(body):
    body.take(ZED)
    old = body.person("zed@fernleigh.example")
    body.take("zed.marr@fernleigh.example;Zed Marr;Revenues;tom.ashdown@fernleigh.example;E9;Clerk")
    assert body.person("zed.marr@fernleigh.example").id == old.id
    assert body.person("zed@fernleigh.example") is None


def test_an_address_given_to_somebody_with_another_number_inherits_no_record(body):
    body.take(ZED)
    body.dry("zed@fernleigh.example;Zed Other;Revenues;;E10;")
    assert body.wrong == [(2, "number", "clash")]


def test_two_people_can_swap_their_addresses(body):
    rows = ["a@x.org;Ann;Tax;;1;", "b@x.org;Ben;Tax;;2;"]
    body.take(*rows)
    ann, ben = body.person("a@x.org").id, body.person("b@x.org").id
    body.take("b@x.org;Ann;Tax;;1;", "a@x.org;Ben;Tax;;2;")
    assert (body.person("b@x.org").id, body.person("a@x.org").id) == (ann, ben)
    body.dry("a@x.org;Ann;Tax;;1;")
    assert body.wrong == [(2, "email", "taken")]


def test_units_are_found_or_made_by_path_code_and_parent(body):
    head = "E-mail;Name;Unit;Unit code;Parent unit"
    rows = [
        "a@x.org;A;Revenues and benefits / Revenues;;",
        "b@x.org;B;Fernleigh / Governance / Audit;;",
        "c@x.org;C;Parking;PK;Revenues and benefits",
        "d@x.org;D;Permits;;PK",
        "e@x.org;E;PERMITS;;PK",
        "f@x.org;F;;PK;",
    ]
    plan = body.take(*rows, head=head)
    assert sorted(one.name for one in plan.new_units) == ["Audit", "Parking", "Permits"]
    assert plan.tree.path(plan.new_units[-1].id).startswith("Fernleigh / ")
    where = [body.places(f"{who}@x.org")[0][0] for who in "abcdef"]
    assert where == ["Revenues", "Audit", "Parking", "Permits", "Permits", "Parking"]
    assert body.dry(*rows, head=head).nothing
    plan = body.take("c@x.org;C;Parking and permits;PK;Governance", head=head)
    assert [(old.name, new.name) for old, new in plan.changed_units] == [
        ("Parking", "Parking and permits")
    ]


def test_a_unit_name_that_two_units_have_is_wrong(body):
    head = "E-mail;Name;Unit"
    body.take("a@x.org;A;Revenues / Team 1", "b@x.org;B;Benefits / Team 1", head=head)
    body.dry("c@x.org;C;Team 1", head=head)
    assert body.wrong == [(2, "unit", "unit_ambiguous")]


def test_whoever_leaves_in_future_stays_until_then(body):
    head = "E-mail;Name;Last day;Start date"
    body.take("amira.khan@fernleigh.example;Amira Khan;31/12/2026;", head=head)
    amira = body.person("amira.khan@fernleigh.example")
    assert amira.left_on == date(2027, 1, 1)
    assert body.places(amira.email)[0][3] == date(2027, 1, 1)
    assert body.dry("amira.khan@fernleigh.example;Amira Khan;31/12/2026;", head=head).nothing
    body.take("amira.khan@fernleigh.example;Amira Khan;;", head=head)
    assert body.person("amira.khan@fernleigh.example").left_on is None
    assert body.places(amira.email)[0][3] is None


def test_somebody_who_left_before_and_is_not_known_is_not_taken_in(body):
    head = "E-mail;Name;Status"
    plan = body.take("old@x.org;Old Hand;terminated", head=head)
    assert plan.counts.ignored == 1
    assert body.person("old@x.org") is None


def test_a_mapping_is_remembered_for_the_next_file_with_the_same_head(body):
    head = "Correo;Quien;Donde"
    mapping = {"Correo": "email", "Quien": "name", "Donde": "unit"}
    with pytest.raises(BadInput, match="No column holds e-mail"):
        body.dry("a@x.org;Ann;Tax", head=head)
    body.take("a@x.org;Ann;Tax", head=head, mapping=mapping)
    plan = body.dry("b@x.org;Ben;Tax", head=head)
    assert plan.remembered
    assert plan.counts.joined == 1


def test_a_password_column_is_never_read(body):
    head = "E-mail;Name;Unit;Password"
    plan = body.dry("a@x.org;Ann;Tax;hunter2", head=head)
    assert plan.secret_columns == ("Password",)
    with pytest.raises(BadInput, match="never read"):
        body.dry("a@x.org;Ann;Tax;hunter2", head=head, mapping={"Password": "number"})


def test_an_import_touches_nothing_of_another_body(world):
    fernleigh, harrow = Body(world), Body(world, "Harrow Vale")
    fernleigh.take(ZED)
    before = {name: [row for row in rows if fernleigh.id in row] for name, rows in state().items()}
    rows = (ZED, AMIRA, "marek.novak@fernleigh.example;Marek Novak;Home visits;;M1;")
    harrow.dry(*rows)
    # Tom and Grace are nobody there.
    assert harrow.wrong == [(2, "manager", "unknown_boss"), (3, "manager", "unknown_boss")]
    plan = harrow.take(*rows, skip_wrong=True, leavers=False)
    assert plan.counts.joined == 3
    after = {name: [row for row in rows if fernleigh.id in row] for name, rows in state().items()}
    assert after == before
    mine, theirs = (one.person("zed@fernleigh.example") for one in (fernleigh, harrow))
    assert mine.id != theirs.id
    harrow.undo()
    assert {
        name: [row for row in rows if fernleigh.id in row] for name, rows in state().items()
    } == before


def test_nobody_imports_herself_away_and_an_administrator_stays(body):
    body.by = body.person("tom.ashdown@fernleigh.example").id
    plan = body.dry("tom.ashdown@fernleigh.example;Tom Ashdown;no", head="E-mail;Name;Active")
    assert [code for code, _ in plan.stops] == ["roster.stop.yourself"]
    plan = body.dry("marek.novak@fernleigh.example;Marek Novak;no", head="E-mail;Name;Active")
    assert [code for code, _ in plan.stops] == ["roster.stop.administrator"]


def test_an_undo_is_refused_when_somebody_has_changed_since(body):
    body.take(AMIRA)
    amira = body.person("amira.khan@fernleigh.example")
    with writing() as session:
        session.get(Person, (amira.org_id, amira.id)).changed_at = NOW + timedelta(hours=1)
    with pytest.raises(BadInput, match="have been changed since"):
        body.undo()


def test_an_undo_is_refused_when_somebody_new_has_begun(body):
    from db.tables import Enrolment

    body.take(ZED)
    zed = body.person("zed@fernleigh.example")
    with writing() as session:
        session.add(
            Enrolment(
                org_id=zed.org_id, person_id=zed.id, module="M01", enrolled_at=NOW, due_on=TODAY
            )
        )
    with pytest.raises(BadInput, match="have begun to learn"):
        body.undo()


def test_what_the_latest_imports_did_is_listed(body):
    body.take(ZED)
    body.now = NOW + timedelta(hours=1)
    body.take(ZED, AMIRA)
    with reading() as session:
        found = kept.imports(session, org_id=body.id)
    assert [(one.people, one.joined, one.moved) for one in found] == [(2, 0, 1), (1, 1, 0)]
