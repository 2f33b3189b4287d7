"""Moodle XML: each type of question is understood or refused with a reason, and nothing is lost."""

from __future__ import annotations

import base64

import pytest

from modules.basics import BadInput
from modules.exchange.items.brought import Bank, Blank, Brought, Number, Option, Pair
from modules.exchange.items.moodle_xml import NOT_HERE, read
from tests import quizzes
from tests.media import bomb, moving, picture
from tests.quizzes import answer, file, question, quiz, text


def only(part: str) -> Brought:
    bank = read(quiz(part))
    assert not bank.refused
    return bank.items[0]


def refusal(part: str) -> str:
    bank = read(quiz(part))
    assert not bank.items
    return bank.refused[0].sentence


def told(item: Brought | Bank) -> str:
    return "\n".join(f"{note.kind}: {note.sentence}" for note in item.notes)


def test_a_single_choice_keeps_its_options_shares_reasons_and_tags():
    item = only(quizzes.MULTICHOICE)
    assert item.kind == "single_choice"
    assert item.stem == "Who carries the **risk**?"
    assert item.options == (
        Option("The card holders", True, "The trips are theirs.", 1.0),
        Option("The council", False, "It answers letters.", 0.0),
        Option("Nobody", False, "", -0.5),
    )
    assert item.why == "A purpose comes first."
    assert item.tags == ("risk", "trips")
    assert item.name == "One"
    assert item.place == "question 1 (line 3)"


def test_what_has_no_place_is_told_and_moodles_own_words_only_once():
    bank = read(quiz(quizzes.MULTICHOICE, quizzes.MULTICHOICE))
    item = bank.items[0]
    assert "left: What is said to a partly right answer was left out: “Half of it.”" in told(item)
    assert "left: A hint for a second try was left out: “Think of whose trips they are.”" in told(
        item
    )
    assert "Your answer is correct." not in told(item)
    assert told(bank).count("Your answer is correct.") == 1
    assert "penalty" in told(bank)


def test_shares_of_several_options_are_kept_where_they_are_not_ours():
    item = only(quizzes.SEVERAL)
    assert item.kind == "multiple_choice"
    assert [(o.text, o.right, o.share) for o in item.options] == [
        ("A link", True, 0.5),
        ("A copy", True, 0.5),
        ("A total", False, 0.0),
    ]
    ours = quizzes.SEVERAL.replace('fraction="0"', 'fraction="-50"')
    assert [o.share for o in only(ours).options] == [None, None, None]


def test_two_full_options_of_which_one_may_be_chosen_are_refused():
    part = question("multichoice", "Which?", answer("A", 100), answer("B", 100), answer("C", 0))
    assert "2 options are worth full marks and one may be chosen" in refusal(part)


def test_a_best_option_below_full_marks_is_the_right_one_and_keeps_its_share():
    part = question("multichoice", "Which?", answer("A", 80), answer("B", 20))
    item = only(part)
    assert [o.right for o in item.options] == [True, False]
    assert [o.share for o in item.options] == [0.8, 0.2]


def test_true_or_false_is_a_choice_of_two():
    item = only(quizzes.TRUEFALSE)
    assert item.kind == "single_choice"
    assert item.options == (Option("True", True, "It is."), Option("False", False, "Read on."))


def test_a_short_answer_is_a_gap_with_wrong_words_and_their_reasons():
    item = only(quizzes.SHORTANSWER)
    assert item.kind == "fill_in"
    assert item.stem == "What comes first?"
    assert item.sentence == "{1}"
    wrong = {"reason": "Nearly.", "law": "It comes second."}
    assert item.blanks == (Blank(("purpose", "a purpose"), why="Yes.", wrong=wrong),)
    assert "changed: The answer “reason” is worth 50 %" in told(item)
    assert "left: What is said to any other answer was left out: “No.”" in told(item)


def test_an_answer_with_an_asterisk_is_left_out_and_told():
    part = question("shortanswer", "What?", answer("colo*r", 100), answer("hue \\*", 100))
    item = only(part)
    assert item.blanks[0].accept == ("hue *",)
    assert "“colo*r” stands for many" in told(item)
    assert "No text that can be typed" in refusal(question("shortanswer", "?", answer("a*", 100)))


def test_a_number_keeps_tolerance_and_unit():
    item = only(quizzes.NUMERICAL)
    assert item.number == Number(30.0, 0.5, "days", "A month.")
    assert "What is made of 31 (0 %) was left out: “Too long.”" in told(item)
    assert "The unit “hours” is taken there too" in told(item)


@pytest.mark.parametrize("written", ["1,5", "1.5", "15e-1"])
def test_a_number_may_be_written_as_moodle_lets_it(written):
    item = only(question("numerical", "How much?", answer(written, 100)))
    assert item.number == Number(1.5)


@pytest.mark.parametrize("written", ["", "many", "nan", "inf", "1e999"])
def test_what_is_no_number_is_refused(written):
    assert "A number is expected there" in refusal(
        question("numerical", "How much?", answer(written, 100))
    )


@pytest.mark.parametrize("kind", ["matching", "match", "ddmatch"])
def test_a_matching_keeps_its_pairs_and_the_spare_answer(kind):
    item = only(quizzes.MATCHING.replace('"matching"', f'"{kind}"'))
    assert item.pairs == (Pair("Name", "Identifier"), Pair("Age", "Attribute"))
    assert item.spare == ("Neither",)


def test_an_ordering_is_sorted_by_its_places():
    assert only(quizzes.ORDERING).steps == ("first", "second", "third")


def test_a_cloze_of_typed_gaps_is_a_sentence_with_gaps():
    item = only(quizzes.CLOZE)
    assert item.kind == "fill_in"
    assert item.stem == "Fill in."
    assert item.sentence == "The {1} answers within {2} days & in {3}."
    assert item.blanks == (
        Blank(("controller",), why="Yes.", wrong={"owner": "", "processor": "It works for it."}),
        Blank(("30",)),
        Blank(("plain } words",)),
    )
    assert "capital letters in a gap" in told(item)


def test_a_cloze_with_one_choice_is_that_choice():
    item = only(quizzes.CHOICE_GAP)
    assert item.kind == "single_choice"
    assert item.stem == "Data about a person are ……."
    assert item.options == (
        Option("personal", True, "Yes."),
        Option("public", False),
        Option("secret", False, "No."),
    )


@pytest.mark.parametrize(
    ("gap", "why"),
    [
        ("{1:MC:=a~b} or {1:MC:=a~b}", "offers a choice inside the text"),
        ("{1:NUMERICAL:=3:0.1}", "a number with a tolerance"),
        ("no gap at all", "no gap that could be read"),
        ("{1:SA:=a} {1:SA:=b", "a brace that belongs to no gap"),
        ("{1:SA:~a~b}", "No text that can be typed is worth full marks"),
    ],
)
def test_a_cloze_that_does_not_fit_is_refused_with_the_reason(gap, why):
    assert why in refusal(question("cloze", f"<p>{gap}</p>"))


@pytest.mark.parametrize("kind", sorted(NOT_HERE))
def test_types_without_a_place_here_are_refused_with_a_reason(kind):
    bank = read(quiz(question(kind, "<p>Write <i>much</i>.</p>", name="Last"), quizzes.SEVERAL))
    assert [item.name for item in bank.items] == ["One"]
    assert bank.refused[0].sentence == NOT_HERE[kind]
    assert (bank.refused[0].name, bank.refused[0].found) == ("Last", "Write much .")


def test_a_type_of_a_plug_in_is_refused_by_its_name():
    assert "Its type is “stack”, which is not read here" in refusal(question("stack", "?"))


def test_categories_give_their_path_and_tell_what_they_say_of_themselves():
    category = (
        '<question type="category"><category><text>$course$/top/Privacy/Law // rights</text>'
        '</category><info format="html"><text>For autumn.</text></info></question>'
    )
    bank = read(quiz(category, quizzes.SEVERAL))
    assert bank.items[0].category == "Privacy/Law // rights"
    assert bank.items[0].place.startswith("question 1 ")
    assert "For autumn." in told(bank)


def test_pictures_come_along_with_their_words():
    data = picture()
    stem = '<p>See <img src="@@PLUGINFILE@@/my%20map.png" alt="A map" width="5">.</p>'
    part = question("truefalse", "x", answer("true", 100), answer("false", 0)).replace(
        text("x"), text(stem) + file("my map.png", data)
    )
    bank = read(quiz(part))
    assert bank.items[0].stem == "See ![A map](my-map.png)."
    assert bank.items[0].pictures == ("my-map.png",)
    assert bank.pictures == {"my-map.png": data}


def test_pictures_in_options_and_reasons_come_along_too():
    shown = '<img src="@@PLUGINFILE@@/a.png" alt="A">'
    one = answer(shown, 100).replace(
        "</text><feedback", f"</text>{file('a.png', picture())}<feedback"
    )
    item = only(question("multichoice", "Which?", one, answer("None", 0)))
    assert item.options[0].text == "![A](a.png)"
    assert item.pictures == ("a.png",)


@pytest.mark.parametrize(
    ("source", "data", "why"),
    [
        ("@@PLUGINFILE@@/a.svg", b"<svg><script>x()</script></svg>", "left out"),
        ("@@PLUGINFILE@@/a.png", b"MZ\x90\x00", "no PNG, JPEG, GIF, WebP or SVG"),
        ("@@PLUGINFILE@@/a.png", bomb(60_000), "pixels"),
        ("@@PLUGINFILE@@/a.gif", moving(), "The picture moves"),
        ("@@PLUGINFILE@@/a.png", picture() + bytes(6 << 20), "has more than 6 MB"),
        ("@@PLUGINFILE@@/b.png", None, "is not in the file"),
        ("https://elsewhere.example/a.png", None, "is on another site"),
        ("data:image/png;base64,!!!!", None, "is damaged"),
    ],
)
def test_a_picture_that_cannot_come_is_told_and_its_words_stay(source, data, why):
    stem = f'<p>See <img src="{source}" alt="the map"> here.</p>'
    with_file = text(stem) + (file(source.split("/")[-1], data) if data else "")
    part = question("truefalse", "x", answer("true", 100), answer("false", 0))
    bank = read(quiz(part.replace(text("x"), with_file)))
    assert bank.items[0].stem == "See the map here."
    assert why in told(bank.items[0])
    assert not bank.pictures


def test_a_picture_inside_the_text_and_a_missing_alternative_text():
    inside = base64.b64encode(picture("JPEG")).decode()
    stem = f'<p><img src="data:image/jpeg;base64,{inside}"></p>'
    item = only(question("truefalse", stem, answer("true", 100), answer("false", 0)))
    assert item.stem == "![](picture.jpg)"
    assert "has no alternative text" in told(item)


def test_a_picture_of_a_refused_question_stays_out():
    stem = '<img src="@@PLUGINFILE@@/a.png" alt="A">'
    part = question("multichoice", "x", answer("A", 100), answer("", 0))
    bank = read(quiz(part.replace(text("x"), text(stem) + file("a.png", picture()))))
    assert bank.refused and not bank.pictures


def test_a_file_that_is_no_picture_is_told():
    stem = '<a href="@@PLUGINFILE@@/law.pdf">law</a>'
    part = question("truefalse", "x", answer("true", 100), answer("false", 0))
    item = only(part.replace(text("x"), text(stem) + file("law.pdf", b"%PDF")))
    assert "The file “law.pdf” is no picture in the text" in told(item)
    unlinked = part.replace(text("x"), text("Hm") + file("x.png", picture()))
    assert "“x.png” is linked to by no text" in told(only(unlinked))


@pytest.mark.parametrize(
    ("way", "written", "meant"),
    [
        ("html", "a &lt; b &amp; <em>c</em>", "a \\< b & *c*"),
        ("plain_text", "a < b\nc *d*", "a \\< b\n\nc \\*d\\*"),
        ("markdown", "a **b**\n\n* c\n* d", "a **b**\n\n- c\n- d"),
        ("moodle_auto_format", "one\n\ntwo", "one\n\ntwo"),
        ("moodle_auto_format", "<b>one</b>\ntwo", "**one**\n\ntwo"),
        ("moodle_auto_format", "<p>one\ntwo</p>", "one two"),
        ("html", "x<script>alert(1)</script>", "x"),
    ],
)
def test_texts_are_read_by_the_format_they_name(way, written, meant):
    part = question("truefalse", written, answer("true", 100), answer("false", 0), way=way)
    assert only(part).stem == meant


def test_a_script_in_feedback_is_left_out_and_told():
    part = question(
        "truefalse", "So?", answer("true", 100, "Yes<script>x()</script>"), answer("false", 0)
    )
    item = only(part)
    assert item.options[0].why == "Yes"
    assert "A script was left out" in told(item)


def test_parts_that_nobody_knows_are_told():
    part = question(
        "truefalse", "So?", answer("true", 100), answer("false", 0), "<plugin><x>new</x></plugin>"
    )
    assert "left: A part called “plugin” was left out: “new”" in told(only(part))


def test_settings_that_change_the_task_are_told():
    part = question(
        "multichoice",
        "Which?",
        "<shuffleanswers>0</shuffleanswers><defaultgrade>3</defaultgrade><hidden>1</hidden>",
        "<idnumber>Q-17</idnumber>",
        answer("A", 100),
        answer("B", 0),
    )
    item = only(part)
    said = told(item)
    assert item.fixed
    for sentence in ("counts 3 marks", "hidden in Moodle", "Q-17"):
        assert sentence in said


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<quiz></quiz>", "The file holds no question."),
        (b"<html><body/></html>", "begins with <html>. Moodle XML begins with <quiz>"),
        (b"", "is empty"),
        (b"Which? {=a ~b}", "is not well-formed XML"),
        (quiz(quizzes.MULTICHOICE)[:900], "Nothing was read"),
    ],
)
def test_what_is_no_moodle_xml_is_refused_as_a_whole(data, sentence):
    with pytest.raises(BadInput, match=sentence):
        read(data)


def test_every_question_is_an_item_or_refused():
    bank = read(quiz(*quizzes.ALL, question("essay", "Write.")))
    assert len(bank.items) == len(quizzes.ALL)
    assert len(bank.refused) == 1
