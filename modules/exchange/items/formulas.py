"""Formulas in MathML as one line that reads the same: fractions, powers, roots, indices."""

from __future__ import annotations

from lxml import etree

_ROWS = {
    "math",
    "mrow",
    "mstyle",
    "mpadded",
    "semantics",
    "mtd",
    "merror",
    "mphantom",
    "mlabeledtr",
}
_SIGNS = {"mi", "mn", "mo", "mtext", "ms", "mspace", "maligngroup", "malignmark", "none"}
_SIDES = {"msub": ("_",), "msup": ("^",), "msubsup": ("_", "^"), "munder": ("_",)}
_SIDES |= {"mover": ("^",), "munderover": ("_", "^")}
_UNSEEN = {ord(one): "" for one in "\u2061\u2062\u2063\u2064"}


def in_line(element: etree._Element) -> str | None:
    """The formula; None where it has a part that cannot be told in one line, such as a matrix."""
    try:
        return " ".join(_told(element).split())
    except _NotInLineError:
        return None


class _NotInLineError(Exception):
    """A part has no form in one line."""


def _told(element: etree._Element, depth: int = 0) -> str:
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element.tag).localname.removeprefix("maths-")
    parts = [one for one in element if isinstance(one.tag, str)]
    if depth > 60:
        raise _NotInLineError
    if name in _SIGNS:
        return "".join(element.itertext()).strip().translate(_UNSEEN)
    if name in ("annotation", "annotation-xml"):
        return ""
    if name in _ROWS:
        return "".join(_told(one, depth + 1) for one in parts)
    if name == "mfenced":
        inner = ", ".join(_told(one, depth + 1) for one in parts)
        return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"
    if name == "msqrt":
        return f"√({''.join(_told(one, depth + 1) for one in parts)})"
    if name == "mfrac" and len(parts) == 2:
        return "/".join(_grouped(one, depth) for one in parts)
    if name == "mroot" and len(parts) == 2:
        return f"root_{_grouped(parts[1], depth)}({_told(parts[0], depth + 1)})"
    if name in _SIDES and len(parts) == len(_SIDES[name]) + 1:
        sides = zip(_SIDES[name], parts[1:], strict=True)
        base = _grouped(parts[0], depth)
        return base + "".join(f"{sign}{_grouped(one, depth)}" for sign, one in sides)
    raise _NotInLineError


def _grouped(element: etree._Element, depth: int) -> str:
    """A part in brackets, unless it is one sign, word or number."""
    text = _told(element, depth + 1).strip()
    plain = text.replace(".", "").replace(",", "")
    return text if len(text) == 1 or plain.isalnum() else f"({text})"
