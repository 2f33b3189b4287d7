"""What people write in Markdown is shown as prose, and does nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.markup import written


def test_headings_lists_emphasis_and_links_to_the_web_stay():
    text = "# Rules\n\n- **Never** share\n- Ask [us](https://x.example/a), [mail](mailto:a@b.org)"
    assert written(text) == text.replace("# Rules", "## Rules")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b>x</b>", "\\<b>x\\</b>"),
        ("![p](https://x.example/p.png)", "!\\[p](https://x.example/p.png)"),
        ("[a](javascript:alert(1))", "[a]\\(javascript:alert(1))"),
        ("[a](//x.example)", "[a]\\(//x.example)"),
        ("[r]: javascript:x", "\\[r]: javascript:x"),
        ("costs $5 or $6", "costs \\$5 or \\$6"),
        (":red[hi]", "\\:red[hi]"),
        (":material/home:", "\\:material/home:"),
        ("\\<b>", "\\\\\\<b>"),
        ("###### six", "###### six"),
    ],
)
def test_everything_else_is_shown_as_typed(typed, shown):
    assert written(typed) == shown


@given(st.text(alphabet="<>[](){}!\\$:/#`~ajvscriptmlred\n ", max_size=60))
def test_no_tag_picture_or_formula_is_left_whatever_is_typed(text):
    made = written(text)
    for place, letter in enumerate(made):
        if letter in "<$":
            before = made[:place]
            assert (len(before) - len(before.rstrip("\\"))) % 2 == 1
    assert "![" not in made
