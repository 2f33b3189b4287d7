"""A staff list tells job family, grade, language and zone; another family or grade is a move."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.engine import reading
from db.people import PERSON, PLACEMENT
from db.tables import Person, Placement, core
from modules.exchange import columns, telling
from modules.exchange.reading import open_table
from tests.data.importing import TODAY, Body, state
from tests.world import NOW

HEAD = "E-mail;Name;Job family;Pay grade;Preferred language;Time zone"
AMIRA = "amira.khan@fernleigh.example;Amira Khan"


@pytest.fixture
def body(world):
    return Body(world)


def work(body, email="amira.khan@fernleigh.example"):
    """(job family, grade, from, to), oldest first."""
    query = (
        select(PLACEMENT.job_family, PLACEMENT.grade, PLACEMENT.starts, PLACEMENT.ends)
        .select_from(core(Placement).join(core(Person), PERSON.id == PLACEMENT.person_id))
        .where(PERSON.org_id == body.id, PERSON.email == email)
        .order_by(PLACEMENT.starts, PLACEMENT.id)
    )
    with reading() as session:
        return [tuple(row) for row in session.connection().execute(query)]


def test_the_four_columns_are_known_by_many_names():
    for named, field in (
        ("Job Family", "job_family"),
        ("Staff group", "job_family"),
        ("Pay band", "grade"),
        ("GRADE", "grade"),
        ("preferredLanguage", "language"),
        ("Time-Zone", "zone"),
    ):
        assert columns.guess(["E-mail", "Name", named])[named] == field


def test_what_nobody_had_told_yet_is_filled_in_and_is_no_move(body):
    before = work(body)
    plan = body.dry(f"{AMIRA};Benefits officer;6;;", head=HEAD)
    assert (plan.counts.moved, plan.counts.changed, plan.counts.regraded) == (0, 1, 0)
    assert [row[3:] for row in body.fields] == [
        ("job_family", "", "Benefits officer"),
        ("grade", "", "6"),
    ]
    body.take(f"{AMIRA};Benefits officer;6;;", head=HEAD)
    assert work(body) == [("Benefits officer", "6", before[0][2], None)]
    assert body.dry(f"{AMIRA};Benefits officer;6;;", head=HEAD).nothing


def test_another_family_or_grade_is_a_move_from_that_day_within_the_unit(body):
    body.take(f"{AMIRA};Benefits officer;6;;", head=HEAD)
    first = work(body)[0][2]
    unit = body.places("amira.khan@fernleigh.example")[0][:2]
    body.now = NOW + timedelta(days=40)
    plan = body.dry(f"{AMIRA};Benefits officer;7;;", head=HEAD)
    assert (plan.counts.moved, plan.counts.changed, plan.counts.regraded) == (1, 0, 1)
    assert ("roster.note.regraded", {"n": 1}) in plan.notes
    body.take(f"{AMIRA};Benefits officer;7;;", head=HEAD)
    day = TODAY + timedelta(days=40)
    assert work(body) == [
        ("Benefits officer", "6", first, day),
        ("Benefits officer", "7", day, None),
    ]
    assert [one[:2] for one in body.places("amira.khan@fernleigh.example")] == [unit, unit]


def test_a_blank_cell_empties_family_and_grade_and_a_missing_column_keeps_them(body):
    body.take(f"{AMIRA};Benefits officer;6;cy;Europe/Berlin", head=HEAD)
    body.now = NOW + timedelta(days=1)
    assert body.dry(AMIRA, head="E-mail;Name").nothing
    body.take(f"{AMIRA};;6;;", head=HEAD)
    assert work(body)[-1][:2] == (None, "6")
    # She may have chosen them herself: only another value changes them.
    person = body.person("amira.khan@fernleigh.example")
    assert (person.language, person.zone) == ("cy", "Europe/Berlin")


def test_language_and_zone_are_kept_as_they_are_written(body):
    plan = body.dry(f"{AMIRA};;;EN_gb;europe/vienna", head=HEAD)
    assert [row[3:] for row in body.fields] == [
        ("language", "", "en-GB"),
        ("zone", "", "Europe/Vienna"),
    ]
    assert "roster.note.language" not in [code for code, _ in plan.notes]
    new = "ida.moss@fernleigh.example;Ida Moss;Planner;5;fr;Europe/Paris"
    plan = body.dry(new, head=HEAD)
    assert ("roster.note.language", {"n": 1, "languages": "fr"}) in plan.notes
    body.take(new, head=HEAD)
    person = body.person("ida.moss@fernleigh.example")
    assert (person.language, person.zone) == ("fr", "Europe/Paris")
    assert work(body, "ida.moss@fernleigh.example")[0][:2] == ("Planner", "5")


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (";;English;", "language", "language"),
        (";;;GMT Standard Time", "zone", "zone"),
        (";;;UTC+1", "zone", "zone"),
        (f"{'x' * 101};;;", "job_family", "long"),
        (";=1+1;;", "grade", "formula"),
    ],
)
def test_what_is_no_language_zone_family_or_grade_is_told_with_what_is_expected(
    body, row, field, code
):
    plan = body.dry(f"{AMIRA};{row}", head=HEAD)
    assert body.wrong == [(2, field, code)]
    assert [one for one, _ in plan.stops] == ["roster.stop.wrong"]


def test_undoing_an_import_puts_family_grade_language_and_zone_back(body):
    body.take(f"{AMIRA};Benefits officer;6;cy;Europe/Berlin", head=HEAD)
    before = state()
    body.now = NOW + timedelta(days=40)
    ida = "ida.moss@fernleigh.example;Ida Moss;Planner;5;fr;Europe/Paris"
    body.take(f"{AMIRA};Planner;7;en;Europe/London", ida, head=HEAD)
    assert len(work(body)) == 2
    body.undo()
    places = {name: rows for name, rows in state().items() if name != "person"}
    assert places == {name: rows for name, rows in before.items() if name != "person"}
    person = body.person("amira.khan@fernleigh.example")
    assert (person.language, person.zone) == ("cy", "Europe/Berlin")


def test_undoing_takes_back_what_was_filled_in(body):
    before = work(body)
    body.take(f"{AMIRA};Benefits officer;6;;", head=HEAD)
    body.undo()
    assert work(body) == before


def test_somebody_cut_out_of_a_ring_keeps_her_move_to_another_grade(body):
    body.take(f"{AMIRA};Officer;6;;", head=HEAD)
    body.now = NOW + timedelta(days=1)
    head = "E-mail;Name;Line manager;Grade"
    rows = (
        "amira.khan@fernleigh.example;Amira Khan;tom.ashdown@fernleigh.example;7",
        "tom.ashdown@fernleigh.example;Tom Ashdown;amira.khan@fernleigh.example;9",
    )
    body.take(*rows, head=head, skip_wrong=True)
    assert work(body)[-1][:2] == ("Officer", "7")


def users(tmp_path, head, *rows):
    (tmp_path / "orgs.csv").write_text(
        "sourcedId,status,name,type,identifier,parentSourcedId\no1,active,Benefits,department,,\n"
    )
    (tmp_path / "users.csv").write_text("\n".join([head, *rows, ""]))
    return open_table(tmp_path, "export")


def test_oneroster_carries_metadata_and_neither_school_roles_nor_school_years(tmp_path):
    head = "sourcedId,status,enabledUser,role,givenName,familyName,email,primaryOrgSourcedId,grades"
    plain = users(tmp_path, head, "u1,active,true,aide,Ida,Moss,ida@x.example,o1,07")
    assert set(plain.fixed.values()).isdisjoint({"job_family", "grade", "language", "zone"})
    more = f"{head},metadata.jobFamily,metadata.grade,metadata.timeZone"
    row = "u1,active,true,aide,Ida,Moss,ida@x.example,o1,07,Planner,5,Europe/Paris"
    table = users(tmp_path, more, row)
    (_, cells), *_ = table.rows()
    told = dict(zip(table.columns, cells, strict=True))
    assert {table.fixed[name]: value for name, value in told.items()} | {
        "job_family": "Planner",
        "grade": "5",
        "zone": "Europe/Paris",
    } == {table.fixed[name]: value for name, value in told.items()}
    assert "language" not in table.fixed.values()


def test_the_plan_in_json_names_family_and_grade_before_and_after():
    assert telling.MOVES[-4:] == ("job_family_before", "job_family", "grade_before", "grade")
