"""QTI 2.1 and 3.0: items and packages are understood or refused with a reason."""

from __future__ import annotations

import pytest

from modules.basics import BadInput
from modules.exchange.items import qti21, qti30
from modules.exchange.items.brought import Bank, Blank, Brought, Number, Option, Pair
from modules.exchange.items.qti_item import NOT_HERE
from tests import qti_items as qti
from tests.media import picture
from tests.qti_items import MAP, choice, columns, declared, item, mapping, rules, third, when

R = '<variable identifier="RESPONSE"/>'
C = '<correct identifier="RESPONSE"/>'


@pytest.fixture(params=["2.1", "3.0"])
def bank(request):
    """Reads an item of 2.1 as such, and by the names of 3.0."""
    if request.param == "2.1":
        return lambda xml: qti21.read(xml.encode())
    return lambda xml: qti30.read(third(xml).encode())


@pytest.fixture
def only(bank):
    def read(xml: str) -> Brought:
        made = bank(xml)
        assert not made.refused, made.refused
        return made.items[0]

    return read


@pytest.fixture
def refusal(bank):
    def read(xml: str) -> str:
        made = bank(xml)
        assert not made.items
        return made.refused[0].sentence

    return read


def told(one: Brought | Bank) -> str:
    return "\n".join(f"{note.kind}: {note.sentence}" for note in one.notes)


def base(value: str, kind: str = "identifier") -> str:
    return f'<baseValue baseType="{kind}">{value}</baseValue>'


def test_one_of_a_list(only):
    one = only(qti.SINGLE)
    assert (one.kind, one.name, one.place) == ("single_choice", "One", "the item")
    assert one.stem == "Who carries the **risk**?"
    assert one.options == (
        Option("A one", False),
        Option("A two", True),
        Option("A three", False),
    )
    assert not one.notes


def test_several_of_a_list_with_their_worth(only):
    one = only(qti.SEVERAL)
    assert one.kind == "multiple_choice"
    assert one.stem == "Mark them.\n\nWho carries the **risk**?"
    assert [(o.text, o.right, o.share) for o in one.options] == [
        ("One", True, None),
        ("Two", False, None),
        ("Three", True, None),
    ]


def test_uneven_worth_is_kept(only):
    worth = mapping({"A": 3, "B": 1, "C": -1})
    one = only(
        item(
            declared("multiple", "A", "B", mapping=worth),
            body=choice("x", "y", "z", most=0),
            after=MAP,
        )
    )
    assert [o.share for o in one.options] == [0.75, 0.25, -0.25]


def test_all_or_nothing_is_told(only):
    one = only(item(declared("multiple", "A", "B"), body=choice("x", "y", "z", most=0)))
    assert [o.right for o in one.options] == [True, True, False]
    assert "counts all or nothing" in told(one)


def test_partial_marks_of_a_single_choice_are_kept(only):
    worth = mapping({"A": 2, "B": 1})
    one = only(item(declared("single", mapping=worth), body=choice("x", "y", "z"), after=MAP))
    assert [(o.right, o.share) for o in one.options] == [(True, 1.0), (False, 0.5), (False, 0.0)]


@pytest.mark.parametrize(
    "after",
    [
        rules(when(f"<match>{R}{C}</match>")),
        rules(when(f"<match>{C}{R}</match>")),
        rules(when(f"<and><not><isNull>{R}</isNull></not><match>{R}{C}</match></and>")),
        rules(when(f"<match>{R}{base('B')}</match>")),
        rules(
            f"<responseCondition><responseIf><match>{R}{C}</match><setOutcomeValue "
            'identifier="SCORE"><variable identifier="MAXSCORE"/></setOutcomeValue></responseIf>'
            "</responseCondition>"
        ),
        rules(
            f"<responseCondition><responseIf><isNull>{R}</isNull>{qti.scored(0)}</responseIf>"
            f"<responseElseIf><match>{R}{C}</match>{qti.scored(1)}</responseElseIf>"
            "</responseCondition>"
        ),
    ],
)
def test_rules_written_out_are_recognised(only, after):
    one = only(item(declared("single", "B"), body=choice("x", "y", "z"), after=after))
    assert [o.right for o in one.options] == [False, True, False]
    assert not one.notes


FEEDBACKS = (
    '<outcomeDeclaration identifier="FEEDBACKBASIC" cardinality="single" baseType="identifier"/>'
    '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"/>'
    '<outcomeDeclaration identifier="MINSCORE" cardinality="single" baseType="float"/>'
)


def feedback(name: str) -> str:
    return f'<setOutcomeValue identifier="FEEDBACKBASIC">{base(name)}</setOutcomeValue>'


def added(name: str) -> str:
    return (
        f'<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>'
        f'<variable identifier="{name}"/></sum></setOutcomeValue>'
    )


def bound(compares: str, by: str) -> str:
    return (
        f'<responseCondition><responseIf><{compares}><variable identifier="SCORE"/>'
        f'<variable identifier="{by}"/></{compares}><setOutcomeValue identifier="SCORE">'
        f'<variable identifier="{by}"/></setOutcomeValue></responseIf></responseCondition>'
    )


@pytest.mark.parametrize(
    "after",
    [
        # As OpenOLAT and ONYX write them: three cases, then the score kept within its bounds.
        rules(
            f"<responseCondition><responseIf><isNull>{R}</isNull>{feedback('empty')}</responseIf>"
            f"<responseElseIf><match>{R}{C}</match>{added('MAXSCORE')}{feedback('correct')}"
            f"</responseElseIf><responseElse>{feedback('incorrect')}</responseElse>"
            f"</responseCondition>{bound('lt', 'MINSCORE')}{bound('gt', 'MAXSCORE')}"
        ),
        # As Blackboard writes them: first the feedback, then the score by the feedback.
        rules(
            f"<responseCondition><responseIf><match>{R}{C}</match>{feedback('correct')}"
            f"</responseIf><responseElse>{feedback('incorrect')}</responseElse>"
            "</responseCondition><responseCondition><responseIf><match>"
            f'{base("correct")}<variable identifier="FEEDBACKBASIC"/></match>{added("MAXSCORE")}'
            "</responseIf></responseCondition>"
        ),
    ],
)
def test_rules_as_other_systems_write_them_are_recognised(only, after):
    xml = item(declared("single", "B"), body=choice("x", "y", "z"), after=after, more=FEEDBACKS)
    one = only(xml)
    assert [o.right for o in one.options] == [False, True, False]
    assert not one.notes


def test_marks_for_a_wrong_answer_are_refused(refusal):
    after = rules(
        f"<responseCondition><responseIf><match>{R}{C}</match>{feedback('correct')}</responseIf>"
        f"<responseElse>{feedback('incorrect')}</responseElse></responseCondition>"
        f"<responseCondition><responseIf><match>{base('incorrect')}"
        f'<variable identifier="FEEDBACKBASIC"/></match>{qti.scored(1)}</responseIf>'
        "</responseCondition>"
    )
    xml = item(declared("single", "B"), body=choice("x", "y"), after=after, more=FEEDBACKS)
    assert "marks for a wrong answer" in refusal(xml)


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (
            rules(f'<setOutcomeValue identifier="SCORE">{base("1", "float")}</setOutcomeValue>'),
            "any",
        ),
        (
            rules(
                f"<responseCondition><responseIf><match>{R}{base('A')}</match>{qti.scored(0)}"
                f"</responseIf><responseElse>{qti.scored(1)}</responseElse></responseCondition>"
            ),
            "any other than those named",
        ),
        (rules(when(f"<not><match>{R}{C}</match></not>")), "rules of its own, with “not”"),
        (rules(when(f"<customOperator>{R}</customOperator>")), "with “customOperator”"),
        (
            rules(
                '<setOutcomeValue identifier="SCORE"><product><mapNothing/></product>'
                "</setOutcomeValue>"
            ),
            "with “product”",
        ),
        ('<responseProcessing template="http://x.example/own"/>', "kept elsewhere (“own”)"),
    ],
)
def test_rules_without_a_form_here_are_refused(refusal, after, why):
    assert why in refusal(item(declared("single", "B"), body=choice("x", "y"), after=after))


def test_no_rules_at_all_are_told(only):
    one = only(item(declared("single", "B"), body=choice("x", "y"), after=""))
    assert "names no rules of marking" in told(one)


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (item(declared("single"), body=choice("x", "y")), "does not say which answer is right"),
        (item(declared("single", "Q"), body=choice("x", "y")), "no option is called so"),
        (item(declared("single", "A"), body=choice("x", "")), "Option 2 has no text"),
        (item(declared("single", "A", "B"), body=choice("x", "y")), "several answers as right"),
        (item(declared("single", "A"), body=choice("x")), "1 option"),
        (item(body=choice("x", "y")), "declares no response"),
        (item(declared("single", "A"), body="<p>Only text.</p>"), "no interaction"),
        (item(declared("single", "A"), body=choice("x", "y") * 2), "2 things in one item"),
        (
            item(declared("single", "A"), body=choice("x", "y"), more="<templateProcessing/>"),
            "drawn from a template",
        ),
        (item(declared("ordered", "A"), body=qti.ORDER.split("itemBody>")[1][:-2]), "1 of its 3"),
    ],
)
def test_what_is_not_whole_is_refused(refusal, xml, why):
    assert why in refusal(xml)


@pytest.mark.parametrize("name", sorted(NOT_HERE))
def test_other_interactions_are_refused_with_a_reason(refusal, name):
    body = f'<p>Hm.</p><{name} responseIdentifier="RESPONSE"/>'
    assert refusal(item(declared("single", "A"), body=body)) == NOT_HERE[name]


def test_an_order(only):
    assert only(qti.ORDER).steps == ("first", "second", "third")


def test_two_columns(only):
    one = only(qti.MATCHING)
    assert one.pairs == (Pair("Name", "Identifier"), Pair("Age", "Attribute"))
    assert one.spare == ("Neither",)


def test_two_columns_by_their_worth(only):
    worth = mapping({"A X": 1, "B X": 1})
    one = only(
        item(
            declared("multiple", base="directedPair", mapping=worth),
            body=columns("A=a;B=b", "X=x;Y=y"),
            after=MAP,
        )
    )
    assert one.pairs == (Pair("a", "x"), Pair("b", "x"))
    assert one.spare == ("y",)


def test_columns_change_sides_where_only_so_each_has_one_right(only):
    one = only(
        item(
            declared("multiple", "A X", "A Y", "B Z", base="directedPair"),
            body=columns("A=a;B=b;C=c", "X=x;Y=y;Z=z"),
        )
    )
    assert one.pairs == (Pair("x", "a"), Pair("y", "a"), Pair("z", "b"))
    assert one.spare == ("c",)
    assert "changed sides" in told(one)


def test_columns_where_all_go_with_all_are_refused(refusal):
    xml = item(
        declared("multiple", "A X", "A Y", "B X", base="directedPair"),
        body=columns("A=a;B=b", "X=x;Y=y"),
    )
    assert "in both of its columns" in refusal(xml)


def test_pairs_out_of_one_list(only):
    one = only(qti.ASSOCIATE)
    assert one.pairs == (Pair("one", "eins"), Pair("zwei", "two"))
    assert one.spare == ("drei",)


def test_a_word_in_a_sentence(only):
    one = only(qti.TEXT)
    assert (one.kind, one.stem, one.sentence) == (
        "fill_in",
        "Think.",
        "First comes the {1}, then the law.",
    )
    assert one.blanks == (Blank(("purpose", "aim"), wrong={"why": ""}),)
    assert "“why” is worth a part" in told(one)


def test_several_gaps(only):
    entry = qti.ENTRY
    xml = item(
        declared("single", "controller", base="string"),
        declared("single", "30", base="integer", name="R2"),
        body=f"<p>The {entry} answers in {entry.replace('RESPONSE', 'R2')} days.</p>",
    )
    one = only(xml)
    assert one.sentence == "The {1} answers in {2} days."
    assert [blank.accept for blank in one.blanks] == [("controller",), ("30",)]


def test_a_text_compared_by_rules(only):
    after = rules(
        when(
            f'<or><stringMatch caseSensitive="false">{R}{C}</stringMatch>'
            f'<stringMatch caseSensitive="false">{R}{base("aim", "string")}</stringMatch></or>'
        )
    )
    one = only(
        item(declared("single", "purpose", base="string"), body=f"<p>{qti.ENTRY}</p>", after=after)
    )
    assert set(one.blanks[0].accept) == {"purpose", "aim"}


def test_a_number_with_a_tolerance(only):
    one = only(qti.NUMBER)
    assert (one.kind, one.stem) == ("numeric", "How many days?")
    assert one.number == Number(30, 0.5)


@pytest.mark.parametrize(
    ("condition", "right"),
    [
        (f"<match>{R}{C}</match>", Number(30)),
        (f"<equal>{R}{C}</equal>", Number(30)),
        (f'<equal toleranceMode="relative" tolerance="10">{R}{C}</equal>', Number(30, 3)),
        (f'<equal toleranceMode="absolute" tolerance="1 3">{R}{C}</equal>', Number(31, 2)),
        (
            f'<equalRounded roundingMode="decimalPlaces" figures="1">{R}{C}</equalRounded>',
            Number(30, 0.05),
        ),
        (
            f"<and><gte>{R}{base('29', 'float')}</gte><lte>{R}{base('31', 'float')}</lte></and>",
            Number(30, 1),
        ),
        (f"<equal>{R}{base('30', 'float')}</equal>", Number(30)),
    ],
)
def test_a_number_by_each_kind_of_rule(only, condition, right):
    xml = item(
        declared("single", "30", base="float"),
        body=f"<p>How many? {qti.ENTRY}</p>",
        after=rules(when(condition)),
    )
    assert only(xml).number == right


def test_words_after_a_number_stay(only):
    xml = item(declared("single", "3", base="integer"), body=f"<p>It takes {qti.ENTRY} days.</p>")
    assert only(xml).stem == "It takes …… days."


def test_a_number_without_an_upper_end_is_refused(refusal):
    xml = item(
        declared("single", "30", base="float"),
        body=f"<p>{qti.ENTRY}</p>",
        after=rules(when(f"<gte>{R}{base('29', 'float')}</gte>")),
    )
    assert "without an upper or a lower end" in refusal(xml)


def test_a_scale_becomes_a_typed_number(only):
    body = (
        '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9">'
        "<prompt>How far?</prompt></sliderInteraction>"
    )
    one = only(item(declared("single", "4", base="integer"), body=body))
    assert (one.number, one.stem) == (Number(4), "How far?")
    assert "answered on a scale" in told(one)


def test_a_choice_inside_the_text(only):
    body = (
        '<p>It is <inlineChoiceInteraction responseIdentifier="RESPONSE" shuffle="true">'
        + qti.choices("a", "b", kind="inlineChoice")
        + "</inlineChoiceInteraction> here.</p>"
    )
    one = only(item(declared("single", "A"), body=body))
    assert one.stem == "It is …… here."
    assert one.options == (Option("a", True), Option("b", False))


FEEDBACK = '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
CHOSEN = f'<setOutcomeValue identifier="FEEDBACK">{R}</setOutcomeValue>'


def test_feedback_at_a_choice(only):
    why = (
        '<feedbackInline outcomeIdentifier="FEEDBACK" identifier="{0}" showHide="show">Why {0}.'
        "</feedbackInline>"
    )
    xml = item(
        declared("single", "A"),
        body=choice(f"x {why.format('A')}", f"y {why.format('B')}"),
        after=rules(when(f"<match>{R}{C}</match>") + CHOSEN),
        more=FEEDBACK,
    )
    assert only(xml).options == (Option("x", True, "Why A."), Option("y", False, "Why B."))


def test_feedback_to_a_choice_and_to_everybody_and_what_is_left(only):
    def modal(name: str, said: str, outcome: str = "FEEDBACK") -> str:
        return (
            f'<modalFeedback outcomeIdentifier="{outcome}" identifier="{name}" showHide="show">'
            f"<p>{said}</p></modalFeedback>"
        )

    general = (
        '<outcomeDeclaration identifier="ALL" cardinality="single" baseType="identifier">'
        "<defaultValue><value>all</value></defaultValue></outcomeDeclaration>"
    )
    after = (
        rules(when(f"<match>{R}{C}</match>") + CHOSEN)
        + modal("A", "Right so.")
        + modal("B", "It tempts.")
        + modal("all", "Read on.", "ALL")
        + modal("OTHER", "Odd.")
    )
    one = only(
        item(declared("single", "A"), body=choice("x", "y"), after=after, more=FEEDBACK + general)
    )
    assert one.options == (Option("x", True, "Right so."), Option("y", False, "It tempts."))
    assert one.why == "Read on."
    assert "What is said to “OTHER” was left out: “Odd.”" in told(one)


def test_feedback_to_right_and_wrong_answers_is_told(only):
    def says(name: str) -> str:
        return f'<setOutcomeValue identifier="FEEDBACK">{base(name)}</setOutcomeValue>'

    after = rules(
        f"<responseCondition><responseIf><match>{R}{C}</match>{qti.scored(1)}{says('yes')}"
        f"</responseIf><responseElse>{says('no')}</responseElse></responseCondition>"
    ) + "".join(
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">'
        f"So {name}.</modalFeedback>"
        for name in ("yes", "no")
    )
    one = only(item(declared("single", "A"), body=choice("x", "y"), after=after, more=FEEDBACK))
    assert "What is said to a right answer was left out: “So yes.”" in told(one)
    assert "What is said to a wrong answer was left out: “So no.”" in told(one)


def test_notes_to_markers_are_left_out_and_told(only):
    rubric = '<rubricBlock view="scorer"><p>Be kind.</p></rubricBlock>'
    one = only(item(declared("single", "A"), body=rubric + choice("x", "y")))
    assert one.stem == "Who carries the **risk**?"
    assert "Be kind." in told(one)


def test_an_order_that_is_kept_stays_and_that_of_some_options_is_told(only):
    shown = choice("x", "y")
    kept = only(item(declared("single", "A"), body=shown.replace('"true"', '"false"', 1)))
    assert (kept.fixed, told(kept)) == (True, "")
    fixed = shown.replace("<simpleChoice ", '<simpleChoice fixed="true" ')
    assert only(item(declared("single", "A"), body=fixed)).fixed
    some = shown.replace("<simpleChoice ", '<simpleChoice fixed="true" ', 1)
    one = only(item(declared("single", "A"), body=some))
    assert not one.fixed
    assert "Some of its options keep their place" in told(one)


def test_a_script_is_left_out_and_told(only):
    one = only(
        item(declared("single", "A"), body="<p>Hm<script>x()</script></p>" + choice("x", "y"))
    )
    assert "x()" not in one.stem
    assert "A script was left out" in told(one)


def test_a_package_keeps_the_order_of_its_manifest_and_its_pictures():
    shown = '<p><img src="../pictures/a%20map.png" alt="A map"/></p>'
    drawn = '<object data="../pictures/a map.png" type="image/png">The map</object>'
    one = item(declared("single", "A"), body=shown + choice("x", drawn))
    data = qti.package(
        {
            "pictures/a map.png": picture(),
            "items/b.xml": qti.SEVERAL,
            "items/a.xml": one,
            "imsmanifest.xml": qti.manifest("items/a.xml", "items/b.xml"),
            "items/c.xml": "<never/>",
        }
    )
    made = qti21.read(data)
    assert [item.place for item in made.items] == ["items/a.xml", "items/b.xml"]
    assert made.items[0].stem.startswith("![A map](a-map.png)")
    assert made.items[0].options[1].text == "![The map](a-map.png)"
    assert made.pictures == {"a-map.png": picture()}
    assert "Other files were left out: items/c.xml." in told(made)


def test_a_package_of_the_third_version():
    data = qti.package(
        {
            "one.xml": third(qti.SINGLE),
            "imsmanifest.xml": qti.manifest("one.xml", kind="imsqti_item_xmlv3p0"),
        }
    )
    assert len(qti30.read(data).items) == 1


def test_a_package_without_a_manifest_is_read_and_told():
    made = qti21.read(qti.package({"b.xml": qti.SINGLE, "a.xml": qti.ORDER}))
    assert len(made.items) == 2
    assert "has no manifest" in told(made)


def test_broken_and_missing_parts_are_refused_one_by_one():
    test = f'<assessmentTest xmlns="{qti.SPACE}" identifier="t" title="T"/>'
    data = qti.package(
        {
            "good.xml": qti.SINGLE,
            "bad.xml": qti.SINGLE[:300],
            "bomb.xml": "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "three.xml": third(qti.SINGLE),
            "test.xml": test,
            "imsmanifest.xml": qti.manifest(
                "bad.xml", "gone.xml", "good.xml", "bomb.xml", "three.xml", "test.xml"
            ),
        }
    )
    made = qti21.read(data)
    assert [item.place for item in made.items] == ["good.xml"]
    said = {one.place: one.sentence for one in made.refused}
    assert "Nothing was read" in said["bad.xml"]
    assert said["gone.xml"] == "The manifest names it, but it is not in the package."
    assert "declares a document type" in said["bomb.xml"]
    assert "It is QTI 3.0" in said["three.xml"]
    assert "test.xml (assessmentTest) says in which order" in told(made)


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x.xml", "/etc/x.xml", "a/../../x.xml", "C:/x.xml", "..\\x.xml", "\\x.xml"],
)
def test_a_path_that_leads_out_of_the_package_is_refused(name):
    with pytest.raises(BadInput, match="a path that leads out of it"):
        qti21.read(qti.package({"a.xml": qti.SINGLE, name: qti.SINGLE}))


def test_a_manifest_that_points_out_of_the_package_reads_nothing_there():
    data = qti.package(
        {"imsmanifest.xml": qti.manifest("../../etc/passwd", "a.xml"), "a.xml": qti.SINGLE}
    )
    made = qti21.read(data)
    assert len(made.items) == 1
    assert "points out of the package" in told(made)


@pytest.mark.parametrize(
    "source", ["../../etc/passwd", "file:///etc/passwd", "/etc/passwd", "a.xml"]
)
def test_a_picture_is_read_from_the_package_only(source):
    one = item(
        declared("single", "A"), body=f'<p><img src="{source}" alt="it"/></p>{choice("x", "y")}'
    )
    made = qti21.read(qti.package({"a.xml": one}))
    assert not made.pictures
    assert "left out" in told(made.items[0])


def test_a_bomb_is_not_unpacked():
    with pytest.raises(BadInput, match="would grow to more"):
        qti21.read(qti.package({"a.xml": b"0" * (300 << 20)}))


@pytest.mark.parametrize("cut", [5, 40, 200])
def test_a_damaged_package_is_refused(cut):
    with pytest.raises(BadInput):
        qti21.read(qti.package({"a.xml": qti.SINGLE})[:-cut])


def test_other_versions_are_named():
    with pytest.raises(BadInput, match=r"It is QTI 3\.0"):
        qti21.read(third(qti.SINGLE).encode())
    with pytest.raises(BadInput, match=r"It is QTI 2\.1"):
        qti30.read(qti.SINGLE.encode())
    with pytest.raises(BadInput, match=r"This is QTI 1\.2"):
        qti21.read(b"<questestinterop><item/></questestinterop>")
    with pytest.raises(BadInput, match="Bring the whole package"):
        qti21.read(f'<assessmentTest xmlns="{qti.SPACE}"/>'.encode())
    with pytest.raises(BadInput, match="begins with <quiz>"):
        qti21.read(b"<quiz/>")


def test_a_name_that_is_none_without_its_beginning_is_unknown_and_crashes_nothing():
    broken = third(qti.TEXT).replace("qti-text-entry-interaction", "qti-.ext-entry-interaction")
    bank = qti30.read(broken.encode())
    assert (len(bank.items), len(bank.refused)) == (0, 1)
