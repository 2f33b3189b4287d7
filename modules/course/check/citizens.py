"""The learner's citizen: her details stand only where a story's letters are filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from modules.basics import Problem
from modules.course.check.prose import leaves
from modules.course.files.marked import At
from modules.course.files.reader import Reader
from modules.scenarios.letters import FIELDS, PLACE

NAMED = re.compile(r"\{\s*citizen\s*\.[^{}]*\}", re.IGNORECASE)
"""What was meant as one of her details, spelt right or not."""
LETTERS = frozenset({"text", "entry"})
ELSEWHERE = (
    "her details are filled in only in the citizen text and entry of a story’s choice, so people "
    "would read the braces here. Move the sentence there, or write it without her details."
)


def citizens(files: Mapping[str, str]) -> list[Problem]:
    """Places for her details that nothing would fill, in texts by path below the content folder.

    Those in a story's letters that are well formed but name nothing we know of her are left to
    `modules.scenarios.check`. Files that YAML cannot read are reported elsewhere.
    """
    found = []
    for file, text in files.items():
        if not NAMED.search(text):
            continue
        if file.endswith(".md"):
            for number, line in enumerate(text.splitlines(), 1):
                found += [Problem(file, f"line {number}", one) for one in _told(line, False)]
            continue
        document = Reader({file: text}).document(file, object, needed=False)
        for at, leaf in leaves(document.data) if document else ():
            for sentence in _told(leaf, _letter(file, at)):
                found.append(Problem(file, document.place(*at) if document else "", sentence))
    return found


def _letter(file: str, at: At) -> bool:
    """Whether a path of a file is that of a letter, which is filled in."""
    story = file.rpartition("/")[2].startswith("scenario.")
    return story and len(at) > 1 and at[-2] == "citizen" and at[-1] in LETTERS


def _told(text: str, letter: bool) -> list[str]:
    named = dict.fromkeys(NAMED.findall(text))
    if not letter:
        return [f"Found {one}; {ELSEWHERE}" for one in named]
    known = ", ".join(FIELDS)
    return [
        f"Found {one}; expected {{citizen.first}}, in small letters and without blanks. Correct "
        f"it; known: {known}."
        for one in named
        if not PLACE.fullmatch(one)
    ]
