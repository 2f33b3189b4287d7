"""Pictures of a job aid in print: there, tagged with their words, and on the one page."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from modules import words
from modules.course.model import JobAid, Library
from modules.learn import aid_pdf
from modules.learn.aids import Aid
from tests import media

TEXT = "Ring back first.\n\n{}\n\nThen send the count."


def printed(name: str, data: bytes, text: str = "") -> PdfReader:
    shown = f'![A map of the flood](pictures/{name} "Where it rose")'
    aid = Aid("own", JobAid("Title", text or TEXT.format(shown)), Library())
    pictures = {f"pictures/{name}": data} if data else {}
    made = aid_pdf.pdf(aid, aid.of.markdown, "Fernleigh Council", words.of("en"), pictures)
    return PdfReader(BytesIO(made))


def figures(node: object) -> list[str]:
    """The alternative texts of a PDF's tagged figures."""
    found = []
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict):
        if "/Alt" in node:
            found.append(str(node["/Alt"]))
        inside = node.get("/K", [])
        inside = inside.get_object() if hasattr(inside, "get_object") else inside
        for one in inside if isinstance(inside, list) else [inside]:
            found += figures(one)
    return found


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("flood.png", media.picture()),
        ("flood.jpg", media.picture("JPEG", (800, 600))),
        ("flood.webp", media.picture("WEBP")),
        ("flood.gif", media.picture("GIF")),
        ("flood.svg", media.SVG),
    ],
)
def test_a_picture_is_printed_with_its_words(name: str, data: bytes) -> None:
    found = printed(name, data)
    assert len(found.pages) == 1
    text = " ".join(found.pages[0].extract_text().split())
    assert "Ring back first. Where it rose Then send the count." in text
    assert "A map of the flood" in figures(found.trailer["/Root"]["/StructTreeRoot"])


def test_paper_has_the_title_of_a_recording_and_of_a_picture_that_is_not_kept() -> None:
    for name in ("flood.mp4", "flood.png"):
        text = " ".join(printed(name, b"").pages[0].extract_text().split())
        assert "Ring back first. A map of the flood Then send the count." in text
