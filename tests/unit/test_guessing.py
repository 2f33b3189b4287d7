"""The guesser: each trick finds what it looks for, and the shipped bank gives it little."""

from __future__ import annotations

import pytest

from modules.course import guessing
from modules.course.files import read_course, read_module
from modules.questions import SingleChoice
from modules.settings import settings


def question(stem: str, *options: str, key: int = 0) -> SingleChoice:
    return SingleChoice.model_validate(
        {
            "id": "M01-Q01",
            "kind": "single_choice",
            "objective": "O1",
            "difficulty": 1,
            "stem": stem,
            "options": [
                {"id": f"o{number}", "text": text, "key": number == key}
                for number, text in enumerate(options)
            ],
        }
    )


@pytest.mark.parametrize(
    ("trick", "one"),
    [
        ("longest", question("Which?", "This is much the longest of them", "Short", "Brief")),
        ("most hedged", question("Which?", "It may often help", "It helps a lot", "It is nil")),
        ("fewest absolutes", question("Which?", "Ask first", "Always ask", "Never ask")),
        ("middle number", question("Which?", "About 20", "About 1,000", "About 5")),
        ("grammar", question("This is an", "offence", "breach", "crime")),
        ("words of the stem", question("Which record is it?", "A record", "A tree", "A car")),
        (
            "most like the others",
            question("Which?", "Lock paper away", "Lock doors", "Burn paper"),
        ),
    ],
)
def test_each_trick_finds_a_key_that_its_clue_gives_away(trick: str, one: SingleChoice) -> None:
    found = guessing.guess([one])
    assert found.tricks[trick] == 1.0
    assert found.chance == pytest.approx(1 / 3)


def test_where_a_trick_sees_nothing_it_guesses_blindly() -> None:
    found = guessing.guess([question("Which?", "Aaaa", "Bbbb", "Cccc", "Dddd")])
    assert set(found.tricks.values()) == {0.25}
    assert found.all_tricks == 0.25
    assert found.given_away == ()


def test_all_tricks_together_name_the_questions_they_answer() -> None:
    clued = question("Which?", "Usually ask first, and keep what is necessary", "Never", "Always")
    assert guessing.guess([clued]).given_away == ("M01-Q01",)


def test_a_bet_on_the_fourth_place_is_blind_where_there_are_three() -> None:
    bank = [question("A?", "a", "b", "c", "d", key=3), question("B?", "a", "b", "c", key=1)]
    place, share, chance = guessing.crowded(bank)
    assert (place, share) == (4, pytest.approx((1 + 1 / 3) / 2))
    assert chance == pytest.approx((1 / 4 + 1 / 3) / 2)


def test_a_bank_whose_keys_are_the_longest_is_not_fair() -> None:
    bank = [question("Which?", "x" * 9, "yy", "zz", key=0), question("Who?", "aa", "b" * 9, key=1)]
    assert not guessing.guess(bank).fair


def test_an_empty_bank_has_no_shares() -> None:
    assert guessing.guess([]).questions == 0


def bank():
    root = settings().content
    cards = [card for card in read_course(root).modules if not card.planned]
    return [one for card in cards for one in read_module(root, card.slug, "en").questions.values()]


def test_who_knows_only_tricks_scores_little_over_the_shipped_bank() -> None:
    found = guessing.guess(bank())
    assert found.all_tricks < guessing.MOST
    assert {name: share for name, share in found.tricks.items() if share >= guessing.MOST} == {}


def test_place_and_length_say_no_more_than_chance_about_the_keys_of_the_shipped_bank() -> None:
    found = guessing.guess(bank())
    assert found.in_place <= found.chance + guessing.MARGIN
    assert found.tricks["longest"] <= found.chance + guessing.MARGIN
