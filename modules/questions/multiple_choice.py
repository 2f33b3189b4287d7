"""Multiple choice: all that fit, with partial credit that ticking everything never earns."""

from __future__ import annotations

import random
from typing import Any, ClassVar, Literal

from modules.basics import BadInput, Grade, Surface, Words
from modules.questions.choices import ChoiceItem, Choices, Option, sentences
from modules.questions.question import Feedback, Response, label, only, spoken


class MultipleChoice(Choices):
    """Some options are right, at least one is not. The response is ``{"choices": ["a", "c"]}``."""

    VERSION: ClassVar[int] = 1
    ORDERS_ONLY: ClassVar[bool] = True
    SECONDS: ClassVar[int] = 35

    kind: Literal["multiple_choice"]

    def _item(self, seed: str) -> MultipleChoiceItem:
        """The options in the order of ``seed``."""
        return MultipleChoiceItem(self, self.order(seed))


class MultipleChoiceItem(ChoiceItem[MultipleChoice]):
    """A multiple choice question in the order of one attempt."""

    def ask(
        self, surface: Surface, key: str, draft: Response, words: Words
    ) -> dict[str, Any] | None:
        """Draw a checkbox for each option below "Choose all that fit"."""
        drafted = draft.get("choices")
        ticked = drafted if isinstance(drafted, list | tuple) else ()
        box = surface.container(key=f"choices-{key}")
        box.markdown(words("question.choose_all"))
        chosen = [
            option.id
            for option in self.options
            if box.checkbox(
                label(option.text),
                value=option.id in ticked,
                width="stretch",
                key=f"{key}/{option.id}",
            )
        ]
        return {"choices": sorted(chosen)} if chosen else None

    def _picked(self, response: Response) -> list[Option]:
        chosen = only(response, "choices")
        if not isinstance(chosen, list | tuple) or not chosen:
            raise BadInput("Choose at least one option.")
        picked = [self._offered(one) for one in chosen]
        if len({option.id for option in picked}) < len(picked):
            raise BadInput("This answer names an option twice.")
        return [option for option in self.question.options if option in picked]

    def grade(self, response: Response) -> Grade:
        """(right picked − wrong picked) ÷ number of right ones, never below 0.

        Tags are those of the wrong options picked, in written order.
        """
        picked = self._picked(response)
        rights = sum(option.key for option in self.options)
        hits = sum(option.key for option in picked)
        wrong = [option for option in picked if not option.key]
        score = max(0.0, (hits - len(wrong)) / rights)
        tags = tuple(dict.fromkeys(option.tag for option in wrong if option.tag))
        return Grade(score, hits == rights and not wrong, tags, self.question.VERSION)

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """List the options: the right ones, and the learner's."""
        self._list(surface, {option.id for option in self._picked(response)}, words)

    def feedback(self, response: Response) -> Feedback:
        """The question's reason, or those of the right options missed; why the wrong ones tempt.

        When none was missed, the reasons of all right options.
        """
        picked = self._picked(response)
        right = [option for option in self.question.options if option.key]
        missed = [option for option in right if option not in picked]
        reason = self.question.why or sentences(option.why for option in missed or right)
        tempts = (option.why for option in picked if not option.key)
        return Feedback(reason, tuple(why for why in tempts if why))

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """All right options, and a set that is not that."""
        right = sorted(option.id for option in self.options if option.key)
        other = rng.choice([option.id for option in self.options if not option.key])
        kept = rng.sample(right, rng.randint(0, len(right)))
        return {"choices": right}, {"choices": sorted([*kept, other])}

    def plain(self, response: Response) -> str:
        """The chosen options' texts, in written order."""
        return "; ".join(spoken(option.text) for option in self._picked(response))
