"""QTI items and packages for tests, after the constructs of its public description."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
MATCH = f'<responseProcessing template="{TEMPLATES}match_correct"/>'
MAP = f'<responseProcessing template="{TEMPLATES}map_response"/>'


def declared(
    cardinality: str,
    *right: str,
    base: str = "identifier",
    mapping: str = "",
    name: str = "RESPONSE",
) -> str:
    """A <responseDeclaration>."""
    values = "".join(f"<value>{one}</value>" for one in right)
    correct = f"<correctResponse>{values}</correctResponse>" if right else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        f"{correct}{mapping}</responseDeclaration>"
    )


def mapping(worth: Mapping[str, float], **bounds: float) -> str:
    """A <mapping>."""
    entries = "".join(f'<mapEntry mapKey="{k}" mappedValue="{v}"/>' for k, v in worth.items())
    said = "".join(f' {name}="{value}"' for name, value in bounds.items())
    return f'<mapping defaultValue="0"{said}>{entries}</mapping>'


def item(*declarations: str, body: str, after: str = MATCH, more: str = "") -> str:
    """An <assessmentItem>."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="{SPACE}" identifier="one" title="One" adaptive="false"
  timeDependent="false">
  {"".join(declarations)}
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">
    <defaultValue><value>0</value></defaultValue>
  </outcomeDeclaration>
  {more}
  <itemBody>{body}</itemBody>
  {after}
</assessmentItem>"""


def choices(*texts: str, kind: str = "simpleChoice") -> str:
    """Choices called A, B, C, …."""
    return "".join(
        f'<{kind} identifier="{letter}">{text}</{kind}>'
        for letter, text in zip("ABCDEFGH", texts, strict=False)
    )


def choice(*texts: str, most: int = 1, prompt: str = "Who carries the <b>risk</b>?") -> str:
    """A <choiceInteraction>."""
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{most}">'
        f"<prompt>{prompt}</prompt>{choices(*texts)}</choiceInteraction>"
    )


def columns(left: str, right: str) -> str:
    """A <matchInteraction>; entries are written "A=Name;B=Age"."""
    sets = ""
    for side in (left, right):
        entries = ""
        for one in side.split(";"):
            name, _, text = one.partition("=")
            entries += (
                f'<simpleAssociableChoice identifier="{name}" matchMax="1">{text}'
                "</simpleAssociableChoice>"
            )
        sets += f"<simpleMatchSet>{entries}</simpleMatchSet>"
    return (
        '<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="0">'
        f"<prompt>Match.</prompt>{sets}</matchInteraction>"
    )


ENTRY = '<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="15"/>'


def rules(inside: str) -> str:
    """A <responseProcessing> of the item's own."""
    return f"<responseProcessing>{inside}</responseProcessing>"


def when(condition: str, score: float = 1) -> str:
    """A <responseCondition> that gives ``score``."""
    return (
        f"<responseCondition><responseIf>{condition}{scored(score)}</responseIf>"
        f"<responseElse>{scored(0)}</responseElse></responseCondition>"
    )


def scored(score: float) -> str:
    """SCORE is set."""
    return (
        f'<setOutcomeValue identifier="SCORE"><baseValue baseType="float">{score}</baseValue>'
        "</setOutcomeValue>"
    )


_NAME = re.compile(r"(</?)([A-Za-z]+)")
_KNOWN = (
    "Interaction|Declaration|Response|Choice|Set|Value|mapping|mapEntry|value|prompt|itemBody|"
    "assessmentItem|responseIf|responseElse|responseElseIf|responseCondition|responseProcessing|"
    "feedback|modalFeedback|match|correct|variable|isNull|equal|and|or|not|rubricBlock|sum|member"
)
_OURS = re.compile(f"^({_KNOWN}|[a-zA-Z]*({_KNOWN}))$")
_ATTRIBUTE = re.compile(r" ([a-z]+[A-Z][A-Za-z]*)=")


def third(xml: str) -> str:
    """An item of 2.1 by the names of 3.0."""

    def spelt(name: str) -> str:
        return re.sub(r"([A-Z])", lambda letter: f"-{letter[1].lower()}", name)

    xml = xml.replace(SPACE, "http://www.imsglobal.org/xsd/imsqtiasi_v3p0")
    xml = re.sub(
        f"{TEMPLATES}(\\w+)", r"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/\1.xml", xml
    )
    xml = _ATTRIBUTE.sub(lambda found: f" {spelt(found[1])}=", xml)
    inline = "feedbackInline|feedbackBlock"
    return _NAME.sub(
        lambda found: (
            f"{found[1]}qti-{spelt(found[2])}"
            if _OURS.match(found[2]) or re.match(inline, found[2])
            else found[0]
        ),
        xml,
    )


def manifest(*paths: str, kind: str = "imsqti_item_xmlv2p1") -> str:
    """An imsmanifest.xml that lists items."""
    resources = "".join(
        f'<resource identifier="r{n}" type="{kind}" href="{path}"><file href="{path}"/></resource>'
        for n, path in enumerate(paths)
    )
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><organizations/>'
        f"<resources>{resources}</resources></manifest>"
    )


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


SINGLE = item(declared("single", "B"), body=choice("<p>A one</p>", "A two", "A three"))
SEVERAL = item(
    declared("multiple", "A", "C", mapping=mapping({"A": 1, "B": -1, "C": 1}, upperBound=2)),
    body="<p>Mark them.</p>" + choice("One", "Two", "Three", most=0),
    after=MAP,
)
ORDER = item(
    declared("ordered", "C", "A", "B"),
    body='<orderInteraction responseIdentifier="RESPONSE" shuffle="true"><prompt>Order.</prompt>'
    + choices("second", "third", "first")
    + "</orderInteraction>",
)
MATCHING = item(
    declared("multiple", "A X", "B Y", base="directedPair"),
    body=columns("A=Name;B=Age", "X=Identifier;Y=Attribute;Z=Neither"),
)
ASSOCIATE = item(
    declared("multiple", "A C", "D B", base="pair"),
    body='<associateInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="2">'
    "<prompt>Pair.</prompt>"
    + choices("one", "two", "eins", "zwei", "drei", kind="simpleAssociableChoice")
    + "</associateInteraction>",
)
TEXT = item(
    declared(
        "single", "purpose", base="string", mapping=mapping({"purpose": 1, "aim": 1, "why": 0.5})
    ),
    body=f"<p>Think.</p><p>First comes the {ENTRY}, then the law.</p>",
    after=MAP,
)
NUMBER = item(
    declared("single", "30", base="float"),
    body=f"<p>How many days? {ENTRY}</p>",
    after=rules(
        when(
            '<equal toleranceMode="absolute" tolerance="0.5 0.5"><variable identifier="RESPONSE"/>'
            '<correct identifier="RESPONSE"/></equal>'
        )
    ),
)
ALL = (SINGLE, SEVERAL, ORDER, MATCHING, ASSOCIATE, TEXT, NUMBER)
