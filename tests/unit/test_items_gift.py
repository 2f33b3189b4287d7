"""GIFT: every construct of its public description, understood whole or refused with a reason."""

from __future__ import annotations

import pytest

from modules.exchange.items.brought import Brought, Option, Pair, Refused
from modules.exchange.items.formats import read


def one(text):
    """The one item of a GIFT text, as it is shown before anything is kept."""
    bank = read(text.encode(), "a.gift")
    assert len(bank.items) == 1, bank.refused
    assert not bank.refused
    return bank.items[0]


def why_not(text):
    """Why the one item of a GIFT text is refused."""
    bank = read(text.encode(), "a.gift")
    assert (len(bank.items), len(bank.refused)) == (0, 1)
    return bank.refused[0].sentence


def told(item):
    """What became of its parts."""
    return " ".join(note.sentence for note in item.notes)


def options(item):
    """Its options as letters would tell them."""
    return [(option.text, option.right, option.why) for option in item.options]


def test_multiple_choice_with_reasons_title_and_a_reason_for_all():
    item = one(
        "::Kanji:: Which is Japanese?{\n  =Kanji # Right.\n  ~Hangul # That is Korean.\n"
        "  ~Cyrillic\n#### Look at the signs.\n}"
    )
    assert (item.kind, item.name, item.place) == ("single_choice", "Kanji", "line 1")
    assert item.stem == "Which is Japanese?"
    assert options(item) == [
        ("Kanji", True, "Right."),
        ("Hangul", False, "That is Korean."),
        ("Cyrillic", False, ""),
    ]
    assert item.why == "Look at the signs."


def test_answers_on_one_line_without_blanks():
    assert options(one("Yes?{=yes#y~no#n~%0%never}")) == [
        ("yes", True, "y"),
        ("no", False, "n"),
        ("never", False, ""),
    ]


def test_a_missing_word_of_choices_leaves_a_line_in_the_stem():
    item = one("Grant is {~buried =entombed ~living} in Grant's tomb.")
    assert item.stem == r"Grant is \_\_\_\_\_ in Grant's tomb."
    assert one("The capital is {~Bari =Rome}.").stem == r"The capital is \_\_\_\_\_."


def test_weights_make_several_right_options():
    item = one(
        "Who lies there? {\n~%-50%No one\n~%50%Grant # He.\n~%50%His wife\n~%-50%His father\n}"
    )
    assert item.kind == "multiple_choice"
    assert options(item) == [
        ("No one", False, ""),
        ("Grant", True, "He."),
        ("His wife", True, ""),
        ("His father", False, ""),
    ]
    assert [option.share for option in item.options] == [-0.5, 0.5, 0.5, -0.5]
    assert told(item) == ""


def test_weights_that_are_not_ours_are_told():
    assert "weights are not kept" in told(one("Q {~%70%a ~%30%b ~%-100%c}"))
    assert "weights are not kept" not in told(one("Q {~%33.333%a ~%33.333%b ~%33,333%c ~%-33.3%d}"))
    assert "earned a part of the marks" in told(one("Q {=a ~%50%b ~c}"))
    assert "cost marks" in told(one("Q {=a ~%-25%b}"))


def test_several_right_options_of_which_one_was_enough_are_told():
    item = one("Name a primary colour {=red =blue ~green}")
    assert item.kind == "multiple_choice"
    assert "2 options are right, and one was enough" in told(item)


@pytest.mark.parametrize("word", ["T", "TRUE", "true", "True", "F", "FALSE", "false"])
def test_true_and_false(word):
    right = word.upper().startswith("T")
    item = one(f"The sun rises in the east.{{{word}}}")
    assert options(item) == [("True", right, ""), ("False", not right, "")]
    assert item.truth


def test_true_in_small_letters_is_told():
    assert "capital letters" in told(one("Is it? {true}"))
    assert "capital letters" not in told(one("Is it? {TRUE}"))


def test_answers_may_stand_close_to_each_other():
    assert [right for _, right, _ in options(one("Q {~no=yes ~maybe}"))] == [False, True, False]
    assert [right for _, right, _ in options(one("Q {=yes#y~no ~maybe}"))] == [True, False, False]
    assert "is this “=” a part" in why_not("Q {=yes#http://x.example/?a=b ~no}")


def test_reasons_of_true_and_false_are_for_wrong_answers_and_then_for_right_ones():
    item = one("Grant lies there.{FALSE#No, nobody does.#Right you are.}")
    assert options(item) == [
        ("True", False, "No, nobody does."),
        ("False", True, "Right you are."),
    ]
    item = one("Grant is dead.{T#Wrong.#Right.####For all.}")
    assert options(item) == [("True", True, "Right."), ("False", False, "Wrong.")]
    assert item.why == "For all."
    assert options(one("Q {T#Wrong.}"))[1] == ("False", False, "Wrong.")


def test_short_answers_with_weights_and_reasons():
    item = one("Who wrote it? {=Ann Lee#Yes. =%100%A. Lee =%50%Lee#Which? =%0%Bob#No.}")
    assert item.kind == "fill_in"
    (blank,) = item.blanks
    assert blank.accept == ("Ann Lee", "A. Lee")
    assert blank.why == "Yes."
    assert dict(blank.wrong) == {"Lee": "Which?", "Bob": "No."}
    assert "“Lee” earned 50%; here it is not right." in told(item)
    assert "behind “Answer:”" in told(item)


def test_a_short_answer_may_stand_without_a_sign():
    assert one("Two and two? {four}").blanks[0].accept == ("four",)


def test_a_missing_word_becomes_a_gap():
    item = one("Two plus two equals {=four =4}, [@seed-f7] {{".replace("{{", r"\{1\}") + ".")
    assert item.sentence == r"Two plus two equals {1}, \[@seed-f7\] \{1\}."
    assert item.blanks[0].accept == ("four", "4")
    assert item.stem == "Fill in the gap."
    assert "sentence holds the gap" in told(item)


def test_any_letters_are_left_with_what_they_said():
    item = one("Who? {=Ann =%0%*#No, it was Ann.}")
    assert "any letters" in told(item)
    assert "No, it was Ann." in told(item)
    assert "wholly right" in why_not("Who? {=A*}")


@pytest.mark.parametrize(
    ("block", "value", "tolerance"),
    [
        ("#1822", 1822, 0),
        ("# 1822:5", 1822, 5),
        ("#=1822:5", 1822, 5),
        ("#3.141..3.142", 3.1415, 0.0005),
        ("#-5..-4", -4.5, 0.5),
        ("#-0.5:0.25", -0.5, 0.25),
        ("#1e3", 1000, 0),
        ("#3,5", 3.5, 0),
        ("#.5", 0.5, 0),
        ("#=%100%7:0#Yes.", 7, 0),
        ("#3:2~#Completely wrong", 3, 2),
    ],
)
def test_numbers_with_tolerances_and_ranges(block, value, tolerance):
    number = one(f"How many? {{{block}}}").number
    assert (number.value, number.tolerance) == (value, tolerance)


def test_numbers_of_several_weights_keep_the_right_one_and_tell_the_others():
    item = one("Born? {#\n=1822:0#Yes.\n=%50%1822:2#Nearly.\n~#Look again.}")
    assert (item.number.value, item.number.tolerance, item.number.why) == (1822, 0, "Yes.")
    assert "1822 ± 2 earned 50%; here only 1822 is right. It said: Nearly." in told(item)
    assert "every wrong number. It said: Look again." in told(item)


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("#", "no number"),
        ("#five", "“five” is no number"),
        ("#1:x", "“x” is no number"),
        ("#5..4", "the larger number"),
        ("#5:-1", "below nothing"),
        ("#=1 =2", "Several different numbers"),
        ("#=%50%1", "wholly right"),
        ("#1e999", "larger than what can be typed"),
    ],
)
def test_a_number_that_cannot_be_ours_is_refused(block, reason):
    assert reason in why_not(f"How many? {{{block}}}")


def test_matching_with_right_sides_that_belong_to_nothing():
    item = one("Match. {\n=cat -> kitten\n=dog -> puppy\n= -> foal\n####All are young.}")
    assert item.pairs == (Pair("cat", "kitten"), Pair("dog", "puppy"))
    assert item.spare == ("foal",)
    assert item.why == "All are young."
    assert "is no pair" in why_not("Match. {=cat -> kitten =dog}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Write about it. {}", "an essay"),
        ("Write about it. { }", "an essay"),
        ("Only a text.", "a description"),
        ("::T:: Only a text.", "a description"),
        ("Broken {=a ~b", "do not end"),
        ("Broken =a ~b}", "do not pair"),
        ("Two {=a} and {=b}", "more than one pair"),
        ("Nested {=a {x} ~b}", "more than one pair"),
        ("Q {=a ~b ~x=5}", "is this “=” a part of the text"),
        ("Q {=only}x{", "more than one pair"),
        ("Q {~a ~b}", "0 of 2 options are right"),
        ("Q {=a}#", None),
        ("{=a ~b}", "does not say what is asked"),
        ("Q {T#a#b#c}", "two reasons at most"),
        ("Q {=" + "x" * 41 + "}", "can be typed"),
        ("Q {=a ~a}", "wo options have the same"),
        ("Q {=a " + "~b " * 9 + "}", "10 options"),
        ("Q {" + "=a " * 101 + "}", "more than 100 answers"),
        ("Q {=a ~" + "b" * 200_000 + "}", "200,008 characters"),
    ],
)
def test_what_is_refused_says_why(text, reason):
    if reason is None:
        assert one(text).sentence.endswith("\\#") or one(text).sentence.endswith("#")
    else:
        assert reason in why_not(text)


def test_signs_with_a_backslash_are_only_signs():
    item = one(r"::A\:B:: 2 \+ 2 \= 4 \{really\}? \~ \# \\ {=yes \= ja#so \# so ~no\: \~}")
    assert item.name == "A:B"
    assert item.stem == r"2 \\+ 2 = 4 \{really\}? \~ # \\"
    assert options(item) == [("yes = ja", True, "so # so"), (r"no: \~", False, "")]


def test_a_backslash_and_n_ends_a_line_and_a_line_end_does_not():
    assert one(r"One\nTwo {T}").stem == "One\n\nTwo"
    assert one("One\nTwo {T}").stem == "One Two"


def test_texts_are_read_in_the_format_they_name():
    html = one("[html]<p>A <b>b</b> 5 \\= 5</p><script>x</script>{=<i>y</i> ~[plain]<i>n</i>}")
    assert html.stem == "A **b** 5 = 5"
    assert options(html) == [("*y*", True, ""), (r"\<i>n\</i>", False, "")]
    assert "A script was left out" in told(html)
    marked = one("[markdown]A *b* and {T#**Bold** [@x]}")
    assert (marked.stem, marked.options[1].why) == ("A *b* and", r"**Bold** \[@x\]")
    assert one("[plain]A <b>b</b> {T}").stem == r"A \<b>b\</b>"
    assert one("[moodle]A <b>b</b> {T}").stem == "A **b**"
    assert one("A <em>b</em> &amp; c {T}").stem == "A *b* & c"
    assert one("5 < 6 & 7 > 6 {T}").stem == r"5 \< 6 & 7 > 6"


def test_long_markdown_is_taken_as_plain_text():
    for more in ("word " * 4_000, "*a* " * 300):
        item = one(f"[markdown]**bold** {more}{{T}}")
        assert item.stem.startswith(r"\*\*bold\*\*")
        assert "taken as plain text" in told(item)


def test_pictures_cannot_come_along_and_their_words_stay():
    item = one('[html]<img src\\="@@PLUGINFILE@@/a.png" alt\\="A map"> Where? {T}')
    assert (item.stem, item.pictures) == ("A map Where?", ())
    assert "pictures" in told(item)


def test_comments_are_passed_over_and_say_id_and_tags():
    bank = read(
        b"// A comment\n// [id:q-7] [tag:law] [tag:uk law]\n$CATEGORY: $course$/top/Law/UK\n\n"
        b"See http://example.org // not a comment\n// one within\n{T}\n\n::Two:: B {F}\n",
        "a.gift",
    )
    first, second = bank.items
    assert (first.name, first.tags, first.category) == ("q-7", ("law", "uk law"), "Law/UK")
    assert first.stem == "See http://example.org // not a comment"
    assert (second.name, second.tags, second.category) == ("Two", (), "Law/UK")
    assert "Its tags are not kept: law, uk law." in told(first)
    assert "Law/UK" in bank.notes[0].sentence
    assert "Its id “x”" in told(one("// [id:x]\n::T:: Q {T}"))


def test_empty_lines_part_questions_and_within_braces_are_passed_over():
    bank = read(
        b"One {T}\r\n \r\nTwo {\r\n=a\r\n\r\n~b\r\n\r\n~c\r\n}\r\n\r\n\r\nThree {F}", "a.gift"
    )
    assert [item.place for item in bank.items] == ["line 1", "line 3", "line 12"]
    assert [len(item.options) for item in bank.items] == [2, 3, 2]
    assert "Empty lines within its braces" in told(bank.items[1])


def test_a_question_that_does_not_end_takes_no_other_along():
    bank = read(b"One {=a\n\nTwo {T}\n\nThree {=a\n\nA description.\n\n::Four:: Four {F}", "a.gift")
    assert [item.stem for item in bank.items] == ["Two", "Four"]
    assert [one.place for one in bank.refused] == ["line 1", "line 5", "line 7"]


def test_titles_begin_questions_without_an_empty_line():
    bank = read(b"::One:: A {T}\n::Two:: B {F}\n  ::Three:: C {=x}", "a.gift")
    assert [(item.name, item.place) for item in bank.items] == [
        ("One", "line 1"),
        ("Two", "line 2"),
        ("Three", "line 3"),
    ]


def test_what_would_be_our_own_marks_is_text():
    item = one(r"\{ask M01-Q03\} [@seed-f7] --- [[g1]] {=\{local\:breach-contact\} ~*x* :red[y]}")
    assert item.stem == r"\{ask M01-Q03\} \[@seed-f7\] --- \[\[g1\]\]"
    assert options(item)[0][0] == r"\{local:breach-contact\}"
    assert options(item)[1][0] == r"\*x\* :red\[y\]"


def test_each_refusal_shows_how_the_question_begins():
    (refused,) = read(b"::Name:: " + b"word " * 60 + b"{}", "a.gift").refused
    assert isinstance(refused, Refused)
    assert (refused.name, refused.place, len(refused.found)) == ("Name", "line 1", 120)
    assert isinstance(one("Q {=a ~b}"), Brought)
    assert one("Q {=a ~b}").options[0] == Option("a", True, "", 1.0)
