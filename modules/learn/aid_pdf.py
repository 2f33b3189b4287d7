"""A job aid as a tagged PDF (PDF/UA-1) on one A4 page, made in memory. Nothing of it is kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from modules import days
from modules.basics import Words
from modules.course.tree import tree
from modules.learn.aids import Aid
from modules.learn.printing import breakable, clean
from modules.typesetting import typeset


@cache
def _template() -> bytes:
    return Path(__file__).with_name("aid.typ").read_bytes()


def file_name(aid: Aid) -> str:
    """What the file is called: "job-aid-m01.pdf"."""
    return f"job-aid-{aid.name.lower()}.pdf"


def told(aid: Aid, text: str, organisation: str, say: Words) -> dict[str, Any]:
    """Everything on the page, in reading order. ``text`` is its Markdown as the reader sees it."""
    cited: list[str] = []

    def number(fact: str) -> str:
        if fact not in aid.source.facts:
            return ""
        if fact not in cited:
            cited.append(fact)
        return str(cited.index(fact) + 1)

    body = tree(text, number)
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


def pdf(aid: Aid, text: str, organisation: str, say: Words) -> bytes:
    """The job aid as A4 upright; a text too long for one page goes on on a second."""
    return typeset(_template(), told(aid, text, organisation, say))
