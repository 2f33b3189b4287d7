"""Word and PowerPoint files from strangers: looked at before a library opens them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from lxml import etree

from modules.basics import BadInput
from modules.exchange.items.packages import Package, zipped

LARGEST = 50 << 20
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_MACROS = ("vbaproject.bin", "vbadata.xml")
_OLD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DAMAGED = "The document is damaged and cannot be read. Save it again and bring the new one."


def opened(data: bytes, main: str, ending: str) -> Package:
    """The parts of a document whose main part is ``main``. Raises BadInput.

    Macros are never run, but whoever saves them is asked to save without: what they would do to
    the text cannot be known.
    """
    if len(data) > LARGEST:
        raise BadInput(f"The document has more than {LARGEST >> 20} MB. Make its pictures smaller.")
    if data.startswith(_OLD) and _ENCRYPTED in data:
        raise BadInput("The document has a password. Save it without one and bring that.")
    if data.startswith(_OLD):
        raise BadInput(f"This is a document of before 2007. Save it as {ending}.")
    if not zipped(data):
        raise BadInput(f"This is no {ending} document.")
    package = Package(data)
    low = {name.lower() for name in package.names}
    if main not in package.names or "[Content_Types].xml" not in package.names:
        raise BadInput(f"This is no {ending} document: it has no {main}.")
    if any(name.rpartition("/")[2] in _MACROS for name in low):
        raise BadInput(f"The document holds macros. Save it as {ending} without them.")
    for name in package.names:
        if name.lower().endswith((".xml", ".rels", ".vml")) and package.declares(name):
            raise BadInput("The document declares a document type, which none needs.")
    return package


@contextmanager
def whole(package: Package) -> Iterator[None]:
    """While the library opens a document: what it cannot open is damaged, told with the part."""
    try:
        yield
    except Exception as error:  # what a stranger's parts happen to raise in the library
        _log(error, "whole")
        broken = next((one for one in package.names if not _sound(package, one)), "")
        where = f" Its part {broken} is no XML." if broken else ""
        raise BadInput(f"{DAMAGED}{where}") from error


@contextmanager
def part(told: Callable[[], str]) -> Iterator[None]:
    """While a part of a sound document is read: what is met unforeseen there is told with it."""
    try:
        yield
    except BadInput:
        raise
    except Exception as error:
        _log(error, "part")
        raise BadInput(
            f"This could not be read here: {told()}. Something stands there that this program does "
            "not know. Take it out, or replace it by plain text, and bring the document again; "
            "nothing was taken."
        ) from error


def _log(error: Exception, where: str) -> None:
    structlog.get_logger().warning("document.unreadable", at=where, error=type(error).__name__)


def _sound(package: Package, name: str) -> bool:
    if not name.lower().endswith((".xml", ".rels")):
        return True
    try:
        etree.fromstring(package.read(name), SAFE)
    except etree.XMLSyntaxError:
        return False
    return True


def embedded(package: Package) -> list[str]:
    """The names of objects of other programs inside, such as workbooks; none is opened."""
    return [name for name in package.names if "/embeddings/" in name or "/activeX/" in name]
