"""A story of two decisions for tests of scenarios."""

from __future__ import annotations

from copy import deepcopy

from modules.scenarios import (
    Path,
    Scenario,
    choose,
)

STRUCTURE = {
    "id": "M01-S",
    "start": "d1",
    "meters": ["trust", "safety"],
    "nodes": {
        "d1": {
            "decision": 1,
            "reasons": [{"id": "speed"}, {"id": "care"}],
            "choices": [
                {"id": "ask", "goto": "d2", "meters": {"trust": 1}},
                {"id": "all", "goto": "d2", "meters": {"trust": -1, "safety": -1}},
                {"id": "refuse", "goto": "e-bad", "meters": {"safety": -2}},
            ],
        },
        "d2": {
            "decision": 2,
            "reasons": [{"id": "speed"}, {"id": "rank"}],
            "choices": [
                {"id": "safe", "goto": "e-good", "meters": {"trust": 1}},
                {"id": "mail", "goto": "e-bad", "meters": {"trust": -1, "safety": -1}},
                {"id": "recall", "goto": "e-good", "when": {"d1": "all"}},
            ],
        },
    },
    "endings": {"e-good": {"kind": "acceptable"}, "e-bad": {"kind": "costly"}},
    "max_steps": 4,
}


def told(change=None):
    """The story with text everywhere, after ``change``."""
    data = deepcopy(STRUCTURE)
    if change:
        change(data)
    data["title"] = "The flood list"
    for node in data["nodes"].values():
        node |= {"title": "16:20. Rain", "story": "Rain [@seed-f1].", "question": "And now?"}
        for choice in node["choices"]:
            for field in ("text", "hint", "consequence", "duty"):
                choice[field] = f"{field} of {choice['id']}"
        for reason in node.get("reasons", ()):
            reason |= {"text": f"because of {reason['id']}", "reply": f"on {reason['id']}"}
    for ending in data["endings"].values():
        ending |= {"title": "Midnight", "story": "Over."}
    return Scenario.model_validate(data)


def walk(scenario, *choices):
    path = Path()
    for choice in choices:
        path = choose(scenario, path, choice)
    return path
