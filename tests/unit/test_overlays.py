"""Paragraphs for one law: shown to its readers, gone for everybody else, markers for nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from modules.course.files import read_module
from modules.course.model import Screen, Text
from modules.course.overlays import module_under, under
from modules.play import law
from modules.settings import settings

TEXT = "For all.\n\n{eu} For the Union.\n\n{uk} For the Kingdom.\n\nFor all again."


@pytest.mark.parametrize(
    ("jurisdiction", "told"),
    [
        ("neutral", "For all.\n\nFor all again."),
        ("eu", "For all.\n\nFor the Union.\n\nFor all again."),
        ("uk", "For all.\n\nFor the Kingdom.\n\nFor all again."),
    ],
)
def test_each_reader_gets_what_is_for_all_and_for_her_law(jurisdiction: str, told: str) -> None:
    assert under(TEXT, jurisdiction) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{uk}\n- one\n- two", "- one\n- two"),
        ("{uk} - one\n- two", "- one\n- two"),
        ("> {uk} She said.\n> More.", "> She said.\n> More."),
        ("{uk}\n| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("{uk}\n```\na\n\nb\n```", "```\na\n\nb\n```"),
    ],
)
def test_lists_quotes_tables_and_code_are_blocks_as_well(written: str, told: str) -> None:
    assert under(f"All.\n\n{written}", "uk") == f"All.\n\n{told}"
    assert under(f"All.\n\n{written}", "eu") == "All."


def test_a_paragraph_of_a_quote_goes_and_the_quote_stays() -> None:
    quote = "> For all.\n>\n> {eu} For the Union."
    assert under(quote, "uk") == "> For all."
    assert under(quote, "eu") == "> For all.\n>\n> For the Union."


def test_a_text_without_a_marker_comes_back_as_the_same_object() -> None:
    text = "Case {place}.\n\n\n  Odd blanks {n}.\n"
    assert under(text, "uk") is text


@pytest.fixture(scope="module")
def m01():
    return read_module(settings().content, "m01-why-share", "en", None)


def texts(module):
    return [
        part.markdown
        for screen in module.screens.values()
        for part in screen.parts
        if isinstance(part, Text)
    ]


def test_nobody_is_shown_a_marker_in_any_text_of_a_module(m01) -> None:
    assert "{uk}" in repr(m01)
    for jurisdiction in ("neutral", "eu", "uk"):
        told = module_under(m01, jurisdiction)
        assert told.jurisdiction == jurisdiction
        assert "{uk}" not in repr(told)
        assert "{eu}" not in repr(told)


def test_nothing_that_is_graded_differs_between_laws(m01) -> None:
    eu, uk = module_under(m01, "eu"), module_under(m01, "uk")
    for id, question in eu.questions.items():
        plain = question.model_dump(exclude={"why", "options", "traps"})
        assert plain == uk.questions[id].model_dump(exclude={"why", "options", "traps"})
    assert (eu.sittings, eu.reserve, eu.matched) == (uk.sittings, uk.reserve, uk.matched)


def test_reasons_stories_and_labs_are_filtered_too(m01) -> None:
    question = m01.questions["M01-Q01"].model_copy(update={"why": "All.\n\n{eu} Union."})
    changed = replace(m01, questions={**m01.questions, "M01-Q01": question})
    assert module_under(changed, "uk").questions["M01-Q01"].why == "All."
    assert module_under(changed, "eu").questions["M01-Q01"].why == "All.\n\nUnion."
    # What is not touched is not copied: most of a module is the same for everybody.
    assert module_under(changed, "uk").questions["M01-Q02"] is m01.questions["M01-Q02"]


def test_facts_that_only_another_law_cites_go_and_no_other(m01) -> None:
    assert "uk-duaa-art6-1ea" in m01.facts
    assert "uk-duaa-art6-1ea" in module_under(m01, "uk").facts
    for other in ("eu", "neutral"):
        assert m01.facts.keys() - module_under(m01, other).facts.keys() == {"uk-duaa-art6-1ea"}


def test_a_part_of_which_nothing_is_left_is_not_drawn(m01) -> None:
    screen = Screen("one", "One", (Text("{uk} Only here."), Text("All.")))
    told = module_under(replace(m01, screens={**m01.screens, "one": screen}), "eu")
    assert told.screens["one"].parts == (Text("All."),)


def test_facts_grow_stale_after_180_days_by_the_one_checked_longest_ago(m01) -> None:
    facts = dict(m01.facts)
    old = next(iter(facts))
    facts[old] = facts[old].model_copy(update={"last_checked": date(2026, 5, 1)})
    module = replace(m01, facts=facts)
    assert law.checked(module) == date(2026, 5, 1)
    assert not law.stale(module, date(2026, 10, 28))
    assert law.stale(module, date(2026, 10, 29))
    assert law.checked(replace(m01, facts={})) is None
    assert not law.stale(replace(m01, facts={}), date(2030, 1, 1))
