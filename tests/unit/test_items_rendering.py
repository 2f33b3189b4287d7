"""Our Markdown for other systems: HTML without looks, or plain words."""

from __future__ import annotations

import pytest

from modules.exchange.items.rendering import html, inline, plain, words


def test_blocks_lists_tables_and_pictures_become_html_without_looks():
    text = 'See *it*:\n\n3. one\n\n| a | b |\n| :- | - |\n| 1 | 2 |\n\n![A map](a.png "t")'
    told = html(text, "../p/")
    assert "<em>it</em>" in told
    assert "<th>a</th>" in told
    assert '<img src="../p/a.png" alt="A map" />' in told
    assert "style" not in told and "start" not in told and "title" not in told


def test_html_in_our_text_is_only_text():
    assert inline("<b>x</b> & y") == "&lt;b&gt;x&lt;/b&gt; &amp; y"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Plain\nwords", "Plain words"),
        ("a \\[b\\] \\* c", "a [b] * c"),
        ("one\n\ntwo", "one\ntwo"),
        ("a *b*", None),
        ("- a", None),
        ("![A](a.png)", None),
        ("", ""),
    ],
)
def test_plain_is_none_where_anything_is_marked_up(text, read):
    assert plain(text) == read


def test_words_are_what_is_read():
    assert words("a **b** `c`\n\n- ![A map](a.png) [d](https://e.example)") == "a b c A map d"
