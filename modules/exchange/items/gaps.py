"""Gaps in a text on their way through HTML: as signs that nobody types, then as {1}, {2}, …."""

from __future__ import annotations

import re

from modules.exchange.items.gathering import Gathering

FILL = "Fill in the gap."
"""What is asked where the sentence with its gaps is all there is: said in the module’s words."""
FILLED = f"The question is “{FILL}”, since the sentence holds the gap."
HELD = re.compile("\ue000(\\d+)\ue001")


def held(number: int) -> str:
    """A gap as it stands in HTML."""
    return f"\ue000{number}\ue001"


def parted(text: str, gathering: Gathering) -> tuple[str, str]:
    """Markdown with held gaps as a stem and the sentence with the gaps.

    What stands before the paragraph of the first gap is the stem.
    """
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    first = next((n for n, part in enumerate(paragraphs) if HELD.search(part)), 0)
    stem, sentence = "\n\n".join(paragraphs[:first]), "\n\n".join(paragraphs[first:])
    if len(paragraphs) - first > 1 or "\n" in sentence:
        gathering.changed("The text with the gaps has several paragraphs. It was made one.")
        sentence = " ".join(sentence.split())
    if not stem and HELD.sub("", sentence).strip(" ."):
        gathering.changed(FILLED)
        stem = FILL
    return stem, HELD.sub(r"{\1}", sentence)
