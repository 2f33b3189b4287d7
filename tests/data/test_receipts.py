"""Receipts: hers alone, whole, and graded again."""

from __future__ import annotations

import json
import os

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import engine, reading
from db.tables import Answer, Attempt, Bundle, core
from modules.learn import receipts, rounds
from modules.progress import receipt
from modules.progress.asked import form_items
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.counting import counting
from tests.walk import MODULE, Walk

ANSWER, ATTEMPT, BUNDLE = core(Answer).c, core(Attempt).c, core(Bundle).c
UI = ROOT / "modules" / "shell" / "ui.py"


def held(world, who):
    with reading() as session:
        return receipts.receipts(session, world.viewer(who))


@pytest.fixture
def amira(world):
    """Amira with the whole module behind her."""
    return Walk(world).whole()


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
