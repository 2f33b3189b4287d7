"""Text of documents: never empty, never Markdown, and short enough for a control."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from modules.markup import uncited
from modules.questions.parts import written
from modules.questions.question import label, literal

LONGEST = 72
"""Characters of a place that its control repeats: the document above shows them all."""

_LINKED = re.compile(r"@|(?<=www)\.|(?<=http)(?=s?\\?:)")

Text = Annotated[str, AfterValidator(written)]
"""What has to be there to be read: never empty."""


def cut(text: str) -> str:
    """``text``, cut at a word when it is long."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def shortened(text: str) -> str:
    """``text`` as a control's label: not long, and never turned to a link."""
    # Streamlit would link an address; a word joiner, neither seen nor read out, keeps it text.
    return _LINKED.sub("\u2060\\g<0>", label(cut(text)))


def whole(text: str) -> str:
    """``text`` as a control's label just as it is written: no Markdown, and never a link."""
    return _LINKED.sub("\u2060\\g<0>", literal(" ".join(text.split())))


def literal_text(text: str) -> str:
    """Text of a document as it is written, without cites of facts: it is no Markdown."""
    return uncited(text).strip()
