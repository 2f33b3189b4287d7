"""QTI's XML without its versions: names of 3.0 as those of 2.1, and no namespaces."""

from __future__ import annotations

import re
from contextlib import suppress

from lxml import etree

from modules.exchange.items import formulas
from modules.exchange.items.gathering import Gathering

_HYPHEN = re.compile(r"-([a-z])")
MATHS = "http://www.w3.org/1998/Math/MathML"
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")


def version(root: etree._Element) -> str:
    """ "3.0", "2.1" (with 2.0 and 2.2, which differ in nothing read here), "1.2" or ""."""
    name, space = etree.QName(root).localname, etree.QName(root).namespace or ""
    if name.startswith("qti-"):
        return "3.0"
    if name == "questestinterop":
        return "1.2"
    named = name in ("assessmentItem", "assessmentTest", "assessmentSection")
    return "2.1" if named or "imsqti_v2p" in space else ""


def plain(root: etree._Element) -> None:
    """Rename ``root`` and all below it in place."""
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        local = name.localname
        if local.startswith("qti-"):
            local = _camel(local[4:])
        elif name.namespace == MATHS:
            local = f"maths-{local}"
        with suppress(ValueError):  # "qti-.x" without its beginning is no name: nothing knows it
            element.tag = local
        for key, value in list(element.attrib.items()):
            spelt = etree.QName(key).localname
            made = spelt if spelt.startswith(("data-", "aria-")) else _camel(spelt)
            if made != key:
                del element.attrib[key]
                element.set(made, value)
    etree.cleanup_namespaces(root)


def _camel(name: str) -> str:
    return _HYPHEN.sub(lambda letter: letter[1].upper(), name)


def drop(element: etree._Element, instead: str = "") -> None:
    """Take an element out of its tree; what follows it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    tail = instead + (element.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def inside(element: etree._Element | None, gathering: Gathering) -> str:
    """What an element holds as HTML. Pictures written as objects become pictures."""
    if element is None:
        return ""
    for one in list(element.iter("object")):
        if (one.get("type") or "").lower() in _PICTURES and one.get("data"):
            words = " ".join("".join(one.itertext()).split())
            source, tail = str(one.get("data")), one.tail
            one.clear()
            one.tag, one.tail = "img", tail
            one.set("src", source)
            one.set("alt", words)
    for one in list(element.iter("maths-math")):
        told = formulas.in_line(one)
        if told is None:
            gathering.changed("A formula (MathML) is told by its signs in a row. Look at it.")
            told = " ".join("".join(one.itertext()).split())
        else:
            gathering.changed("A formula (MathML) is written in one line. Look at it.")
        drop(one, told)
    parts = [_escaped(element.text)]
    parts += [etree.tostring(one, encoding="unicode", method="html") for one in element]
    return "".join(parts).strip()


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def words(element: etree._Element | None) -> str:
    """The words of an element in one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
