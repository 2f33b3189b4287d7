"""A draft's own facts, sources and misconceptions: made from a form, checked, written down."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

import yaml
from pydantic import ValidationError

from modules.basics import BadInput, Content
from modules.course.files.faults import sentence
from modules.course.files.marked import as_json
from modules.course.files.reader import Reader
from modules.course.files.registers import KINDS, REGISTERS, register
from modules.course.model import Fact, Misconception, Source
from modules.drafts import emitting

FACTS, SOURCES, BELIEFS = REGISTERS
FILES = {Fact: FACTS, Source: SOURCES, Misconception: BELIEFS}
LONGEST = 1000
IDS = {"id", "source"}
BARE = IDS | {"last_checked", "review_by", "in_force_from"}
# Days until a fact is to be looked at again: read in the original, or in what others say of it.
REVIEW = {"V": timedelta(days=182), "S": timedelta(days=91)}
_WEB = re.compile(r"https://[^\s/?#@\\]+\.[^\s\\]+")
_WHEN = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def fact(given: Mapping[str, Any], taken: Collection[str], today: date) -> Fact:
    """A fact from what a form holds; raises BadInput with what to mend.

    Its id is made from its statement; ``taken`` are those that are there.
    """
    said = _said(given, "statement", "What it says")
    made: Fact = _made(Fact, {**given, "id": name(said, taken, "fact"), "statement": said})
    if made.last_checked > today:
        raise BadInput("“Read on” lies ahead. Give the day on which somebody read the source.")
    if made.review_by <= today:
        raise BadInput("“Look again by” has passed already. Give a day to come.")
    return made


def source(given: Mapping[str, Any], taken: Collection[str]) -> Source:
    """A source from what a form holds; raises BadInput with what to mend."""
    title = _said(given, "title", "Title")
    publisher = _said(given, "publisher", "Publisher")
    when, url = str(given.get("date", "")).strip(), str(given.get("url", "")).strip()
    if when and (not _WHEN.fullmatch(when) or not _is_day(when)):
        raise BadInput(f"Found “{when[:40]}” as its date; write 2026, 2026-11 or 2026-11-30.")
    if url and not _WEB.fullmatch(url):
        raise BadInput(f"Found “{url[:60]}” as its link; expected one that begins with https://.")
    told = {"title": title, "publisher": publisher, "date": when, "url": url}
    note = str(given.get("note", "")).strip()
    id = name(f"{publisher} {title}", taken, "source")
    made: Source = _made(Source, {**told, "note": note, "id": id})
    return made


def misconception(given: Mapping[str, Any], taken: Collection[str]) -> Misconception:
    """A mistaken belief from its sentence; raises BadInput with what to mend."""
    title = _said(given, "title", "What somebody believes")
    made: Misconception = _made(Misconception, {"title": title, "id": name(title, taken, "belief")})
    return made


def added(files: Mapping[str, str], record: Content) -> dict[str, str]:
    """The draft's files that change when a record is added: its register, the rest as it is."""
    file = next(name for kind, name in FILES.items() if isinstance(record, kind))
    text = files.get(file, "")
    if text.lstrip().startswith("["):  # a register as a revision keeps it, in one line
        text = "".join(written(one) for one in json.loads(text))
    parted = "\n" if text.strip() else ""
    if text and not text.endswith("\n"):
        text += "\n"
    new = text + parted + written(record.model_dump(mode="json"))
    return {file: new}


def written(record: Mapping[str, Any]) -> str:
    """A record as one entry of a register: a line for each field that says something."""
    held = {name: value for name, value in record.items() if value not in ("", None, [], ())}
    lines = [f"{name}: {_scalar(name, value)}" for name, value in held.items()]
    return "- " + "\n  ".join(lines) + "\n"


def ids(*registers: Mapping[str, str]) -> set[str]:
    """Every id of the registers in these files."""
    return {
        one["id"]
        for files in registers
        for file in KINDS
        if (document := Reader(files).document(file, list, needed=False))
        for one in document.data
        if isinstance(one, Mapping) and isinstance(one.get("id"), str)
    }


def name(text: str, taken: Collection[str], otherwise: str) -> str:
    """An id of a text's first words that is not taken yet; letters without their accents."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    while words and not words[0][0].isalpha():
        words.pop(0)
    stem = "-".join(words)[:40].rpartition("-")[0] if len("-".join(words)) > 40 else "-".join(words)
    stem = stem or otherwise
    number, found = 2, stem
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    return found


def _said(given: Mapping[str, Any], field: str, label: str) -> str:
    said = " ".join(str(given.get(field, "")).split())
    if not said:
        raise BadInput(f"“{label}” is empty. Write it.")
    if len(said) > LONGEST:
        raise BadInput(f"“{label}” has {len(said):,} characters; {LONGEST:,} fit in. Shorten it.")
    return said


def _made(kind: Any, given: Mapping[str, Any]) -> Any:
    held = {name: _seen(value) for name, value in given.items() if value is not None}
    try:
        return kind.model_validate_json(json.dumps(held, default=as_json))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise BadInput(" ".join(sentence(one, []) for one in faults)) from error


def _seen(value: Any) -> Any:
    """A text without signs that nobody sees: a pasted one would close the whole register."""
    if not isinstance(value, str):
        return value
    return emitting.UNPRINTABLE.sub("", re.sub("[\x85\u2028\u2029]", " ", value))


def _is_day(when: str) -> bool:
    try:
        return bool(date.fromisoformat(f"{when}-01-01"[:10]))
    except ValueError:
        return False


def _scalar(field: str, value: Any) -> str:
    """A value of one line: ids and days as they are, texts in quotes."""
    if field in BARE and (field not in IDS or yaml.safe_load(value) == value):
        return str(value)
    return emitting.quoted(value) if isinstance(value, str) else json.dumps(value, default=as_json)


def beliefs(files: Mapping[str, str], shipped: Mapping[str, str]) -> dict[str, str]:
    """Every misconception that a draft can name, with its sentence: the draft's own first."""
    own = register(Reader(files), BELIEFS)[1] if BELIEFS in files else {}
    known = register(Reader(shipped), BELIEFS)[1]
    return {id: one.title for id, one in {**own, **known}.items()}


def sources(files: Mapping[str, str]) -> dict[str, str]:
    """The sources of these files by id: publisher and title."""
    found = register(Reader(files), SOURCES)[1] if SOURCES in files else {}
    return {id: f"{one.publisher}: {one.title}" for id, one in found.items()}
