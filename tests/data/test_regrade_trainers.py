"""Regrades as a trainer and an operator make them: sums before, one decision, a way back."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from db.engine import reading, writing
from db.tables import Regrade, Regraded
from modules.author import regrading
from modules.basics import BadInput
from modules.commands import app
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.counting import count
from tests.regrading import WHY, correct, failed_by_one, key
from tests.walk import MODULE, Walk

UI = ROOT / "modules" / "shell" / "ui.py"
ITEM = "M01-Q01"
PEOPLE = ("amira", "cora", "marek", *(f"rev{n}" for n in range(12)), *(f"gov{n}" for n in range(5)))


def crowd(world, wrong):
    """Twenty people answer the first question before the lesson, so many of them wrong."""
    walks = [Walk(world, who).begin() for who in PEOPLE]
    missed = None
    for n, walk in enumerate(walks):
        if n < wrong:
            missed = walk.answer("pre", ITEM, response=missed, wrong=True).response
        else:
            walk.answer("pre", ITEM)
    correct(world, key(ITEM, missed["choice"]), now=walks[0].now)
    return walks


def look(world, who="priya", module=MODULE):
    with reading() as session:
        return regrading.look(session, world.viewer(who), module=module)


def dry(world, item=ITEM):
    with reading() as session:
        return regrading.dry_run(session, world.viewer("priya"), module=MODULE, item=item)


def regrade(world, item=ITEM, *, after=0, why=WHY):
    with writing() as session:
        return regrading.regrade(
            session,
            world.viewer("priya"),
            module=MODULE,
            item=item,
            why=why,
            after=after,
            now=world.now,
        )


def test_a_trainer_chooses_among_the_questions_that_were_corrected(world):
    assert look(world).choices == ()
    walks = crowd(world, 14)
    [one] = look(world).choices
    assert (one.item, one.version) == (ITEM, "1.2.0")
    assert one.before != one.now
    assert one.before in {option.text for option in walks[0].module.question(ITEM).options}
    assert look(world, module="").module == MODULE


def test_the_dry_run_tells_sums_of_ten_and_more_and_no_smaller_ones(world):
    crowd(world, 14)
    told = dry(world).shown
    assert (told.changes, told.few) == (True, False)
    assert told.figures["up"].kind == "least"
    assert told.figures["down"].kind == "hidden"
    assert count(Regraded) == 0


def test_of_one_person_it_is_not_even_told_whether_her_answer_counts_otherwise(world):
    walk, slot, chosen = failed_by_one(world)
    options = [one.id for one in walk.module.question(slot).options]
    found = []
    for n, option in enumerate([chosen, *(one for one in options if one != chosen)]):
        correct(world, key(slot, option), now=world.now, version=f"1.2.{n + 2}")
        found.append(dry(world, slot).shown)
        told = regrade(world, slot, after=n)
        assert told == found[-1], "and doing it tells no more"
    assert found == [found[0]] * len(options)
    assert (found[0].few, found[0].changes) == (True, None)
    assert {one.kind for one in found[0].figures.values()} == {"hidden"}


def test_the_answer_of_one_person_more_does_not_show(world):
    late = Walk(world, "ben0").begin()
    crowd(world, 14)
    before = dry(world)
    late.answer("pre", ITEM)
    assert dry(world) == before


def test_a_reason_is_needed_and_a_long_one_refused(world):
    crowd(world, 14)
    for why in ("", "  \n ", "x" * 201):
        with pytest.raises(BadInput, match="Say in one sentence"):
            regrade(world, why=why)
    assert count(Regrade) == 0


def test_what_was_regraded_is_listed_with_its_reason_and_can_be_taken_back_once(world):
    crowd(world, 14)
    regrade(world)
    [one] = look(world).earlier
    assert (one.made.why, one.made.by, one.can_go_back) == (WHY, "Priya Nair", True)
    assert (one.made.from_version, one.made.to_version) == ("1.2.0", "1.2.1")
    with reading() as session:
        back = regrading.dry_run_back(
            session, world.viewer("priya"), module=MODULE, item=ITEM, number=1
        )
    assert back.shown.figures["down"].kind == "least"
    with writing() as session:
        regrading.take_back(
            session,
            world.viewer("priya"),
            module=MODULE,
            item=ITEM,
            number=1,
            why="It was right.",
            now=world.now,
        )
    undone, first = sorted(look(world).earlier, key=lambda one: -one.made.number)
    assert (undone.made.undoes, undone.can_go_back, first.can_go_back) == (1, False, False)
    assert dry(world).shown.figures["up"].kind == "least"


def test_nobody_of_another_body_sees_or_changes_it(world):
    crowd(world, 14)
    regrade(world)
    with reading() as session:
        viewer = world.viewer("priya")
        other = world.organisations["Harrow Vale"]
        found = regrading.look(session, replace(viewer, org_id=other), module=MODULE)
    assert (found.choices, found.earlier) == ((), ())


def test_of_two_trainers_at_the_same_moment_one_is_first_and_the_other_is_told(world):
    crowd(world, 14)
    gate, said = threading.Barrier(2), []

    def press():
        gate.wait(10)
        try:
            regrade(world)
            said.append("done")
        except BadInput as bad:
            said.append(str(bad))

    both = [threading.Thread(target=press) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert said.count("done") == 1
    assert len(said) == 2
    assert "meanwhile" in "".join(said)
    assert count(Regrade) == 1
    assert count(Regraded) == len(PEOPLE)


def run(*arguments):
    done = CliRunner().invoke(app, ["attempt", "regrade", *arguments])
    return done.exit_code, done.stdout, done.stderr


WHERE = ("--module", MODULE, "--item", ITEM, "--organisation", "Fernleigh")


def test_the_command_is_dry_until_it_is_told(world):
    crowd(world, 14)
    code, out, _ = run(*WHERE, "--json")
    told = json.loads(out)
    assert (code, told["applied"], told["changes"]) == (0, False, True)
    assert told["figures"]["down"] == {"kind": "hidden", "n": 0}
    assert count(Regrade) == 0
    code, out, _ = run(*WHERE)
    assert "dry run" in out
    assert "of fewer than 10 people" in out
    code, _, err = run(*WHERE, "--apply")
    assert (code, count(Regrade)) == (1, 0)
    assert "Say in one sentence" in err
    code, out, _ = run(*WHERE, "--apply", "--why", WHY, "--json")
    assert (code, json.loads(out)["newest_regrade"], count(Regrade)) == (0, 1, 1)
    code, _, err = run(*WHERE, "--apply", "--why", WHY)
    assert (code, count(Regrade)) == (1, 1)
    assert "has the grade that the published question gives" in err
    code, out, _ = run(*WHERE, "--undo", "1", "--apply", "--why", "It was right.", "--json")
    assert (code, json.loads(out)["newest_regrade"], count(Regrade)) == (0, 2, 2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--module", "M77", "--item", ITEM), "There is no module M77 here"),
        (("--module", MODULE, "--item", "M01-Q99"), "has no question M01-Q99"),
        (("--module", MODULE, "--item", ITEM, "--why", WHY), "add --apply"),
        (("--module", MODULE, "--item", ITEM, "--undo", "3"), "meanwhile"),
    ],
)
def test_bad_input_is_a_sentence(world, arguments, sentence):
    code, out, err = run(*arguments, "--organisation", "Fernleigh")
    assert (code, out) == (1, "")
    assert sentence in err
    assert "Traceback" not in err


@pytest.fixture
def page(world, monkeypatch):
    """Opens a page of somebody."""

    def opened(who, name, **query):
        token = world.sign_in(who)
        monkeypatch.setattr(door, "token", lambda: token)
        monkeypatch.setattr(door, "now", lambda: world.now)
        found = AppTest.from_file(str(UI), default_timeout=60).run()
        for key_, value in query.items():
            found.query_params[key_] = value
        found.switch_page(os.path.relpath(script(name), UI.parent)).run()
        assert not found.exception
        return found

    return opened


def texts(found):
    return "\n".join(one.value for one in (*found.markdown, *found.caption, *found.success))


def test_the_page_asks_for_a_reason_does_it_and_says_so(world, page):
    walks = crowd(world, 14)
    found = page("priya", "regrade", module=MODULE)
    found.button(key="do/regrade.apply").click().run()
    assert "Say in one sentence" in found.error[0].value
    assert count(Regrade) == 0
    found.text_input(key="regrade/why/regrade.apply/0").set_value(WHY)
    found.button(key="do/regrade.apply").click().run()
    assert not found.exception
    assert "Done." in texts(found)
    assert WHY in texts(found)
    assert count(Regrade) == 1
    assert walks[0].journey.pre.answer(ITEM).correct
    found.button(key=f"back/{ITEM}/1").click().run()
    found.text_input(key="regrade/why/regrade.back/1").set_value("It was right.")
    found.button(key="do/regrade.back").click().run()
    assert not found.exception
    assert count(Regrade) == 2
    assert not walks[0].journey.pre.answer(ITEM).correct
    assert [one.key for one in found.button if str(one.key).startswith("back/")] == []


def test_a_module_without_corrected_questions_says_so(world, page):
    found = page("priya", "regrade", module=MODULE)
    assert not found.button
    assert not [one for one in found.selectbox if one.key == "regrade/item"]


def test_she_reads_on_the_module_and_her_receipts_what_was_corrected_and_why(world, page):
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)
    assert "corrected" not in texts(page("amira", "lesson", module=MODULE))
    regrade(world, slot)
    for name, query in (("lesson", {"module": MODULE}), ("receipts", {})):
        told = texts(page("amira", name, **query))
        assert "This question was corrected on 22 November 2026." in told
        assert "counts as right now; before, it counted as not right." in told
        assert "you have completed the module" in told
        assert WHY in told
    assert "corrected" not in texts(page("cora", "lesson", module=MODULE))


def test_what_she_guessed_before_the_lesson_is_not_told_by_a_correction_either(world, page):
    walk = Walk(world).begin()
    chosen = walk.answer("pre", ITEM, wrong=True).response["choice"]
    correct(world, key(ITEM, chosen), now=walk.now)
    regrade(world, ITEM)
    told = texts(page("amira", "lesson", module=MODULE)) + texts(page("amira", "receipts"))
    assert "corrected" not in told
    assert WHY not in told
