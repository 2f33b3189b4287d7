"""The program reads its limits from the agreement: each clause, changed, changes what it does."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta

from typer.testing import CliRunner

from db import people, reminders, snapshots
from db.engine import reading, writing
from db.tables import RoleGrant
from modules.access import Role
from modules.admin import actions as admin
from modules.agreement import model
from modules.basics import Content
from modules.commands import app
from modules.learn.path import my_path
from modules.manage import actions as manage
from modules.manage import learned
from modules.manage import team as teams
from modules.personal import purposes
from modules.progress.asked import form_items
from modules.settings import ROOT
from modules.snapshots import catch_up, tighten
from tests.evidence import fill
from tests.signers import agree

PURPOSE = purposes.MANAGER[0]


def seen(world, session):
    return manage.statistics(session, world.viewer("grace"), now=world.now)


def hidden(session, world):
    org_id = world.organisations["Fernleigh"]
    rows = snapshots.taken(session, org_id=org_id, module="M01")
    return {(row.month_end, row.name) for row in rows if row.hidden}


def test_a_panel_that_is_not_agreed_is_neither_drawn_nor_reported(world, monkeypatch):
    with writing() as session:
        assert [one.panel.name for one in seen(world, session).figures] == ["trend", "units"]
        agree(monkeypatch, panels=["units"])
        assert [one.panel.name for one in seen(world, session).figures] == ["units"]
        report = manage.completion_report(session, world.viewer("grace"), now=world.now)
        assert "trend" not in report["statistics"]["modules"]["M01"]
        agree(monkeypatch, panels=[])
        assert seen(world, session).figures == ()


def test_a_raised_threshold_hides_stored_months_too_and_shows_nothing_new(world, monkeypatch):
    with writing() as session:
        before = hidden(session, world)
        body = people.organisation(session, org_id=world.organisations["Fernleigh"])
        assert tighten(session, organisation=body) == 0
        agree(monkeypatch, threshold__least=20)
        assert seen(world, session).least == 20
        assert tighten(session, organisation=body) > 0
        after = hidden(session, world)
        assert before < after
        shown = [
            row
            for row in snapshots.taken(session, org_id=body.id, module="M01")
            if not row.hidden and row.people
        ]
        assert shown
        assert min(row.people for row in shown) >= 20
        assert tighten(session, organisation=body) == 0
        agree(monkeypatch, threshold__least=10)
        assert tighten(session, organisation=body) == 0
        assert hidden(session, world) == after


def test_an_organisation_with_a_number_of_its_own_is_never_below_the_agreed(world, monkeypatch):
    agree(monkeypatch, threshold__least=12)
    with writing() as session:
        body = people.organisation(session, org_id=world.organisations["Fernleigh"])
        body.least = 3
        session.add(body)
        session.flush()
        assert seen(world, session).least == 12
        body.least = 25
        session.add(body)
        session.flush()
        assert seen(world, session).least == 25
        catch_up(session, now=world.now + timedelta(days=40))
        newest = snapshots.latest(session, org_id=body.id, module="M01")
        assert all(row.hidden for row in newest if 0 < row.people < 25)


def test_what_training_did_is_told_from_the_agreed_number_on(world, monkeypatch):
    assert learned.first() == 30
    agree(monkeypatch, threshold__learned=50)
    assert learned.first() == 50
    told = learned.as_json(world.viewer("grace"), [], world.now)
    assert told["first_block"] == 50


def test_what_managers_are_not_to_see_is_left_out_of_page_and_report(world, monkeypatch):
    agree(monkeypatch, managers_see=["name", "module", "status"])
    tom = world.viewer("tom")
    with writing() as session:
        team = teams.team(session, tom, now=world.now)
        assert {one.name for one in team.people} >= {"Amira Khan"}
        for one in team.people:
            assert (one.unit, one.on, one.reminded_on, one.to_remind) == ("", None, None, ())
        assert teams.remind(session, tom, now=world.now) == 0
        amira = world.viewer("amira").person_id
        opened = teams.person(session, tom, person_id=amira, purpose=PURPOSE, now=world.now)
        assert opened.unit == ""
        assert [one.on for one in opened.duties] == [None]
        told = manage.completion_report(session, tom, now=world.now)["team"]
        assert all(one["unit"] == "" and one["on"] is None for one in told)


def test_administrators_see_no_status_where_it_is_not_agreed(world, monkeypatch):
    marek, amira = world.viewer("marek"), world.viewer("amira")
    why = {"purpose": purposes.ADMINISTRATOR[0], "now": world.now}
    with writing() as session:
        assert admin.person(session, marek, person_id=amira.person_id, **why).duties
        agree(monkeypatch, names__administrators_see_status=False)
        sheet = admin.person(session, marek, person_id=amira.person_id, **why)
        assert sheet.duties is None
        assert sheet.member.name == "Amira Khan"


def test_an_auditor_has_names_only_where_that_is_agreed_whatever_was_granted(world, monkeypatch):
    amira = world.viewer("amira")
    with writing() as session:
        session.add(
            RoleGrant(
                org_id=amira.org_id,
                person_id=amira.person_id,
                role=Role.AUDITOR,
                names=True,
                granted_at=world.now,
            )
        )
    assert [one.names for one in world.viewer("amira").grants] == [False]
    agree(monkeypatch, names__auditors_see_names=True)
    assert [one.names for one in world.viewer("amira").grants] == [True]


def test_where_sureness_is_not_agreed_a_browser_that_sends_it_changes_nothing(amira, monkeypatch):
    agree(monkeypatch, confidence__asked=False)
    amira.begin()
    slot = form_items(amira.module, amira.journey.sheet("pre"))[0]
    assert amira.answer("pre", slot, sure="certain").confidence is None
    agree(monkeypatch, confidence__asked=True)
    slot = form_items(amira.module, amira.journey.sheet("pre"))[1]
    assert amira.answer("pre", slot, sure="certain").confidence == 1.0


def test_a_reminder_that_is_given_on_a_sunday_arrives_when_work_begins(world):
    tom, amira = world.viewer("tom"), world.viewer("amira")
    sunday = datetime(2026, 11, 22, 10, tzinfo=UTC)
    with writing() as session:
        reminders.send(
            session,
            org_id=tom.org_id,
            sender_id=tom.person_id,
            pairs=[(amira.person_id, "M01")],
            now=sunday,
        )
    with reading() as session:
        for hour, shown in ((22 * 24 + 11, False), (23 * 24 + 7, False), (23 * 24 + 8, True)):
            now = datetime(2026, 10, 31, tzinfo=UTC) + timedelta(hours=hour)
            assert (my_path(session, amira, now=now).reminder is not None) == shown, now


def leaves(kind, before=""):
    for name, field in kind.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, Content):
            yield from leaves(inner, f"{name}.")
        else:
            yield before + name


def test_every_clause_is_read_by_the_program_or_compared_with_its_settings_at_the_start():
    read = set()
    for path in (ROOT / "modules").rglob("*.py"):
        if path.parent.name != "agreement" or path.name in ("limits.py", "current.py"):
            found = ast.walk(ast.parse(path.read_text("utf-8")))
            read |= {node.attr for node in found if isinstance(node, ast.Attribute)}
    # Told and not bounding; and periods, which `modules.personal.retention` takes all at once.
    told = {"title", "number", "signers"}
    for clause in leaves(model.Agreement):
        group, _, name = clause.rpartition(".")
        assert name in read | told or group == "retention", f"nothing reads {clause}"


def test_the_operator_exports_names_beside_the_evidence_only_where_that_is_agreed(
    world, monkeypatch, tmp_path
):
    out = tmp_path / "log.jsonl"
    wanted = ["audit", "export", "--names", "--organisation", "Fernleigh", "--out", str(out)]
    done = CliRunner().invoke(app, wanted)
    assert done.exit_code == 1
    assert "names.auditors_see_names" in done.stderr
    assert not out.exists()
    agree(monkeypatch, names__auditors_see_names=True)
    with writing() as session:
        fill(session, world.organisations["Fernleigh"], entries=3)
    assert CliRunner().invoke(app, wanted).exit_code == 0
    assert b"Person 0" in out.read_bytes()
