"""What the interactions of QTI share: the item's body as text, and one text after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from modules.exchange.items.gathering import Gathering, NotTakenError, bare
from modules.exchange.items.qti_declared import Declared, Marking
from modules.exchange.items.qti_feedback import Feedbacks
from modules.exchange.items.qti_tree import drop, inside, words


@dataclass
class Parts:
    """One item while it is read."""

    root: etree._Element
    body: etree._Element
    gathering: Gathering
    files: Mapping[str, bytes]
    marking: Marking
    feedbacks: Feedbacks

    def strip(self) -> None:
        """Take out of the body what no learner is asked: notes to markers, texts on request."""
        for one in list(self.body.iter("rubricBlock")):
            if "candidate" in (one.get("view") or "").split():
                one.tag = "div"  # it is part of what is asked
        for one in list(self.body.iter("contentBody")):
            one.tag = "div"
        for name, what in (
            ("rubricBlock", "A text to markers or tutors"),
            ("infoControl", "A text that opens on request"),
        ):
            for one in list(self.body.iter(name)):
                self.gathering.left(f"{what} was left out: “{bare(words(one), 200)}”")
                drop(one)
        for one in list(self.body.iter("stylesheet")):
            drop(one)
        for name in ("templateInline", "templateBlock", "printedVariable"):
            if next(self.body.iter(name), None) is not None:
                raise NotTakenError("Its text has parts that are filled in at each attempt.")

    def declared(self, interaction: etree._Element) -> Declared:
        """What the item says about the response of an interaction."""
        name = str(interaction.get("responseIdentifier") or "")
        if name not in self.marking.declared:
            raise NotTakenError(f"It declares no response “{bare(name, 40)}”, so nothing is right.")
        return self.marking.declared[name]

    def stem(self, interaction: etree._Element) -> str:
        """What is asked: the body without the interaction, then the interaction's prompt."""
        prompt = interaction.find("prompt")
        for one in list(interaction):
            interaction.remove(one)
        # Where it stands among other elements, its prompt stays there: what follows it follows.
        if prompt is not None and words(prompt) != words(self.body):
            interaction.addprevious(prompt)
            prompt.tag, prompt.tail = "div", None
        drop(interaction)
        return self.gathering.blocks(inside(self.body, self.gathering), self.files)

    def line(self, element: etree._Element, what: str) -> str:
        """An element as one line."""
        return self.gathering.line(inside(element, self.gathering), self.files, what)

    def fixed(self, interaction: etree._Element) -> bool:
        """Whether the options keep their order; some of them only is told."""
        stay = [one.get("fixed") == "true" for one in interaction.iterfind("simpleChoice")]
        if interaction.get("shuffle") != "true" or all(stay):
            return True
        if any(stay):
            self.gathering.changed("Some of its options keep their place. Here all are shuffled.")
        return False
