"""A mark put into a text where the cursor stood."""

from __future__ import annotations

import pytest

from modules.drafts.placing import put_in


@pytest.mark.parametrize(
    ("text", "at", "wanted"),
    [
        ("Ask first.", 9, "Ask first [@f]."),
        ("Ask  first.", 4, "Ask [@f] first."),
        ("Ask first.", 4, "Ask [@f] first."),
        ("Ask first.", 99, "Ask first. [@f]"),
        ("", 0, "[@f]"),
        ("Ask first.", 0, "[@f] Ask first."),
        ("Éà 𝒜sk.", 3, "Éà [@f] 𝒜sk."),
    ],
)
def test_a_mark_inside_a_sentence_stands_at_the_cursor(text, at, wanted):
    assert put_in(text, "[@f]", at) == wanted


@pytest.mark.parametrize("mark", ["{eu} ", "{ask M50-Q01}", "![A](b.png)", "> **Rule.** x"])
def test_what_is_a_block_comes_behind_the_paragraph_of_the_cursor(mark):
    assert put_in("One.\n\nTwo.\n", mark, 2) == f"One.\n\n{mark}\n\nTwo.\n"
    assert put_in("One.\n\nTwo.\n", mark, 8) == f"One.\n\nTwo.\n\n{mark}"
    assert put_in("", mark, 0) == mark
