"""QTI as it is handed on: one item as XML, or a zip of items with a manifest."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from modules.basics import BadInput
from modules.exchange.items import qti_item, qti_passages, qti_tree, trees
from modules.exchange.items.brought import Bank, Brought, Note, Refused
from modules.exchange.items.gathering import Gathering, NotTakenError, bare, clipped
from modules.exchange.items.packages import Near, Package, beside, zipped
from modules.exchange.items.pictures import Shelf

# Items of one package.
MOST = 1_000
OLD = f"This is {trees.OLD_QTI}"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
_REFERS = ("assessmentStimulusRef", "qti-assessment-stimulus-ref")
_QUIET = (".xsd", ".css", ".dtd")


def looks(data: bytes, version: str) -> bool:
    """Whether a file may be QTI of that version; what is older counts as 2.1, which refuses it."""
    if not zipped(data):
        return _version(data[:4000]) == version
    try:
        package = Package(data)
        names = [one for one in package.names if one.lower().endswith(".xml")]
        if "[Content_Types].xml" in names:  # a workbook, a document
            return False
        found = [_version(package.read(name)[:100_000]) for name in names[:20]]
    except BadInput:
        # A hostile or damaged package is told so by the reader.
        return version == "2.1" and (b"imsmanifest" in data or b"assessment" in data)
    return (version in found) if version == "3.0" else ("2.1" in found and "3.0" not in found)


def _version(start: bytes) -> str:
    plain = start.replace(b"\x00", b"")
    if b"<qti-assessment" in plain or b"_xmlv3p0" in plain:
        return "3.0"
    marks = (b"assessmentItem", b"assessmentTest", b"_xmlv2p", b"questestinterop", b"imsqti_xmlv1p")
    return "2.1" if any(mark in plain for mark in marks) else ""


class _Reading:
    """What has been read of one file so far."""

    def __init__(self, format: str, version: str) -> None:
        self.format, self.version = format, version
        self.shelf = Shelf()
        self.items, self.refused, self.notes = list[Brought](), list[Refused](), list[Note]()
        self.passages, self.beside = set[str](), list[str]()

    def item(self, root: etree._Element, place: qti_item.Place) -> None:
        """Take one item, or say why not."""
        found = qti_tree.version(root)
        gathering = Gathering(self.shelf)
        qti_tree.plain(root)
        name = clipped(root.get("title") or root.get("identifier") or "")
        try:
            if found != self.version:
                raise NotTakenError(
                    f"It is QTI {found}. Bring it as such: {self.format} reads QTI {self.version}."
                )
            self.items.append(qti_item.read(root, place, gathering))
        except NotTakenError as error:
            said = bare(qti_tree.words(root.find("itemBody")))
            self.refused.append(Refused(place.words, name, said, str(error)))

    def bank(self) -> Bank:
        """All of it."""
        if not self.items and not self.refused:
            raise BadInput("The file holds no item.")
        if self.items == [] and all("Bring it as such" in one.sentence for one in self.refused):
            raise BadInput(self.refused[0].sentence)
        named = {one for item in self.items for one in item.pictures}
        pictures = self.shelf.named(named)
        return Bank(
            self.format, tuple(self.items), tuple(self.refused), tuple(self.notes), pictures
        )


def read(data: bytes, format: str, version: str) -> Bank:
    """The items of a file in one ``version`` ("2.1", "3.0"). Raises BadInput."""
    reading = _Reading(format, version)
    if zipped(data):
        _package(Package(data), reading)
        return reading.bank()
    root, mended = trees.tree(data)
    reading.notes += mended
    _one(root, "the item", {}, reading)
    return reading.bank()


def _one(root: etree._Element, words: str, files: Mapping[str, bytes], reading: _Reading) -> None:
    kind, name = qti_tree.version(root), etree.QName(root).localname
    if kind == "1.2":
        raise BadInput(OLD)
    if name in ("assessmentTest", "qti-assessment-test"):
        raise BadInput("This is a test, which only points at its items. Bring the whole package.")
    if name not in ("assessmentItem", "qti-assessment-item"):
        begins = bare(name, 60)
        raise BadInput(f"The file begins with <{begins}>. A QTI item begins with <assessmentItem>.")
    reading.item(root, qti_item.Place(words, files))


def _package(package: Package, reading: _Reading) -> None:
    manifest = min(
        (one for one in package.names if posixpath.basename(one).lower() == "imsmanifest.xml"),
        key=lambda name: name.count("/"),
        default="",
    )
    listed = dict(_listed(package, manifest, reading)) if manifest else {}
    if not manifest:
        sentence = "The package has no manifest (imsmanifest.xml). All items in it were read."
        reading.notes.append(Note("changed", sentence))
    paths = list(listed) or [one for one in package.names if one.lower().endswith(".xml")]
    paths = [path for path in paths if path != manifest]
    if len(paths) > MOST:
        raise BadInput(f"The package has {len(paths):,} items. Bring at most {MOST:,} at once.")
    for path in paths:
        _part(package, path, listed.get(path, ()), reading)
    for path in reading.beside:
        if path not in reading.passages:
            sentence = f"{path}, a text that no item refers to, was left out."
            reading.notes.append(Note("left", sentence))
    _rest(package, {manifest, *paths, *reading.passages}, reading)


def _part(package: Package, path: str, tags: tuple[str, ...], reading: _Reading) -> None:
    if path not in package.names:
        why = "The manifest names it, but it is not in the package."
        reading.refused.append(Refused(path, "", "", why))
        return
    try:
        root, mended = trees.tree(package.read(path), path)
    except BadInput as error:
        reading.refused.append(Refused(path, "", "", str(error)))
        return
    reading.notes += mended
    name = etree.QName(root).localname
    if qti_tree.version(root) == "1.2":
        reading.refused.append(Refused(path, "", "", OLD))
    elif name in ("assessmentItem", "qti-assessment-item"):
        refers = [one for one in root if etree.QName(one).localname in _REFERS]
        reading.passages |= {beside(path, one.get("href") or "") for one in refers}
        reading.item(root, qti_item.Place(path, Near(package, path), "", tags))
    elif qti_passages.is_passage(root):
        reading.beside.append(path)  # read with the items that refer to it
    elif qti_tree.version(root):
        sentence = f"{path} ({name}) says in which order and how items are given. It was left out."
        reading.notes.append(Note("left", sentence))
    else:
        reading.notes.append(Note("left", f"{path} is no item. It was left out."))


def _listed(
    package: Package, manifest: str, reading: _Reading
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The paths of items by the manifest, in its order, each with its keywords."""
    root, mended = trees.tree(package.read(manifest), "The manifest")
    reading.notes += mended
    for resource in root.iter(etree.Element):
        if etree.QName(resource).localname != "resource":
            continue
        kind = (resource.get("type") or "").lower()
        if kind.startswith("imsqti_xmlv1p"):
            raise BadInput(OLD)
        if "item" not in kind and "test" not in kind:
            continue
        href = resource.get("href") or ""
        if not href:
            files = [one for one in resource if etree.QName(one).localname == "file"]
            href = files[0].get("href") or "" if files else ""
        path = beside(manifest, href)
        if not path:
            said = (
                f"The manifest points out of the package, at “{bare(href, 60)}”. It was left out."
            )
            reading.notes.append(Note("left", said))
            continue
        yield path, tuple(dict.fromkeys(_keywords(resource)))


def _keywords(resource: etree._Element) -> Iterator[str]:
    for one in resource.iter(etree.Element):
        if etree.QName(one).localname == "keyword":
            words = qti_tree.words(one)
            if words:
                yield words[:120]


def _rest(package: Package, known: set[str], reading: _Reading) -> None:
    """Tell of parts that are neither items nor pictures of theirs."""
    others = [
        name
        for name in package.names
        if name not in known and not name.lower().endswith((*_PICTURES, *_QUIET))
    ]
    if others:
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        told = ", ".join(bare(name, 60) for name in others[:5])
        reading.notes.append(Note("left", f"Other files were left out: {told}{more}."))
