"""Search: ranked by title, forgiving of endings and slips, quick, and silent on keys of items."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.course.files import read_library, read_module
from modules.course.finding import Index, Passage, snippet, stem
from modules.course.model import Need
from modules.course.passages import of_library, of_module, with_needs, words_of
from modules.settings import ROOT

CONTENT = ROOT / "content"
BREACH = Passage("aid", "M05", "What to do after a slip", "M05", "Tell somebody about the breach.")
TERM = Passage("term", "breach", "Personal data breach", "", "Security fails and data are lost.")
OTHER = Passage("screen", "ask", "Ask first", "M01", "One address. Many keepers share it.", "M01")
INDEX = Index([BREACH, TERM, OTHER])


@pytest.fixture(scope="module")
def shipped():
    module = read_module(CONTENT, "m01-why-share", "en")
    library = read_library(CONTENT, "en")
    return [*of_module(module), *of_library(library)]


def places(query, index=INDEX):
    return [hit.passage.place for hit in index.search(query).hits]


def test_a_word_of_the_title_comes_before_the_same_word_of_the_text():
    assert places("breach") == ["breach", "M05"]


@pytest.mark.parametrize("typed", ["breaches", "BREACH", "braech", "breech", "bre", "breach’s"])
def test_endings_capitals_slips_and_beginnings_find_the_word(typed):
    assert set(places(typed)) == {"breach", "M05"}


def test_what_stood_in_for_an_unknown_word_is_told():
    assert INDEX.search("braech").meant == ("breach",)
    assert INDEX.search("breach").meant == ()


@pytest.mark.parametrize("typed", ["", "   ", "zzzzqqq", "?!", "x" * 5000])
def test_nothing_is_found_for_nothing(typed):
    assert INDEX.search(typed).hits == ()


def test_a_passage_with_all_words_comes_before_one_with_some():
    assert places("tell breach")[0] == "M05"


def test_words_such_as_the_do_not_count_unless_there_are_no_others():
    assert places("the keepers") == ["ask"]
    assert places("the") == ["M05"]


@given(st.text(max_size=400), st.text(max_size=30))
def test_what_is_marked_is_a_word_of_the_snippet_and_the_rest_is_the_text(text, query):
    index = Index([Passage("screen", "a", "A", "", text)])
    for hit in index.search(query).hits:
        at = 0
        for start, end in hit.spans:
            assert at <= start < end <= len(hit.snippet)
            assert stem(hit.snippet[start:end])
            at = end
        assert hit.snippet.removeprefix("… ").removesuffix(" …") in text


def test_a_snippet_shows_where_the_word_is():
    text = "nothing here " * 60 + "the flood list and more " + "nothing again " * 60
    at = text.index("flood")
    shown, [(start, end)] = snippet(text, [(at, at + 5)])
    assert shown[start:end] == "flood"
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 200


def test_markup_cites_terms_and_marks_of_law_are_no_words():
    text = "{eu} A **[controller](term:controller)** asks [@gdpr-art5]. "
    text += "Tell {local:breach-contact} now."
    assert words_of(text) == "A controller asks. Tell now."
    assert words_of("1. One\n2. *Two*\n\n| a | b |\n|---|---|\n| c | d |") == "One Two a b c d"


def test_no_item_and_no_key_is_in_the_index(shipped):
    module = read_module(CONTENT, "m01-why-share", "en")
    texts = " ".join(passage.text for passage in shipped)
    for question in module.questions.values():
        assert question.id not in texts
    written = json.dumps([vars(one) for one in shipped])
    assert "why_key" not in written
    stems = [one.stem for one in module.questions.values() if len(one.stem) > 40]
    assert [one for one in stems if one in texts] == []


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("someone asks for their file", "rights-request"),
        ("controllers", "controller"),
        ("anonymised", "anonymous-data"),
        ("personl data", "personal-data"),
        ("can i share this", "M01"),
    ],
)
def test_what_people_type_leads_to_the_right_place(shipped, typed, place):
    needs = [Need(id="share", title="Can I share this?", aid="M01")]
    index = Index(with_needs(shipped, needs))
    assert place in [hit.passage.place for hit in index.search(typed).hits[:3]]
