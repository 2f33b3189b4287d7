"""The shape of a QTI 2.1 item, after the standard's public description of its classes.

Not the schema itself: its text cannot be had from a package, and is not ours to copy. It says of
each element that we write what may stand in it, in which order, and which attributes it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

INLINE = "a|br|code|em|img|strong|textEntryInteraction|variable"
BLOCK = "p|ul|ol|pre|blockquote|hr|table|h1|h2|h3|h4|h5|h6"
FLOW = f"{INLINE}|{BLOCK}"
EXPRESSION = "match|equal|stringMatch|or|variable|correct|baseValue|mapResponse|sum"
# Element: its children as a pattern over their names, its attributes (a star: may be missing).
SHAPE: dict[str, tuple[str, str]] = {
    "assessmentItem": (
        "(responseDeclaration )+(outcomeDeclaration )+itemBody responseProcessing "
        "(modalFeedback )*",
        "identifier title adaptive timeDependent",
    ),
    "responseDeclaration": ("correctResponse (mapping )?", "identifier cardinality baseType"),
    "correctResponse": ("(value )+", ""),
    "value": ("", ""),
    "mapping": ("(mapEntry )+", "defaultValue lowerBound* upperBound*"),
    "mapEntry": ("", "mapKey mappedValue caseSensitive*"),
    "outcomeDeclaration": ("(defaultValue )?", "identifier cardinality baseType"),
    "defaultValue": ("(value )+", ""),
    "itemBody": (f"(({BLOCK}|choiceInteraction|orderInteraction|matchInteraction) )+", ""),
    "choiceInteraction": ("(simpleChoice )+", "responseIdentifier shuffle maxChoices"),
    "orderInteraction": ("(simpleChoice )+", "responseIdentifier shuffle"),
    "simpleChoice": (f"(({FLOW}) )*", "identifier"),
    "matchInteraction": (
        "simpleMatchSet simpleMatchSet ",
        "responseIdentifier shuffle maxAssociations",
    ),
    "simpleMatchSet": ("(simpleAssociableChoice )*", ""),
    "simpleAssociableChoice": (f"(({FLOW}) )*", "identifier matchMax"),
    "textEntryInteraction": ("", "responseIdentifier"),
    "responseProcessing": ("((responseCondition|setOutcomeValue) )*", "template*"),
    "responseCondition": ("responseIf ", ""),
    "responseIf": (f"({EXPRESSION}) (setOutcomeValue )+", ""),
    "setOutcomeValue": (f"({EXPRESSION}) ", "identifier"),
    "match": (f"(({EXPRESSION}) ){{2}}", ""),
    "equal": (f"(({EXPRESSION}) ){{2}}", "toleranceMode tolerance*"),
    "stringMatch": (f"(({EXPRESSION}) ){{2}}", "caseSensitive"),
    "or": (f"(({EXPRESSION}) )+", ""),
    "sum": (f"(({EXPRESSION}) )+", ""),
    "variable": ("", "identifier"),
    "correct": ("", "identifier"),
    "mapResponse": ("", "identifier"),
    "baseValue": ("", "baseType"),
    "modalFeedback": (f"(({FLOW}) )*", "outcomeIdentifier identifier showHide"),
    "p": (f"(({INLINE}) )*", ""),
    "a": (f"(({INLINE}) )*", "href"),
    "em": (f"(({INLINE}) )*", ""),
    "strong": (f"(({INLINE}) )*", ""),
    "code": (f"(({INLINE}) )*", ""),
    "pre": (f"(({INLINE}) )*", ""),
    "br": ("", ""),
    "hr": ("", ""),
    "img": ("", "src alt"),
    "ul": ("(li )*", ""),
    "ol": ("(li )*", ""),
    "li": (f"(({FLOW}) )*", ""),
    "blockquote": (f"(({BLOCK}) )*", ""),
    "table": ("(thead )?(tbody )+", ""),
    "thead": ("(tr )+", ""),
    "tbody": ("(tr )+", ""),
    "tr": ("((th|td) )*", ""),
    "th": (f"(({FLOW}) )*", ""),
    "td": (f"(({FLOW}) )*", ""),
} | {f"h{n}": (f"(({INLINE}) )*", "") for n in range(1, 7)}
_TEXT_IN = set(
    re.findall(
        r"\w+",
        "value simpleChoice simpleAssociableChoice baseValue modalFeedback p a em strong code pre "
        "li th td h1 h2 h3 h4 h5 h6",
    )
)
IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]*")


def faults(root: etree._Element) -> Iterator[str]:
    """What of an item is not as the standard describes it."""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name not in SHAPE:
            yield f"{name} is not known"
            continue
        inside, attributes = SHAPE[name]
        children = "".join(f"{etree.QName(one).localname} " for one in element)
        if not re.fullmatch(inside, children):
            yield f"{name} holds {children}"
        may = {one.rstrip("*") for one in attributes.split()}
        must = {one for one in attributes.split() if not one.endswith("*")}
        if not must <= set(element.attrib) <= may:
            yield f"{name} has {sorted(element.attrib)}"
        text = (element.text or "") + "".join(one.tail or "" for one in element)
        if text.strip() and name not in _TEXT_IN:
            yield f"{name} holds the text {text.strip()}"
        if not IDENTIFIER.fullmatch(element.get("identifier", "x")):
            yield f"{name} is called {element.get('identifier')}"
    yield from _references(root)


def _references(root: etree._Element) -> Iterator[str]:
    responses = {str(one.get("identifier")) for one in root.iter("{*}responseDeclaration")}
    outcomes = {str(one.get("identifier")) for one in root.iter("{*}outcomeDeclaration")}
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if element.get("responseIdentifier", "") not in responses | {""}:
            yield f"{name} names no response"
        if element.get("outcomeIdentifier", "") not in outcomes | {""}:
            yield f"{name} names no outcome"
        if name in ("variable", "correct", "mapResponse") and element.get("identifier") not in (
            responses
        ):
            yield f"{name} names no response"
        if name == "setOutcomeValue" and element.get("identifier") not in outcomes:
            yield f"{name} names no outcome"
    for declared in root.iter("{*}responseDeclaration"):
        if declared.get("baseType") not in ("identifier", "directedPair"):
            continue
        ids = {str(one.get("identifier")) for one in root.iterfind("{*}itemBody//*[@identifier]")}
        named = [str(one.text) for one in declared.iter("{*}value")]
        named += [str(one.get("mapKey")) for one in declared.iter("{*}mapEntry")]
        for value in named:
            if not set(value.split()) <= ids:
                yield f"{value} is no choice"
