"""A course of one tiny module that is sound, to be broken in every way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from modules.basics import Problem
from modules.course import check
from modules.course.files.registers import REGISTERS

SLUG = "m01-tiny"
FACTS = """\
- id: fact-a
  statement: "27% did."
  jurisdiction: global
  source: source-a
  last_checked: 2026-11-01
  status: "V"
  review_by: 2027-05-01
"""
MISCONCEPTIONS = "- {id: haste, title: The first that comes to mind is the right one}\n"
SOURCES = "- {id: source-a, title: A survey, publisher: A publisher, date: '2022'}\n"
COURSE = """\
title: Tiny
languages: [en]
modules:
  - {id: M01, slug: m01-tiny, title: Tiny, family: foundations, level: foundation,
     minutes: 8, status: available}
  - {id: M02, slug: m02-later, title: Later, family: foundations, level: foundation,
     minutes: 9, status: planned}
paths:
  - {id: A, title: Everyone, minutes: 17, modules: [M01, M02]}
"""
MODULE = """\
id: M01
slug: m01-tiny
family: foundations
level: foundation
version: "1.0.0"
minutes: 8
licence: CC-BY-4.0
languages: [en]
objectives: [O1]
sittings:
  - id: first
    minutes: 4
    steps:
      - {id: before, kind: questions, form: pre, items: [M01-Q01, M01-Q21, M01-Q22], minutes: 1}
      - {id: reading, kind: screen, minutes: 1}
      - {id: story, kind: scenario, minutes: 2}
  - id: second
    minutes: 4
    steps:
      - id: check
        kind: questions
        form: check
        items: [M01-Q03, M01-Q04, M01-Q05, M01-Q06, M01-Q07, M01-Q08]
        minutes: 3
      - {id: aid, kind: aid, minutes: 1}
reserve: [M01-Q09]
matched: {M01-Q01: M01-Q04, M01-Q21: M01-Q05, M01-Q22: M01-Q06}
delayed: {first: [M01-D01, M01-D02, M01-D03]}
sources: [source-a]
"""
LESSON = """\
---
title: Tiny
promise: You can read a tiny lesson.
objectives: {O1: Say what is tiny.}
sittings:
  first: {title: First, done: You have read.}
  second: {title: Second, done: You have finished.}
steps:
  before: {title: Before, intro: Guess.}
  story: {title: A story}
  check: {title: Check}
  aid: {title: To keep}
---

## {#reading} What is tiny

Of those asked, 27% said yes [@fact-a].

> **Rule of thumb.** Keep it small.

{ask M01-Q02}
"""
SCENARIO = """\
id: M01-S
start: d1
meters: [trust]
nodes:
  d1:
    decision: 1
    reasons: [{id: kind}, {id: quick}]
    choices:
      - {id: ask, goto: e-good, meters: {trust: 1}}
      - {id: skip, goto: e-bad}
endings:
  e-good: {kind: acceptable}
  e-bad: {kind: costly}
"""
CHOICE = "{text: Do it, hint: Quick, consequence: It is done, duty: Fair}"
SCENARIO_TEXT = f"""\
title: A story
nodes:
  d1:
    title: "16:20. A call"
    story: Somebody rings.
    question: What do you do?
    reasons:
      kind: {{text: It is kind, reply: It is.}}
      quick: {{text: It is quick, reply: It may be.}}
    choices:
      ask: {CHOICE}
      skip: {CHOICE}
endings:
  e-good: {{title: Good, story: It went well.}}
  e-bad: {{title: Bad, story: It did not.}}
"""

Break = tuple[str, str, str, str, str, str]
"""The file changed, what goes and what comes; the file to blame, in its place, in its sentence."""


def questions() -> tuple[str, str]:
    """The questions and their texts, as YAML."""
    structure, text = [], {}
    ids = [*(f"M01-Q{number:02}" for number in range(1, 10)), "M01-D01", "M01-D02", "M01-D03"]
    ids += ["M01-Q21", "M01-Q22"]
    for number, id in enumerate(ids, 1):
        item: dict[str, object] = {"id": id, "kind": "single_choice", "objective": "O1"}
        item |= {"difficulty": 1}
        if number == 7:
            item["facts"] = ["fact-a"]
        if number in (3, 9):
            item |= {"critical": True, "family": "twins"}
        options: list[dict[str, object]] = [{"id": "a", "key": True}]
        options += [{"id": wrong, "tag": "haste"} for wrong in ("b", "c")]
        options = options[(number - 1) % 3 :] + options[: (number - 1) % 3]
        cases = [f"case-{n}" for n in range(4)]
        structure.append(item | {"cases": cases, "options": options})
        cite = " [@fact-a]" if number == 8 else ""
        text[id] = {
            "stem": f"What is tiny in {{place}}, case {number}?{cite}",
            "source": "The screen",
            "cases": {case: {"place": f"the {case}"} for case in cases},
            "options": {
                "a": {"text": "The small one", "why": "It is small."},
                "b": {"text": "The large one", "why": "It looks near."},
                "c": {"text": "The other one", "why": "It stands apart."},
            },
        }
    return yaml.safe_dump(structure, sort_keys=False), yaml.safe_dump(text, sort_keys=False)


def write(root: Path) -> None:
    """Write the course, which is sound, into a folder that need not be there."""
    structure, text = questions()
    for path, body in {
        "course.yaml": COURSE,
        "facts.yaml": FACTS,
        "sources.yaml": SOURCES,
        "misconceptions.yaml": MISCONCEPTIONS,
        f"{SLUG}/module.yaml": MODULE,
        f"{SLUG}/lesson.en.md": LESSON,
        f"{SLUG}/questions.yaml": structure,
        f"{SLUG}/questions.en.yaml": text,
        f"{SLUG}/scenario.yaml": SCENARIO,
        f"{SLUG}/scenario.en.yaml": SCENARIO_TEXT,
        f"{SLUG}/job-aid.en.md": "---\ntitle: To keep\n---\n\nKeep it small.\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(body, "utf-8")


def change(root: Path, file: str, old: str, new: str) -> None:
    """Put ``new`` in the place of the first ``old`` of a file."""
    path = root / (file if file in ("course.yaml", *REGISTERS) else f"{SLUG}/{file}")
    text = path.read_text("utf-8")
    assert old in text, f"the fixture no longer has {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def found(root: Path, today: date | None = None) -> list[Problem]:
    """What the check finds."""
    return check.problems(root, today)


def says_where(root: Path, broken: Break) -> None:
    """See that the check names what was broken."""
    file, old, new, blamed, place, sentence = broken
    change(root, file, old, new)
    assert any(
        problem.stops
        and problem.file.endswith(f"/{blamed}")
        and place in problem.place
        and sentence in problem.sentence
        for problem in found(root)
    ), [str(problem) for problem in found(root)]
