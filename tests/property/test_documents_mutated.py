"""Word and PowerPoint files that something happened to: read or refused, never a crash."""

from __future__ import annotations

import copy
import io
import random
import zipfile

import pytest
from lxml import etree

from modules.basics import BadInput
from modules.exchange.items.documents import read
from tests.documents import lesson, repacked, slides

FILES = 60
VALUES = [
    "",
    "0",
    "-1",
    "9" * 20,
    "rId1",
    "rId9",
    "Heading1",
    "bullet",
    "ANSWER: A",
    "A. x",
    "é\u202e",
]
MAKERS = {
    "a.docx": (lesson, ("word/document", "word/styles", "word/numbering", "word/_rels/")),
    "a.pptx": (slides, ("ppt/slides/", "ppt/presentation", "ppt/_rels/", "ppt/notesSlides/")),
}


def mutated(rng: random.Random, data: bytes) -> bytes:
    """A tree with elements taken out, doubled, moved, renamed, or with other words."""
    root = etree.fromstring(data)
    for _ in range(rng.randint(1, 4)):
        every = list(root.iter(etree.Element))
        one, other = rng.choice(every), rng.choice(every)
        what = rng.randrange(7)
        parent = one.getparent()
        if what == 0 and parent is not None:
            parent.remove(one)
        elif what == 1 and parent is not None:
            parent.append(copy.deepcopy(one))
        elif what == 2 and len(list(other.iter())) < 200:
            one.append(copy.deepcopy(other))
        elif what == 3:
            one.tag = other.tag
        elif what == 4:
            one.text = rng.choice(VALUES)
        elif one.attrib:
            one.set(rng.choice(list(one.attrib)), rng.choice(VALUES))
    return etree.tostring(root)


@pytest.mark.parametrize("name", MAKERS)
def test_a_mutated_document_is_read_or_refused_in_a_sentence(name):
    make, begins = MAKERS[name]
    sound, rng, done = make(), random.Random(7), {True: 0, False: 0}
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        parts = {
            one: archive.read(one) for one in sorted(archive.namelist()) if one.startswith(begins)
        }
    for n in range(FILES):
        part = rng.choice([*parts])
        data = repacked(sound, {part: mutated(rng, parts[part])})
        if n % 6 == 0:
            at = rng.randrange(len(sound))
            data = sound[:at] + bytes([rng.randrange(256)]) + sound[at + rng.randint(1, 9) :]
        try:
            pages = read(data, name)
        except BadInput as error:
            assert str(error).endswith(".")
            done[False] += 1
            continue
        assert pages.screens or pages.questions.items or pages.questions.refused
        done[True] += 1
    assert all(done.values()), done
