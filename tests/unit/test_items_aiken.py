"""Aiken: a question, its options and the letter of the right one, or a reason why not."""

from __future__ import annotations

import pytest

from modules.exchange.items.formats import read


def bank(text):
    """What a file of these lines holds."""
    return read(text.encode(), "a.txt", "aiken")


def test_questions_with_their_options():
    found = bank(
        "What is 2 + 2?\nA.3\nB) 4 * 1\nANSWER: B\n\nWhich?\r\na. yes\r\nb. no\r\nanswer:a\r\n"
    )
    first, second = found.items
    assert (first.kind, first.stem, first.place) == ("single_choice", "What is 2 + 2?", "line 1")
    assert [(one.text, one.right) for one in first.options] == [("3", False), (r"4 \* 1", True)]
    assert [one.right for one in second.options] == [True, False]
    assert second.place == "line 6"


def test_questions_and_options_may_have_several_lines():
    (item,) = bank("One\ntwo?\nA. long\n  option\nB. short\nANSWER: A").items
    assert item.stem == "One\n\ntwo?"
    assert item.options[0].text == "long option"
    assert ["joined" in item.notes[0].sentence, "paragraph" in item.notes[1].sentence] == [True] * 2


def test_several_letters_make_several_right_options():
    (item,) = bank("Which two?\nA. a\nB. b\nC. c\nANSWER: A, C").items
    assert item.kind == "multiple_choice"
    assert [one.right for one in item.options] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Q?\nA. a\nB. b\n", "No line “ANSWER: A”"),
        ("Q?\nA. a\nB. b\nANSWER: E", "E is right, but there is no such option"),
        ("Q?\nA. a\nB. b\nANSWER:", "is no letter of an option"),
        ("Q?\nA. a\nB. b\nANSWER: the first", "is no letter of an option"),
        ("Q?\nA. a\nA. b\nANSWER: A", "Two options are called A"),
        ("A. a\nB. b\nANSWER: A", "No line before the options"),
        ("Q?\nANSWER: A", "It has no options"),
        ("Q?\nA. a\nB. a\nANSWER: A", "have the same text"),
        (f"Q?\nA. {'a' * 200_000}\nB. a\nANSWER: A", " characters; 200,000 are read"),
    ],
)
def test_what_is_not_whole_is_refused_alone(text, reason):
    found = bank(f"{text}\n\nGood?\nA. yes\nB. no\nANSWER: A\n")
    assert [reason in one.sentence for one in found.refused] == [True]
    assert [one.stem for one in found.items] == ["Good?"]
