"""Texts that a template brought and nobody has replaced: they ask to be written over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from modules.basics import BadInput, Problem, Words
from modules.course.files import first_language
from modules.drafts import fields, screens

MARK = "~~"


def problems(files: Mapping[str, str], slug: str, say: Words) -> list[Problem]:
    """One piece of advice for each part that still has such a text; none stops a publication."""
    try:
        return list(_problems(files, slug, first_language(files), say))
    except BadInput:  # what cannot be read is told by the check
        return []


def _problems(files: Mapping[str, str], slug: str, language: str, say: Words) -> Iterator[Problem]:
    ready, told = _templates(say), say("studio.unreplaced")
    lesson = f"{slug}/lesson.{language}.md"
    text = files.get(lesson, "")
    front = fields.read(screens.front(text)) if text else None
    for name in ("promise", "objectives"):
        inside = front.get(name) if isinstance(front, Mapping) else None
        if any(ready.fullmatch(one) for one in _texts(inside)):
            yield Problem(lesson, f"line {_line(text, name)}, {name}", told, stops=False)
    for screen in screens.screens(text) if text else ():
        if any(ready.fullmatch(block.strip()) for block in screen.text.split("\n\n")):
            line = text.count("\n", 0, screen.start) + 1
            yield Problem(lesson, f"line {line}, screen {screen.id}", told, stops=False)
    path = f"{slug}/questions.{language}.yaml"
    words = fields.read(files.get(path, ""))
    for id, one in words.items() if isinstance(words, Mapping) else ():
        if any(ready.fullmatch(text) for text in _texts(one)):
            line = _line(files[path], str(id))
            yield Problem(path, f"line {line}, {id}", told, stops=False)
    aid = f"{slug}/job-aid.{language}.md"
    blocks = screens.body(files[aid]).split("\n\n") if aid in files else []
    if any(ready.fullmatch(block.strip()) for block in blocks):
        yield Problem(aid, f"line {files[aid].count(chr(10))}", told, stops=False)


def _templates(say: Words) -> re.Pattern[str]:
    """What templates say, whatever number stands in it."""
    n = MARK
    texts = [
        say("studio.new.promise"),
        say("studio.new.objective"),
        say("studio.new.reading"),
        say("studio.new.stem", n=n),
        say("studio.new.right"),
        say("studio.new.right_too"),
        say("studio.new.wrong"),
        say("studio.new.other"),
        say("studio.new.why_right"),
        say("studio.new.why_wrong"),
        say("studio.new.sentence"),
        say("studio.new.step", n=n),
        say("studio.new.left", n=n),
        say("studio.new.partner", n=n),
        say("studio.new.band"),
        say("studio.new.aid_text"),
    ]
    return re.compile("|".join(re.escape(one).replace(re.escape(n), r"\d+") for one in texts))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _line(text: str, name: str) -> int:
    """The line on which a field of the first level begins; 1 where it is not found."""
    lines = enumerate(text.split("\n"), 1)
    return next((n for n, line in lines if line.startswith(f"{name}:")), 1)
