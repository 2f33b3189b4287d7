"""Moodle XML as Moodle writes it, for tests: each part as in the format's public description."""

from __future__ import annotations

import base64


def text(html: str) -> str:
    """A <text> as Moodle writes it."""
    return f"<text><![CDATA[{html}]]></text>"


def file(name: str, data: bytes, path: str = "/") -> str:
    """A <file> beside a text."""
    inside = base64.b64encode(data).decode()
    return f'<file name="{name}" path="{path}" encoding="base64">{inside}</file>'


def answer(
    html: str, fraction: float | str, why: str = "", more: str = "", way: str = "html"
) -> str:
    """An <answer> with its feedback."""
    feedback = f'<feedback format="html">{text(why)}</feedback>'
    return f'<answer fraction="{fraction}" format="{way}">{text(html)}{more}{feedback}</answer>'


def pair(left: str, right: str) -> str:
    """A <subquestion> of a matching."""
    inside = f"{text(left)}<answer><text>{right}</text></answer>"
    return f'<subquestion format="html">{inside}</subquestion>'


def question(kind: str, stem: str, *parts: str, name: str = "One", way: str = "html") -> str:
    """A <question> with what all have."""
    return f"""
  <question type="{kind}">
    <name><text>{name}</text></name>
    <questiontext format="{way}">{text(stem)}</questiontext>
    {"".join(parts)}
  </question>"""


def quiz(*questions: str) -> bytes:
    """The whole file."""
    inside = "".join(questions)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{inside}\n</quiz>\n'.encode()


SHARED = """
    <generalfeedback format="html">
      <text><![CDATA[<p>A purpose comes first.</p>]]></text>
    </generalfeedback>
    <defaultgrade>1.0000000</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber></idnumber>
"""
FEEDBACK = """
    <correctfeedback format="html"><text>Your answer is correct.</text></correctfeedback>
    <partiallycorrectfeedback format="html"><text>Half of it.</text></partiallycorrectfeedback>
    <incorrectfeedback format="html"><text>Your answer is incorrect.</text></incorrectfeedback>
    <shownumcorrect/>
"""
MULTICHOICE = question(
    "multichoice",
    "<p>Who carries the <b>risk</b>?</p>",
    SHARED,
    "<single>true</single><shuffleanswers>true</shuffleanswers>",
    "<answernumbering>abc</answernumbering><showstandardinstruction>0</showstandardinstruction>",
    FEEDBACK,
    answer("<p>The card holders</p>", 100, "<p>The trips are theirs.</p>"),
    answer("<p>The council</p>", 0, "<p>It answers letters.</p>"),
    answer("<p>Nobody</p>", -50),
    "<hint format='html'><text>Think of whose trips they are.</text><shownumcorrect/></hint>",
    "<tags><tag><text>risk</text></tag><tag><text>trips</text></tag></tags>",
)
SEVERAL = question(
    "multichoice",
    "Which are sharing?",
    "<single>false</single>",
    answer("A link", 50),
    answer("A copy", 50),
    answer("A total", 0),
)
TRUEFALSE = question(
    "truefalse", "An answer is data.", answer("true", 100, "It is."), answer("false", 0, "Read on.")
)
SHORTANSWER = question(
    "shortanswer",
    "What comes first?",
    "<usecase>0</usecase>",
    answer("purpose", 100, "Yes.", way="moodle_auto_format"),
    answer("a purpose", 100, way="moodle_auto_format"),
    answer("reason", 50, "Nearly.", way="moodle_auto_format"),
    answer("law", 0, "It comes second.", way="moodle_auto_format"),
    answer("*", 0, "No.", way="moodle_auto_format"),
)
NUMERICAL = question(
    "numerical",
    "How many days?",
    answer("30", 100, "A month.", "<tolerance>0.5</tolerance>"),
    answer("31", 0, "Too long.", "<tolerance>0</tolerance>"),
    "<units><unit><multiplier>1</multiplier><unit_name>days</unit_name></unit>"
    "<unit><multiplier>24</multiplier><unit_name>hours</unit_name></unit></units>",
    "<unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty><showunits>3</showunits>",
)
MATCHING = question(
    "matching",
    "What belongs together?",
    "<shuffleanswers>true</shuffleanswers>",
    pair("Name", "Identifier"),
    pair("Age", "Attribute"),
    pair("", "Neither"),
)
ORDERING = question(
    "ordering",
    "Put in order.",
    "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>0</selectcount>",
    answer("second", "2.0000000"),
    answer("first", "1.0000000"),
    answer("third", "3.0000000"),
)
CLOZE = question(
    "cloze",
    "<p>Fill in.</p><p>The {1:SHORTANSWER:=controller#Yes.~%50%owner~processor#It works for it.}"
    " answers within {1:NM:=30:0} days &amp; in {1:SAC:=plain \\} words}.</p>",
)
CHOICE_GAP = question(
    "cloze", "<p>Data about a person are {1:MULTICHOICE:=personal#Yes.~public~%0%secret#No.}.</p>"
)
ALL = (
    MULTICHOICE,
    SEVERAL,
    TRUEFALSE,
    SHORTANSWER,
    NUMERICAL,
    MATCHING,
    ORDERING,
    CLOZE,
    CHOICE_GAP,
)
