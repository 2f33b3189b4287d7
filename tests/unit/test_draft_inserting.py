"""What a writer finds to put into a text, and what is never offered."""

from __future__ import annotations

from datetime import date

import pytest

from modules import words
from modules.course.facts import cites
from modules.course.files.registers import REGISTERS
from modules.course.local import keys
from modules.course.terms import named
from modules.drafts.inserting import KINDS, shelf
from modules.settings import settings

TODAY = date(2026, 11, 27)
SAY = words.of("en")
OWN = {
    "facts.yaml": """
- {id: own-read, statement: The depot opens at six., jurisdiction: Fernleigh, source: own-rules,
   last_checked: 2026-11-01, status: V, review_by: 2027-05-01}
- {id: own-heard, statement: The depot has a fox., jurisdiction: Fernleigh, source: own-rules,
   last_checked: 2026-11-01, status: "!", review_by: 2027-05-01}
- {id: own-late, statement: The depot shuts at nine., jurisdiction: Fernleigh, source: own-rules,
   last_checked: 2025-11-01, status: S, review_by: 2026-11-26}
""",
    "sources.yaml": "- {id: own-rules, title: House rules, publisher: Fernleigh Depot}",
    "misconceptions.yaml": "- {id: own-belief, title: The depot never shuts.}",
}


@pytest.fixture(scope="module")
def found():
    return shelf(settings().content, OWN, "en", TODAY, SAY)


def test_a_fact_is_found_by_its_words_with_all_that_has_to_be_known(found):
    one = found.search("automated decisions human")[0]
    assert one.kind == "fact"
    assert one.mark == f"[@{one.id}]"
    assert one.source
    assert one.source.id == one.fact.source
    assert one.fact.review_by > TODAY


def test_every_mark_is_one_that_lessons_read(found):
    for one in found.offers:
        read = {"fact": cites, "term": named, "local": keys}.get(one.kind)
        if read:
            assert read(one.mark) == (one.id,)


def test_small_mistakes_and_words_of_the_source_find_it_too(found):
    assert found.search("controler", ["term"])[0].id == "controller"
    assert "own-rules" in [one.id for one in found.search("Fernleigh Depot", ["source"])]
    assert found.search("breach contact", ["local"])[0].mark == "{local:breach-contact}"


def test_the_drafts_own_records_stand_among_the_shipped_ones(found):
    own = found.search("depot opens")
    assert own[0].id == "own-read"
    assert own[0].own
    assert own[0].source.title == "House rules"
    assert found.search("the depot never shuts", ["belief"])[0].mark == "own-belief"


def test_what_nobody_read_anywhere_is_never_offered(found):
    assert "own-heard" not in {one.id for one in found.offers}
    assert "own-heard" not in {one.id for one in found.search("depot fox")}


def test_a_fact_past_its_day_is_shown_and_marked(found):
    late = {one.id for one in found.offers if one.late}
    assert late == {"own-late"}


def test_only_what_was_read_in_the_original_may_be_graded(found):
    by = {one.id: one for one in found.offers if one.kind == "fact"}
    assert by["own-read"].graded
    assert not by["own-late"].graded


def test_without_words_each_kind_can_be_leafed_through(found):
    for kind in KINDS:
        assert {one.kind for one in found.search("  ", [kind])} == {kind}
    assert found.search("zzzzqqqq") == []


def test_records_that_cannot_be_read_hide_no_others():
    broken = {"facts.yaml": "- {id: half", "misconceptions.yaml": "- 3\n- {id: ok, title: Fine.}"}
    found = shelf(settings().content, broken, "en", TODAY, SAY)
    assert "ok" in {one.id for one in found.offers}
    assert any(one.kind == "fact" for one in found.offers)
    assert set(REGISTERS) >= set(broken)


def test_terms_are_those_of_the_language_one_writes_in():
    found = shelf(settings().content, {}, "fr", TODAY, SAY)
    assert not [one for one in found.offers if one.kind == "term"]
