"""A module that an organisation wrote itself: one screen and a check of three, nothing more."""

from __future__ import annotations

import yaml

SLUG = "m50-visitors"
MODULE = """\
id: M50
slug: m50-visitors
family: everyday practice
level: foundation
version: "1.0.0"
minutes: 4
licence: CC-BY-4.0
languages: [en]
objectives: [O1]
pass_share: 0.6
sittings:
  - id: first
    minutes: 4
    steps:
      - {id: reading, kind: screen, minutes: 2}
      - {id: check, kind: questions, form: check, items: [M50-Q01, M50-Q02, M50-Q03], minutes: 2}
"""
LESSON = """\
---
title: Visitors at the desk
promise: You know what to show a visitor.
objectives: {O1: Say what a visitor may see.}
sittings:
  first: {title: At the desk, done: You know what to show.}
steps:
  check: {title: Check}
---

## {#reading} What a visitor sees

Turn the screen away. Call people by a number, not by their name.
"""


def questions() -> tuple[str, str]:
    """Three items without tags, twins or critical ones, as YAML."""
    structure, text = [], {}
    for number in (1, 2, 3):
        id = f"M50-Q{number:02}"
        structure.append(
            {
                "id": id,
                "kind": "single_choice",
                "objective": "O1",
                "difficulty": 1,
                "options": [{"id": "a", "key": True}, {"id": "b"}],
            }
        )
        text[id] = {
            "stem": f"What may visitor {['one', 'two', 'three'][number - 1]} see?",
            "options": {
                "a": {"text": "A number", "why": "It names nobody."},
                "b": {"text": "A name", "why": "It is quick."},
            },
        }
    return yaml.safe_dump(structure, sort_keys=False), yaml.safe_dump(text, sort_keys=False)


def files() -> dict[str, str]:
    """The files of the module as a draft has them."""
    structure, text = questions()
    return {
        f"{SLUG}/module.yaml": MODULE,
        f"{SLUG}/lesson.en.md": LESSON,
        f"{SLUG}/questions.yaml": structure,
        f"{SLUG}/questions.en.yaml": text,
    }
