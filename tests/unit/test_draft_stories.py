"""A draft's story changed place by place: structure and words stay in step, in every language."""

from __future__ import annotations

from datetime import date

import pytest

from modules.basics import BadInput
from modules.course.files.folder import texts
from modules.course.translations import compared
from modules.drafts import fields, looking, stories, story_places
from modules.drafts.story_places import NEW_ENDING, NEW_NODE
from modules.drafts.translating import begin, translated
from modules.settings import settings
from tests.unit.own_module import SLUG
from tests.unit.told_module import told_files

SHIPPED = looking.shipped(settings().content)
ROOT = settings().content


def both():
    """The module, its story begun in French."""
    files = {**told_files(), **begin(told_files(), SLUG, "fr")}
    for path in ("nodes/call/title", "nodes/call/choices/ask/text", "endings/e-asked/title"):
        files |= translated(files, SLUG, "fr", f"scenario/{path}", "Oui")
    return files


def story(files, language="en"):
    return stories.read(files, SLUG, language)


def stops(files):
    return [
        str(one)
        for one in looking.problems(files, SLUG, SHIPPED, date(2026, 11, 27))
        if one.stops and "scenario" in one.file
    ]


def filled(files):
    """Every text that is empty written."""
    path = f"{SLUG}/scenario.en.yaml"

    def write(data, at):
        for name, value in data.items():
            if isinstance(value, dict):
                write(value, (*at, name))
            elif value == "":
                files[path] = fields.put(files[path], (*at, name), "Written.")

    write(fields.read(files[path]), ())
    return files


def test_a_story_that_is_begun_needs_words_and_nothing_else():
    files = {**told_files(), **stories.begun(SLUG, "M50", "en")}
    assert stops(files)
    assert all(
        "empty" in one or "no text" in one or "Found nothing" in one for one in stops(files)
    ), stops(files)
    assert stops(filled(files)) == []


def test_a_choice_leads_to_a_new_decision_which_counts_one_further():
    files = both()
    new, id = story_places.lead(files, SLUG, "en", "call", "tell", NEW_NODE)
    files |= new
    assert id == "d2"
    made = story(files)["nodes"]["d2"]
    assert made["decision"] == 2
    assert [one["goto"] for one in made["choices"]] == ["e-told", "e-told"]
    assert stories.drawn(files, SLUG, "en").leading("d2") == (("call", "tell"),)
    assert stops(filled(files)) == []
    # In French the new texts are missing, and nothing that was there is gone.
    state = {one.path: one.state for one in compared(files, SLUG, "en", "fr")}
    assert state["scenario/nodes/d2/title"] == "missing"
    assert state["scenario/nodes/call/title"] == "there"


def test_a_new_ending_can_be_led_to():
    files = both()
    new, id = story_places.lead(files, SLUG, "en", "call", "ask", NEW_ENDING)
    files |= new
    assert (id, story(files)["endings"][id]["kind"]) == ("e1", "acceptable")
    assert story(files)["nodes"]["call"]["choices"][1]["goto"] == "e1"
    told = stories.told(files, SLUG, "en")
    assert any("never reached" in one for one in told["e-asked"])


def test_a_place_is_renamed_wherever_it_is_named():
    files = both()
    files |= story_places.lead(files, SLUG, "en", "call", "tell", NEW_NODE)[0]
    files |= stories.set_value(
        files, SLUG, ("nodes", "d2", "choices", "b", "when"), {"call": "tell"}
    )
    files |= story_places.renamed(files, SLUG, "call", "phone")
    found = story(files)
    assert found["start"] == "phone"
    assert found["nodes"]["d2"]["choices"][1]["when"] == {"phone": "tell"}
    assert "# The caller." in files[stories.structure(SLUG)]
    for language in ("en", "fr"):
        assert set(story(files, language)["nodes"]) >= {"phone"}
        assert "call" not in story(files, language)["nodes"]
    state = {one.path: one.state for one in compared(files, SLUG, "en", "fr")}
    assert state["scenario/nodes/phone/title"] == "there"
    files[f"{SLUG}/scenario.en.yaml"] = fields.put(
        files[f"{SLUG}/scenario.en.yaml"], ("nodes", "phone", "title"), "10:00. Again"
    )
    # What its translation was held against went with it.
    state = {one.path: one.state for one in compared(files, SLUG, "en", "fr")}
    assert state["scenario/nodes/phone/title"] == "stale"
    files |= story_places.renamed(files, SLUG, "e-told", "out")
    assert [one["goto"] for one in story(files)["nodes"]["d2"]["choices"]] == ["out", "out"]
    assert stops(filled(files)) == []


@pytest.mark.parametrize(
    ("new", "told"),
    [("e-told", "called “e-told” already"), ("Call 2", "cannot be a name"), ("", "cannot be")],
)
def test_a_name_that_cannot_be_is_refused(new, told):
    with pytest.raises(BadInput, match=told):
        story_places.renamed(both(), SLUG, "call", new)


def test_deleting_a_place_says_who_leads_there_and_asks():
    files = both()
    with pytest.raises(BadInput, match=r"call/tell leads here\. Say where that leads instead"):
        story_places.deleted(files, SLUG, "e-told")
    files |= story_places.deleted(files, SLUG, "e-told", instead="e-asked")
    assert [one["goto"] for one in story(files)["nodes"]["call"]["choices"]] == ["e-asked"] * 2
    assert "e-told" not in files[f"{SLUG}/scenario.en.yaml"]
    assert stops(files) == []


def test_deleting_a_decision_takes_its_words_and_conditions_in_every_language():
    files = both()
    files |= story_places.lead(files, SLUG, "en", "call", "tell", NEW_NODE)[0]
    files |= story_places.lead(files, SLUG, "en", "d2", "a", NEW_NODE)[0]
    english = f"{SLUG}/scenario.en.yaml"
    files[english] = fields.put(files[english], ("nodes", "d2", "title"), "Then")
    files |= translated(files, SLUG, "fr", "scenario/nodes/d2/title", "Puis")
    files |= stories.set_value(files, SLUG, ("nodes", "d3", "choices", "a", "when"), {"d2": "a"})
    files |= story_places.deleted(files, SLUG, "d2", instead="d3")
    found = story(files)
    assert found["nodes"]["call"]["choices"][0]["goto"] == "d3"
    assert found["nodes"]["d3"]["decision"] == 2
    assert "when" not in found["nodes"]["d3"]["choices"][0]
    assert not [path for path in files if "d2" in files[path] and "scenario" in path]
    assert "d2" not in files[f"{SLUG}/translated.fr.yaml"]
    assert stops(filled(files)) == []


def test_neither_the_last_decision_nor_the_start_of_nothing_is_deleted():
    with pytest.raises(BadInput, match="last one of its kind"):
        story_places.deleted(both(), SLUG, "call")
    files = both()
    files |= story_places.lead(files, SLUG, "en", "call", "tell", NEW_NODE)[0]
    with pytest.raises(BadInput, match="the start leads here"):
        story_places.deleted(files, SLUG, "call")
    with pytest.raises(BadInput, match="begins with a decision"):
        story_places.deleted(files, SLUG, "call", instead="e-told")
    files |= story_places.deleted(files, SLUG, "call", instead="d2")
    assert story(files)["start"] == "d2"
    assert story(files)["nodes"]["d2"]["decision"] == 1


def test_choices_and_reasons_are_added_and_taken_out_within_their_bounds():
    files = both()
    for wanted in ("a", "b", "c"):
        new, id = story_places.more(files, SLUG, "en", "call", "choices")
        files |= new
        assert id == wanted
    with pytest.raises(BadInput, match="at most 5 choices"):
        story_places.more(files, SLUG, "en", "call", "choices")
    assert stops(filled(files)) == []
    for id in ("a", "b", "c"):
        files |= story_places.less(files, SLUG, "call", "choices", id)
    with pytest.raises(BadInput, match="needs two choices"):
        story_places.less(files, SLUG, "call", "choices", "ask")
    new, id = story_places.more(files, SLUG, "en", "call", "reasons")
    files |= new
    files |= story_places.less(files, SLUG, "call", "reasons", id)
    assert story(files) == story(both())
    assert stops(files) == []


def test_a_choice_that_others_wait_for_is_not_taken_out():
    files = both()
    files |= story_places.lead(files, SLUG, "en", "call", "tell", NEW_NODE)[0]
    files |= story_places.more(files, SLUG, "en", "call", "choices")[0]
    files |= stories.set_value(
        files, SLUG, ("nodes", "d2", "choices", "b", "when"), {"call": "tell"}
    )
    with pytest.raises(BadInput, match="d2/b is offered only after this choice"):
        story_places.less(files, SLUG, "call", "choices", "tell")


def test_meters_are_moved_in_steps_and_nothing_is_written_for_none():
    files = both()
    at = ("nodes", "call", "choices", "ask")
    files |= stories.moved(files, SLUG, at, "trust", 2)
    assert story(files)["nodes"]["call"]["choices"][1]["meters"] == {"trust": 2}
    files |= stories.moved(files, SLUG, at, "trust", 0)
    assert "meters" not in story(files)["nodes"]["call"]["choices"][1]
    with pytest.raises(BadInput, match="by 2 at most"):
        stories.moved(files, SLUG, at, "trust", 3)


def test_what_is_wrong_stands_at_its_place():
    files = both()
    files |= stories.set_value(files, SLUG, ("nodes", "call", "choices", "tell", "goto"), "nowhere")
    found = stories.drawn(files, SLUG, "en")
    assert found.spot("nowhere").kind == "lost"
    assert any("nowhere" in one for one in found.spot("call").problems)
    files |= stories.set_value(files, SLUG, ("start",), "nobody")
    assert any("nobody" in one for one in stories.told(files, SLUG, "en")[""])


def test_a_place_that_somebody_else_took_out_meanwhile_is_told():
    for change in (
        lambda: story_places.deleted(both(), SLUG, "gone"),
        lambda: story_places.renamed(both(), SLUG, "gone", "back"),
        lambda: story_places.more(both(), SLUG, "en", "gone", "choices"),
        lambda: story_places.lead(both(), SLUG, "en", "call", "ask", "gone"),
    ):
        with pytest.raises(BadInput, match="any more"):
            change()


def test_places_of_the_shipped_story_are_renamed_and_taken_out_though_they_share_words():
    slug = "m01-why-share"
    files, _ = texts(ROOT, slug)
    before = stories.read(files, slug, "en")
    files |= story_places.renamed(files, slug, "d2", "how")
    files |= story_places.deleted(files, slug, "d4l", instead="e-late")
    now = stories.read(files, slug, "en")
    assert now["nodes"]["how"]["story"] == before["nodes"]["d2"]["story"]
    assert now["nodes"]["d2w"]["story"] == before["nodes"]["d2w"]["story"]
    assert set(now["nodes"]) == {*before["nodes"], "how"} - {"d2", "d4l"}
    assert {one["goto"] for one in now["nodes"]["d3l"]["choices"]} == {"e-late"}
    assert "# The flood list. Three roads" in files[f"{slug}/scenario.yaml"]


@pytest.mark.parametrize("new", ["e2", "yes", "7", "a: b", "é"])
def test_a_field_is_renamed_where_it_stands(new):
    text = "# first\na: 1  # one\nb:\n  old: {x: 1}   # two\n  c: {old: 2, d: 3}\n"
    after = fields.rename(text, ("b", "old"), new)
    assert fields.read(after) == {"a": 1, "b": {new: {"x": 1}, "c": {"old": 2, "d": 3}}}
    assert after.splitlines()[:2] == text.splitlines()[:2]
    assert "# two" in after
    assert fields.rename(text, ("b", "gone"), new) == text
    with pytest.raises(BadInput, match="called “c” already"):
        fields.rename(text, ("b", "old"), "c")
