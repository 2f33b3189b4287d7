"""The trust pack as one tagged PDF (PDF/UA-1), made in memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from modules.course.tree import tree
from modules.days import short
from modules.trust.known import Known
from modules.trust.pack import Document
from modules.typesetting import typeset


@cache
def _template() -> bytes:
    return Path(__file__).with_name("pack.typ").read_bytes()


def told(of: Known, made: Sequence[Document]) -> dict[str, Any]:
    """Everything in the file, in reading order: each document begins a page."""
    return {
        "language": "en",
        "title": "Trust pack",
        "author": of.organisation,
        "description": f"Trust pack of {of.organisation}, {short(of.day)}",
        "eyebrow": f"{of.organisation} · {short(of.day)}",
        "mark": "" if of.verdict.signed else "Unsigned",
        "parts": [tree(one.text, lambda _: "") for one in made],
    }


def pdf(of: Known, made: Sequence[Document]) -> bytes:
    """The documents as A4 upright, with a table of contents."""
    return typeset(_template(), told(of, made))
