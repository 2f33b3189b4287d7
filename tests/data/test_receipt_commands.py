"""The operator's commands for receipts: an attempt shown, and any of them graded again."""

from __future__ import annotations

import json
import uuid

import pytest
from sqlalchemy import func, select, update
from typer.testing import CliRunner

from db import attempts
from db.engine import engine, reading, writing
from db.tables import Answer, Attempt, Bundle, Revision, core
from modules import taught
from modules.commands import app
from modules.commands import attempts as commands
from modules.learn import receipts
from tests.counting import count, counting
from tests.walk import MODULE, Walk

ANSWER, ATTEMPT, BUNDLE = core(Answer).c, core(Attempt).c, core(Bundle).c


def run(*arguments):
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.stdout, done.stderr


def held(world, who):
    with reading() as session:
        return receipts.receipts(session, world.viewer(who))


def tamper(slot, **values):
    """Change a recorded answer behind the program's back."""
    with writing() as session:
        session.connection().execute(
            update(core(Answer)).where(ANSWER.slot == slot).values(**values)
        )


@pytest.fixture
def amira(world):
    """Amira with the whole module behind her."""
    return Walk(world).whole()


def an_attempt(form="check"):
    """The id of the attempt with the most answers on a form."""
    with reading() as session:
        return str(
            session.connection()
            .execute(
                select(ATTEMPT.id)
                .join(core(Answer), ANSWER.attempt_id == ATTEMPT.id)
                .where(ATTEMPT.form == form)
                .group_by(ATTEMPT.id)
                .order_by(func.count().desc())
            )
            .scalars()
            .first()
        )


def test_show_prints_everything_that_replays_an_attempt_and_names_nobody(world, amira):
    code, said, _ = run("attempt", "show", an_attempt())
    [check] = [one for one in held(world, "amira") if one.sitting.form == "check"]
    assert code == 0
    for told in (check.sitting.sha256, check.sitting.seed, "M01-Q", "(grader 1)", "right, score 1"):
        assert told in said
    assert check.lines()[0].answer in said
    for hidden in ("Amira", "amira", "Khan", str(amira.viewer.person_id)):
        assert hidden not in said


def test_show_as_json_holds_the_same(world, amira):
    code, said, _ = run("attempt", "show", an_attempt(), "--json")
    told = json.loads(said)
    assert code == 0
    assert len(told["answers"]) == 6
    assert {one["right"] for one in told["answers"]} == {True}


def test_replaying_one_attempt_ends_well_while_its_grades_are_the_same(world, amira):
    code, said, _ = run("attempt", "replay", an_attempt())
    assert code == 0
    assert "1 attempts with 6 answers replayed" in said


@pytest.mark.parametrize(
    "values", [{"score": 0.5}, {"correct": False}, {"tags": ["made-up"]}], ids=str
)
def test_a_changed_grade_is_found_and_ends_with_exit_code_1(world, amira, values):
    [check] = [one for one in held(world, "amira") if one.sitting.form == "check"]
    slot = check.lines()[0].slot
    tamper(slot, **values)
    for arguments in ([str(check.sitting.id)], ["--all"]):
        code, said, _ = run("attempt", "replay", *arguments)
        assert code == 1
        assert f"{check.sitting.id}  {slot} try 1: recorded " in said
    code, said, _ = run("attempt", "replay", "--all", "--json")
    told = json.loads(said)
    assert code == 1
    assert told["differing"] == 1
    assert [one["attempt"] for one in told["found"]] == [str(check.sitting.id)]


def test_a_changed_response_is_found(world, amira):
    [check] = [one for one in held(world, "amira") if one.sitting.form == "check"]
    tamper(check.lines()[0].slot, response={"choice": "never-offered"})
    code, said, _ = run("attempt", "replay", "--all")
    assert code == 1
    assert "cannot be replayed: " in said


def test_a_changed_seed_or_paper_is_found(world, amira):
    with writing() as session:
        session.connection().execute(
            update(core(Attempt))
            .where(ATTEMPT.form == "check")
            .values(paper={"M01-Q99": [["x", ""]]})
        )
    assert run("attempt", "replay", "--all")[0] == 1


def test_content_that_cannot_be_read_any_more_is_told_and_ends_with_exit_code_1(world, amira):
    with writing() as session:
        session.connection().execute(update(core(Bundle)).values(body="{}"))
    taught._read.clear()
    code, said, _ = run("attempt", "replay", "--all")
    taught._read.clear()
    assert code == 1
    assert "cannot be replayed: its content cannot be read" in said


@pytest.mark.parametrize("how", ["edited", "not JSON"])
def test_content_that_is_not_what_its_fingerprint_says_cannot_be_replayed(world, amira, how):
    with writing() as session:
        [(sha256, text)] = session.connection().execute(
            select(BUNDLE.sha256, BUNDLE.body)
            .join(core(Revision), core(Revision).c.sha256 == BUNDLE.sha256)
            .where(core(Revision).c.module == MODULE)
            .distinct()
        )
        changed = text.replace("the", "teh") if how == "edited" else text[:-1]
        assert changed != text
        session.connection().execute(
            update(core(Bundle)).where(BUNDLE.sha256 == sha256).values(body=changed)
        )
    taught._read.clear()
    code, said, _ = run("attempt", "replay", an_attempt())
    taught._read.clear()
    assert code == 1
    assert "cannot be replayed: its content cannot be read: " in said
    assert "fingerprint" in said


def test_all_is_read_page_by_page_with_the_same_questions_for_each(world, amira, monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 7)
    total = count(Attempt)
    with counting(engine()) as sent:
        code, said, heard = run("attempt", "replay", "--all")
    asked = [one for one in sent if "\nFROM answer" in one or "\nFROM attempt" in one]
    assert code == 0
    assert f"{total} attempts with " in said
    pages = heard.splitlines()
    assert pages[-1] == f"{total} attempts"
    # Two organisations; each ends with one page that is empty.
    assert len(asked) == 2 * (len(pages) + 2)


def test_pages_hold_every_attempt_once(world, amira):
    org_id, seen, last = amira.viewer.org_id, [], None
    with reading() as session:
        while page := attempts.page(session, org_id=org_id, after=last, limit=5):
            seen += [one.id for one in page]
            last = page[-1].id
        query = select(ATTEMPT.id).where(ATTEMPT.org_id == org_id)
        assert sorted(seen) == sorted(session.connection().execute(query).scalars())
        assert attempts.by_id(session, org_id=org_id, attempt_id=seen[0]).id == seen[0]
        assert attempts.by_id(session, org_id=uuid.uuid4(), attempt_id=seen[0]) is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "nonsense"], "is not the id of an attempt"),
        (["show", str(uuid.UUID(int=5))], "There is no attempt"),
        (["replay", str(uuid.UUID(int=5))], "There is no attempt"),
        (["replay"], "say --all"),
        (["replay", str(uuid.UUID(int=5)), "--all"], "say --all"),
    ],
)
def test_what_cannot_be_shown_or_replayed_ends_in_one_sentence(world, arguments, told):
    code, said, heard = run("attempt", *arguments)
    assert (code, said) == (1, "")
    assert told in heard
    assert len(heard.splitlines()) == 1


def test_the_attempts_of_the_world_replay_too(world):
    assert run("attempt", "replay", "--all")[0] == 0
