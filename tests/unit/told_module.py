"""The module of one's own with a story and a job aid, and all of it in French."""

from __future__ import annotations

from tests.unit.own_module import LESSON, MODULE, SLUG, files

STORY = """\
# The caller.
id: M50-S
start: call
meters: [trust]
nodes:
  call:
    decision: 1
    reasons: [{id: kind}, {id: rule}]
    choices:
      - {id: tell, goto: e-told, meters: {trust: -1}}
      - {id: ask, goto: e-asked, meters: {trust: 1}}
endings:
  e-told: {kind: costly}
  e-asked: {kind: acceptable}
"""
TOLD = """\
title: A caller
nodes:
  call:
    title: "9:10. The telephone"
    story: Somebody asks for room 12.
    question: What do you say?
    reasons:
      kind: {text: I want to help, reply: That is kind.}
      rule: {text: There are rules, reply: There are.}
    choices:
      tell:
        text: The name
        hint: It is quick.
        consequence: Now a stranger knows it.
        duty: Ask first who calls.
        citizen: {kind: call, text: "{citizen.first} is rung up.", entry: A call.}
      ask:
        text: Who calls?
        hint: It takes a moment.
        consequence: He rings off.
        duty: Ask first who calls.
endings:
  e-told: {title: Told, story: It is out.}
  e-asked: {title: Asked, story: Nothing is out.}
"""
AID = """\
---
title: At the desk
---

1. Turn the screen away.
2. Call a number, not a name.
"""
FRENCH = {
    "lesson/title": "Les visiteurs à l’accueil",
    "lesson/promise": "Vous savez ce qu’un visiteur peut voir.",
    "lesson/objectives/O1": "Dire ce qu’un visiteur peut voir.",
    "lesson/sittings/first/title": "À l’accueil",
    "lesson/sittings/first/done": "Vous savez quoi montrer.",
    "lesson/steps/check/title": "Contrôle",
    "lesson/steps/caller/title": "Un appel",
    "lesson/screens/reading/title": "Ce que voit un visiteur",
    "lesson/screens/reading/text": "Tournez l’écran. Appelez un numéro, non un nom.",
    "scenario/title": "Un appel",
    "scenario/nodes/call/title": "9 h 10. Le téléphone",
    "job-aid/title": "À l’accueil",
    "job-aid/text": "1. Tournez l’écran.\n2. Appelez un numéro, non un nom.",
}


def told_files() -> dict[str, str]:
    """The module in English, with a story and a job aid."""
    found = files()
    steps = "      - {id: caller, kind: scenario, minutes: 1}\n"
    steps += "      - {id: aid, kind: aid, minutes: 1}\n"
    found[f"{SLUG}/module.yaml"] = MODULE + steps
    found[f"{SLUG}/lesson.en.md"] = LESSON.replace(
        "  check: {title: Check}\n",
        "  check: {title: Check}\n  caller: {title: A caller}\n  aid: {title: To keep}\n",
    )
    found[f"{SLUG}/scenario.yaml"] = STORY
    found[f"{SLUG}/scenario.en.yaml"] = TOLD
    found[f"{SLUG}/job-aid.en.md"] = AID
    return found
