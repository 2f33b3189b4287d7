"""One ordering question: each step is given its place, and pairs in the right order count."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from modules.basics import BadInput, Grade, Surface, Words
from modules.markup import given_html
from modules.questions.parts import about, reasons
from modules.questions.question import Feedback, Response, label, only, spoken

if TYPE_CHECKING:
    from modules.questions.ordering import Ordering, Step


@dataclass(frozen=True)
class OrderingItem:
    """An ordering question; ``steps`` stand in the order in which this learner meets them."""

    question: Ordering
    steps: tuple[Step, ...]

    @property
    def stem(self) -> str:
        """What is asked."""
        return self.question.stem

    def ask(
        self, surface: Surface, key: str, draft: Response, words: Words
    ) -> dict[str, Any] | None:
        """Draw the steps, each with a row of places, and say so when two share one.

        Until each step has a place of its own the response is ``{"places": {id: place}}``.
        """
        held = self._held(draft)
        box = surface.container(key=f"ranks-{key}")
        box.markdown(words("question.order_each", n=len(self.steps)))
        places: dict[str, int] = {}
        for step in self.steps:
            place = box.pills(
                label(step.text),
                range(1, len(self.steps) + 1),
                default=held.get(step.id),
                width="stretch",
                key=f"{key}/{step.id}",
            )
            if place is not None:
                places[step.id] = place
        shared = self._shared(places)
        for place, steps in shared.items():
            texts = "; ".join(spoken(step.text) for step in steps)
            box.info(words("question.place_shared", place=place, steps=texts))
        if len(places) < len(self.steps) or shared:
            return {"places": places} if places else None
        return {"order": sorted(places, key=places.__getitem__)}

    def complete(self, response: Response) -> bool:
        """Whether each step has a place of its own."""
        return "order" in response

    def _held(self, draft: Response) -> dict[str, int]:
        """The places in a draft, whole or in part, without what cannot be."""
        order, places = draft.get("order"), draft.get("places")
        if isinstance(order, list | tuple):
            places = {step: n for n, step in enumerate(order, 1) if isinstance(step, str)}
        if not isinstance(places, Mapping):
            return {}
        known = range(1, len(self.steps) + 1)
        return {
            str(step): place
            for step, place in places.items()
            if isinstance(place, int) and not isinstance(place, bool) and place in known
        }

    def _shared(self, places: Mapping[str, int]) -> dict[int, list[Step]]:
        """The places that more than one step was given, in order, with these steps."""
        found: dict[int, list[Step]] = {}
        for step in self.steps:
            if step.id in places:
                found.setdefault(places[step.id], []).append(step)
        return {place: steps for place, steps in sorted(found.items()) if len(steps) > 1}

    def _places(self, response: Response) -> dict[str, int]:
        """Step ids and their places, in the learner's order."""
        order = only(response, "order")
        known = sorted(step.id for step in self.steps)
        if not isinstance(order, list | tuple) or not all(isinstance(one, str) for one in order):
            raise BadInput("The answer to this question is a list of steps.")
        if sorted(order) != known:
            raise BadInput("Give each step a place of its own.")
        return {step: place for place, step in enumerate(order, 1)}

    def grade(self, response: Response) -> Grade:
        """Twice the share of pairs in the right order, less 1, and never below 0.

        So half of the pairs, which chance gives, is worth nothing. Tags are those of the traps
        in the order given.
        """
        places = self._places(response)
        pairs = list(combinations([step.id for step in self.question.right], 2))
        good = sum(places[first] < places[second] for first, second in pairs)
        score = max(0.0, (2 * good - len(pairs)) / len(pairs))
        tags = (
            trap.tag for trap in self.question.traps if places[trap.first] < places[trap.second]
        )
        version = self.question.VERSION
        return Grade(score, good == len(pairs), tuple(dict.fromkeys(tags)), version)

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """List the steps in the order that works, each with the place the learner gave it."""
        places = self._places(response)
        surface.markdown(words("question.order_right"))
        rows = []
        for place, step in enumerate(self.question.right, 1):
            text, mine = f"{place}. {spoken(step.text)}", places[step.id]
            if mine == place:
                rows.append((text, "right-yours", words("question.place_right")))
            else:
                rows.append((text, "yours", words("question.place_yours", place=mine)))
        surface.html(given_html(rows))

    def feedback(self, response: Response) -> Feedback:
        """The reasons of the steps on a wrong side of a neighbour, and of the traps shown."""
        places = self._places(response)
        right = self.question.right
        ranks = {step.id: step.rank for step in right}
        # A step that stands next to one on its wrong side; the others only moved up or down.
        wrong = {
            step for pair in pairwise(places) if ranks[pair[0]] > ranks[pair[1]] for step in pair
        }
        told = [(step.text, step.why, step.id not in wrong) for step in right]
        names = {step.id: step.text for step in self.steps}
        tempts = {
            trap.why: about(names[trap.first], trap.why)
            for trap in self.question.traps
            if trap.why and places[trap.first] < places[trap.second]
        }
        return Feedback(reasons(self.question.why, told), tuple(tempts.values()))

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """The right order, and one with two steps swapped."""
        right = [step.id for step in self.question.right]
        wrong = list(right)
        one, other = rng.sample(range(len(right)), 2)
        wrong[one], wrong[other] = wrong[other], wrong[one]
        return {"order": right}, {"order": wrong}

    def plain(self, response: Response) -> str:
        """The steps in the order given, numbered."""
        names = {step.id: spoken(step.text) for step in self.steps}
        return "; ".join(f"{n}. {names[step]}" for step, n in self._places(response).items())
