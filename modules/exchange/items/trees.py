"""XML from strangers as a tree: decoded by us, no document type, no entities, nothing fetched."""

from __future__ import annotations

import codecs
import re
from xml.parsers import expat

from lxml import etree

from modules.basics import BadInput
from modules.exchange.items.brought import Note

# Bytes of one XML part: a bank of a thousand items with their pictures has about 30 MB.
LARGEST = 64 << 20
XINCLUDE = "http://www.w3.org/2001/XInclude"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_KNOWN = re.compile(
    r"utf_?8|ascii|iso8859(-|_)\d+|cp12\d\d|utf_16(_le|_be)?|utf_32(_le|_be)?|koi8_[ru]"
    r"|gb2312|gbk|gb18030|big5|shift_jis|euc_(jp|kr)|mac_roman|cp(437|850|852|866)",
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
OLD_QTI = "QTI 1.2, which is not read here. Export QTI 2.1, Moodle XML or GIFT there."
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _RootReachedError(Exception):
    """The prologue is over, and it declared nothing."""


def tree(data: bytes, what: str = "The file") -> tuple[etree._Element, tuple[Note, ...]]:
    """The root of ``data`` and what had to be mended to read it. Raises BadInput.

    ``what`` begins the sentences: "The file", "items/one.xml".
    """
    if len(data) > LARGEST:
        raise BadInput(f"{what} has more than {LARGEST >> 20} MB. Part it, and bring the parts.")
    text, notes = _decoded(data, what)
    legal = _ILLEGAL.sub("", text)
    if gone := len(text) - len(legal):
        sentence = f"{gone} control characters, which XML does not allow, were taken out."
        notes = (*notes, Note("changed", sentence))
    # Line ends stay, so that a place found later is a place in the file.
    plain = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), legal, count=1)
    if not plain.strip():
        raise BadInput(f"{what} is empty.")
    raw = plain.encode()
    _declares_nothing(raw, what)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise BadInput(_told(error, what)) from None
    if next(root.iter(f"{{{XINCLUDE}}}*"), None) is not None:
        raise BadInput(f"{what} asks to include other files, which is not done. Nothing was read.")
    return root, notes


def _decoded(data: bytes, what: str) -> tuple[str, tuple[Note, ...]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name), ()
            except UnicodeDecodeError as error:
                raise BadInput(
                    f"{what} begins as {name.upper()} but is not valid as such. Save it again "
                    "as UTF-8."
                ) from error
    declared = _DECLARED.match(data[:400])
    encoding = declared[1].decode() if declared else "utf-8"
    try:
        name = codecs.lookup(encoding).name.replace("-", "_")
        if not _KNOWN.fullmatch(name):
            raise LookupError(encoding)
    except LookupError:
        raise BadInput(
            f"{what} says that it is written in “{encoding}”. Save it as UTF-8."
        ) from None
    try:
        return data.decode(encoding), ()
    except UnicodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{what} says that it is written in {encoding}, but byte {error.start:,} is neither "
            "that nor Windows-1252. Save it as UTF-8."
        ) from None
    sentence = f"{what} says that it is written in {encoding}, but it is not: read as Windows-1252."
    return text, (Note("changed", f"{sentence} Look at accents and quotation marks."),)


def _declares_nothing(raw: bytes, what: str) -> None:
    """Refuse a document type before any parser that could act on it sees it."""

    def declares(name: str, *_: object) -> None:
        if name == "questestinterop":
            raise BadInput(f"{what} is {OLD_QTI}")
        raise BadInput(
            f"{what} declares a document type (“{name[:40]}”), by which entities and other files "
            "could come in. Nothing was read. Export it again without."
        )

    def begins(*_: object) -> None:
        raise _RootReachedError

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = declares
    parser.StartElementHandler = begins
    try:
        for start in range(0, len(raw), 1 << 16):
            parser.Parse(raw[start : start + (1 << 16)], False)
    except _RootReachedError:
        return
    except expat.ExpatError:
        return  # lxml says what is wrong, with a line


def _told(error: etree.XMLSyntaxError, what: str) -> str:
    said = (error.msg or "").split(", line")[0]
    line = error.lineno or 0
    low = said.lower()
    if "depth" in low:
        return f"{what} is nested more than 256 deep at line {line}. Nothing was read."
    if "huge" in low or "too long" in low or "limit" in low:
        return f"{what} has a part of more than 10 MB at line {line}. Make its pictures smaller."
    if "entity" in low:
        return f"{what} uses an entity that XML does not have, at line {line}: {said}."
    if "end of" in low or "premature" in low:
        return f"{what} breaks off at line {line}: {said}. Nothing was read. Export it again."
    return f"{what} is not well-formed XML at line {line}: {said}. Nothing was read."
