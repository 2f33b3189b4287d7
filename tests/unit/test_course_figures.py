"""Which figures need a source, and where an invented one may stand without."""

from __future__ import annotations

import pytest

from modules.course import facts
from modules.course.figures import bare_figures


def bare(text: str, *, invented: bool = False) -> list[str]:
    return [figure for _, figure in bare_figures(text, invented=invented)]


def test_shares_years_and_articles_need_a_cite_in_their_own_paragraph() -> None:
    text = "Cited: 27% [@a].\n\nBare: 27 per cent,\nin 2022, Art. 6 and Articles 13."
    assert list(bare_figures(text)) == [
        (2, "27 per cent"),
        (3, "2022"),
        (3, "Art. 6"),
        (3, "Articles 13"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Up to 1.5 million people had opted out.", "1.5 million"),
        ("Half a million records were joined; half a million.", "half a million"),
        ("The fine was £750,000 in the end.", "£750,000"),
        ("They agreed on A$475m at last.", "A$475m"),
        ("It cost €2.75 million.", "€2.75 million"),
        ("All 9,483 were named.", "9,483"),
        ("Someone looked at 29 patients.", "29 patients"),
        ("It held 265 unique addresses.", "265 unique addresses"),
        ("It was so for 216 of 248 of them.", "216 of 248"),
        ("It was decided on 5 February 2020.", "2020"),
        ("See recital 26 on that.", "recital 26"),
        ("It is an offence under section 170.", "section 170"),
        ("The offence in s.171 is another.", "s.171"),
        ("Annex III lists it.", "Annex III"),
        ("The court said so in C-413/23 P.", "C-413/23"),
        ("It is [2021] FCA 634.", "[2021] FCA 634"),
    ],
)
def test_what_a_reader_takes_for_a_fact_needs_a_cite(text: str, found: str) -> None:
    assert found in bare(text)
    assert bare(f"{text} [@a]") == []


@pytest.mark.parametrize(
    "text",
    [
        "At 16:20 {p}% of them ring; see [it](https://example.org/2022/section-4).",
        "Five questions, 20 minutes, 3 people and k = 5.",
        "Room 101, version 1.10 and 2000.5 are none.",
        "Ask 1 of them, then the next.",
        "Press C- and read part 4 of the form.",
    ],
)
def test_times_small_numbers_parameters_and_addresses_are_no_figures(text: str) -> None:
    assert bare(text) == []


def test_a_paragraph_that_names_fernleigh_may_invent_its_figures() -> None:
    assert bare("In Fernleigh, 1,200 residents and 14% of tenants got £90 in 2024.") == []
    assert bare("Suppose that 340 claimants are in a sheet.") == []
    assert bare("1,200 residents got £90.") == ["1,200", "£90"]


def test_a_text_that_plays_in_fernleigh_may_invent_counts_but_no_shares_and_years() -> None:
    assert bare("The list has 340 claimants and cost £90.", invented=True) == []
    assert bare("It rose by 14% in 2024.", invented=True) == ["14%", "2024"]


@pytest.mark.parametrize("invented", [True, False])
def test_beside_a_real_name_no_figure_is_invented(invented: bool) -> None:
    text = "Fernleigh reads that in England 1,200 patients and 5% were hit."
    assert bare(text, invented=invented) == ["1,200", "5%"]


@pytest.mark.parametrize("invented", [True, False])
def test_no_place_in_a_law_is_invented(invented: bool) -> None:
    assert bare("Fernleigh quotes Article 9 on it.", invented=invented) == ["Article 9"]


def test_a_figure_is_named_once_by_its_longest_reading() -> None:
    assert bare("They paid £1.5 million and €2,000.") == ["£1.5 million", "€2,000"]


@pytest.mark.parametrize(
    ("status", "sound"),
    [("V", True), ("V/!", True), ("V/S", True), ("S", False), ("S/!", False), ("!", False)],
)
def test_only_what_was_read_in_the_original_is_verified(status: str, sound: bool) -> None:
    assert facts.verified(type("Fact", (), {"status": status})()) is sound
