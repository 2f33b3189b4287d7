"""Calibration: which answers count, and the word behind a stored number."""

from datetime import UTC, datetime

import pytest

from modules.course.files import read_module
from modules.progress.asked import item_of
from modules.progress.calibration import LEAST, Said, calibration, said_in, word_of
from modules.progress.marking import CONFIDENCE, certainty
from modules.progress.sheet import Answer, Sheet
from modules.settings import settings

MODULE = read_module(settings().content, "m01-why-share", "en")
ITEM = "M01-Q08"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize("options", [0, 2, 3, 4, 5, 8])
@pytest.mark.parametrize("word", CONFIDENCE)
def test_the_word_behind_a_stored_number_is_found_again(word, options):
    assert word_of(certainty(word, options), options) == word


def test_the_same_number_is_another_word_where_there_is_less_to_choose_from():
    assert word_of(0.5, 2) == "guess"
    assert word_of(0.5, 4) == "half"


def test_nothing_is_drawn_from_nineteen_answers():
    said = [Said("half", 0.5, True)] * (LEAST - 1)
    assert calibration(said) is None
    assert calibration([*said, Said("guess", 0.25, False)]).answers == LEAST


def test_words_never_used_have_no_bin():
    found = calibration([Said("certain", 1.0, True)] * 18 + [Said("half", 0.5, False)] * 2)
    assert [(one.word, one.right, one.answers) for one in found.bins] == [
        ("half", 0, 2),
        ("certain", 18, 18),
    ]
    assert found.brier == pytest.approx(2 * 0.25 / 20)
    assert found.bias == pytest.approx(0.95 - 0.9)


def an_answer(slot=ITEM, try_number=1, **given):
    values = {"kind": "item", "correct": True, "score": 1.0, "confidence": 1.0} | given
    return Answer(slot, try_number, response={}, answered_at=NOW, **values)


def test_only_first_answers_with_a_word_count():
    answers = [
        an_answer(),
        an_answer(try_number=2),
        an_answer(f"again:{ITEM}"),
        an_answer("M01-Q05", confidence=None),
        an_answer("scenario:flood-list:1", kind="decision", correct=None, confidence=None),
    ]
    sheet = Sheet("practice", 1, "seed", {(one.slot, one.try_number): one for one in answers})
    assert list(said_in(MODULE, [sheet])) == [Said("certain", 1.0, True)]


def test_the_word_is_read_by_how_many_options_the_item_had():
    sheet = Sheet("practice", 1, "seed")
    options = len(item_of(MODULE, sheet, ITEM).options)
    for word in CONFIDENCE:
        answer = an_answer(confidence=certainty(word, options), correct=False)
        sheet = Sheet("practice", 1, "seed", {(ITEM, 1): answer})
        assert [one.word for one in said_in(MODULE, [sheet])] == [word]
