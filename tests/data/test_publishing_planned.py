"""A publication at a time: once, by whichever process comes first, never of what was refused."""

import threading
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from db import drafts
from db.engine import reading, writing
from db.tables import Organisation
from modules.api import start
from modules.basics import BadInput
from modules.commands import app
from modules.drafts import planning, publishing
from modules.drafts import writing as steps
from tests.data.studio import HEAD, LESSON, Studio

WORD = ("Ask for the answer first.", "Ask for the answer, and only then for data.")
HOUR = timedelta(hours=1)


@pytest.fixture
def studio(world):
    made = Studio(world)
    made.begin()
    made.write(*WORD)
    made.change()
    made.ask()
    return made


def plan(studio, at=HOUR, who="priya"):
    given = {"seen": studio.seen(), "at": studio.now + at, "root": studio.root}
    studio.do(planning.plan, who, id=studio.id, **given)
    return studio.draft().publish_at


def due(studio, at):
    with reading() as session:
        return drafts.due(session, now=at)


def run(studio, at):
    with writing() as session:
        org = studio.who("priya").org_id
        return planning.publish_due(session, org_id=org, id=studio.id, root=studio.root, now=at)


def test_it_is_published_when_its_time_has_come_and_not_before(studio):
    studio.approve()
    at = plan(studio)
    assert due(studio, at - timedelta(seconds=1)) == []
    assert run(studio, at - timedelta(seconds=1)) == ""
    assert studio.live().number == 1
    [(_, id)] = due(studio, at)
    made = run(studio, at)
    assert (id, made.number, made.published_by) == (studio.id, 2, studio.who("priya").person_id)
    assert run(studio, at) == "" and due(studio, at) == []


def test_it_is_planned_only_as_approved_and_for_a_time_to_come(studio):
    with pytest.raises(BadInput, match="Somebody else has to approve"):
        plan(studio)
    studio.approve()
    for at in (-HOUR, timedelta(days=400)):
        with pytest.raises(BadInput, match="time to come, within a year"):
            plan(studio, at)


def test_a_change_undoes_the_plan(studio):
    studio.approve()
    at = plan(studio)
    studio.write("Name both.", "Name them both.")
    assert studio.draft().publish_at is None
    assert run(studio, at) == "" and studio.live().number == 1


def test_taken_back_it_is_not_published_and_stays_approved(studio):
    studio.approve()
    at = plan(studio)
    studio.do(lambda session, by, now, **more: planning.unplan(session, **more), id=studio.id)
    assert run(studio, at) == "" and studio.draft().state == "approved"


def test_what_was_overtaken_by_then_is_not_published_and_its_page_says_why(studio):
    studio.approve()
    at = plan(studio)
    with writing() as session:
        # As if somebody had published another draft of the module meanwhile.
        org = studio.who("priya").org_id
        drafts.set_draft(session, org_id=org, id=studio.id, base_id=org)
    assert "Bring it into the draft" in run(studio, at)
    draft = studio.draft()
    assert "Meanwhile revision 1" in draft.refused and draft.publish_at is None
    assert studio.live().number == 1


def test_what_cannot_be_read_by_then_is_not_published(studio):
    studio.approve()
    at = plan(studio)
    with writing() as session:
        org = studio.who("priya").org_id
        files = drafts.files(session, org_id=org, id=studio.id)
        drafts.put(
            session, org_id=org, id=studio.id, path=HEAD, body="id: [", number=files[HEAD].number
        )
    assert "YAML cannot read this" in run(studio, at)
    assert "YAML cannot read this" in studio.draft().refused


def test_two_processes_at_once_publish_once(studio):
    studio.approve()
    at = plan(studio)
    found, ready = [], threading.Barrier(2)

    def go():
        ready.wait()
        found.append(run(studio, at))

    both = [threading.Thread(target=go) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(isinstance(one, str) for one in found) == [False, True]
    assert studio.live().number == 2


def test_the_server_does_it_every_minute_and_a_command_for_cron(studio, monkeypatch):
    studio.approve()
    at = plan(studio)
    monkeypatch.setattr(start, "now", lambda: at - HOUR)
    start.publish_due()
    assert studio.live().number == 1
    done = CliRunner().invoke(app, ["content", "publish-due", "--now", at.isoformat()])
    assert done.exit_code == 0, done.output
    assert "M01 1.2.1 published, revision 2" in done.output
    done = CliRunner().invoke(app, ["content", "publish-due", "--now", at.isoformat()])
    assert "0 due" in done.output


def test_the_server_publishes_what_is_due(studio, monkeypatch):
    studio.approve()
    at = plan(studio)
    monkeypatch.setattr(start, "now", lambda: at)
    start.publish_due()
    assert studio.live().number == 2


def test_what_is_wrong_in_one_body_holds_up_no_publication_of_another(studio, monkeypatch):
    studio.approve()
    at = plan(studio)
    harrow, uma = Studio(studio.world), studio.who("uma")
    id = harrow.begin(who="uma")
    text = harrow.read(publishing.files_of, "uma", id=id)[LESSON]
    changed = {"path": LESSON, "base": text, "text": text.replace(*WORD, 1)}
    harrow.do(steps.save, "uma", id=id, **changed)
    harrow.change(who="uma")
    with writing() as session:
        approved = {"state": "approved", "planned_by": uma.person_id, "publish_at": at - HOUR / 2}
        drafts.set_draft(session, org_id=uma.org_id, id=id, **approved)
        session.get(Organisation, uma.org_id).zone = "Nowhere/At all"
    monkeypatch.setattr(start, "now", lambda: at)
    start.publish_due()
    with writing() as session:
        session.get(Organisation, uma.org_id).zone = "Europe/London"
    assert studio.live().number == 2
    assert harrow.live(who="uma").number == 1
    start.publish_due()
    assert harrow.live(who="uma").number == 2


def test_a_moment_without_zone_is_refused(world):
    done = CliRunner().invoke(app, ["content", "publish-due", "--now", "tomorrow"])
    assert done.exit_code == 1 and "Traceback" not in done.output


def test_who_had_a_draft_open_is_forgotten_by_the_hourly_work(studio, monkeypatch):
    viewer = studio.who("priya")
    who = {"org_id": viewer.org_id, "id": studio.id, "person_id": viewer.person_id}
    with writing() as session:
        drafts.see(session, **who, place="x", now=studio.now)
    monkeypatch.setattr(start, "now", lambda: studio.now + HOUR)
    start.forget_presence()
    with reading() as session:
        assert not drafts.present(session, org_id=viewer.org_id, id=studio.id, since=studio.now)
