"""Single choice: one of several options is right, and each wrong one has a reason to tempt."""

from __future__ import annotations

import random
from typing import Any, ClassVar, Literal

from pydantic import model_validator

from modules.basics import Grade, Surface, Words
from modules.questions.choices import ChoiceItem, Choices
from modules.questions.question import Feedback, Response, label, only, spoken


class SingleChoice(Choices):
    """One option is right. The response is ``{"choice": "a"}``."""

    VERSION: ClassVar[int] = 1
    ORDERS_ONLY: ClassVar[bool] = True

    kind: Literal["single_choice"]

    @model_validator(mode="after")
    def _one_is_right(self) -> SingleChoice:
        rights = [option.id for option in self.options if option.key]
        if len(rights) != 1:
            raise ValueError(f"exactly one option is right, not {', '.join(rights)}")
        return self

    def _item(self, seed: str) -> SingleChoiceItem:
        """The options in the order of ``seed``."""
        return SingleChoiceItem(self, self.order(seed))


class SingleChoiceItem(ChoiceItem[SingleChoice]):
    """A single choice question in the order of one attempt."""

    def ask(
        self, surface: Surface, key: str, draft: Response, words: Words
    ) -> dict[str, Any] | None:
        """Draw the options as radio buttons named by the stem."""
        names = {option.id: label(option.text) for option in self.options}
        ids = list(names)
        drafted = draft.get("choice")
        chosen = surface.container(key=f"choices-{key}").radio(
            label(self.stem),
            ids,
            index=ids.index(drafted) if drafted in ids else None,
            format_func=lambda chosen: names.get(chosen, ""),
            width="stretch",
            label_visibility="collapsed",
            key=f"{key}/choice",
        )
        return {"choice": chosen} if chosen in names else None

    def grade(self, response: Response) -> Grade:
        """1 for the key, 0 with the option's tag for another."""
        option = self._offered(only(response, "choice"))
        tags = (option.tag,) if option.tag else ()
        return Grade(float(option.key), option.key, tags, self.question.VERSION)

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """List the options: the right one, and the learner's."""
        self._list(surface, {self._offered(only(response, "choice")).id}, words)

    def feedback(self, response: Response) -> Feedback:
        """The key's reason and, for a wrong choice, why it tempts."""
        option = self._offered(only(response, "choice"))
        reason = next(o.why for o in self.options if o.key) or self.question.why
        return Feedback(reason, () if option.key or not option.why else (option.why,))

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """The key, and one of the others."""
        right = next(option.id for option in self.options if option.key)
        wrong = rng.choice([option.id for option in self.options if not option.key])
        return {"choice": right}, {"choice": wrong}

    def plain(self, response: Response) -> str:
        """The chosen option's text."""
        return spoken(self._offered(only(response, "choice")).text)
