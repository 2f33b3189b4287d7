"""Pictures and recordings: said in words, captioned, of a size and kind that a lesson can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from modules import pictured
from modules.basics import Problem
from modules.course.check.prose import faults, leaves
from modules.course.facts import cites
from modules.course.files import pictured as shown
from modules.course.files.folder import KEPT, medium
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.course.media import TYPES, Medium, suffix_of
from modules.pictured import FENCE, FOLDER, Picture, Recording

LONGEST = 150
"""Characters of an alternative text: a screen reader says it in one go, without a pause."""
FILE_NAME = re.compile(
    r"\S+\.[a-z0-9]{2,5}|(?:img|dsc|screenshot|image|picture)[\s_-]*\d*", re.IGNORECASE
)
LEADS = re.compile(
    r"(?:an? |the )?(?:image|picture|photo|photograph|graphic) (?:of|showing)\b", re.IGNORECASE
)
ALONE = (
    "A picture stands alone on its line, in a screen, a story, the stem of a question or a job "
    'aid: ![What it shows](pictures/name.png "caption"). Move it, or correct how it is written.'
)
STRUCTURED = ("questions", "scenario")
"""Files in whose fields ``stem`` and ``story`` something may be shown."""


def media(parts: Parts, held: Mapping[str, Medium]) -> None:
    """Everything shown, every file, and every mark of a picture that is none.

    ``held`` are the module's files measured, by path; a file that is not among them is not kept.
    """
    for part, wrong in shown.everything(parts):
        for sentence, stops in _told(part, parts.own):
            wrong(sentence, stops)
        if isinstance(part, Recording):
            for sentence, stops in _words_of(parts, part):
                wrong(sentence, stops)
    parts.reader.problems += _files(parts, held)
    parts.reader.problems += _strays(parts)


def measured_in(root: Path, files: Mapping[str, str]) -> dict[str, Medium]:
    """Those of some files that are no texts, measured where they lie."""
    return {path: medium(root / path) for path, text in files.items() if text.startswith(KEPT)}


def _told(part: Picture | Recording, own: bool) -> Iterator[tuple[str, bool]]:
    alt = part.alt
    what = "shows" if isinstance(part, Picture) else "is about"
    if not alt:
        sentence = f"Nothing says what it {what}. Write it between the brackets: ![A map of …]"
        yield f"{sentence}. If it adds nothing to the text, take it out.", True
    elif FILE_NAME.fullmatch(alt) or alt == part.path:
        yield f"“{alt}” is a file’s name. Write what the picture {what}, and why it is here.", True
    elif len(alt) > LONGEST:
        sentence = f"What it {what} takes {len(alt)} characters; at most {LONGEST} can be heard in"
        yield f"{sentence} one go. Say its point, and write the rest into the text.", False
    elif LEADS.match(alt):
        yield "A screen reader says itself that this is a picture. Begin with what it shows.", False
    if "{" in alt or cites(alt):
        yield "An alternative text has plain words only. Put cites into the caption.", True
    for _, sentence, breaks in faults(f"{alt}. {part.caption}"):
        yield sentence, breaks or not own


def _words_of(parts: Parts, part: Recording) -> Iterator[tuple[str, bool]]:
    files = parts.reader.files
    captions, told = part.captions(parts.language), part.transcript(parts.language)
    if not part.heard and parts.path(captions) not in files:
        sentence = f"A film needs captions (WCAG 1.2.2). Put WebVTT beside it, as {captions}."
        yield sentence, True
    if parts.path(told) in files:
        return
    if part.heard:
        sentence = f"Who cannot hear needs its words (WCAG 1.2.1). Write them into {told}."
        yield sentence, True
    else:
        sentence = f"Who cannot see needs to read what happens in it: write it into {told}."
        yield sentence, False


def _files(parts: Parts, held: Mapping[str, Medium]) -> Iterator[Problem]:
    files = parts.reader.files
    inside = [path for path in files if path.startswith(f"{parts.slug}/")]
    if not any(files[path].startswith(KEPT) or f"/{FOLDER}" in path for path in inside):
        return
    texts = "\n".join(files[path] for path in inside if not files[path].startswith(KEPT))
    stems = {one.rpartition(".")[0] for one in pictured.FILE.findall(texts)}
    for path in inside:
        name = path.removeprefix(f"{parts.slug}/")
        if not name.startswith(FOLDER):
            if files[path].startswith(KEPT):
                yield Problem(path, "whole file", f"Pictures stand in {FOLDER}. Move it there.")
            continue
        stem, _, language = name.rpartition(".")[0].partition(".")
        if stem not in stems or (not language and name not in texts):
            sentence = "No text shows this file. Show it, or delete it."
            yield Problem(path, "whole file", sentence, stops=False)
        if not files[path].startswith(KEPT):
            yield from _transcript(path, files[path], parts.own)
        elif path not in held:
            yield Problem(path, "whole file", "The file is not kept here. Upload it again.")
        else:
            for sentence in held[path].problems:
                yield Problem(path, "whole file", sentence)


def _transcript(path: str, text: str, own: bool) -> Iterator[Problem]:
    if not path.endswith(".md"):
        kinds = ", ".join(TYPES)
        sentence = f"“.{suffix_of(path)}” is no picture or recording. Use: {kinds}; md for words."
        yield Problem(path, "whole file", sentence)
        return
    for line, sentence, breaks in faults(text):
        yield Problem(path, f"line {line + 1}", sentence, breaks or not own)


def _strays(parts: Parts) -> Iterator[Problem]:
    """Marks of pictures where none can stand, or that are not written as one."""
    for path, text in parts.reader.files.items():
        if not path.startswith(f"{parts.slug}/") or "![" not in text:
            continue
        if path.endswith(".md"):
            yield from _stray_lines(path, text, shows=FOLDER not in path)
            continue
        document = Reader(parts.reader.files).document(path, object, needed=False)
        may = path.removeprefix(f"{parts.slug}/").partition(".")[0] in STRUCTURED
        for at, leaf in leaves(document.data) if document else ():
            words = pictured.words(leaf) if may and at[-1] in ("stem", "story") else leaf
            if "![" in words and document:
                yield Problem(path, document.place(*at), ALONE)


def _stray_lines(path: str, text: str, *, shows: bool) -> Iterator[Problem]:
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        fenced ^= bool(FENCE.match(line))
        if "![" in line and not fenced and not (shows and pictured.placed(line)):
            yield Problem(path, f"line {number}", ALONE)
