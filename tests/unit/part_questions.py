"""One question each to order, to match and to fill in, for tests."""

from __future__ import annotations

import copy

from modules.questions import read_question

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1}
ORDER = HEAD | {
    "kind": "ordering",
    "options": [
        {"id": "send", "rank": 30},
        {"id": "ask", "rank": 10},
        {"id": "trim", "rank": 20},
        {"id": "delete", "rank": 40},
    ],
    "traps": [
        {"first": "send", "second": "trim", "tag": "format-first"},
        {"first": "delete", "second": "send", "tag": "format-first"},
        {"first": "trim", "second": "ask", "tag": "data-first"},
    ],
}
ORDER_TEXT = {
    "stem": "In which order?",
    "options": {
        "ask": {"text": "Ask **why**", "why": "Purpose first."},
        "trim": {"text": "Trim it", "why": "Less can be lost."},
        "send": {"text": "Send it", "why": "It cannot be undone."},
        "delete": {"text": "Delete it", "why": "The end."},
    },
    "traps": {"format-first": "Sending feels like help.", "data-first": "Data are at hand."},
}
MATCH = HEAD | {
    "kind": "matching",
    "left": [
        {"id": "damp", "to": "answer", "tags": {"file": "copying", "open": "publishing"}},
        {"id": "flood", "to": "list", "tags": {"file": "copying"}},
        {"id": "mould", "to": "answer"},
    ],
    "right": [{"id": "answer"}, {"id": "list"}, {"id": "open"}, {"id": "file"}],
}
MATCH_TEXT = {
    "stem": "What fits?",
    "left": {
        "damp": {
            "text": "Is it **damp**?",
            "why": "One question.",
            "tempts": {"file": "It is ready."},
        },
        "flood": {"text": "A flood", "why": "One street."},
        "mould": {"text": "Is there mould?"},
    },
    "right": {
        "answer": {"text": "An answer"},
        "list": {"text": "A list"},
        "open": {"text": "A page"},
        "file": {"text": "A file"},
    },
}
FILL = HEAD | {
    "kind": "fill_in",
    "gaps": [
        {"id": "share", "traps": [{"id": "started"}]},
        {"id": "done", "traps": [{"id": "out", "tag": "date-first"}]},
    ],
}
FILL_TEXT = {
    "stem": "Complete it.",
    "sentence": "In [[done]] it was **[[share]]** of all [@seed-f2].",
    "gaps": {
        "done": {
            "label": "Which month?",
            "accept": ["June 2022", "06/2022"],
            "why": "It closed then.",
            "traps": {"out": {"accept": ["January 2023"], "why": "That is the report."}},
        },
        "share": {
            "label": "Which share?",
            "accept": ["27%"],
            "why": "It went furthest.",
            "traps": {"started": {"accept": ["80%"], "why": "Those had started."}},
        },
    },
}
PARTS = {
    "ordering": (ORDER, ORDER_TEXT),
    "matching": (MATCH, MATCH_TEXT),
    "fill_in": (FILL, FILL_TEXT),
}


def item(kind, seed="s"):
    return read_question(*PARTS[kind]).variant(seed)


def changed(part, at, value):
    """A copy of structure or text in which ``at`` is ``value``, or is gone when that is None."""
    whole = copy.deepcopy(part)
    inner = whole
    for step in at[:-1]:
        inner = inner[step]
    if value is None:
        del inner[at[-1]]
    else:
        inner[at[-1]] = value
    return whole
