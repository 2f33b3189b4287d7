"""A difference as people read it: words, not Markdown, and nothing that changed is left out."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules import words
from modules.author import differing
from modules.drafts.differences import Text
from modules.drafts.worded import Word, plain, runs, worded

pytestmark = pytest.mark.bare
SAY = words.of("en")
HIDDEN = re.compile(r'<span class="sw-hidden">.*?</span>')


def tell(kind, value):
    return f"[{kind} {value}]"


def read(before, after):
    return differing.read_html(Text("text", before, after), SAY)


def shown(html):
    """What stands on the page, what screen readers hear and what is folded apart."""
    return HIDDEN.sub("", html.partition("<details")[0])


def test_a_reader_sees_words_and_no_markdown():
    html = shown(read("## {x}\n\n**Ask** first.", "## {x}\n\n**Ask** [us](/help) first."))
    assert "**" not in html and "](" not in html
    assert "<strong>Ask</strong>" in html and "(/help)" in html


def test_inserted_and_deleted_are_underlined_and_struck_out_and_said():
    html = read("Ask your team first.", "Ask your lead first.")
    assert re.sub(r"\s+", " ", HIDDEN.sub("", html)).count("<del>team</del><ins>lead</ins>") == 1
    assert "deleted:" in html and "(end of inserted)" in html
    assert "<details" not in html  # it reads as it is written


def test_the_text_as_it_is_written_is_one_click_away():
    html = read("Ask **first**.", "Ask **at once**.")
    folded = html.partition("<details")[2]
    assert "As it is written in the file" in folded and "**" in folded


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a [b](/c)", "a [b](/d)"),
        ("![x](pictures/a.png)", "![x](pictures/b.png)"),
        ("{ask M01-Q01}", "{ask M01-Q02}"),
        ("A fact [@one].", "A fact [@two]."),
        ("{eu} It holds.", "{uk} It holds."),
        ("Call {local:desk}.", "Call {local:help}."),
        ("- a\n- b", "1. a\n2. b"),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c | e |"),
        ("`x = 1`", "`x = 2`"),
        ("**a**", "*a*"),
        ("a\n\nb", "a b"),
    ],
)
def test_whatever_changes_is_marked(before, after):
    html = shown(read(before, after))
    assert "<ins>" in html or "<del>" in html


def test_what_only_is_written_otherwise_says_so():
    html = read("Ask  first.\n", "Ask first.\n")
    assert "only how they are written changed" in html


def test_lists_and_headings_stand_on_lines_of_their_own():
    html = shown(read("", "# Why\n\n- one\n- two\n\n2. three"))
    lines = [HIDDEN.sub("", one) for one in re.findall(r"<p>(.*?)</p>", html)]
    assert [re.sub("<[^>]+>", "", one) for one in lines] == [
        "Why",
        "• one",
        "• two",
        "2. three",
    ]


def test_html_is_shown_and_never_run():
    html = read("", "<script>alert(1)</script>\n\nHi <b onclick=x>you</b>")
    assert "<script" not in html and "<b " not in html and "&lt;script&gt;" in html


def test_far_from_a_change_is_left_out():
    long = "word " * 400
    html = shown(read(f"{long}one.", f"{long}two."))
    assert "…" in html and len(html) < 700


MARKDOWN = st.text(alphabet="ab *_[](){}@#-.!|`>\n1<&", max_size=60)


@given(MARKDOWN, MARKDOWN)
def test_both_texts_can_be_read_out_of_the_one(before, after):
    one, two = worded(before, tell), worded(after, tell)
    found = runs(one, two)
    assert plain(w for run in found if run.kind != "new" for w in run.words) == plain(one)
    assert plain(w for run in found if run.kind != "gone" for w in run.words) == plain(two)
    html = read(before, after)
    tags = re.findall(r"</?(p|ins|del|strong|em|code|small|div|span|details|summary)\b", html)
    assert not [one for one in re.findall(r"<(/?\w+)", html) if one.strip("/") not in tags]
    assert html.count("<ins>") == html.count("</ins>") and html.count("<p") == html.count("</p>")
    if before.split() != after.split():
        assert "<ins>" in html or "<del>" in html or "only how" in unescape(html)


def test_a_word_keeps_its_look():
    assert Word("Ask", "strong") in worded("**Ask** us", tell)
