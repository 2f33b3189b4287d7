"""What real files of other programs have: found by reading theirs, told here in our own words."""

from __future__ import annotations

import base64
import json

import pytest

from modules import words
from modules.basics import BadInput
from modules.exchange.items import formats
from modules.exchange.items.brought import Brought, Number
from modules.exchange.items.ours import Records, records
from tests.media import picture
from tests.qti_items import choice, declared, item, package, rules, third, when
from tests.quizzes import answer, question, quiz, text


def read(data: str | bytes, name: str) -> tuple[list[Brought], str]:
    """The items of a file, and all that is told of it."""
    bank = formats.read(data if isinstance(data, bytes) else data.encode(), name)
    notes = [note.sentence for one in bank.items for note in one.notes]
    return list(bank.items), "\n".join([*notes, *(one.sentence for one in bank.refused)])


def kept(one: Brought, language: str = "en") -> Records:
    made = records(one, id="M50-Q01", objective="O1", say=words.of(language))
    assert isinstance(made, Records)
    return made


@pytest.mark.parametrize("way", ["cloze", "qti"])
def test_a_text_that_is_nothing_but_a_sentence_with_gaps_is_asked_by_the_module(way):
    if way == "cloze":
        both = "Notices go to {1:SHORTANSWER:=people} by {1:SA:=post}."
        data, name = quiz(question("cloze", f"<p>{both}</p>")), "a.xml"
    else:
        body = (
            '<p>Notices go to <textEntryInteraction responseIdentifier="R1"/> by '
            '<textEntryInteraction responseIdentifier="R2"/>.</p>'
        )
        gaps = [
            declared("single", word, base="string", name=f"R{n}")
            for n, word in ((1, "people"), (2, "post"))
        ]
        data, name = item(*gaps, body=body).encode(), "a.xml"
    (one,), told = read(data, name)
    assert one.sentence == "Notices go to {1} by {2}."
    assert "since the sentence holds the gap" in told
    assert kept(one).words["stem"] == "Fill in the gaps."


def test_gaps_without_any_words_still_ask_nothing():
    items, told = read(quiz(question("cloze", "<p>{1:SA:=people}.</p>")), "a.xml")
    assert items == []
    assert "It does not say what is asked." in told


def test_a_gap_for_a_number_that_holds_a_word_is_refused():
    items, told = read(quiz(question("cloze", "How many? {1:NUMERICAL:=zero}")), "a.xml")
    assert items == []
    assert "What is right in gap 1 is “zero”. A number is expected there." in told


def test_a_wrong_word_that_counts_as_the_right_one_is_told_so():
    data = quiz(question("shortanswer", "Who?", answer("Ann", 100), answer("ann", 50)))
    (one,), told = read(data, "a.xml")
    assert "“ann” in gap 1 is right here as well: case, accents and spaces do not count." in told
    assert "traps" not in kept(one).structure["gaps"][0]


def test_a_picture_beside_the_text_as_old_moodles_kept_it_comes_into_it():
    data = base64.b64encode(picture()).decode()
    old = f"<image>map.png</image><image_base64>\n{data}\n</image_base64>"
    part = question("multichoice", "Where?", old, answer("A", 100), answer("B", 0))
    bank = formats.read(quiz(part), "a.xml")
    assert bank.items[0].stem == "Where?\n\n![](map.png)"
    assert set(bank.pictures) == {"map.png"}
    lost = question(
        "multichoice", "Where?", "<image>map.png</image>", answer("A", 100), answer("B", 0)
    )
    assert "The picture “map.png” is not in the file" in read(quiz(lost), "a.xml")[1]


@pytest.mark.parametrize(("chosen", "some"), [("ALL", False), ("RANDOM", True), ("2", True)])
def test_an_ordering_of_all_its_steps_is_not_one_of_some(chosen, some):
    steps = [f'<answer fraction="{n}">{text(word)}</answer>' for n, word in enumerate("abc", 1)]
    settings = f"<selecttype>{chosen}</selecttype><selectcount>2</selectcount>"
    (one,), told = read(quiz(question("ordering", "Order.", settings, *steps)), "a.xml")
    assert one.steps == ("a", "b", "c")
    assert ("some of the steps at random" in told) is some


def test_the_open_universitys_choice_of_several_is_one():
    options = [answer("A", 100), answer("B", 100), answer("C", 0)]
    (one,), _ = read(quiz(question("oumultiresponse", "Which?", *options)), "a.xml")
    assert one.kind == "multiple_choice"
    assert [option.right for option in one.options] == [True, True, False]


def test_options_in_an_order_of_their_own_keep_it_here_and_on_the_way_out():
    never = "<shuffleanswers>0</shuffleanswers>"
    part = question("multichoice", "How often?", never, answer("Daily", 100), answer("Never", 0))
    bank = formats.read(quiz(part), "a.xml")
    assert kept(bank.items[0]).structure["shuffle"] is False
    for name in ("moodle_xml", "qti21"):
        write = formats.FORMATS[name].write
        assert write is not None
        back = formats.read(write(bank)[0], "a", name)
        assert back.items[0].fixed, name
    write = formats.FORMATS["gift"].write
    assert write is not None
    assert "That its options keep their order" in str(write(bank)[1].items[0].notes)


@pytest.mark.parametrize("version", ["2.1", "3.0"])
@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        (
            "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>",
            "(a+b)/2",
        ),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mn>4</mn>", "x^2=4"),
        ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H_2O"),
        ("<msubsup><mi>x</mi><mi>i</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msubsup>",
         "x_i^(n+1)"),
        ("<msqrt><mn>2</mn></msqrt>", "√(2)"),
        ("<mroot><mn>8</mn><mn>3</mn></mroot>", "root_3(8)"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<semantics><mi>x</mi><annotation>\\x</annotation></semantics>", "x"),
    ],
)  # fmt: skip
def test_a_formula_reads_the_same_in_one_line(version, formula, line):
    math = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{formula}</math>'
    xml = item(declared("single", "A"), body=choice("x", "y", prompt=f"Is {math} right?"))
    (one,), told = read(third(xml) if version == "3.0" else xml, "a.xml")
    assert one.stem.replace("\\", "") == f"Is {line} right?"
    assert "written in one line" in told


def test_a_formula_with_no_form_in_one_line_is_told_by_its_signs():
    table = "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>"
    math = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{table}</math>'
    xml = item(declared("single", "A"), body=choice("x", "y", prompt=f"Is {math} right?"))
    assert "told by its signs in a row" in read(xml, "a.xml")[1]


def test_what_follows_the_options_follows_the_question():
    body = f"<p>Before.</p>{choice('x', 'y', prompt='Which?')}<p>After.</p>"
    (one,), _ = read(item(declared("single", "A"), body=body), "a.xml")
    assert one.stem == "Before.\n\nWhich?\n\nAfter."


def test_a_prompt_that_says_the_body_again_is_said_once():
    body = f"<div>Which?</div>{choice('x', 'y', prompt='Which?')}"
    (one,), _ = read(item(declared("single", "A"), body=body), "a.xml")
    assert one.stem == "Which?"


SHOWS = '<outcomeDeclaration identifier="SHOWN" cardinality="single" baseType="identifier"/>'
RIGHT = '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
FEEDBACK = (
    '<responseCondition><responseIf><gte><variable identifier="SCORE"/>'
    '<baseValue baseType="float">1</baseValue></gte><setOutcomeValue identifier="SHOWN">'
    '<baseValue baseType="identifier">well</baseValue></setOutcomeValue></responseIf>'
    "</responseCondition>"
)
WELL = (
    '<modalFeedback outcomeIdentifier="SHOWN" identifier="well" showHide="show">Fine'
    "</modalFeedback>"
)


def test_a_rule_that_only_shows_a_feedback_leaves_the_marking_as_it_is():
    after = rules(when(RIGHT) + FEEDBACK)
    xml = item(declared("single", "A"), body=choice("x", "y"), after=after + WELL, more=SHOWS)
    (one,), told = read(xml, "a.xml")
    assert [option.right for option in one.options] == [True, False]
    assert "“Fine”" in told


def test_a_rule_on_which_marks_depend_is_refused_all_the_same():
    depends = when('<match><variable identifier="SHOWN"/><baseValue baseType="identifier">well'
                   "</baseValue></match>")  # fmt: skip
    after = rules(FEEDBACK + depends)
    xml = item(declared("single", "A"), body=choice("x", "y"), after=after, more=SHOWS)
    items, told = read(xml, "a.xml")
    assert items == []
    assert "marked by rules of its own" in told


def test_a_reason_below_the_answer_of_an_aiken_file_is_its_own():
    data = "One?\nA. a\nB. b\nANSWER: A\nFEEDBACK: Since it is.\n\nTwo?\nA. a\nB. b\nANSWER: B\n"
    (one, two), told = read(data, "a.txt")
    assert (one.why, two.stem, told) == ("Since it is.", "Two?", "")


def test_qti_1_2_is_told_as_such_though_it_declares_a_document_type():
    data = '<?xml version="1.0"?><!DOCTYPE questestinterop SYSTEM "a.dtd"><questestinterop/>'
    with pytest.raises(BadInput, match=r"is QTI 1\.2.*Export QTI 2\.1"):
        formats.read(data.encode(), "a.xml")


def test_an_option_that_is_a_picture_without_words_says_what_to_do():
    body = choice('<img src="a.png" alt=""/>', '<img src="b.png" alt="B"/>')
    items, told = read(item(declared("single", "A"), body=body), "a.xml")
    assert items == []
    assert "Option 1 has no text. If it is a picture, give it an alternative text" in told


def test_the_words_of_the_program_are_those_of_the_module(tmp_path):
    (tmp_path / "words").mkdir()
    told = {"brought.fill": "Ergänzen Sie.", "brought.answer": "Antwort"}
    (tmp_path / "words" / "en.yaml").write_text("brought.gap: Gap {n}\n")
    (tmp_path / "words" / "de.yaml").write_text(json.dumps(told))
    (one,), _ = read("Rom liegt in {=Italien} .", "a.gift")
    made = records(one, id="M50-Q01", objective="O1", say=words.of("de", tmp_path))
    assert isinstance(made, Records)
    assert made.words["stem"] == "Ergänzen Sie."
    assert made.words["gaps"]["g1"]["label"] == "Antwort"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (quiz(question("truefalse", "Hot?", answer("true", 100), answer("false", 0))), "a.xml"),
        (b"Hot? {T}\n", "a.gift"),
        (b"question,type,answer\nHot?,true_false,true\n", "a.csv"),
    ],
)
def test_true_and_false_of_every_format_are_the_programs_words(data, name):
    (one,), _ = read(data, name)
    assert one.truth
    assert [option.text for option in one.options] == ["True", "False"]


PASSAGE = (
    '<assessmentStimulus xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="s" title="S">'
    '<stimulusBody><p>Once <img src="map.png" alt="a map"/> upon a time.</p></stimulusBody>'
    "</assessmentStimulus>"
)
REFERS = '<assessmentStimulusRef identifier="s" href="../texts/one.xml" title="A tale"/>'


@pytest.mark.parametrize("version", ["2.1", "3.0"])
def test_a_text_beside_an_item_comes_in_front_of_what_is_asked(version):
    xml = item(declared("single", "A"), body=choice("x", "y", prompt="Who?"), more=REFERS)
    passage = PASSAGE
    if version == "3.0":
        xml, passage = third(xml), passage.replace("assessmentS", "qti-assessment-s")
        xml = xml.replace("assessmentStimulusRef", "qti-assessment-stimulus-ref")
        passage = passage.replace("stimulusBody", "qti-stimulus-body")
    parts = {"items/a.xml": xml, "texts/one.xml": passage, "texts/map.png": picture()}
    bank = formats.read(package(parts), "a.zip")
    (one,) = bank.items
    assert one.stem == "Once ![a map](map.png) upon a time.\n\nWho?"
    assert "The text “A tale”, which stands beside it there, was put in front." in str(one.notes)
    assert "texts/one.xml" not in str(bank.notes)
    parts["items/a.xml"] = parts["items/a.xml"].replace("../texts/one.xml", "gone.xml")
    bank = formats.read(package(parts), "a.zip")
    assert bank.items[0].stem == "Who?"
    assert "“A tale” that belongs to it is not in the file" in str(bank.items[0].notes)
    assert "texts/one.xml, a text that no item refers to, was left out" in str(bank.notes)


def test_a_rubric_for_candidates_is_part_of_what_is_asked():
    rubric = '<rubricBlock view="candidate tutor"><p>Read on.</p></rubricBlock>'
    xml = item(declared("single", "A"), body=rubric + choice("x", "y", prompt="Who?"))
    (one,), told = read(xml, "a.xml")
    assert (one.stem, told) == ("Read on.\n\nWho?", "")


def test_an_end_of_a_range_that_does_not_count_is_told():
    near = (
        '<equal toleranceMode="absolute" tolerance="1 1" includeLowerBound="false">'
        '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>'
    )
    field = '<p>How many?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    xml = item(declared("single", "10", base="float"), body=field, after=rules(when(near)))
    (one,), told = read(xml, "a.xml")
    assert one.number == Number(10, 1)
    assert "An end of what is right, 9 or 11, does not count there. Here it does." in told
    assert "An end" not in read(xml.replace("false", "true"), "a.xml")[1]


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"moodle_backup.xml": "<x/>"}, "backup of Moodle"),
        ({"h5p.json": "{}", "content/content.json": "{}"}, "This is H5P"),
        ({".bb-package-info": "x", "res00001.dat": "<x/>"}, "export of Blackboard"),
        ({"imsmanifest.xml": '<manifest xmlns:adlcp="x"/>'}, "as SCORM plays it"),
        ({"imsmanifest.xml": '<manifest xmlns="http://x/imsccv1p1"/>'}, "Common Cartridge"),
        ({"a.txt": "x"}, "in no format that is known here"),
    ],
)
def test_packages_of_other_kinds_are_called_by_their_names(parts, what):
    with pytest.raises(BadInput, match=what):
        formats.read(package(parts), "a.zip")


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"%PDF-1.7", "a.pdf", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", "before 2007"),
        (b"\x1f\x8b" + bytes(20), "a.mbz", "backup of Moodle"),
    ],
)
def test_other_files_are_called_by_their_names(data, name, what):
    with pytest.raises(BadInput, match=what):
        formats.read(data, name)


def test_a_template_that_says_how_long_an_answer_may_be_has_options_all_the_same():
    head = "Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters"
    data = f"{head},Correct answer(s) - choose at least one\nWhich is red?,Rose,Sky,1\n"
    (one,), _ = read(data, "a.csv")
    assert one.kind == "single_choice"
    assert [(option.text, option.right) for option in one.options] == [
        ("Rose", True),
        ("Sky", False),
    ]


def test_options_under_names_that_nobody_knows_are_no_numbers():
    data = "question,answer 1 of 2 (please),answer 2 of 2 (please),answer\nWhich?,a,b,1\n"
    with pytest.raises(BadInput, match="looks like one of options"):
        formats.read(data.encode(), "a.csv")


def test_rows_that_are_only_numbered_are_no_questions():
    data = ",question,option 1,option 2,answer\n1,Which?,a,b,1\n2,,,,\n3,,,,\n"
    items, told = read(data, "a.csv")
    assert (len(items), told) == (1, "")


def test_tags_that_a_program_wrote_as_text_are_told_and_comparisons_are_not():
    body = choice("x", "y", prompt="&lt;p&gt;Who?&lt;/p&gt;")
    (one,), told = read(item(declared("single", "A"), body=body), "a.xml")
    assert one.stem.replace("\\", "") == "<p>Who?</p>"
    assert "HTML stands in it as text, such as “<p>”" in told
    _, told = read("Is a < b and b > c?\nA. a <b\nB. no\nANSWER: A\n", "a.txt")
    assert told == ""


def test_a_single_gap_for_a_number_with_a_tolerance_is_a_number():
    gap = "{3:NUMERICAL:%100%1701:2#Yes.~%50%1701:20#Close.}"
    (one,), told = read(quiz(question("cloze", f"<p>Born in {gap} or so?</p>")), "a.xml")
    assert one.stem == "Born in …… or so?"
    assert one.number == Number(1701, 2, "", "Yes.")
    assert "The number stood inside the text. It is asked below it here." in told
    assert "What is made of 1701:20 (50 %) was left out: “Close.”" in told
