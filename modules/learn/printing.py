"""The certificate as a tagged PDF (PDF/UA-1), made in memory. Nothing of it is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import category

import segno

from modules import days
from modules.basics import Words
from modules.learn.certificates import Certificate
from modules.shell.covers import STATIC
from modules.typesetting import typeset


@cache
def _sources() -> tuple[bytes, str]:
    template = Path(__file__).with_name("certificate.typ").read_bytes()
    return template, (STATIC / "favicon.svg").read_text("utf-8")


def qr(address: str) -> str:
    """An address as a QR code, in SVG: dark on white in any theme, with its quiet zone."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, dark="#1C2B2A", light="#FFFFFF", border=3, scale=4
    )
    return out.getvalue().decode()


def breakable(text: str) -> str:
    """Text with a place to break, which is not seen, in words that no line can hold."""
    return re.sub(r"(\S{40})(?=\S)", "\\1\u200b", text)


def clean(text: str) -> str:
    """Text in one line, without control characters: no font has a letter for them."""
    return " ".join("".join(one for one in text if category(one) != "Cc" or one.isspace()).split())


def told(of: Certificate, check: str, say: Words) -> dict[str, Any]:
    """Every text of the sheet, in reading order. ``check`` is "" when there is no public page."""
    of = replace(
        of,
        name=clean(of.name),
        title=clean(of.title),
        organisation=clean(of.organisation),
        path=clean(of.path),
    )
    return {
        "language": of.language,
        "title": say("completion.pdf_title", module=of.title, name=of.name),
        "description": say("completion.pdf_description", organisation=of.organisation),
        "organisation": of.organisation,
        "mark_alt": "Steward",
        "lead": say("completion.lead"),
        "name": breakable(of.name) or "–",  # a heading without text is refused
        "told": say("completion.told"),
        "module": of.title,
        "sentence": sentence(of, say),
        "note": say("completion.invented") if of.invented else "",
        "facts": [list(pair) for pair in facts(of, say)],
        "number_name": say("completion.facts_number"),
        "number": of.code,
        "check_name": say("completion.facts_check"),
        "check": check or None,
        "qr_alt": say("completion.qr_alt", address=check),
    }


def sentence(of: Certificate, say: Words) -> str:
    """What the completion stands on: questions answered, or an entry by hand."""
    if not of.by_hand:
        return say("completion.sentence")
    return say("completion.by_hand", kind=say(f"proofs.kind.{of.by_hand}"))


def facts(of: Certificate, say: Words) -> list[tuple[str, str]]:
    """What sheet and PDF say below the line, but for the number."""
    return [
        (say("completion.facts_date"), days.short(of.completed_on)),
        (say("completion.facts_until"), days.short(of.valid_until)),
        (say("completion.facts_organisation"), of.organisation),
        (say("completion.facts_version"), f"{of.module} {of.version}"),
        (say("completion.facts_hash"), of.sha256[:16]),
        (say("completion.facts_path"), of.path),
    ]


def pdf(of: Certificate, check: str, say: Words) -> bytes:
    """The certificate as A4 landscape, at most a few dozen kilobytes."""
    template, mark = _sources()
    data = {**told(of, check, say), "mark": mark, "qr": qr(check) if check else ""}
    return typeset(template, data)
