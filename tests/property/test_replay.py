"""Replay: recorded grades come out again, and whatever was changed is found."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from modules.basics import BadInput, seed_for
from modules.course.files import read_module
from modules.labs import LABS
from modules.progress import marking, papers
from modules.progress import replay as replaying
from modules.progress.asked import form_items, item_of
from modules.progress.replay import replay
from modules.progress.sheet import Sheet
from modules.questions import SingleChoice
from modules.scenarios import Path, at, choose, must_say_why, offered
from modules.settings import settings

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
FORMS = ("pre", "practice", "check", "test-out", "delayed-1", "delayed-2")
ATTEMPTS = 10_000
SECONDS = 30


@pytest.fixture(scope="module")
def module():
    return read_module(settings().content, "m01-why-share", "en")


def mangled(response, rng):
    """A response with something left out or changed: what a hand-made request might send."""
    body = dict(response)
    key = rng.choice(list(body))
    value = body[key]
    if isinstance(value, list) and value:
        body[key] = rng.sample(value, rng.randrange(len(value) + 1))
    elif isinstance(value, dict) and value:
        gone = rng.choice(list(value))
        body[key] = {name: one for name, one in value.items() if name != gone}
    elif isinstance(value, str):
        body[key] = rng.choice(["a", "b", "c", "", value + "x", "1,000", "12 %"])
    elif isinstance(value, int | float):
        body[key] = value * rng.choice([0, -1, 1.5, 1e9])
    return body


def put(sheet, answer):
    return replace(sheet, answers={**sheet.answers, (answer.slot, answer.try_number): answer})


def answered(module, sheet, slot, rng, try_number=1):
    """The sheet with one more answer, right, wrong or odd; unchanged when it was refused."""
    right, wrong = item_of(module, sheet, slot, try_number).sample(rng)
    given = rng.choice([right, right, wrong, mangled(right, rng), mangled(wrong, rng)])
    try:
        sure = rng.choice([None, *marking.CONFIDENCE])
        marked = marking.mark_item(
            module, sheet, slot, given, sure=sure, now=NOW, try_number=try_number
        )
    except BadInput:
        return sheet
    return put(sheet, marked)


def attempt(module, rng, form=""):
    """A random attempt on a random form, answered in whole or in part."""
    form = form or rng.choice([one for one in FORMS if papers.blueprint(module, one)])
    number, seed = rng.randint(1, 5), f"{rng.getrandbits(128):032x}"
    # Every tenth attempt is of the time before papers were kept.
    old = form in ("pre", "check", "practice") and rng.random() < 0.1
    paper = {} if old else papers.draw(module, form, seed, {})
    sheet = Sheet(form, number, seed, paper=paper)
    for slot in form_items(module, sheet):
        sheet = answered(module, sheet, slot, rng)
    if form == "check":
        for slot in form_items(module, sheet):
            for try_number in range(1, rng.randint(1, 4)):
                again = f"again:{slot}"
                if marking.asked_of(module, sheet, again, try_number):
                    sheet = answered(module, sheet, again, rng, try_number)
    return played(module, sheet, rng) if form == "practice" and rng.random() < 0.2 else sheet


def played(module, sheet, rng):
    """The story to its end and the lab handed in, at random."""
    story = next(one for one in module.steps if one.kind == "scenario")
    path, number = Path(), 0
    while choices := offered(module.scenario, path):
        choice, number = rng.choice(choices).id, number + 1
        node = at(module.scenario, path)
        reason = rng.choice(node.reasons).id if must_say_why(module.scenario, path) else ""
        sheet = put(
            sheet,
            marking.mark_decision(module, sheet, story, number, choice, NOW, reason=reason),
        )
        path = choose(module.scenario, path, choice, reason)
    lab, step = LABS[module.lab.name], next(one for one in module.steps if one.kind == "lab")
    seed = seed_for(sheet.seed, f"lab:{step.id}")
    for try_number, how in enumerate(("naive", "solve"), 1):
        body = lab.dump(getattr(lab, how)(lab.start(module.lab.options, seed)))
        marked = marking.mark_lab(
            module, sheet, step, body, seed=seed, try_number=try_number, now=NOW
        )
        sheet = put(sheet, marked)
    return put(sheet, marking.mark_step(step, NOW))


def test_ten_thousand_random_attempts_replay_with_identical_grades(module):
    rng = random.Random(3)
    sheets = [attempt(module, rng) for _ in range(ATTEMPTS)]
    began = time.process_time()
    lines = [line for sheet in sheets for line in replay(module, sheet)]
    seconds = time.process_time() - began
    assert [str(line) for line in lines if not line.same] == []
    assert len(lines) > 3 * ATTEMPTS
    assert {line.kind for line in lines} == {"item", "decision", "lab", "screen"}
    for right in (True, False):
        assert sum(line.recorded.right is right for line in lines) > ATTEMPTS
    assert any(0 < (line.recorded.score or 0) < 1 for line in lines)
    assert seconds < SECONDS


def changes(answer):
    """An answer whose grade was changed, one thing at a time."""
    yield replace(answer, score=1.0 - answer.score if answer.score != 0.5 else 0.25)
    yield replace(answer, correct=not answer.correct)
    yield replace(answer, tags=(*answer.tags, "made-up"))
    yield replace(answer, score=None, correct=None)


@pytest.mark.parametrize("seed", range(20))
def test_every_changed_grade_is_found_and_only_that_one(module, seed):
    rng = random.Random(seed)
    sheet = attempt(module, rng, "practice")
    for answer in [one for one in sheet.answers.values() if one.correct is not None]:
        for changed in changes(answer):
            lines = replay(module, put(sheet, changed))
            assert [line.slot for line in lines if not line.same] == [answer.slot]


def test_a_newer_grader_that_says_the_same_is_no_difference_and_both_versions_are_told(
    module, monkeypatch
):
    sheet = attempt(module, random.Random(1), "check")
    monkeypatch.setattr(SingleChoice, "VERSION", 7)
    lines = replay(module, sheet)
    assert all(line.same for line in lines)
    assert {line.recorded.grader for line in lines} != {7}
    assert 7 in {line.replayed.grader for line in lines}


def test_a_grader_that_grades_otherwise_is_found(module, monkeypatch):
    sheet = attempt(module, random.Random(1), "check")
    kinds = {type(item_of(module, sheet, slot)) for slot in form_items(module, sheet)}
    for kind in kinds:
        monkeypatch.setattr(
            kind, "grade", lambda *_: replaying.Grade(0.123, False, ("new-idea",), 9)
        )
    assert all(not line.same for line in replay(module, sheet))


def spoilt(module):
    """Sheets that could not have come about: (what was done, sheet, slot that tells)."""
    rng = random.Random(5)
    sheet = played(module, attempt(module, rng, "practice"), rng)
    decisions = sorted(slot for slot, _ in sheet.answers if slot.startswith("scenario:"))
    first = sheet.answers[decisions[0], 1]
    other = replace(first, response={**first.response, "choice": "never-offered"})
    yield "a choice never offered", put(sheet, other), decisions[0]
    gone = {key: one for key, one in sheet.answers.items() if key[0] != decisions[0]}
    yield "the first decision is gone", replace(sheet, answers=gone), decisions[1]
    lab = next(one for (slot, _), one in sheet.answers.items() if slot.startswith("lab:"))
    yield "a lab of nonsense", put(sheet, replace(lab, response={"x": 1})), lab.slot
    asked = next(one for one in sheet.answers.values() if one.kind == "item")
    yield "an answer never offered", put(sheet, replace(asked, response={"y": 2})), asked.slot
    yield "a slot never asked", put(sheet, replace(asked, slot="M01-Q99")), "M01-Q99"
    yield "an unknown kind", put(sheet, replace(asked, kind="essay")), asked.slot
    yield (
        "a step that is not there",
        put(sheet, replace(asked, kind="screen", slot="screen:nowhere")),
        "screen:nowhere",
    )


@pytest.mark.parametrize("number", range(7))
def test_what_could_not_have_happened_cannot_be_replayed_and_says_why(module, number):
    what, sheet, slot = list(spoilt(module))[number]
    found = {line.slot: line for line in replay(module, sheet) if not line.same}
    assert slot in found, what
    assert found[slot].replayed is None
    assert "cannot be replayed: " in str(found[slot])


def test_content_without_story_or_lab_cannot_replay_them(module):
    rng = random.Random(5)
    sheet = played(module, attempt(module, rng, "practice"), rng)
    lines = replay(replace(module, scenario=None, labs={}), sheet)
    kinds = {line.kind for line in lines if not line.same}
    assert kinds == {"decision", "lab"}


def test_a_difference_is_one_sentence_with_both_grades(module):
    sheet = attempt(module, random.Random(2), "pre")
    answer = next(iter(sheet.answers.values()))
    lines = replay(module, put(sheet, replace(answer, correct=True, score=1.0, tags=("x",))))
    wrong = next((line for line in lines if not line.same), SimpleNamespace())
    assert str(wrong).startswith(f"{answer.slot} try 1: recorded right, score 1, tags x (grader 1)")
