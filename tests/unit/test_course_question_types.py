"""Items of several parts in a module's files: read whole, and each fault found where it is."""

from __future__ import annotations

import pytest

from modules.course.files.items import read_items
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader

STRUCTURE = """\
- id: M01-Q01
  kind: ordering
  objective: O1
  difficulty: 1
  options:
    - {id: ask, rank: 1}
    - {id: trim, rank: 2}
    - {id: send, rank: 3}
  traps:
    - {first: send, second: trim, tag: format-first}
- id: M01-Q02
  kind: matching
  objective: O1
  difficulty: 1
  left:
    - {id: damp, to: answer, tags: {file: copying}}
    - {id: flood, to: list}
  right: [{id: answer}, {id: list}, {id: file}]
- id: M01-Q03
  kind: fill_in
  objective: O1
  difficulty: 1
  gaps:
    - id: done
      traps:
        - {id: out, tag: date-first}
    - id: share
"""
TEXT = """\
M01-Q01:
  stem: In which order?
  options:
    ask: {text: Ask, why: Purpose first.}
    trim: {text: Trim}
    send: {text: Send}
  traps: {format-first: It feels like help.}
M01-Q02:
  stem: What fits?
  left:
    damp: {text: Damp, why: One question., tempts: {file: It is ready.}}
    flood: {text: A flood}
  right:
    answer: {text: An answer}
    list: {text: A list}
    file: {text: A file}
M01-Q03:
  stem: Complete it.
  sentence: In [[done]] it was [[share]].
  gaps:
    done:
      label: Which month?
      accept: [June 2022, 06/2022]
      traps:
        out: {accept: [January 2023], why: That is the report.}
    share: {label: Which share?, accept: [27%]}
"""


def read(structure=STRUCTURE, text=TEXT):
    files = {"m01-tiny/questions.yaml": structure, "m01-tiny/questions.en.yaml": text}
    parts = Parts("m01-tiny", "en", Reader(files))
    read_items(parts)
    return parts


def test_sound_items_are_read_whole():
    parts = read()
    assert parts.reader.problems == []
    ordering, matching, fill_in = parts.questions.values()
    assert ordering.traps[0].why == "It feels like help."
    assert matching.left[0].tempts == {"file": "It is ready."}
    assert fill_in.gaps[0].traps[0].accept == ("January 2023",)


# file changed, old, new, file blamed, place, sentence
BREAKS = {
    "a tie": ("", "rank: 2", "rank: 1", "", "Q01 > options > trim > rank", "the same rank"),
    "a trap that is right": (
        *("", "first: send, second: trim", "first: trim, second: send"),
        *("", "Q01 > traps > 1 > first", "not wrong"),
    ),
    "a trap for no step": ("", "first: send", "first: fly", "", "Q01 > traps > 1 > first", "“fly”"),
    "a rank in words": ("en", "Trim}", "Trim, rank: 2}", "en", "options > trim > rank", "belongs"),
    "a step without text": ("en", "{text: Send}", "{why: x}", "en", "options > send", "is missing"),
    "two like steps": ("en", "text: Trim", "text: Ask", "en", "options > trim > text", "same text"),
    "a reason for no trap": ("en", "format-first:", "haste:", "en", "Q01 > traps", "haste"),
    "no such right": ("", "to: list", "to: fly", "", "Q02 > left > flood > to", "names fly"),
    "a tag for no right": ("", "{file: cop", "{fly: cop", "", "Q02 > left > damp > tags", "fly"),
    "a key in words": (
        "en",
        "A flood}",
        "A flood, to: file}",
        "en",
        "left > flood > to",
        "belongs",
    ),
    "a tag in words": ("en", "A flood}", "A flood, tags: {}}", "en", "flood > tags", "belongs"),
    "a reason for no right": ("en", "{file: It", "{fly: It", "en", "damp > tempts", "names fly"),
    "a right without text": ("en", "    list: {text: A list}\n", "", "en", "Q02 > right", "list"),
    "a gap not in the sentence": ("en", "[[share]]", "27%", "en", "Q03 > sentence", "is missing"),
    "an unknown gap": ("en", "[[share]]", "[[x]]", "en", "Q03 > sentence", "[[x]] is none"),
    "a gap without entry": ("", "    - id: share\n", "", "en", "Q03 > gaps > share", "no gaps"),
    "a gap without label": ("en", "label: Which share?, ", "", "en", "gaps > share", "“label”"),
    "nothing accepted": ("en", "[27%]", "[]", "en", "gaps > share > accept", "at least 1"),
    "a number not in quotes": ("en", "[27%]", "[27]", "en", "gaps > share > accept", "quotes"),
    "a trap that is right too": (
        *("en", "[January 2023]", "[06 / 2022]", "en"),
        *("gaps > done > traps > out > accept", "reads as"),
    ),
    "a trap without text": ("en", "accept: [January 2023], ", "", "en", "traps > out", "“accept”"),
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_a_fault_is_found_where_it_is_written(broken):
    file, old, new, blamed, place, sentence = broken
    texts = {"": STRUCTURE, "en": TEXT}
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    names = {"": "m01-tiny/questions.yaml", "en": "m01-tiny/questions.en.yaml"}
    problems = read(texts[""], texts["en"]).reader.problems
    assert any(
        problem.file == names[blamed] and place in problem.place and sentence in problem.sentence
        for problem in problems
    ), [str(problem) for problem in problems]
