"""One matching question: each left is given a right, and each pair counts alone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from modules.basics import BadInput, Grade, Surface, Words
from modules.markup import parts_html
from modules.questions.parts import about, reasons
from modules.questions.question import Feedback, Response, label, only, spoken

if TYPE_CHECKING:
    from modules.questions.matching import Left, Matching, Right


@dataclass(frozen=True)
class MatchingItem:
    """A matching question; both sides stand in the order in which this learner meets them."""

    question: Matching
    left: tuple[Left, ...]
    right: tuple[Right, ...]

    @property
    def stem(self) -> str:
        """What is asked."""
        return self.question.stem

    def ask(
        self, surface: Surface, key: str, draft: Response, words: Words
    ) -> dict[str, Any] | None:
        """Draw the lefts, each with all rights to choose from.

        Until all are chosen the response holds the pairs so far.
        """
        held = draft.get("pairs")
        held = held if isinstance(held, Mapping) else {}
        names = {right.id: label(right.text) for right in self.right}
        box = surface.container(key=f"pairs-{key}")
        box.markdown(words("question.match_each"))
        pairs = {}
        for left in self.left:
            drafted = held.get(left.id)
            chosen = box.pills(
                label(left.text),
                list(names),
                default=drafted if isinstance(drafted, str) and drafted in names else None,
                format_func=lambda chosen: names.get(chosen, ""),
                width="stretch",
                key=f"{key}/{left.id}",
            )
            if chosen in names:
                pairs[left.id] = chosen
        return {"pairs": dict(sorted(pairs.items()))} if pairs else None

    def complete(self, response: Response) -> bool:
        """Whether each left has its right."""
        return len(response.get("pairs", ())) == len(self.left)

    def _pairs(self, response: Response) -> dict[str, Right]:
        """What each left was given, in written order."""
        pairs = only(response, "pairs")
        if not isinstance(pairs, Mapping):
            raise BadInput("The answer to this question is a list of pairs.")
        if set(pairs) != {left.id for left in self.left}:
            raise BadInput("Choose one for each.")
        offered = {right.id: right for right in self.right}
        if not all(isinstance(one, str) and one in offered for one in pairs.values()):
            raise BadInput("This answer names something that the question does not offer.")
        return {left.id: offered[pairs[left.id]] for left in self.question.left}

    def grade(self, response: Response) -> Grade:
        """The share of lefts with their right; tags are those of the wrong pairs."""
        pairs = self._pairs(response)
        lefts = self.question.left
        good = sum(pairs[left.id].id == left.to for left in lefts)
        tags = (left.tags.get(pairs[left.id].id, "") for left in lefts)
        shown = tuple(dict.fromkeys(tag for tag in tags if tag))
        return Grade(good / len(lefts), good == len(lefts), shown, self.question.VERSION)

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """List the lefts, each with the right one and, if it is another, the learner's."""
        pairs = self._pairs(response)
        texts = {right.id: spoken(right.text) for right in self.right}
        rows = []
        for left in self.left:
            right, mine = texts[left.to], texts[pairs[left.id].id]
            told = [(words("question.right_and_yours"), right)]
            if mine != right:
                told = [
                    (words("question.your_answer"), mine),
                    (words("question.right_answer"), right),
                ]
            rows.append((spoken(left.text), told))
        surface.html(parts_html(rows))

    def feedback(self, response: Response) -> Feedback:
        """The reasons of the lefts that went wrong, and why each wrong right tempts."""
        pairs, lefts = self._pairs(response), self.left
        told = [(left.text, left.why, pairs[left.id].id == left.to) for left in lefts]
        tempts = (about(left.text, left.tempts.get(pairs[left.id].id, "")) for left in lefts)
        return Feedback(reasons(self.question.why, told), tuple(why for why in tempts if why))

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """Every left with its right, and the same with one that is not."""
        right = {left.id: left.to for left in self.question.left}
        left = rng.choice(self.question.left)
        other = rng.choice([one.id for one in self.question.right if one.id != left.to])
        return {"pairs": right}, {"pairs": right | {left.id: other}}

    def plain(self, response: Response) -> str:
        """The pairs as words, in written order."""
        pairs = self._pairs(response)
        return "; ".join(
            f"{spoken(left.text)} → {spoken(pairs[left.id].text)}" for left in self.question.left
        )
