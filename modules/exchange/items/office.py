"""Word and PowerPoint files from strangers: looked at before a library opens them."""

from __future__ import annotations

from modules.basics import BadInput
from modules.exchange.items.packages import Package, zipped

LARGEST = 50 << 20
_MACROS = ("vbaproject.bin", "vbadata.xml")
_OLD = b"\xd0\xcf\x11\xe0"
DAMAGED = "The document is damaged and cannot be read. Save it again and bring the new one."


def opened(data: bytes, main: str, ending: str) -> Package:
    """The parts of a document whose main part is ``main``. Raises BadInput.

    Macros are never run, but whoever saves them is asked to save without: what they would do to
    the text cannot be known.
    """
    if len(data) > LARGEST:
        raise BadInput(f"The document has more than {LARGEST >> 20} MB. Make its pictures smaller.")
    if data.startswith(_OLD):
        raise BadInput(
            f"This is a document of before 2007, or has a password. Save it as {ending}."
        )
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


def embedded(package: Package) -> list[str]:
    """The names of objects of other programs inside, such as workbooks; none is opened."""
    return [name for name in package.names if "/embeddings/" in name or "/activeX/" in name]
