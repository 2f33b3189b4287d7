"""Our items as a QTI 2.1 package: an XML file each, their pictures, and a manifest."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from modules.exchange.items.brought import Bank, Brought, Note
from modules.exchange.items.qti_writing import item
from modules.exchange.items.sent import sent

FORMAT = "qti21"
ITEMS, PICTURES = "items", "pictures"
_ODD = re.compile(r"[^A-Za-z0-9_-]+")
_CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
_MD = "http://www.imsglobal.org/xsd/imsmd_v1p2"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
# The date of every part, so that the same items give the same bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)


def write(bank: Bank) -> tuple[bytes, Bank]:
    """The package, and what became of each item."""
    names = iter(_names(bank))
    written, told = sent(
        bank, "QTI 2.1", lambda sending: item(sending, next(names), f"../{PICTURES}/")
    )
    parts = {"imsmanifest.xml": _manifest([one for one, _ in written], _names(told)).encode()}
    for name, (_, text) in zip(_names(told), written, strict=True):
        parts[f"{ITEMS}/{name}.xml"] = text.encode()
    for name, data in told.pictures.items():
        parts[f"{PICTURES}/{name}"] = data
    notes = list(told.notes)
    if any(one.category for one in told.items):
        sentence = (
            "Categories are written as keywords of the manifest, which some systems pass over."
        )
        notes.append(Note("changed", sentence))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in parts.items():
            archive.writestr(zipfile.ZipInfo(path, _WHEN), data, zipfile.ZIP_DEFLATED)
    return made.getvalue(), Bank(FORMAT, told.items, told.refused, tuple(notes), told.pictures)


def _names(bank: Bank) -> list[str]:
    """An identifier for each item: its name if it can be one, each once."""
    taken = list[str]()
    for one in bank.items:
        stem = _ODD.sub("-", one.name).strip("-")[:60] or "item"
        stem = stem if stem[0].isalpha() else f"item-{stem}"
        name, number = stem, 1
        while name.casefold() in (other.casefold() for other in taken):
            number += 1
            name = f"{stem}-{number}"
        taken.append(name)
    return taken


def _manifest(items: list[Brought], names: list[str]) -> str:
    resources = []
    for one, name in zip(items, names, strict=True):
        words = [*one.tags, *([one.category] if one.category else [])]
        keywords = "".join(
            f"<imsmd:keyword><imsmd:langstring>{escape(word)}</imsmd:langstring></imsmd:keyword>"
            for word in words
        )
        metadata = (
            f"<metadata><imsmd:lom><imsmd:general>{keywords}</imsmd:general></imsmd:lom></metadata>"
        )
        files = "".join(f'<file href="{PICTURES}/{escape(picture)}"/>' for picture in one.pictures)
        path = f"{ITEMS}/{name}.xml"
        resources.append(
            f'<resource identifier="r-{name}" type="imsqti_item_xmlv2p1" href="{path}">'
            f'{metadata if words else ""}<file href="{path}"/>{files}</resource>'
        )
    inside = "\n".join(resources)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest xmlns="{_CP}" xmlns:imsmd="{_MD}" xmlns:xsi="{_XSI}" identifier="manifest">\n'
        "<metadata><schema>QTIv2.1 Package</schema>"
        "<schemaversion>1.0.0</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{inside}\n</resources>\n</manifest>\n"
    )
