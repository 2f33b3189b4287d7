"""Deleting what others link to: who does is named, and taken out only where that is possible."""

import pytest

from modules import words
from modules.basics import BadInput
from modules.drafts import beginning, fields, linked, looking, screens
from modules.drafts.linked import Link
from modules.settings import settings

SAY = words.of("en")
SLUG = "m50-x"
SHIPPED = looking.shipped(settings().content)
LESSON = f"{SLUG}/lesson.en.md"
HEAD = f"{SLUG}/module.yaml"


@pytest.fixture
def files():
    made = beginning.template("M50", SLUG, "X", SAY)
    made[f"{SLUG}/questions.yaml"] = fields.add(
        made[f"{SLUG}/questions.yaml"], (), beginning.single_choice("M50-Q04", "O1")
    )
    made[f"{SLUG}/questions.en.yaml"] = fields.put(
        made[f"{SLUG}/questions.en.yaml"], ("M50-Q04",), beginning.words_of_choice(SAY, 4)
    )
    text = screens.screen(made[LESSON], "reading").text
    made[LESSON] = screens.put(
        made[LESSON], "reading", markdown=f"{text}\n\n{{ask M50-Q04}}\n\nEnd."
    )
    made[LESSON] = screens.add(made[LESSON], "more", "More of it", "Some text.")
    steps = ("sittings", 0, "steps")
    made[HEAD] = fields.add(made[HEAD], steps, {"id": "more", "kind": "screen", "minutes": 1})
    return made


def stops(files):
    return [str(one) for one in looking.problems(files, SLUG, SHIPPED) if one.stops]


def after(files, what, id, instead=""):
    changed = {**files, **linked.without(files, SLUG, what, id, instead)}
    return {path: text for path, text in changed.items() if text is not None}


def test_the_fixture_is_sound(files):
    assert not stops(files)


def test_a_question_is_named_by_its_form_and_by_the_screen_that_asks_it(files):
    assert linked.links(files, SLUG, "item", "M50-Q01") == [Link("form", "check")]
    assert linked.links(files, SLUG, "item", "M50-Q04") == [
        Link("screen", SAY("studio.new.screen"))
    ]


@pytest.mark.parametrize("id", ["M50-Q01", "M50-Q04"])
def test_a_question_goes_with_everything_that_names_it(files, id):
    left = after(files, "item", id)
    assert not stops(left)
    assert not any(id in text for text in left.values())
    assert screens.screen(left[LESSON], "reading").text.endswith("End.")


def test_the_last_question_of_a_form_stays(files):
    for id in ("M50-Q01", "M50-Q02"):
        files = after(files, "item", id)
    with pytest.raises(BadInput, match="only question"):
        linked.without(files, SLUG, "item", "M50-Q03")


def test_a_screen_goes_with_its_step_and_where_questions_name_it_as_their_source(files):
    path = f"{SLUG}/questions.en.yaml"
    files[path] = fields.put(files[path], ("M50-Q01", "source"), "Screen “More of it”")
    found = linked.links(files, SLUG, "screen", "more")
    assert found == [Link("step", "more"), Link("item", "M50-Q01")]
    left = after(files, "screen", "more")
    assert not stops(left)
    assert [one.id for one in screens.screens(left[LESSON])] == ["reading"]
    assert fields.read(left[path], ("M50-Q01", "source")) == ""


def test_an_objectives_questions_go_over_to_another_one(files):
    files[HEAD] = fields.add(files[HEAD], ("objectives",), "O2")
    files[LESSON] = screens.with_front(
        files[LESSON], lambda front: fields.put(front, ("objectives", "O2"), "Do more.")
    )
    assert len(linked.links(files, SLUG, "objective", "O1")) == 4
    left = after(files, "objective", "O1", "O2")
    assert not stops(left)
    assert fields.read(left[HEAD], ("objectives",)) == ["O2"]
    assert fields.read(screens.front(left[LESSON]), ("objectives",)) == {"O2": "Do more."}


def test_a_belief_of_ones_own_goes_with_its_tags(files):
    files["misconceptions.yaml"] = "- {id: own-belief, title: Names are needed.}\n"
    path = f"{SLUG}/questions.yaml"
    files[path] = fields.put(files[path], ("M50-Q02", "options", "b", "tag"), "own-belief")
    assert not stops(files)
    assert linked.links(files, SLUG, "belief", "own-belief") == [Link("item", "M50-Q02")]
    left = after(files, "belief", "own-belief")
    assert not stops(left)
    assert "misconceptions.yaml" not in left


def test_deleting_in_a_shipped_module_leaves_a_module_that_can_be_read():
    from modules.course.files.folder import texts

    own, _ = texts(settings().content, "m01-why-share")
    slug = "m01-why-share"
    for what, id in (("item", "M01-Q04"), ("item", "M01-Q02"), ("item", "M01-D01")):
        left = {**own, **linked.without(own, slug, what, id)}
        assert not any(id in text for text in left.values() if text)
        assert looking.shown(left, slug, SHIPPED, SAY).id == "M01"
