"""Our form of an item from elsewhere, and ours for others: whole, or with a note for each part."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from modules.course.files import bundle, module_from_bundle, read_course
from modules.exchange.items.brought import Blank, Brought, Note, Number, Option, Pair, Refused
from modules.exchange.items.ours import Records, fitted, of, records
from modules.questions import read_question
from tests.course import SHIPPED


def bank():
    """Each shipped question."""
    for card in read_course(SHIPPED).modules:
        if not card.planned:
            yield from module_from_bundle(bundle(SHIPPED, card.slug), "en").questions.values()


BANK = list(bank())
CHOICE = Brought(
    "single_choice",
    "line 1",
    "Rome",
    "What is **the** capital?",
    options=(Option("Rome", True, "Yes."), Option("Milan", False), Option("Bari", False, "No.")),
)


def made(item, **more):
    """The question that an item becomes, and its notes' sentences."""
    found = records(item, id="M50-Q07", objective="O1", **more)
    assert isinstance(found, Records), found
    return read_question(found.structure, found.words), [one.sentence for one in found.notes]


def why_not(item):
    """Why an item is refused."""
    found = records(item, id="M50-Q07", objective="O1")
    assert isinstance(found, Refused)
    assert (found.place, found.name) == (item.place, item.name)
    return found.sentence


def test_a_choice_becomes_a_structure_and_its_words():
    found = records(CHOICE, id="M50-Q07", objective="O2", difficulty=3, tag="city-as-capital")
    assert isinstance(found, Records)
    assert found.structure == {
        "id": "M50-Q07",
        "kind": "single_choice",
        "objective": "O2",
        "difficulty": 3,
        "critical": False,
        "facts": [],
        "options": [
            {"id": "a", "key": True},
            {"id": "b", "tag": "city-as-capital"},
            {"id": "c", "tag": "city-as-capital"},
        ],
    }
    assert found.words == {
        "stem": "What is **the** capital?",
        "options": {
            "a": {"text": "Rome", "why": "Yes."},
            "b": {"text": "Milan", "why": ""},
            "c": {"text": "Bari", "why": "No."},
        },
        "source": "",
    }
    assert found.notes == ()


def test_a_reason_that_the_file_did_not_give_stays_empty():
    question, notes = made(CHOICE)
    assert [option.why for option in question.options] == ["Yes.", "", "No."]
    assert [option.tag for option in question.options] == ["", "", ""]
    assert notes == []


def test_weights_that_our_grading_does_not_know_are_told():
    options = (Option("a", True, share=1), Option("b", False, share=0.5), Option("c", False))
    assert "earned a part" in made(replace(CHOICE, options=options))[1][0]
    cost = (Option("a", True, share=1), Option("b", False, share=-0.25))
    assert "cost marks" in made(replace(CHOICE, options=cost))[1][0]
    several = replace(CHOICE, kind="multiple_choice")
    even = (Option("a", True, share=0.5), Option("b", True, share=0.5), Option("c", False))
    assert made(replace(several, options=even))[1] == []
    odd = (Option("a", True, share=0.7), Option("b", True, share=0.3), Option("c", False))
    assert "weights are not kept" in made(replace(several, options=odd))[1][0]


def test_options_that_speak_of_the_others_keep_their_order():
    options = (*CHOICE.options, Option("All of the above", False))
    question, notes = made(replace(CHOICE, options=options))
    assert not question.shuffle
    assert "keep their order" in notes[0]
    assert made(CHOICE)[0].shuffle


def test_pictures_and_links_stay_in_stems_and_are_words_in_options():
    options = (Option(r"![A \[map\]](a.png)", True), Option("[Ask](https://example.org) me", False))
    item = replace(CHOICE, stem="See ![plan](b.png)", options=options, pictures=("a.png", "b.png"))
    question, notes = made(item)
    assert question.stem == "See ![plan](b.png)"
    assert [one.text for one in question.options] == [r"A \[map\]", "Ask me"]
    assert [one.split(":")[0] for one in notes] == [
        "A picture in an option is told by its alternative text",
        "A link in an option was taken as its words",
    ]
    assert fitted(item).pictures == ("b.png",)


def test_tags_and_a_second_reason_are_told():
    question, notes = made(replace(CHOICE, tags=("x", "y"), category="Law", why="For all."))
    assert question.why == "For all."
    assert [one.split(":")[0] for one in notes] == [
        "Its tags are not kept",
        "It has a reason for everybody and one at the right option",
    ]


def test_a_matching_writes_each_right_side_once_and_tags_what_tempts():
    item = Brought(
        "matching",
        "line 1",
        "",
        "Match",
        pairs=(Pair("Oslo", "Norway", "N."), Pair("Bergen", "Norway"), Pair("Turku", "Finland")),
        spare=("Sweden", "Finland"),
    )
    question, notes = made(item, tag="north-is-one")
    assert [(one.text, one.to, dict(one.tags)) for one in question.left] == [
        ("Oslo", "r1", {"r3": "north-is-one"}),
        ("Bergen", "r1", {"r2": "north-is-one"}),
        ("Turku", "r2", {"r1": "north-is-one"}),
    ]
    assert [one.text for one in question.right] == ["Norway", "Finland", "Sweden"]
    assert notes == []
    many = replace(item, spare=tuple(f"Country {n}" for n in range(9)))
    question, notes = made(many)
    assert len(question.right) == 6
    assert "Country 4; Country 5" in notes[0]


def test_steps_keep_their_order():
    item = Brought("ordering", "line 1", "", "Order", steps=("wake", "eat", "go"))
    question, _ = made(item)
    assert [one.text for one in question.right] == ["wake", "eat", "go"]


@pytest.mark.parametrize(
    ("value", "right", "wrong"),
    [(1822, 1822, 1823), (-0.5, -0.5, 0.5), (3e8, 3e8, 3e8 + 1), (1.5e-7, 1.5e-7, 2e-7)],
)
def test_a_number_is_right_as_it_was(value, right, wrong):
    question, _ = made(Brought("numeric", "", "", "How many?", number=Number(value, unit="days")))
    item = question.variant("s")
    assert item.grade({"value": right}).right
    assert not item.grade({"value": wrong}).right
    assert question.unit == "days"


def test_a_tolerance_reaches_as_far_as_it_did():
    question, _ = made(Brought("numeric", "", "", "How many?", number=Number(3.1415, 0.0005)))
    item = question.variant("s")
    assert [item.grade({"value": one}).right for one in (3.141, 3.142, 3.1425)] == [
        True,
        True,
        False,
    ]
    assert item.plain({"value": 3.1415}) == "3.1415"


def test_gaps_without_a_sentence_get_a_line_to_answer_in():
    item = Brought("fill_in", "", "", "Capital?", blanks=(Blank(("Rome", "rome", "Roma")),))
    question, notes = made(item)
    assert (question.sentence, question.gaps[0].accept) == ("Answer: [[g1]]", ("Rome", "Roma"))
    assert [one.split(" ")[0] for one in notes] == ["The", "“rome”", "Gaps"]


def test_gaps_stand_where_the_sentence_names_them():
    item = Brought(
        "fill_in",
        "",
        "",
        "Fill in.",
        sentence=r"\{3\} From {2} to {1}.",
        blanks=(Blank(("a",), "To"), Blank(("b",), "From", wrong={"a": "Too late.", "x" * 41: ""})),
    )
    question, notes = made(item, tag="late")
    assert question.sentence == r"\{3\} From [[g2]] to [[g1]]."
    assert [(one.tag, one.accept, one.why) for one in question.gaps[1].traps] == [
        ("late", ("a",), "Too late.")
    ]
    assert "at most 40 characters" in notes[0]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (replace(CHOICE, stem=" "), "does not say what is asked"),
        (replace(CHOICE, options=CHOICE.options[:1]), "1 option; ours has two to eight"),
        (replace(CHOICE, options=CHOICE.options * 3), "9 options; ours has two to eight"),
        (replace(CHOICE, options=CHOICE.options * 2), "wo options have the same"),
        (replace(CHOICE, options=CHOICE.options[1:]), "0 of 2 options are right"),
        (replace(CHOICE, kind="matching"), "0 pairs"),
        (
            replace(CHOICE, kind="matching", pairs=(Pair("a", "c"), Pair("b", "c"))),
            "there is no choice",
        ),
        (replace(CHOICE, kind="ordering", steps=("a", "b")), "three to six"),
        (replace(CHOICE, kind="numeric"), "no right number"),
        (replace(CHOICE, kind="numeric", number=Number(1e16)), "too large"),
        (replace(CHOICE, kind="numeric", number=Number(float("nan"))), "not finite"),
        (replace(CHOICE, kind="fill_in", blanks=(Blank(("?",)),)), "can be typed"),
        (replace(CHOICE, kind="fill_in", blanks=(Blank(("a",)),) * 5), "5 gaps"),
        (replace(CHOICE, kind="fill_in", blanks=(Blank(("a",) * 101),)), "more than 100 answers"),
        (
            replace(CHOICE, kind="fill_in", sentence="x", blanks=(Blank(("a",)),)),
            r"[[g1]] is missing",
        ),
    ],
)
def test_what_our_types_cannot_hold_is_refused_in_a_sentence(item, reason):
    assert reason in why_not(item)
    assert isinstance(fitted(item), Refused)


@pytest.mark.parametrize("question", BANK, ids=lambda one: one.id)
def test_each_shipped_question_goes_out_and_comes_back_or_says_why_not(question):
    for key in question.variants()[:5]:
        item = of(question, key)
        if isinstance(item, Refused):
            assert question.kind in {"hotspot", "redaction", "spot_problem", "judgement"}
            continue
        again, _ = made(item)
        assert again.kind == question.kind
        assert "[@" not in repr(item)
        assert of(again).__class__ is Brought
        back = of(again)
        for field in ("kind", "stem", "options", "pairs", "spare", "steps", "number", "sentence"):
            assert getattr(back, field) == getattr(item, field), field
        assert [one.accept for one in back.blanks] == [one.accept for one in item.blanks]
        right, wrong = question.variant("s", key).sample(random.Random(1))
        if question.kind == "numeric":
            assert again.variant("s").grade(right).right
            assert not again.variant("s").grade(wrong).right


def test_what_cannot_be_carried_is_told():
    several = next(one for one in BANK if len(one.variants()) > 1 and one.kind == "single_choice")
    item = of(several)
    assert isinstance(item, Brought)
    told = " ".join(one.sentence for one in item.notes)
    assert f"It has {len(several.variants())} variants" in told
    assert "misconceptions behind wrong answers" in told
    assert "Where to read it" in told
    assert all(isinstance(one, Note) and one.kind == "left" for one in item.notes)


def test_pictures_of_ours_go_along_with_their_captions_and_recordings_are_told():
    stem = 'See\n\n![A plan](pictures/plan.png "The plan, *2026*")\n\n![Talk](pictures/talk.mp3)'
    found = records(replace(CHOICE, stem="x"), id="M50-Q07", objective="O1")
    question = read_question(found.structure, {**found.words, "stem": stem})
    item = of(question)
    assert item.stem == "See\n\n![A plan](pictures/plan.png)\n\nThe plan, *2026*"
    assert item.pictures == ("pictures/plan.png",)
    assert "Its recordings." in [one.sentence for one in item.notes]
