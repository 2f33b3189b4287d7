"""A draft translated text by text: nothing but words of the other language is ever written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules import words
from modules.basics import BadInput, Problem
from modules.course import lesson
from modules.course.files.marked import At, inside
from modules.course.files.reader import Reader
from modules.course.translations import (
    Place,
    Text,
    as_value,
    begun,
    compared,
    confirmed,
    file_of,
    fixed,
    languages,
    mark,
    name_of,
)
from modules.drafts import fields

LONGEST = 20_000
SAME = 20
"""Texts of so many letters that are alike in the source are translated once."""
PROSE = ("lesson", "job-aid")
HEAD = (
    "# What each translation was last held against: a hash of the source text, by path.\n"
    "# The studio writes it; a text that has changed since is shown as out of date.\n"
)


def begin(files: Mapping[str, str], slug: str, language: str) -> dict[str, str]:
    """The files with which a translation begins. Raises BadInput for no language, or one begun.

    Learners are not offered it before `offered`.
    """
    found = words.tag(language)
    if found is None:
        raise BadInput(f"“{language[:20]}” is no language. Write its short name, such as fr or cy.")
    if found in (*languages(files, slug), *begun(files, slug)):
        raise BadInput(f"This module is in “{found}” already. Choose it above.")
    return {file_of(slug, found): f"{HEAD}{{}}\n", **_copied(files, slug, found)}


def translated(
    files: Mapping[str, str], slug: str, language: str, path: str, text: str
) -> dict[str, str]:
    """The files that change when a text is translated; "" takes the translation out.

    It counts as held against the source as it is now. The same text elsewhere in the same file,
    where it is not translated yet, gets the same words. Raises BadInput for a path that is none.
    """
    if len(text) > LONGEST:
        raise BadInput(f"This text has {len(text):,} characters; {LONGEST:,} fit in. Shorten it.")
    source = languages(files, slug)[0]
    every = compared(files, slug, source, language)
    one = _there(every, path)
    also = [
        other
        for other in every
        if other.source == one.source
        and len(one.source) >= SAME
        and other.place.stem == one.place.stem
        and other.state == "missing"
    ]
    now = {**files, **_copied(files, slug, language)}
    for place in dict.fromkeys([one.place, *(other.place for other in also)]):
        now |= _put(now, slug, source, language, place, text.strip())
    marks = {
        place.path: mark(one.source) for place in (one.place, *(other.place for other in also))
    }
    now |= _held(now, slug, language, marks if text.strip() else {path: None})
    return {file: body for file, body in now.items() if files.get(file) != body}


def confirm(files: Mapping[str, str], slug: str, language: str, path: str) -> dict[str, str]:
    """The files that change when a translation still says what the source says now."""
    one = _there(compared(files, slug, languages(files, slug)[0], language), path)
    if one.state == "missing":
        raise BadInput("There is no translation of this text yet. Write it first.")
    return _held(files, slug, language, {path: mark(one.source)})


def offered(files: Mapping[str, str], slug: str, language: str) -> dict[str, str]:
    """module.yaml with one more language for learners. Raises BadInput while texts are missing."""
    taught = languages(files, slug)
    if language in taught:
        return {}
    missing = [one for one in compared(files, slug, taught[0], language) if one.state == "missing"]
    if missing:
        number = f"{len(missing)} texts are" if len(missing) > 1 else "1 text is"
        raise BadInput(f"{number} not translated yet: {missing[0].path} first. Translate them all.")
    file = f"{slug}/module.yaml"
    return {file: fields.put(files[file], ("languages",), [*taught, language])}


def withdrawn(files: Mapping[str, str], slug: str, language: str) -> dict[str, str]:
    """module.yaml without a language; its texts stay in the draft."""
    taught = languages(files, slug)
    if language not in taught[1:]:
        return {}
    file = f"{slug}/module.yaml"
    return {file: fields.put(files[file], ("languages",), [x for x in taught if x != language])}


def unreadable(files: Mapping[str, str], slug: str, language: str) -> list[Problem]:
    """Files of a language that cannot be read, so that nothing can be translated into them."""
    reader = Reader(files)
    for file in files:
        if file.startswith(f"{slug}/") and file.endswith(f".{language}.yaml"):
            reader.document(file)
    return reader.problems


def _there(every: list[Text], path: str) -> Text:
    found = next((one for one in every if one.path == path), None)
    if found is None:
        raise BadInput("This text is no longer in the source. Look at the list again.")
    return found


def _put(
    files: Mapping[str, str], slug: str, source: str, language: str, place: Place, text: str
) -> dict[str, str]:
    file = name_of(slug, place.stem, language)
    if place.stem in PROSE:
        return {file: _prose(files, slug, source, language, place, text)}
    like = fields.read(files[name_of(slug, place.stem, source)], place.at)
    return {file: _set(files.get(file, ""), place.at, as_value(text, like) if text else None)}


def _set(yaml: str, at: At, value: Any) -> str:
    yaml = yaml or "{}\n"
    return fields.take(yaml, at) if value is None else fields.put(yaml, at, value)


def _prose(
    files: Mapping[str, str], slug: str, source: str, language: str, place: Place, text: str
) -> str:
    """A Markdown file anew: its front matter with one change, its parts in the source's order."""
    file = name_of(slug, place.stem, language)
    front, bodies = _parted(file, files.get(file, ""))
    if place.at[0] not in ("screens", "text"):
        front = _set(front, place.at, text or None)
    order = [one.place for one in compared(files, slug, source, language)]
    texts = {one.place: one.target for one in compared(files, slug, source, language)}
    texts[place] = text
    if place.stem != "lesson":
        return f"---\n{front.strip()}\n---\n\n{texts.get(Place(place.stem, ('text',)), '')}\n"
    ids = [one.at[1] for one in order if one.stem == "lesson" and one.at[0] == "screens"]
    screens = [
        (id, *(texts.get(Place("lesson", ("screens", id, part)), "") for part in ("title", "text")))
        for id in dict.fromkeys(ids)
    ]
    written = [
        f"## {{#{id}}} {' '.join(str(title).split()) or '…'}\n\n{body}".rstrip()
        for id, title, body in screens
        if title or body
    ]
    known = {f"{{#{id}}}" for id, _, _ in screens}
    written += [one for one in bodies if not any(id in one.partition("\n")[0] for id in known)]
    return f"---\n{front.strip()}\n---\n\n" + "\n\n---\n\n".join(written) + "\n"


def _parted(file: str, text: str) -> tuple[str, list[str]]:
    """Front matter and screens of a Markdown file; those of none yet."""
    if not text.strip():
        return "", []
    parted = lesson.part(file, text)
    if isinstance(parted, Problem):
        raise BadInput(f"{parted} Mend it in the source first.")
    bodies = [one.strip() for one in lesson.cut(parted.body)]
    return parted.front, [one for one in bodies if one]


def _held(
    files: Mapping[str, str], slug: str, language: str, marks: Mapping[str, str | None]
) -> dict[str, str]:
    file = file_of(slug, language)
    text = files.get(file, "") or f"{HEAD}{{}}\n"
    held = confirmed(files, slug, language)
    for path, one in marks.items():
        if held.get(path) != one:
            text = _set(text, (path,), one)
    return {file: text}


def _copied(files: Mapping[str, str], slug: str, language: str) -> dict[str, str]:
    """The files of a language with all that is the same in every language, as the source has it."""
    source = languages(files, slug)[0]
    found: dict[str, str] = {}
    for file in files:
        stem = file.removeprefix(f"{slug}/").removesuffix(f".{source}.yaml")
        if file != name_of(slug, stem, source) or "/" in stem or stem == "translated":
            continue
        theirs = name_of(slug, stem, language)
        old = Reader(files).document(theirs, needed=False)
        data = old.data if old else {}
        ours = Reader(files).document(file, needed=False)
        text = files.get(theirs, "")
        for at, value in _same(ours.data if ours else {}, ()):
            if _at(data, at) != value:
                text = _set(text, at, value)
        if text:
            found[theirs] = text
    return found


def _same(data: Any, at: At) -> list[tuple[At, Any]]:
    if isinstance(data, Mapping):
        return [one for name, value in data.items() for one in _same(value, (*at, str(name)))]
    return [(at, data)] if at and fixed(at, data) else []


def _at(data: Any, at: At) -> Any:
    for step in at:
        data = inside(data, step)
    return data
