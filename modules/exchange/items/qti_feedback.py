"""Feedback of QTI items: to each choice, to everybody, or to right and wrong answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from modules.exchange.items.gathering import Gathering, bare
from modules.exchange.items.qti_declared import Marking
from modules.exchange.items.qti_tree import drop, inside, words

INLINE = ("feedbackInline", "feedbackBlock")


@dataclass
class _One:
    outcome: str
    name: str
    hides: bool
    html: str
    words: str
    used: bool = False


class Feedbacks:
    """All feedback of an item, taken out of its body, and asked for piece by piece."""

    def __init__(
        self,
        root: etree._Element,
        marking: Marking,
        gathering: Gathering,
        files: Mapping[str, bytes],
    ) -> None:
        self.marking, self.gathering, self.files = marking, gathering, files
        self.all = list[_One]()
        for one in [*root.iterfind("modalFeedback"), *root.iterfind("itemBody//*")]:
            if one.tag == "modalFeedback" or one.tag in INLINE:
                self.all.append(
                    _One(
                        str(one.get("outcomeIdentifier") or ""),
                        str(one.get("identifier") or ""),
                        one.get("showHide") == "hide",
                        inside(one.find("contentBody"), gathering) or inside(one, gathering),
                        words(one),
                    )
                )
                if one.tag in INLINE:
                    drop(one)

    def to(self, response: str, value: str) -> str:
        """What is said to whoever gave ``value`` in ``response``, as one line."""
        told = []
        for one in self.all:
            by_choice = one.outcome in self.marking.chosen and one.name == value
            by_rule = self.marking.said.get((one.outcome, one.name)) == (response, value)
            if (by_choice or by_rule) and not one.hides and one.words:
                one.used = True
                told.append(self.gathering.line(one.html, self.files, "A feedback"))
        return " ".join(told)

    def general(self) -> str:
        """What is said to everybody, as paragraphs."""
        told = []
        for one in self.all:
            key = (one.outcome, one.name)
            shown = key in self.marking.always and key not in self.marking.said
            never = one.hides and key not in self.marking.said and key not in self.marking.always
            if (shown and not one.hides) or (never and one.outcome not in self.marking.chosen):
                one.used = True
                told.append(self.gathering.blocks(one.html, self.files))
        return "\n\n".join(filter(None, told))

    def tell(self) -> None:
        """Name what nobody asked for."""
        for one in self.all:
            if one.used or not one.words:
                continue
            _, kind = self.marking.said.get((one.outcome, one.name), ("", one.name.lower()))
            whom = {
                "right": "a right answer",
                "correct": "a right answer",
                "wrong": "a wrong answer",
                "incorrect": "a wrong answer",
            }.get(kind, f"“{bare(one.name, 40)}”")
            self.gathering.left(f"What is said to {whom} was left out: “{bare(one.words, 200)}”")
