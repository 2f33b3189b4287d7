"""Question files of every format, and files that became something else on their way."""

from __future__ import annotations

import copy
import csv
import io
import random
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from lxml import etree
from openpyxl import Workbook

from modules.exchange.items import documents, formats
from modules.exchange.items.brought import Bank
from modules.exchange.items.documents import DOCUMENTS
from modules.exchange.items.formats import FORMATS
from tests import qti_items, quizzes

GIFT = r"""// [id:q1] [tag:law]
$CATEGORY: $course$/top/Law

::Grant:: Who's buried in Grant's tomb?{=Grant#Yes. ~no one#Wrong. ~%-25%Napoleon ####General.}

[html]<p>A &lt;b&gt; <b>x</b> <img src\="a.png" alt\="A"></p>{=<i>yes</i> ~[markdown]*no* ~n\=o}

Who lies there? {
~%-50%No one
~%50%Grant

~%50%His wife
}

The sun rises in the east.{T#Look again.#Yes.}

Two plus two equals {=four =%50%five#Nearly. =*#No.}.

Born? {#
=1822:0#Yes
=%50%1822:2#Nearly
~#No}

What is π? {#3.14..3.15}

Match. {=cat -> kitten =dog -> puppy = -> foal}

Write about it. {}

::Last:: A description.
"""
AIKEN = (
    "What is 2 + 2?\nA. 3\nB) 4\nANSWER: B\n\nWhich\ntwo?\nA. x\n  more\nB. y\nC. z\nANSWER: A, C\n"
)
ROWS = (
    ("question", "type", "option 1", "option 2", "option 3", "answer", "reason 1", "feedback"),
    ("Which?", "", "yes", "no", "", "A", "Right.", "All."),
    ("Which two?", "multiple", "x", "y", "z", "1;3", "", ""),
    ("Is it?", "true/false", "", "", "", "true", "", ""),
    ("How many?", "numeric", "", "", "", "4..6", "", ""),
    ("Two ___ two is ___.", "fill in", "", "", "", "plus|and;four", "", ""),
    ("Match", "matching", "a -> b", "c -> d", "-> e", "", "", ""),
    ("Order", "ordering", "x", "y", "z", "", "", ""),
    ("Essay", "essay", "", "", "", "", "", ""),
    ("'=1+1", "", "@x", "<b>y</b>", "", "B", "", ""),
)


def workbook() -> bytes:
    """The rows as a workbook."""
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def table(sign: str) -> bytes:
    """The rows as text."""
    kept = io.StringIO()
    csv.writer(kept, delimiter=sign).writerows(ROWS)
    return kept.getvalue().encode()


def word() -> bytes:
    """A document of Word with a heading, a list and a table."""
    from docx import Document

    document = Document()
    document.add_heading("A title", 1)
    document.add_paragraph("Some text, and a question?")
    for text in ("one", "two"):
        document.add_paragraph(text, style="List Bullet")
    document.add_table(2, 2).cell(0, 0).text = "cell"
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def slides() -> bytes:
    """A presentation with one slide."""
    from pptx import Presentation

    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "A title"
    slide.placeholders[1].text = "One\nTwo"
    kept = io.BytesIO()
    show.save(kept)
    return kept.getvalue()


def _qti(third: bool) -> list[bytes]:
    items = [qti_items.third(one) if third else one for one in qti_items.ALL]
    parts = {f"items/q{n}.xml": one for n, one in enumerate(items)}
    whole = {"imsmanifest.xml": qti_items.manifest(*parts), **parts}
    return [*(one.encode() for one in items), qti_items.package(whole)]


MAKERS: dict[str, Callable[[], list[bytes]]] = {
    "gift": lambda: [GIFT.encode(), GIFT.encode("utf-16"), GIFT.replace("\n", "\r\n").encode()],
    "aiken": lambda: [AIKEN.encode(), AIKEN.encode("cp1252")],
    "csv": lambda: [table(","), table(";"), table("\t")],
    "xlsx": lambda: [workbook()],
    "moodle_xml": lambda: [quizzes.quiz(*quizzes.ALL)],
    "qti21": lambda: _qti(third=False),
    "qti30": lambda: _qti(third=True),
    "docx": lambda: [word()],
    "pptx": lambda: [slides()],
}
"""Sound files by format: one that is registered has to have some here."""


@cache
def sound(format: str) -> tuple[bytes, ...]:
    """The sound files of a format."""
    return tuple(MAKERS[format]())


TOKENS = (
    *(b"{", b"}", b"{{", b"=", b"~", b"#", b"####", b"->", b"%50%", b"%", b"::", b"\\", b"//"),
    *(
        b"$CATEGORY:",
        b"[html]",
        b"[tag:",
        b"ANSWER:",
        b"A.",
        b"\n",
        b"\n\n",
        b"\r",
        b"\x00",
        b"\xff",
    ),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b'"', b"'", b",", b";", b"|", b"\t", b"=1+1", b"1e999", b"NaN"),
    *(
        b"-1",
        b"..",
        b"9" * 400,
        b"<",
        b">",
        b"</",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"&",
        b"&lt;",
    ),
    *(
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"&a;",
        b"<script>",
        b"<b>" * 60,
        b"<div",
        b"{ask M01-Q01}",
    ),
    *(b"[@seed-f7]", b"---\n", b"[[g1]]", "\u202e\u200b\ufdd0".encode(), "é’“".encode(), b"\x81"),
    *(b"(" * 300, b"![a](b)" * 20, b"_" * 80, b"*" * 80, b"`" * 80, b"| a " * 40, b"x" * 5_000),
)


def mutated(rng: random.Random, data: bytes) -> bytes:
    """A file that something happened to: letters, pieces, its end, its encoding, a part within."""
    if data.startswith(b"PK\x03\x04") and rng.random() < 0.7:
        return _packed(rng, data)
    if data.lstrip()[:1] == b"<" and rng.random() < 0.6 and (other := _reshaped(rng, data)):
        return other
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(made) + 1)
        far = min(len(made), at + rng.choice((1, 2, 5, 20, 200)))
        match rng.randrange(8):
            case 0:
                made[at:at] = rng.choice(TOKENS)
            case 1:
                made[at:far] = b""
            case 2:
                made[at:at] = made[at:far] * rng.choice((1, 1, 2, 30))
            case 3:
                made = made[: max(1, at)]
            case 4 if far > at:
                made[at] = rng.randrange(256)
            case 5:
                made[at:far] = rng.choice(TOKENS)
            case 6:
                other = rng.randrange(len(made) + 1)
                made[at:at] = made[other : other + rng.choice((5, 50))]
            case _:
                made[at:far] = bytes(reversed(made[at:far]))
        made = made or bytearray(b"x")
    if rng.random() < 0.05:
        code = rng.choice(("utf-16", "utf-16-be", "cp1252", "utf-8-sig", "utf-32"))
        made = bytearray(bytes(made).decode("utf-8", "replace").encode(code, "replace"))
    return bytes(made)


def _reshaped(rng: random.Random, data: bytes) -> bytes:
    """XML that still is XML: elements gone, doubled, moved or renamed, texts and attributes odd."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return b""
    words = [
        one for one in (token.decode("utf-8", "ignore") for token in TOKENS) if one.isprintable()
    ]
    for _ in range(rng.choice((1, 1, 2, 4, 10))):
        every = [one for one in root.iter() if isinstance(one.tag, str)]
        one, other = rng.choice(every), rng.choice(every)
        above = one.getparent()
        match rng.randrange(7):
            case 0 if above is not None:
                above.remove(one)
            case 1 if above is not None:
                for _ in range(rng.choice((1, 2, 20))):
                    above.append(copy.deepcopy(one))
            case 2 if above is not None and one not in other.iterancestors() and one is not other:
                other.append(one)
            case 3:
                one.tag = other.tag
            case 4:
                one.text = rng.choice(words)
            case 5 if one.attrib:
                one.set(rng.choice(list(one.attrib)), rng.choice((*words, *other.attrib.values())))
            case _ if one.attrib:
                del one.attrib[rng.choice(list(one.attrib))]
    return etree.tostring(root, encoding="utf-8")


def _packed(rng: random.Random, data: bytes) -> bytes:
    """An archive with one of its parts mutated, lost, doubled or called otherwise."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w") as new:
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            part, called = old.read(name), name
            if name == chosen:
                match rng.randrange(6):
                    case 0:
                        continue
                    case 1:
                        called = rng.choice(("../../x", "/etc/x", "a\\b", "C:x", name.upper(), ""))
                    case _:
                        part = mutated(rng, part or b"x")
            new.writestr(zipfile.ZipInfo(called), part, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def cases(
    formats: list[str], number: int, seed: int = 7
) -> Iterator[tuple[str, str | None, bytes]]:
    """Files in turn of each format: its name, the format that is said, if any, and the bytes."""
    rng = random.Random(seed)
    for n in range(number):
        format = formats[n % len(formats)]
        data = mutated(rng, rng.choice(sound(format)))
        said = format if rng.random() < 0.7 else None
        yield f"a.{rng.choice((format, 'txt', 'dat', 'csv', 'zip'))}", said, data


def every() -> list[str]:
    """All formats that are read: of questions, and of documents by their endings."""
    read = [name for name, one in FORMATS.items() if one.read]
    return [*read, *(one.extension.removeprefix(".") for one in DOCUMENTS.values())]


def read(name: str, format: str | None, data: bytes) -> Bank:
    """The questions of a file of any format, in a document those that stood in it."""
    if format and f".{format}" in {one.extension for one in DOCUMENTS.values()}:
        return documents.read(data, f"a.{format}").questions
    return formats.read(data, name, format)


_watching: list[list[str]] = []
_hooked: list[bool] = []


def _saw(event: str, told: tuple[object, ...]) -> None:
    if not _watching:
        return
    written = event == "open" and (
        any(sign in str(told[1] or "") for sign in "wax+")
        or (isinstance(told[2], int) and told[2] & 3)
    )
    if written or event in {
        "socket.connect",
        "subprocess.Popen",
        "os.system",
        "os.mkdir",
        "os.remove",
    }:
        _watching[-1].append(f"{event} {told[:1]}")


@contextmanager
def watched() -> Iterator[list[str]]:
    """What this process writes, removes, starts or connects to meanwhile."""
    if not _hooked:
        sys.addaudithook(_saw)
        _hooked.append(True)
    _watching.append([])
    try:
        yield _watching[-1]
    finally:
        _watching.pop()
