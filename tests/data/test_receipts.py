"""Receipts: hers alone, whole, and graded again; and the operator's commands for them."""

from __future__ import annotations

import json
import os
import uuid

import pytest
from sqlalchemy import func, select, update
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from db import attempts
from db.engine import engine, reading, writing
from db.tables import Answer, Attempt, Bundle, Revision, core
from modules.commands import app
from modules.commands import attempts as commands
from modules.learn import content, receipts, rounds
from modules.progress import receipt
from modules.progress.asked import form_items
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.counting import count, counting
from tests.walk import MODULE, Walk

ANSWER, ATTEMPT, BUNDLE = core(Answer).c, core(Attempt).c, core(Bundle).c
UI = ROOT / "modules" / "shell" / "ui.py"


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
    walk = Walk(world)
    walk.begin()
    for step in walk.module.steps:
        walk.step(step)
    return walk


def test_a_learner_has_a_receipt_for_each_attempt_newest_first(world, amira):
    found = held(world, "amira")
    assert [one.sitting.form for one in found] == ["check", "pre", "practice"] or [
        one.sitting.form for one in found
    ] == ["check", "practice", "pre"]
    [check] = [one for one in found if one.sitting.form == "check"]
    assert len(check.lines()) == 6
    line = check.lines()[0]
    assert line.question
    assert line.answer
    assert (line.right, line.score, line.grader) == (True, 1.0, 1)
    assert line.answered_at is not None


def test_a_receipt_is_nobodys_but_hers(world, amira):
    for who in ("tom", "grace", "marek", "priya", "olga", "cora"):
        assert amira.viewer.person_id not in {one.sitting.person_id for one in held(world, who)}
    assert held(world, "cora") == []


def test_every_recorded_attempt_replays_with_the_same_grades(world, amira):
    lines = [line for one in held(world, "amira") for line in one.replay()]
    assert len(lines) > 20
    assert [str(line) for line in lines if not line.same] == []


def test_no_grade_is_told_before_the_whole_form_is_answered(world):
    walk = Walk(world).until("check")
    walk.do(rounds.check_again, module=MODULE)
    items = form_items(walk.module, walk.journey.sheet("check"))
    for slot in items[:-1]:
        walk.answer("check", slot, wrong=True)
    [check] = [one for one in held(world, "amira") if one.sitting.form == "check"]
    assert {(line.told, line.right, line.score, line.tags) for line in check.lines()} == {
        (False, None, None, ())
    }
    walk.answer("check", items[-1], wrong=True)
    [check] = [one for one in held(world, "amira") if one.sitting.form == "check"]
    assert {line.right for line in check.lines()} == {False}


def download(world, form):
    """The newest attempt on a form, as the page and the command give it to its learner."""
    [told] = receipts.as_json([one for one in held(world, "amira") if one.sitting.form == form])
    return told


def test_an_open_check_says_neither_its_grades_nor_what_it_will_ask(world):
    walk = Walk(world).until("check")
    walk.do(rounds.check_again, module=MODULE)
    sheet = walk.journey.sheet("check")
    items = form_items(walk.module, sheet)
    walk.answer("check", items[0], wrong=True)
    told = download(world, "check")
    assert not {"paper", "seed"} & set(told)
    [line] = told["answers"]
    assert not {"score", "right", "tags"} & set(line)
    assert told["later"] == line["later"] == receipt.LATER
    for hidden in (sheet.seed, *items[1:], *(slot for slot in sheet.paper if "again:" in slot)):
        assert hidden not in json.dumps(told)


def test_a_finished_check_keeps_the_spares_that_she_has_not_met_to_itself(world):
    walk = Walk(world).until("check")
    sheet = walk.check(wrong=("M01-Q11",))
    told = download(world, "check")
    assert told["seed"] == sheet.seed
    assert list(told["paper"]) == list(form_items(walk.module, sheet))
    slot = f"again:{walk.slot('M01-Q11')}"
    walk.answer("check", slot, wrong=True)
    spares = sheet.paper[slot]
    assert download(world, "check")["paper"][slot] == [list(spares[0])]
    assert len(spares) > 1


def test_what_she_guessed_before_the_lesson_is_told_with_the_check_and_not_before(world):
    walk = Walk(world).until("check")
    walk.do(rounds.check_again, module=MODULE)
    items = form_items(walk.module, walk.journey.sheet("check"))
    for slot in items:
        assert "later" in download(world, "pre")
        assert not any("score" in line for line in download(world, "pre")["answers"])
        walk.answer("check", slot, wrong=True)
    told = download(world, "pre")
    assert "later" not in told
    assert all("score" in line for line in told["answers"])


def test_a_new_round_says_nothing_of_its_guesses_because_the_one_before_was_finished(world, amira):
    amira.begin()
    for slot in form_items(amira.module, amira.journey.sheet("pre")):
        amira.answer("pre", slot, wrong=True)
    second, first = [one for one in held(world, "amira") if one.sitting.form == "pre"]
    assert (first.told, second.told) == (True, False)


def test_the_page_shows_no_seed_of_an_open_check(world, monkeypatch):
    walk = Walk(world).until("check")
    walk.do(rounds.check_again, module=MODULE)
    sheet = walk.journey.sheet("check")
    items = form_items(walk.module, sheet)
    token = world.sign_in("amira")
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: walk.now)

    def drawn():
        page = AppTest.from_file(str(UI), default_timeout=60).run()
        page.switch_page(os.path.relpath(script("receipts"), UI.parent)).run()
        page.button(key="receipts/check").click().run()
        assert not page.exception and not page.error and not page.warning
        return "".join(block.proto.body for block in page.get("html"))

    walk.answer("check", items[0], wrong=True)
    assert sheet.seed not in drawn()
    for slot in items[1:]:
        walk.answer("check", slot, wrong=True)
    assert sheet.seed in drawn()


def test_practice_is_told_at_once(world):
    walk = Walk(world).until("check")
    assert walk.journey.practice is not None
    told = download(world, "practice")
    assert told["seed"] == walk.journey.practice.seed
    assert {one["right"] for one in told["answers"] if one["kind"] == "item"} == {True}


def test_the_download_says_what_the_page_says(world, amira):
    found = held(world, "amira")
    told = receipts.as_json(found)
    assert json.loads(json.dumps(told)) == told
    for one, values in zip(found, told, strict=True):
        assert values["attempt"] == str(one.sitting.id)
        assert (values["sha256"], values["seed"]) == (one.sitting.sha256, one.sitting.seed)
        assert [(line.question, line.answer, line.right, line.grader) for line in one.lines()] == [
            (x["question"], x["answer"], x["right"], x["grader"]) for x in values["answers"]
        ]


def test_receipts_take_as_many_questions_to_the_database_for_one_attempt_as_for_many(world, amira):
    held(world, "amira")
    with counting(engine()) as sent, reading() as session:
        receipts.receipts(session, amira.viewer)
    assert len([one for one in sent if one.startswith("SELECT")]) == 2


# --- the commands -------------------------------------------------------------------------------


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
    content._read.clear()
    code, said, _ = run("attempt", "replay", "--all")
    content._read.clear()
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
    content._read.clear()
    code, said, _ = run("attempt", "replay", an_attempt())
    content._read.clear()
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
