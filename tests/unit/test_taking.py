"""Items of other systems in a draft: records in its files, in its reserve, whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modules import words
from modules.basics import BadInput
from modules.course.files import module_from_bundle
from modules.course.files.own_records import registers, whole
from modules.drafts import beginning
from modules.drafts.taking import Chosen, taken
from modules.exchange.items.formats import read
from tests.course import SHIPPED

SLUG = "m50-a-module"
GIFT = b"""::One:: Which? {=yes#Right. ~no#Wrong.}

How many? {#5:1}

Two and two is {=four =4}.

Match {=a -> b =c -> d}
"""


@pytest.fixture
def files():
    """A draft as it begins."""
    return beginning.template("M50", SLUG, "A module", words.of("en"))


def brought(data=GIFT):
    """The items of a file, all for the first objective."""
    return [Chosen(one, "O1") for one in read(data, "a.gift").items]


def test_items_stand_at_the_end_of_the_questions_and_in_the_reserve(files):
    made = taken(files, SLUG, brought(), difficulty=2, pictures={})
    assert made.ids == ("M50-Q04", "M50-Q05", "M50-Q06", "M50-Q07")
    bundle = whole({**files, **made.files}, registers(SHIPPED))
    module = module_from_bundle(bundle, "en")
    assert tuple(module.reserve) == made.ids
    kinds = [module.questions[id].kind for id in made.ids]
    assert kinds == ["single_choice", "numeric", "fill_in", "matching"]
    first = module.questions["M50-Q04"]
    assert [one.why for one in first.options] == ["Right.", "Wrong."]
    assert (first.objective, first.difficulty, first.source) == ("O1", 2, "")


def test_what_was_there_stays_to_the_letter(files):
    made = taken(files, SLUG, brought(), difficulty=1, pictures={})
    for path in (f"{SLUG}/questions.yaml", f"{SLUG}/questions.en.yaml", f"{SLUG}/module.yaml"):
        assert made.files[path].startswith(files[path])
    assert set(made.files) == {path for path in files if "lesson" not in path and "aid" not in path}


def test_a_second_file_goes_on_where_the_first_ended(files):
    once = taken(files, SLUG, brought(), difficulty=1, pictures={})
    twice = taken({**files, **once.files}, SLUG, brought(), difficulty=1, pictures={})
    assert twice.ids == ("M50-Q08", "M50-Q09", "M50-Q10", "M50-Q11")


def test_pictures_stand_on_lines_of_their_own_under_names_that_are_free(files):
    item = replace(
        brought()[0].item,
        stem=r"See ![A \*map\*](map.png) here, ![](Plan.PNG)",
        pictures=("map.png", "Plan.PNG"),
    )
    there = {**files, f"{SLUG}/pictures/map.png": "sha256:" + "0" * 64}
    kept = {"map.png": "1" * 64, "Plan.PNG": "2" * 64}
    made = taken(there, SLUG, [Chosen(item, "O1")], difficulty=1, pictures=kept)
    assert made.files[f"{SLUG}/pictures/map-2.png"] == "sha256:" + "1" * 64
    assert made.files[f"{SLUG}/pictures/plan.png"] == "sha256:" + "2" * 64
    text = made.files[f"{SLUG}/questions.en.yaml"]
    for line in ("See", "![A *map*](pictures/map-2.png)", "here,", "![](pictures/plan.png)"):
        assert f"\n    {line}\n" in text


def test_too_many_are_refused_and_so_is_what_our_types_cannot_hold(files):
    with pytest.raises(BadInput, match="at most 99"):
        taken(files, SLUG, brought() * 30, difficulty=1, pictures={})
    with pytest.raises(BadInput, match="two to eight"):
        item = replace(brought()[0].item, options=())
        taken(files, SLUG, [Chosen(item, "O1")], difficulty=1, pictures={})
    with pytest.raises(BadInput, match="names no module"):
        taken({}, SLUG, brought(), difficulty=1, pictures={})


def test_hostile_words_come_back_as_words(files):
    hostile = (
        rb"::x:: \{ask M01-Q03\} [@seed-f7] --- \n\n\# a\: *b* 'q' \"z\""
        rb" {=- x\: y ~\{n\} [[g]] ~\# no}"
    )
    made = taken(files, SLUG, brought(hostile), difficulty=1, pictures={})
    module = module_from_bundle(whole({**files, **made.files}, registers(SHIPPED)), "en")
    question = module.questions[made.ids[0]]
    item = brought(hostile)[0].item
    assert question.stem == item.stem
    assert [one.text for one in question.options] == [one.text for one in item.options]
