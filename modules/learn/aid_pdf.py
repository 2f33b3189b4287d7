"""A job aid as a tagged PDF (PDF/UA-1) on one A4 page, made in memory. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from modules import days
from modules.basics import Words
from modules.course.tree import tree
from modules.learn.aids import Aid
from modules.learn.printing import breakable, clean
from modules.pictured import Placed, parted
from modules.typesetting import typeset


@cache
def _template() -> bytes:
    return Path(__file__).with_name("aid.typ").read_bytes()


def file_name(aid: Aid) -> str:
    """What the file is called: "job-aid-m01.pdf"."""
    return f"job-aid-{aid.name.lower()}.pdf"


def told(
    aid: Aid, text: str, organisation: str, say: Words, pictures: Mapping[str, bytes]
) -> dict[str, Any]:
    """Everything on the page, in reading order. ``text`` is its Markdown as the reader sees it."""
    cited: list[str] = []

    def number(fact: str) -> str:
        if fact not in aid.source.facts:
            return ""
        if fact not in cited:
            cited.append(fact)
        return str(cited.index(fact) + 1)

    body = []
    for part in parted(text):
        if isinstance(part, str):
            body += tree(part, number)
        else:
            body.append(_shown(part, pictures, number))
    notes = []
    for mark, fact_id in enumerate(cited, 1):
        fact = aid.source.facts[fact_id]
        source = aid.source.sources.get(fact.source)
        where = [source.title, source.publisher] if source else [fact.source]
        notes.append([str(mark), ", ".join(one for one in [*where, fact.place] if one)])
    checked = say("aid.checked", day=days.short(aid.checked)) if aid.checked else ""
    version = aid.published.version if aid.published else ""
    return {
        "language": "en",
        "title": clean(aid.of.title),
        "author": clean(organisation),
        "description": say("aid.description", title=clean(aid.of.title)),
        "eyebrow": breakable(clean(f"{say('aid.eyebrow')} · {aid.module or organisation}")),
        "body": body,
        "notes": notes,
        "checked": checked,
        "origin": clean(f"{organisation} · {aid.name} {version}"),
    }


def _shown(
    part: Placed, pictures: Mapping[str, bytes], number: Callable[[str], str]
) -> dict[str, Any]:
    """A picture with its words; a recording, of which paper has the title only."""
    data = pictures.get(part.path, b"")
    if not data:
        return {"k": "par", "c": [{"k": "em", "c": [{"k": "text", "v": part.alt}]}]}
    # A drawing is read as text; of other pictures typst is given the bytes as numbers.
    body = data.decode() if part.path.endswith(".svg") else list(data)
    below = tree(part.caption, number)
    return {"k": "picture", "v": body, "alt": part.alt, "c": below[0]["c"] if below else []}


def pdf(
    aid: Aid,
    text: str,
    organisation: str,
    say: Words,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The job aid as A4 upright; a text too long for one page goes on on a second.

    ``pictures`` are those that it shows, by path.
    """
    return typeset(_template(), told(aid, text, organisation, say, pictures or {}))
