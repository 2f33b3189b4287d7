"""The text of one paragraph of Word as HTML: emphasis, links and pictures; what is left is told."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from modules.exchange.items.gathering import Gathering, clipped

_INSIDE = {"ins", "smartTag", "fldSimple", "sdtContent", "customXml", "moveTo", "dir", "bdo"}
_SPACES = {"tab": " ", "ptab": " ", "noBreakHyphen": "-", "softHyphen": "", "cr": "<br>"}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_GRAPHICS = {"chart": "A chart", "relIds": "A SmartArt drawing", "wgp": "A group of drawings"}


class Runs:
    """Reads paragraphs; ``files`` take the pictures that it meets, by the names it gives them."""

    def __init__(self, part: Any, gathering: Gathering, files: dict[str, bytes]) -> None:
        self.part, self.gathering, self.files = part, gathering, files

    def html(self, element: Any) -> str:
        """What a paragraph holds."""
        return "".join(map(self._piece, element)).strip()

    def _piece(self, element: Any) -> str:
        tag = _name(element)
        if tag == "r":
            return self._run(element)
        if tag == "hyperlink":
            return self._link(element)
        if tag in _INSIDE:
            return "".join(map(self._piece, element))
        if tag == "sdt":
            return "".join(self._piece(one) for one in element if _name(one) == "sdtContent")
        if tag in ("del", "moveFrom"):
            if said := clipped("".join(element.itertext()), 80):
                self.gathering.left(f"What a change takes away was left out: “{said}”")
        elif tag in ("oMath", "oMathPara"):
            self.gathering.changed("A formula is told by its signs in a row. Look at it.")
            return escape(clipped("".join(element.itertext()), 300))
        elif tag == "AlternateContent":
            return self._alternative(element)
        return ""

    def _run(self, run: Any) -> str:
        told = "".join(map(self._inside, run))
        if not told.strip() or "<img" in told:
            return told
        marks = {_name(one): one for one in found(run, "./w:rPr/*")}
        for name, tag in (("b", "b"), ("i", "i")):
            if name in marks and (marks[name].get(_w("val")) or "1") not in ("0", "false", "off"):
                told = f"<{tag}>{told}</{tag}>"
        if "vanish" in marks:
            self.gathering.left(f"Hidden text was left out: “{clipped(_words(told), 80)}”")
            return ""
        way = marks["vertAlign"].get(_w("val")) if "vertAlign" in marks else ""
        tag = {"superscript": "sup", "subscript": "sub"}.get(way or "", "")
        return f"<{tag}>{told}</{tag}>" if tag else told

    def _inside(self, element: Any) -> str:
        tag = _name(element)
        if tag == "t":
            return escape(element.text or "", quote=False)
        if tag in _SPACES:
            return _SPACES[tag]
        if tag == "br":
            return "" if element.get(_w("type")) in ("page", "column") else "<br>"
        if tag in ("drawing", "pict"):
            return self._drawing(element)
        if tag == "object":
            self.gathering.left("An object of another program was left out.")
        elif tag == "AlternateContent":
            return self._alternative(element)
        elif tag == "sym":
            self.gathering.left("A sign of a symbol font was left out. Type it as a letter.")
        return ""

    def _alternative(self, element: Any) -> str:
        ways = [one for one in element if _name(one) == "Choice"]
        ways = ways or [one for one in element if _name(one) == "Fallback"]
        return "".join(map(self._inside, ways[0])) if ways else ""

    def _link(self, element: Any) -> str:
        told = "".join(map(self._piece, element))
        relation = self.part.rels.get(element.get(_ID) or "")
        if relation is None or not relation.is_external or not told.strip():
            return told
        return f'<a href="{escape(relation.target_ref)}">{told}</a>'

    def _drawing(self, element: Any) -> str:
        pictures = []
        for one in element.iter():
            tag = _name(one)
            if tag in _GRAPHICS:
                self.gathering.left(f"{_GRAPHICS[tag]} was left out. Bring it as a picture.")
                return ""
            if tag == "txbxContent":
                said = clipped(" ".join(_paragraphs(one)), 300)
                self.gathering.left(f"A text box was left out: “{said}”")
                return ""
            reference = one.get(_EMBED) if tag == "blip" else one.get(_ID)
            if tag in ("blip", "imagedata") and reference:
                pictures.append(self._picture(reference, element))
        if not pictures:
            self.gathering.left("A drawing was left out. Bring it as a picture.")
        return "".join(pictures)

    def _picture(self, reference: str, element: Any) -> str:
        relation = self.part.rels.get(reference)
        if relation is None or relation.is_external:
            self.gathering.left("A picture that is not inside the document was left out.")
            return ""
        target = relation.target_part
        name = f"{reference}-{str(target.partname).rpartition('/')[2]}"
        self.files[name] = target.blob
        words = [one.get("descr") for one in element.iter() if _name(one) == "docPr"]
        words += [one.get("alt") for one in element.iter() if _name(one) == "shape"]
        alt = next((" ".join(one.split()) for one in words if one and one.strip()), "")
        return f'<img src="{escape(name)}" alt="{escape(alt)}">'


def _paragraphs(element: Any) -> list[str]:
    return [
        "".join(inner.text or "" for inner in one.iter() if _name(inner) == "t")
        for one in element.iter()
        if _name(one) == "p"
    ]


def _words(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def found(element: Any, path: str) -> list[Any]:
    """The elements at a path of Word's names: "./w:pPr/w:numPr"."""
    return list(element.findall(path, {"w": WORD}))


def value(element: Any, path: str) -> str:
    """The value of the first element at a path, "" without one."""
    return next((one.get(_w("val")) or "" for one in found(element, path)), "")


def _w(name: str) -> str:
    return f"{{{WORD}}}{name}"
