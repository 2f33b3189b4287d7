"""A draft looked at: its problems by its own files, and what of it can be shown."""

import json

import pytest

from modules import words
from modules.course.files import module_from_bundle, sha256_of
from modules.course.model import ScreenStep
from modules.drafts import looking
from modules.settings import settings
from tests.automatic import Automaton
from tests.unit.own_module import SLUG, files

SHIPPED = looking.shipped(settings().content)
SAY = words.of("en")
FACT = """\
- id: own-count
  statement: We have 40 desks.
  jurisdiction: own
  source: own-survey
  last_checked: 2026-11-01
  status: V
  review_by: 2027-11-01
"""
SOURCE = "- {id: own-survey, title: Desks counted, publisher: Facilities}\n"


def problems(files):
    return looking.problems(files, SLUG, SHIPPED)


def shown(files, language="en"):
    return looking.shown(files, SLUG, SHIPPED, SAY, language)


def changed(path, old, new):
    found = files()
    assert old in found[f"{SLUG}/{path}"]
    found[f"{SLUG}/{path}"] = found[f"{SLUG}/{path}"].replace(old, new, 1)
    return found


def test_our_standard_is_advice_for_a_module_that_a_body_writes_itself():
    found = problems(files())
    assert found
    assert not [str(one) for one in found if one.stops]
    assert any("a check has 6" in one.sentence for one in found)
    assert any("expected the misconception" in one.sentence for one in found)


def test_the_same_faults_stop_a_module_of_the_course():
    ours = {
        path.replace("m50-", "m49-"): text.replace("M50", "M49").replace("m50-", "m49-")
        for path, text in files().items()
    }
    found = looking.problems(ours, "m49-visitors", SHIPPED)
    assert any(one.stops and "a check has 6" in one.sentence for one in found)


@pytest.mark.parametrize(
    ("path", "old", "new", "sentence"),
    [
        ("module.yaml", "form: check", "form: pre", "Found no form “check”"),
        ("module.yaml", "M50-Q03]", "M50-Q04]", "M50-Q04 is not in questions.yaml"),
        ("lesson.en.md", "Turn", "<b>Turn</b>", "Found HTML"),
        ("lesson.en.md", "Turn", "[@nobody-knows]", "The fact nobody-knows is not in facts.yaml"),
        ("lesson.en.md", "{#reading}", "{#other}", "No screen {#reading}"),
        ("questions.yaml", "key: true", "key: false", "Found 0 options with key: true"),
        ("questions.yaml", "id: M50-Q02", "id: M01-Q02", "begins with M50-"),
        ("questions.en.yaml", "stem:", "steam:", "steam: t"),
    ],
)
def test_what_would_break_the_program_stops_everywhere(path, old, new, sentence):
    found = problems(changed(path, old, new))
    assert any(one.stops and sentence in one.sentence for one in found), list(map(str, found))


def test_a_body_of_three_questions_can_be_taken_to_its_end():
    bundle = json.loads(json.dumps(looking.bundled(files(), SLUG, SHIPPED)))
    module = module_from_bundle(bundle, "en")
    for seed in range(6):
        for how in ("right", "random", "wrong"):
            learner = Automaton(module, how, f"own-{seed}")
            learner.go()
            assert learner.journey.finished == learner.earned
            assert not learner.finished_early
            assert how != "right" or learner.earned
    assert Automaton(module, "right", "out", test_out=True).go().journey.finished


def test_records_of_ones_own_stand_beside_the_shipped_ones():
    own = changed("lesson.en.md", "not by their name.", "not by name: 40 desks [@own-count].")
    own |= {"facts.yaml": FACT, "sources.yaml": SOURCE}
    assert not [str(one) for one in problems(own) if one.stops]
    module = shown(own)
    assert module.facts["own-count"].source == "own-survey"
    assert "own-count" in looking.bundled(own, SLUG, SHIPPED)["facts.yaml"]


def test_a_shipped_record_wins_and_who_writes_another_is_told():
    shipped_id = json.loads(json.dumps(sorted(looking.beside(SHIPPED).facts)))[0]
    own = {**files(), "facts.yaml": FACT.replace("own-count", shipped_id), "sources.yaml": SOURCE}
    found = [one for one in problems(own) if one.stops]
    assert [one.file for one in found] == ["facts.yaml"]
    assert "shipped with the program" in found[0].sentence
    whole = looking.beside_shipped(own, SHIPPED)
    assert looking.beside(whole).facts[shipped_id] == looking.beside(SHIPPED).facts[shipped_id]


def test_a_revision_of_a_draft_is_named_by_what_it_holds_only():
    once = sha256_of(looking.bundled(files(), SLUG, SHIPPED))
    again = {**files(), "facts.yaml": FACT, "sources.yaml": SOURCE}
    assert sha256_of(looking.bundled(again, SLUG, SHIPPED)) == once


def test_what_cannot_be_shown_says_so_in_its_place():
    module = shown(changed("questions.yaml", "key: true", "key: false"))
    step = module.step("check")
    assert step.items == ("M50-Q02", "M50-Q03")
    assert "This question cannot be shown yet: 0 of 2 options" in step.intro


def test_a_screen_that_is_missing_and_a_form_without_questions_become_sentences():
    own = changed("lesson.en.md", "{#reading}", "{#other}")
    own[f"{SLUG}/questions.en.yaml"] = "{"
    module = shown(own)
    assert [type(step) for step in module.steps] == [ScreenStep, ScreenStep]
    told = [module.screens[step.id].parts[0].markdown for step in module.steps]
    assert told[0].startswith("This screen cannot be shown yet: No screen")


def test_a_question_in_a_screen_that_is_broken_leaves_the_text_around_it():
    own = changed("lesson.en.md", "not by their name.", "not by name.\n\n{ask M50-Q09}\n\nEnd.")
    parts = shown(own).screens["reading"].parts
    assert len(parts) == 3
    assert "cannot be shown yet" in parts[1].markdown


def test_nothing_can_be_shown_of_a_module_without_steps():
    assert shown(changed("module.yaml", "sittings:", "sitings:")) is None
    assert problems(changed("module.yaml", "sittings:", "sitings:"))


def test_every_shipped_module_is_shown_as_its_learners_have_it():
    from modules.course.files import read_course, read_module
    from modules.course.files.folder import texts

    for card in read_course(settings().content).modules:
        if card.planned:
            continue
        own, _ = texts(settings().content, card.slug)
        for law in ("neutral", "eu"):
            module = looking.shown(own, card.slug, SHIPPED, SAY, "en", law)
            real = read_module(settings().content, card.slug, "en", law)
            for name in ("sittings", "screens", "questions", "scenario", "labs", "aid", "terms"):
                assert getattr(module, name) == getattr(real, name), (card.slug, name)


def test_a_title_with_marks_is_advice_at_its_place():
    found = problems(
        changed("lesson.en.md", "title: Visitors at the desk", 'title: "Fees of $5 or $10"')
    )
    [one] = [one for one in found if "A title is shown without marks" in one.sentence]
    assert (one.file, one.stops) == (f"{SLUG}/lesson.en.md", False)
    assert "title" in one.place
