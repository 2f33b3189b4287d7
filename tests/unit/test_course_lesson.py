"""Lesson files and the cites in them."""

from __future__ import annotations

from modules.basics import Problem
from modules.course import facts, lesson
from modules.course.model import Ask, Band, Text


def test_a_screen_keeps_text_bands_and_items_in_order_with_their_lines() -> None:
    band = "> **Rule of thumb.** Do\n> so.\n"
    body = f"## {{#one}} First\n\nHello.\n\nAgain.\n\n{band}{{ask M01-Q01}}\nEnd.\n"
    (screen,), problems = lesson.screens("lesson.en.md", body, 10)
    assert problems == []
    assert (screen.id, screen.title) == ("one", "First")
    assert screen.parts == (
        Text("Hello.\n\nAgain."),
        Band("Rule of thumb", "Do\nso."),
        Ask("M01-Q01"),
        Text("End."),
    )
    assert [part.line for part in screen.parts] == [12, 16, 18, 19]


def test_rules_and_placements_inside_code_are_text() -> None:
    body = "## {#one} First\n\n```\n---\n{ask M01-Q01}\n```\n\n---\n\n## {#two} Second\n\nText.\n"
    screens, problems = lesson.screens("f", body)
    assert [screen.id for screen in screens] == ["one", "two"]
    assert problems == []
    assert len(screens[0].parts) == 1


def test_a_quotation_without_a_bold_title_stays_text() -> None:
    (screen,), _ = lesson.screens("f", "## {#one} First\n\n> She said no.\n")
    assert screen.parts == (Text("> She said no."),)


def test_a_screen_without_text_and_one_here_twice_are_problems() -> None:
    body = "## {#one} First\n\n---\n## {#one} Again\n\nText.\n"
    _, problems = lesson.screens("f", body)
    assert [problem.place for problem in problems] == ["line 1, screen one", "line 4"]


def test_a_file_without_front_matter_says_how_to_begin() -> None:
    problem = lesson.part("f", "## {#one} First\n")
    assert isinstance(problem, Problem)
    assert "---" in problem.sentence


def test_html_is_found_but_code_and_addresses_are_left_alone() -> None:
    text = "Fine `<b>` and <https://example.org> and a < b.\n\nNot <br> this."
    assert list(lesson.raw_html(text)) == [(2, "<br>")]


def test_short_texts_are_not_graded_and_hard_ones_score_above_easy_ones() -> None:
    assert lesson.grade_level("Too short to judge.") is None
    easy = lesson.grade_level("The cat sat on the mat. " * 12)
    hard = lesson.grade_level("Organisational interoperability necessitates institutional. " * 12)
    assert easy is not None
    assert hard is not None
    assert easy < 3 < 10 < hard


def test_cites_are_listed_once_and_taken_out_with_their_blank() -> None:
    text = "One [@a-1], two [@b] and [@a-1]."
    assert facts.cites(text) == ("a-1", "b")
    assert facts.without_cites(text) == "One, two and."
