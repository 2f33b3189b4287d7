"""SVG drawings: shapes and text only; nothing that runs, moves, or is fetched from elsewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from modules.basics import BadInput
from modules.course.media import raster
from modules.course.media.limits import SIDE

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset(
    re.findall(
        r"\w+",
        "svg g defs symbol use title desc metadata style path rect circle ellipse line polyline "
        "polygon text tspan textPath image linearGradient radialGradient stop clipPath mask "
        "pattern marker filter",
    )
)
EFFECT = re.compile(r"fe(?!Image$)[A-Z]\w+$")
EDITORS = re.compile(
    r"inkscape|sodipodi|adobe|sketch|figma|serif|creativecommons|purl|w3\.org/1999/02"
)
"""Name spaces in which drawing programs leave their own notes: no browser reads them."""
INSIDE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/=\s]+)$")
ELSEWHERE = re.compile(r"url\(\s*+(?!['\"]?#)|@import|javascript:|expression\(|\\", re.IGNORECASE)
MOVING = re.compile(r"@keyframes|\banimation\b|\btransition\b", re.IGNORECASE)
LENGTH = re.compile(r"\s*([\d.]+)\s*(?:px)?\s*$")
DAMAGED = "The drawing cannot be read as SVG. Save it again as plain SVG."


def look(data: bytes) -> tuple[int, int, tuple[str, ...]]:
    """Width, height, and what is wrong, each kind of fault once."""
    try:
        root = _root(data)
    except BadInput as error:
        return 0, 0, (str(error),)
    width, height = _sides(root)
    found = list(dict.fromkeys(_faults(root)))
    if not (width and height):
        found.append("The drawing does not say how large it is. Give its svg element a viewBox.")
    return width, height, tuple(found)


def tidied(data: bytes) -> bytes:
    """The drawing without comments and without what drawing programs note, such as file names.

    Raises BadInput for one that holds what no drawing may: it is refused rather than mended.
    """
    from lxml import etree

    root = _root(data)
    if faults := list(dict.fromkeys(_faults(root))):
        raise BadInput(" ".join(faults))
    for one in list(root.iter()):
        if (
            not isinstance(one.tag, str)
            or not one.tag.startswith(SVG)
            or one.tag[28:] == "metadata"
        ):
            _drop(one)
            continue
        for name in [name for name in one.attrib if EDITORS.search(str(name))]:
            del one.attrib[name]
    etree.cleanup_namespaces(root)
    made: bytes = etree.tostring(root, encoding="utf-8")
    return made


def _drop(one: Element) -> None:
    parent, before = one.getparent(), one.getprevious()
    if parent is None:
        return
    if one.tail:
        if before is None:
            parent.text = (parent.text or "") + one.tail
        else:
            before.tail = (before.tail or "") + one.tail
    parent.remove(one)


@cache
def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=False
    )


def _root(data: bytes) -> Element:
    from lxml import etree

    try:
        root: Element = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput(DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise BadInput(
            "The drawing begins with a DOCTYPE, in which anything can be hidden. Save it as plain "
            "SVG, or delete that line."
        )
    if root.tag != f"{SVG}svg":
        raise BadInput(DAMAGED)
    return root


def _faults(root: Element) -> Iterator[str]:
    from lxml import etree

    for one in root.getroottree().getroot().itersiblings(preceding=True):
        if isinstance(one, etree._ProcessingInstruction):
            yield f"It holds the instruction “{one.target}”, which can fetch a file. Delete it."
    for one in root.iter():
        if not isinstance(one.tag, str):
            if isinstance(one, etree._ProcessingInstruction):
                yield f"It holds the instruction “{one.target}”. Delete it."
            continue
        space, _, name = one.tag.rpartition("}")
        if f"{space}}}" != SVG:
            if not EDITORS.search(space):
                yield f"It holds “{name}”, which is no part of a drawing. Take it out."
            continue
        if name not in SHAPES and not EFFECT.match(name):
            why = "can run, move or fetch something" if name != "a" else "is a link"
            yield f"It holds “{name}”, which {why}: a drawing has shapes and text. Take it out."
        if name == "style" and (told := _style(one.text or "")):
            yield told
        yield from _attributes(one, name)


def _attributes(one: Element, element: str) -> Iterator[str]:
    for full, value in one.attrib.items():
        name = str(full).rpartition("}")[2]
        if name.lower().startswith("on"):
            yield f"It holds “{name}”, which runs a script. Take it out."
        elif name.lower() in ("href", "src"):
            yield from _target(element, str(value).strip())
        elif EDITORS.search(str(full)):
            continue
        elif told := _style(str(value)):
            yield told


def _target(element: str, value: str) -> Iterator[str]:
    if value.startswith("#"):
        return
    held = INSIDE.match(value) if element == "image" else None
    if not held:
        yield f"It fetches “{value[:60]}”. Nothing comes from elsewhere: draw it, or leave it out."
        return
    try:
        picture = base64.b64decode(held[1], validate=False)
    except ValueError:
        yield raster.DAMAGED
        return
    width, height, faults = raster.look(picture)
    if max(width, height) > SIDE:
        yield f"It holds a picture of {width} × {height} pixels. Make that one smaller first."
    yield from faults


def _style(text: str) -> str:
    if ELSEWHERE.search(text):
        return (
            "A style in it fetches something or hides what it does. Write plain colours and sizes."
        )
    if MOVING.search(text):
        return "A style in it makes it move (WCAG 2.2.2). Take the animation out."
    return ""


def _sides(root: Element) -> tuple[int, int]:
    wide, high = (LENGTH.match(str(root.get(name, ""))) for name in ("width", "height"))
    box = re.split(r"[\s,]+", str(root.get("viewBox", "")).strip())
    try:
        if wide and high:
            return round(float(wide[1])), round(float(high[1]))
        return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else (0, 0)
    except (ValueError, OverflowError):
        return 0, 0
