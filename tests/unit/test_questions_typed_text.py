"""Text typed into a gap is compared as it is meant."""

from __future__ import annotations

import pytest

from modules.questions.typed_text import folded, same_text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Café", "CAFE", True),
        ("opt-in", "Opt in", True),
        ("don’t", "don't", True),
        ("“Yes”", "yes.", True),
        ("1,200", "1200", True),
        ("1 200", "1200.0", True),
        ("1.2", "1.20", True),
        ("-5", "5", False),
        ("−5", "-5", True),
        ("12", "1.2", False),
        ("2022", "2023", False),
        ("Straße", "STRASSE", True),
        ("June", "July", False),
    ],
)
def test_typed_text_is_compared_as_it_is_meant(one, other, same):
    assert same_text(one, other) == same
    assert same_text(other, one) == same


def test_the_decimal_mark_decides_whether_numbers_are_the_same():
    assert same_text("1.200", "1.2", ".")
    assert not same_text("1.200", "1.2", ",")
    assert same_text("1,200", "1,2", ",")


def test_marks_that_carry_meaning_stay():
    assert folded("06/2022") == "06/2022"
    assert folded("£500") != folded("500")
