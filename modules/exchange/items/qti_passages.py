"""Texts that QTI keeps beside its items, for several of them: put in front of what is asked."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from modules.basics import BadInput
from modules.exchange.items import qti_tree, trees
from modules.exchange.items.gathering import Gathering, bare

REFERENCE = "assessmentStimulusRef"


def put_in(
    root: etree._Element, body: etree._Element, files: Mapping[str, bytes], gathering: Gathering
) -> None:
    """Put each text that an item refers to into its body, or tell that it is not there."""
    for reference in reversed(root.findall(REFERENCE)):
        href = reference.get("href") or ""
        named = bare(reference.get("title") or posixpath.basename(href) or "without a name", 60)
        root.remove(reference)
        passage = _read(files.get(href, b""))
        if passage is None:
            gathering.left(
                f"The text “{named}” that belongs to it is not in the file. Put it into the stem."
            )
            continue
        for one in passage.iter("img", "object"):
            key = "src" if one.tag == "img" else "data"
            if (source := one.get(key)) and "//" not in source and not source.startswith("data:"):
                one.set(key, posixpath.join(posixpath.dirname(href), source))
        passage.tag, passage.tail = "div", None
        passage.attrib.clear()
        body.insert(0, passage)
        body[0].tail, body.text = body.text, None
        gathering.changed(f"The text “{named}”, which stands beside it there, was put in front.")


def is_passage(root: etree._Element) -> bool:
    """Whether a part of a package is such a text."""
    return etree.QName(root).localname in ("assessmentStimulus", "qti-assessment-stimulus")


def _read(data: bytes) -> etree._Element | None:
    if not data:
        return None
    try:
        root, _ = trees.tree(data)
    except BadInput:
        return None
    if not is_passage(root):
        return None
    qti_tree.plain(root)
    return root.find("stimulusBody")
