"""A tiny course, read whole, and then broken in every way that the check must notice."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from modules.basics import Content, ContentError, Grade, Problem
from modules.course import check, files
from modules.course.files.registers import REGISTERS
from modules.labs import LABS

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


def _items() -> tuple[str, str]:
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


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    structure, text = _items()
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
    return root


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / (file if file in ("course.yaml", *REGISTERS) else f"{SLUG}/{file}")
    text = path.read_text("utf-8")
    assert old in text, f"the fixture no longer has {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def found(root: Path, today: date | None = None) -> list[Problem]:
    return check.problems(root, today)


def test_a_sound_course_has_no_problems(root: Path) -> None:
    assert found(root, date(2026, 11, 22)) == []


def test_a_module_is_read_with_everything_that_its_steps_name(root: Path) -> None:
    module = files.read_module(root, SLUG, "en")
    assert [step.id for step in module.steps] == ["before", "reading", "story", "check", "aid"]
    assert [step.title for step in module.steps][:3] == ["Before", "What is tiny", "A story"]
    assert module.forms["practice"] == ("M01-Q02",)
    assert len(module.forms["check"]) == 6
    assert module.next_step("reading") == module.step("story")
    assert module.next_step("aid") is None
    assert module.twins("M01-Q03") == ("M01-Q09",)
    assert module.twins("M01-Q04") == ()
    assert module.question("M01-Q01").stem == "What is tiny in {place}, case 1?"
    item = module.question("M01-Q01").variant("any", "case-2")
    assert item.stem == "What is tiny in the case-2, case 1?"
    assert module.facts["fact-a"].review_by == date(2027, 5, 1)
    assert module.sources["source-a"].publisher == "A publisher"
    assert module.scenario is not None
    assert module.aid is not None


def test_a_course_lists_planned_modules_and_paths(root: Path) -> None:
    course = files.read_course(root)
    assert [card.planned for card in course.modules] == [False, True]
    assert course.paths[0].modules == ("M01", "M02")
    assert course.card(SLUG) is course.card("M01")


def test_a_revision_loads_without_files_as_the_same_module(root: Path) -> None:
    kept = json.loads(json.dumps(files.bundle(root, SLUG)))
    assert files.module_from_bundle(kept, "en") == files.read_module(root, SLUG, "en")


def test_a_fact_that_the_module_does_not_cite_leaves_its_revision_as_it_is(root: Path) -> None:
    before = files.sha256_of(files.bundle(root, SLUG))
    other = FACTS.replace("fact-a", "fact-b")
    (root / "facts.yaml").write_text(other + FACTS, "utf-8")
    assert files.sha256_of(files.bundle(root, SLUG)) == before
    change(root, "facts.yaml", 'id: fact-a\n  statement: "27%', 'id: fact-a\n  statement: "28%')
    assert files.sha256_of(files.bundle(root, SLUG)) != before


def test_a_picture_counts_in_the_revision_by_its_hash(root: Path) -> None:
    before = files.sha256_of(files.bundle(root, SLUG))
    (root / SLUG / "cover.png").write_bytes(b"\x89PNG\xff")
    assert files.sha256_of(files.bundle(root, SLUG)) != before


def test_reading_a_broken_module_raises_its_located_problems(root: Path) -> None:
    change(
        root, "questions.en.yaml", "stem: What is tiny in {place}, case 4?", "stme: What is tiny?"
    )
    with pytest.raises(ContentError) as raised:
        files.read_module(root, SLUG, "en")
    assert all(problem.file == f"{SLUG}/questions.en.yaml" for problem in raised.value.problems)
    assert "M01-Q04" in str(raised.value)


BREAKS: dict[str, tuple[str, str, str, str, str, str]] = {
    # what: (file changed, old, new, file blamed, in its place, in its sentence)
    "an unknown tag": (
        "questions.yaml",
        "tag: haste",
        "tag: hast",
        "questions.yaml",
        "M01-Q01 > options > b > tag",
        "misconceptions.yaml",
    ),
    "a misconception without a sentence": (
        "misconceptions.yaml",
        "title: The first that comes to mind is the right one",
        "title: ''",
        "misconceptions.yaml",
        "haste > title",
        "",
    ),
    "a case without its word": (
        "questions.en.yaml",
        "      place: the case-1",
        "      town: the case-1",
        "questions.yaml",
        "M01-Q01",
        "place",
    ),
    "a word that no case has": (
        "questions.en.yaml",
        "stem: What is tiny in {place}, case 4?",
        "stem: What is tiny in {town}, case 4?",
        "questions.yaml",
        "M01-Q04",
        "town",
    ),
    "words for an unknown case": (
        "questions.en.yaml",
        "    case-3:",
        "    case-9:",
        "questions.en.yaml",
        "M01-Q01",
        "case-3",
    ),
    "a pre-question matched with none of the check": (
        "module.yaml",
        "M01-Q01: M01-Q04",
        "M01-Q01: M01-Q02",
        "module.yaml",
        "matched > M01-Q01",
        "expected a pre-question",
    ),
    "a pre-question matched with a harder one": (
        "questions.yaml",
        "id: M01-Q04\n  kind: single_choice\n  objective: O1\n  difficulty: 1",
        "id: M01-Q04\n  kind: single_choice\n  objective: O1\n  difficulty: 2",
        "module.yaml",
        "matched > M01-Q01",
        "difficulty 1",
    ),
    "a family that disagrees on what is critical": (
        "questions.yaml",
        "critical: true\n  family: twins",
        "critical: false\n  family: twins",
        "questions.yaml",
        "M01-Q09 > critical",
        "Make them agree",
    ),
    "a family that disagrees on how hard it is": (
        "questions.yaml",
        "id: M01-Q09\n  kind: single_choice\n  objective: O1\n  difficulty: 1",
        "id: M01-Q09\n  kind: single_choice\n  objective: O1\n  difficulty: 3",
        "questions.yaml",
        "M01-Q09 > difficulty",
        "Make them agree",
    ),
    "two of one family in a check": (
        "module.yaml",
        "M01-Q07, M01-Q08]",
        "M01-Q07, M01-Q09]",
        "module.yaml",
        "check > items",
        "family twins",
    ),
    "a critical item whose twin is kept for later": (
        "module.yaml",
        "M01-D03]",
        "M01-Q09]",
        "questions.yaml",
        "M01-Q03",
        "has no twin",
    ),
    "a form of another name": (
        "module.yaml",
        "form: pre",
        "form: review",
        "module.yaml",
        "before > form",
        "expected “pre” or “check”",
    ),
    "two checks": (
        "module.yaml",
        "form: pre",
        "form: check",
        "module.yaml",
        "check > form",
        "each once",
    ),
    "no check": (
        "module.yaml",
        "form: check",
        "form: review",
        "module.yaml",
        "sittings",
        "Found no form “check”; expected one",
    ),
    "a pre-test of two": (
        "module.yaml",
        ", M01-Q22]",
        "]",
        "module.yaml",
        "before > items",
        "Found 2 items; a pre-test has 3",
    ),
    "an item of another module": (
        "questions.yaml",
        "id: M01-Q02",
        "id: M02-Q02",
        "questions.yaml",
        "M02-Q02 > id",
        "Found “M02-Q02”; expected an id that begins with M01-",
    ),
    "a story of another module": (
        "scenario.yaml",
        "id: M01-S",
        "id: M02-S",
        "scenario.yaml",
        "id",
        "Found “M02-S”; expected an id that begins with M01-",
    ),
    "a delayed check of two": (
        "module.yaml",
        "M01-D02, M01-D03]",
        "M01-D02]",
        "module.yaml",
        "delayed > first",
        "Found 2 items",
    ),
    "a delayed check that asks what was asked": (
        "module.yaml",
        "M01-D03]",
        "M01-Q04]",
        "module.yaml",
        "delayed > first",
        "already in form “check”",
    ),
    "a delayed check of unknown items": (
        "module.yaml",
        "M01-D03]",
        "M01-D33]",
        "module.yaml",
        "delayed > first",
        "M01-D33 is not in",
    ),
    "a YAML error": ("module.yaml", "family: f", "family: [f", "module.yaml", "line ", "YAML"),
    "an unknown field": ("module.yaml", "licence", "license", "module.yaml", "line 7", "licen"),
    "a wrong type": ("module.yaml", "minutes: 8", "minutes: '8'", "module.yaml", "line 6", "whole"),
    "a wrong family of step": (
        "module.yaml",
        "kind: aid",
        "kind: aide",
        "module.yaml",
        "aid",
        "aide",
    ),
    "a repeated key": (
        "module.yaml",
        "id: M01",
        "id: M01\nid: M01",
        "module.yaml",
        "line 2",
        "twice",
    ),
    "a name that YAML reads as yes": (
        "lesson.en.md",
        "title: Tiny",
        "on: 1\ntitle: Tiny",
        "lesson.en.md",
        "line 2",
        "quotes",
    ),
    "a text missing for an item": (
        "questions.en.yaml",
        "M01-Q04:",
        "M01-Q44:",
        "questions.en.yaml",
        "line 1",
        "M01-Q04",
    ),
    "a text for an unknown item": (
        "questions.en.yaml",
        "M01-Q04:",
        "M01-Q44:",
        "questions.en.yaml",
        "M01-Q44",
        "no item",
    ),
    "a text for an unknown option": (
        "questions.en.yaml",
        "    b:",
        "    d:",
        "questions.en.yaml",
        "options > d",
        "“d”",
    ),
    "a translation that sets a key": (
        "questions.en.yaml",
        "      text: The large",
        "      key: true\n      text: The large",
        "questions.en.yaml",
        "options > b > key",
        "belongs in",
    ),
    "a text missing for an objective": (
        "lesson.en.md",
        "{O1: Say",
        "{O2: Say",
        "lesson.en.md",
        "objectives",
        "O1",
    ),
    "a text missing for a step": (
        "lesson.en.md",
        "  check: {title: Check}\n",
        "",
        "lesson.en.md",
        "steps",
        "check",
    ),
    "two items with one id": (
        "questions.yaml",
        "id: M01-Q02",
        "id: M01-Q01",
        "questions.yaml",
        "M01-Q01",
        "twice",
    ),
    "an unknown item on a screen": (
        "lesson.en.md",
        "ask M01-Q02",
        "ask M01-Q77",
        "lesson.en.md",
        "line 21",
        "M01-Q77",
    ),
    "a form's item on a screen": (
        "lesson.en.md",
        "ask M01-Q02",
        "ask M01-Q03",
        "lesson.en.md",
        "line 21",
        "practice",
    ),
    "a line that places nothing": (
        "lesson.en.md",
        "{ask M01-Q02}",
        "{aks M01-Q02}",
        "lesson.en.md",
        "line 21",
        "places nothing",
    ),
    "an unknown item in a form": (
        "module.yaml",
        "[M01-Q01,",
        "[M01-Q71,",
        "module.yaml",
        "before > items",
        "M01-Q71",
    ),
    "an item in two forms": (
        "module.yaml",
        "[M01-Q01,",
        "[M01-Q03,",
        "module.yaml",
        "check > items",
        "already",
    ),
    "a form's item in the reserve": (
        "module.yaml",
        "[M01-Q09]",
        "[M01-Q03]",
        "module.yaml",
        "reserve",
        "already",
    ),
    "a step without its screen": (
        "module.yaml",
        "id: reading",
        "id: writing",
        "module.yaml",
        "writing",
        "No screen",
    ),
    "a screen that no step shows": (
        "module.yaml",
        "id: reading",
        "id: writing",
        "lesson.en.md",
        "reading",
        "No step",
    ),
    "two steps with one id": (
        "module.yaml",
        "id: aid",
        "id: before",
        "module.yaml",
        "second",
        "twice",
    ),
    "a heading without an id": (
        "lesson.en.md",
        "## {#reading}",
        "##",
        "lesson.en.md",
        "line 15",
        "A screen begins",
    ),
    "a long sitting": (
        "module.yaml",
        "minutes: 4",
        "minutes: 8",
        "module.yaml",
        "first > minutes",
        "at most 7",
    ),
    "minutes that do not add up": (
        "module.yaml",
        "minutes: 8",
        "minutes: 12",
        "module.yaml",
        "line 6",
        "8",
    ),
    "an unknown objective": (
        "questions.yaml",
        "objective: O1",
        "objective: O9",
        "questions.yaml",
        "M01-Q01 > objective",
        "O9",
    ),
    "an objective never asked": (
        "module.yaml",
        "[O1]",
        "[O1, O2]",
        "module.yaml",
        "objectives",
        "O2",
    ),
    "a check of five": (
        "module.yaml",
        ", M01-Q08]",
        "]",
        "module.yaml",
        "check > items",
        "Found 5",
    ),
    "a check without critical items": (
        "module.yaml",
        "M01-Q03, ",
        "M01-Q10, ",
        "module.yaml",
        "check > items",
        "critical",
    ),
    "a critical item without a twin": (
        "questions.yaml",
        "family: twins",
        "family: alone",
        "questions.yaml",
        "M01-Q03",
        "twin",
    ),
    "no key": (
        "questions.yaml",
        "key: true",
        "tag: haste",
        "questions.yaml",
        "M01-Q01 > options",
        "0 options",
    ),
    "two keys": (
        "questions.yaml",
        "tag: haste",
        "key: true",
        "questions.yaml",
        "M01-Q01 > options",
        "2 options",
    ),
    "a distractor without a tag": (
        "questions.yaml",
        "    tag: haste\n",
        "",
        "questions.yaml",
        "options > b",
        "tag",
    ),
    "an option without a reason": (
        "questions.en.yaml",
        "      why: It is small.\n",
        "",
        "questions.en.yaml",
        "options > a",
        "expected why",
    ),
    "an item without a source": (
        "questions.en.yaml",
        "  source: The screen\n",
        "",
        "questions.en.yaml",
        "M01-Q01 > source",
        "where a learner can read it",
    ),
    "an unknown fact": ("lesson.en.md", "@fact-a", "@fact-z", "lesson.en.md", "line 17", "fact-z"),
    "an unknown source": (
        "module.yaml",
        "[source-a]",
        "[source-z]",
        "module.yaml",
        "sources",
        "source-z",
    ),
    "a fact with an unknown source": (
        "facts.yaml",
        "source: source-a",
        "source: source-z",
        "facts.yaml",
        "fact-a > source",
        "source-z",
    ),
    "a bare figure on a screen": (
        "lesson.en.md",
        " [@fact-a]",
        "",
        "lesson.en.md",
        "line 17",
        "27%",
    ),
    "a bare year in a question": (
        "questions.en.yaml",
        "case 5?",
        "in 2022?",
        "questions.en.yaml",
        "M01-Q05 > stem",
        "2022",
    ),
    "a bare article in a story": (
        "scenario.en.yaml",
        "Somebody rings",
        "Article 6 rings",
        "scenario.en.yaml",
        "d1 > story",
        "Article 6",
    ),
    "a bare figure in the job aid": (
        "job-aid.en.md",
        "Keep it small",
        "Keep 5 per cent",
        "job-aid.en.md",
        "line 5",
        "5 per cent",
    ),
    "a count on a screen": (
        "lesson.en.md",
        "Keep it small",
        "It went to 12,500 homes",
        "lesson.en.md",
        "line 19",
        "12,500",
    ),
    "a place in a law in an invented town": (
        "scenario.en.yaml",
        "Somebody rings",
        "Fernleigh quotes section 170",
        "scenario.en.yaml",
        "d1 > story",
        "section 170",
    ),
    "an item that rests on an unverified fact": (
        "facts.yaml",
        'status: "V"',
        'status: "S"',
        "questions.yaml",
        "M01-Q07 > facts > 1",
        "nothing graded rests on it",
    ),
    "a stem that cites an unverified fact": (
        "facts.yaml",
        'status: "V"',
        'status: "K/V"',
        "questions.en.yaml",
        "M01-Q08 > stem",
        "fact-a has the status K/V",
    ),
    "two options only": (
        "questions.yaml",
        "  - id: c\n    tag: haste\n",
        "",
        "questions.yaml",
        "M01-Q01 > options",
        "Found 2 options",
    ),
    "an option about the others": (
        "questions.en.yaml",
        "The other one",
        "All of the above",
        "questions.en.yaml",
        "M01-Q01 > options > c",
        "about the other options",
    ),
    "a question for what is not so": (
        "questions.en.yaml",
        "What is tiny in {place}, case 1?",
        "Which of them is not tiny in {place}?",
        "questions.en.yaml",
        "M01-Q01 > stem",
        "is not",
    ),
    "HTML": (
        "lesson.en.md",
        "Keep it small",
        "Keep <b>it</b> small",
        "lesson.en.md",
        "line 19",
        "<b>",
    ),
    "a story that leads nowhere": (
        "scenario.yaml",
        "goto: e-bad",
        "goto: e-none",
        "scenario.yaml",
        "skip",
        "e-none",
    ),
    "a slug unlike its folder": (
        "module.yaml",
        "slug: m01-tiny",
        "slug: m01-toy",
        "module.yaml",
        "slug",
        "m01-toy",
    ),
    "a card unlike its module": (
        "course.yaml",
        "minutes: 8",
        "minutes: 9",
        "module.yaml",
        "minutes",
        "9",
    ),
    "a path to no module": ("course.yaml", "M02]}", "M03]}", "course.yaml", "A", "M03"),
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_the_check_says_where_and_what(root: Path, broken: tuple[str, ...]) -> None:
    file, old, new, blamed, place, sentence = broken
    change(root, file, old, new)
    assert any(
        problem.stops
        and problem.file.endswith(f"/{blamed}")
        and place in problem.place
        and sentence in problem.sentence
        for problem in found(root)
    ), [str(problem) for problem in found(root)]


def _not_utf8(root: Path) -> None:
    (root / SLUG / "questions.en.yaml").write_bytes(b"M01-Q01:\n  stem: caf\xe9\n")


def _empty(root: Path) -> None:
    (root / SLUG / "questions.en.yaml").write_text("\n")


def _absent(root: Path) -> None:
    (root / SLUG / "questions.en.yaml").unlink()


def _broken(root: Path) -> None:
    (root / SLUG / "questions.en.yaml").write_text("M01-Q01: {stem: [\n")


@pytest.mark.parametrize("spoil", [_not_utf8, _empty, _absent, _broken])
def test_a_broken_file_is_named_once_and_hides_no_other(
    root: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(root)
    change(root, "lesson.en.md", " [@fact-a]", "")
    problems = [problem.file for problem in found(root) if problem.stops]
    assert problems == [f"content/{SLUG}/lesson.en.md", f"content/{SLUG}/questions.en.yaml"]


SMALLEST = """\
sittings:
  - id: first
    minutes: 5
    steps:
      - {id: reading, kind: screen, minutes: 2}
      - id: check
        kind: questions
        form: check
        items: [M01-Q03, M01-Q04, M01-Q05, M01-Q06, M01-Q07, M01-Q08]
        minutes: 3
reserve: [M01-Q09]
"""


def test_the_smallest_module_of_the_contributors_guide_passes(root: Path) -> None:
    (root / SLUG / "module.yaml").write_text(MODULE.partition("sittings:")[0] + SMALLEST, "utf-8")
    for old, new in (
        ("  second: {title: Second, done: You have finished.}\n", ""),
        ("  before: {title: Before, intro: Guess.}\n  story: {title: A story}\n", ""),
        ("  aid: {title: To keep}\n", ""),
        ("{ask M01-Q02}\n", ""),
    ):
        change(root, "lesson.en.md", old, new)
    for name in ("scenario.yaml", "scenario.en.yaml", "job-aid.en.md"):
        (root / SLUG / name).unlink()
    kept = [f"M01-Q{number:02}" for number in range(3, 10)]
    structure, text = (yaml.safe_load(one) for one in _items())
    items = [item for item in structure if item["id"] in kept]
    for name, data in (("", items), (".en", {id: text[id] for id in kept})):
        (root / SLUG / f"questions{name}.yaml").write_text(yaml.safe_dump(data), "utf-8")
    assert [str(problem) for problem in found(root) if problem.stops] == []


def test_advice_does_not_stop(root: Path) -> None:
    change(root, "questions.en.yaml", "The small one", "The small one " * 5)
    hard = "Notwithstanding organisational interoperability considerations, institutional " * 8
    change(root, "lesson.en.md", "> **Rule", f"{hard}.\n\n> **Rule")
    problems = found(root)
    assert [problem.stops for problem in problems] == [False] * 2
    said = " ".join(problem.sentence for problem in problems)
    assert "a clue" in said
    assert "school grade" in said


def test_a_fact_that_nothing_uses_stops_until_a_lesson_or_a_term_cites_it(root: Path) -> None:
    (root / "facts.yaml").write_text(FACTS + FACTS.replace("fact-a", "fact-b"), "utf-8")
    (problem,) = found(root)
    assert problem.stops
    assert problem.place == "line 8, fact-b > id"
    term = "- {id: tiny, term: Tiny, definition: 'Small [@fact-b].'}\n"
    (root / "glossary.en.yaml").write_text(term, "utf-8")
    assert not [one for one in found(root) if one.stops]


def test_a_source_that_no_fact_and_no_module_names_stops(root: Path) -> None:
    spare = SOURCES.replace("source-a", "source-b")
    (root / "sources.yaml").write_text(SOURCES + spare, "utf-8")
    (problem,) = found(root)
    assert problem.stops
    assert "source-b" in problem.sentence
    change(root, "module.yaml", "sources: [source-a]", "sources: [source-a, source-b]")
    assert found(root) == []


def test_the_bar_of_the_reading_grade_goes_with_the_level(root: Path) -> None:
    middling = (
        "The department decides about the purpose, and about the minimum information that "
        "another department requires. "
    )
    change(root, "lesson.en.md", "> **Rule", f"{middling * 4}\n\n> **Rule")
    (problem,) = found(root)
    assert "aim for 9 at most" in problem.sentence
    for file, old in (("module.yaml", "level: foundation"), ("course.yaml", "level: foundation")):
        change(root, file, old, "level: practitioner")
    assert found(root) == []


ADVICE: dict[str, tuple[str, str, str, str]] = {
    # what: (file, old, new, said)
    "a stem of two ideas": (
        "questions.en.yaml",
        "What is tiny in {place}, case 1?",
        "What is tiny " + "and small " * 30 + "in {place}?",
        "The stem has 65 words",
    ),
    "absolutes in the wrong options only": (
        "questions.en.yaml",
        "The other one",
        "Never the large one",
        "Only the wrong options say always",
    ),
}


@pytest.mark.parametrize("advised", ADVICE.values(), ids=ADVICE.keys())
def test_what_gives_an_item_away_is_advised_upon(root: Path, advised: tuple[str, ...]) -> None:
    file, old, new, said = advised
    if "Only the wrong" in said:
        change(root, file, "The large one", "Always the large one")
    change(root, file, old, new)
    (problem,) = found(root)
    assert said in problem.sentence
    assert not problem.stops


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("text: The small one", "text: The smaller one", "picks the longest option"),
        ("", "", "Option 1 is right in 100%"),
    ],
)
def test_keys_that_show_over_a_module_are_advised_upon(
    root: Path, old: str, new: str, said: str
) -> None:
    path = root / SLUG / "questions.en.yaml"
    if old:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    else:
        items = yaml.safe_load((root / SLUG / "questions.yaml").read_text("utf-8"))
        for item in items:
            item["options"].sort(key=lambda option: str(option["id"]))
        (root / SLUG / "questions.yaml").write_text(yaml.safe_dump(items), "utf-8")
    (problem,) = found(root)
    assert said in problem.sentence
    assert not problem.stops


def test_a_reason_may_tell_what_no_grade_may_rest_on(root: Path) -> None:
    weak = FACTS.replace("fact-a", "fact-s").replace('"V"', '"S"')
    (root / "facts.yaml").write_text(FACTS + weak, "utf-8")
    change(root, "questions.en.yaml", "It looks near.", "It looks near [@fact-s].")
    assert found(root) == []
    change(root, "questions.en.yaml", "The large one", "The large one [@fact-s]")
    (problem,) = found(root)
    assert problem.stops
    assert "nothing graded rests on it" in problem.sentence


def test_an_item_that_lists_its_facts_may_name_figures(root: Path) -> None:
    change(root, "questions.en.yaml", "case 5?", "for 27%?")
    change(root, "questions.yaml", "- id: M01-Q05\n", "- id: M01-Q05\n  facts: [fact-a]\n")
    assert found(root) == []


def test_a_fact_expires_on_the_day_after_its_review_date(root: Path) -> None:
    assert found(root, date(2027, 5, 1)) == []
    (problem,) = found(root, date(2027, 5, 2))
    assert problem.place == "line 7, fact-a > review_by"


def test_a_second_language_needs_every_file_and_every_text(root: Path) -> None:
    change(root, "module.yaml", "languages: [en]", "languages: [en, fr]")
    missing = {problem.file for problem in found(root) if "missing" in problem.sentence}
    assert missing == {
        f"content/{SLUG}/{name}"
        for name in ("lesson.fr.md", "questions.fr.yaml", "scenario.fr.yaml", "job-aid.fr.md")
    }


class Halves(Content):
    """Options of a lab that is passed by choosing the right half."""

    right: str
    halves: dict[str, str]


def lab_where(solved: str, naive: str) -> SimpleNamespace:
    return SimpleNamespace(
        Options=Halves,
        start=lambda options, seed: (options, ""),
        solve=lambda state: (state[0], solved),
        naive=lambda state: (state[0], naive),
        grade=lambda state: Grade(1.0, state[0].right == state[1]),
    )


@pytest.mark.parametrize(
    ("lab", "said"),
    [
        (lab_where("left", "other"), ""),
        (lab_where("other", "other"), "reference solution fails"),
        (lab_where("left", "left"), "naive solution passes"),
    ],
)
def test_a_lab_must_be_passed_by_thought_only(
    root: Path, monkeypatch: pytest.MonkeyPatch, lab: SimpleNamespace, said: str
) -> None:
    monkeypatch.setitem(LABS, "halves", lab)
    change(root, "module.yaml", "kind: aid", "kind: lab")
    structure = "lab: halves\noptions: {right: left, halves: [left, other]}\n"
    (root / SLUG / "lab.yaml").write_text(structure)
    (root / SLUG / "lab.en.yaml").write_text("halves: {left: The left, other: The other}\n")
    problems = found(root)
    assert len(problems) == bool(said)
    assert said in " ".join(problem.sentence for problem in problems)
    if not said:
        lab_read = files.read_module(root, SLUG, "en").lab
        assert lab_read is not None
        assert lab_read.options.halves == {"left": "The left", "other": "The other"}


def test_a_lab_of_another_module_is_refused(root: Path) -> None:
    (root / SLUG / "lab.yaml").write_text("id: M02-L\nlab: read_figure\noptions: {}\n")
    (root / SLUG / "lab.en.yaml").write_text("title: A lab\n")
    said = [one.sentence for one in found(root) if one.place == "line 1, id"]
    assert said == [
        "Found “M02-L”; expected an id that begins with M01-, as the module’s does. Renumber it."
    ]


def test_an_unknown_lab_is_named_with_those_that_exist(root: Path) -> None:
    (root / SLUG / "lab.yaml").write_text("lab: nothing\noptions: {}\n")
    (root / SLUG / "lab.en.yaml").write_text("title: A lab\n")
    (problem,) = found(root)
    assert "“nothing”" in problem.sentence
    assert "read_figure" in problem.sentence


def test_problems_can_be_written_as_json(root: Path) -> None:
    change(root, "module.yaml", "[O1]", "[O1, O2]")
    assert json.loads(json.dumps([dataclasses.asdict(problem) for problem in found(root)]))
