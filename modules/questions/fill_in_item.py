"""One fill-in question: a field for each gap, and the sentence that they complete."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from modules import fields
from modules.basics import BadInput, Grade, Surface, Words
from modules.markup import gapped_html, parts_html
from modules.questions.parts import about, reasons
from modules.questions.question import Feedback, Response, label, only, spoken
from modules.questions.typed_text import meaning, written

if TYPE_CHECKING:
    from modules.questions.fill_in import FillIn, Gap, Wrong

LONGEST = 40
"""Characters that fit into a gap."""


@dataclass(frozen=True)
class FillInItem:
    """A fill-in question. Its gaps keep the order of the sentence."""

    question: FillIn

    @property
    def stem(self) -> str:
        """What is asked."""
        return self.question.stem

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps in the order in which the sentence has them."""
        known = {gap.id: gap for gap in self.question.gaps}
        return tuple(known[id_] for id_ in self.question.pieces[1])

    def ask(
        self, surface: Surface, key: str, draft: Response, words: Words
    ) -> dict[str, Any] | None:
        """Draw the sentence as it stands and a field for each gap.

        Until all are filled the response holds the gaps so far.
        """
        held = draft.get("gaps")
        held = held if isinstance(held, Mapping) else {}
        box = surface.container(key=f"gaps-{key}")
        sentence = box.empty()
        box.caption(words("question.gap_hint"))
        texts: dict[str, str] = {}
        for n, gap in enumerate(self.gaps, 1):
            drafted = held.get(gap.id)
            text = label(gap.label)
            typed = fields.text(
                box,
                words("question.gap_label", n=n, label=text) if len(self.gaps) > 1 else text,
                key=f"{key}/{gap.id}",
                value=drafted[:LONGEST] if isinstance(drafted, str) else "",
                max_chars=LONGEST,
            ).strip()
            if typed:
                texts[gap.id] = typed
        sentence.html(self._sentence(texts, words))
        return {"gaps": texts} if texts else None

    def complete(self, response: Response) -> bool:
        """Whether every gap has a text."""
        return len(response.get("gaps", ())) == len(self.gaps)

    def _sentence(self, texts: Mapping[str, str], words: Words) -> str:
        names = [words("question.gap_number", n=n) for n in range(1, len(self.gaps) + 1)]
        names = names if len(names) > 1 else [words("question.gap")]
        filled = [texts.get(gap.id, "") for gap in self.gaps]
        return gapped_html(self.question.pieces[0], list(zip(names, filled, strict=True)))

    def _texts(self, response: Response) -> dict[str, str]:
        """What was typed into each gap, in the order of the sentence."""
        texts = only(response, "gaps")
        if not isinstance(texts, Mapping) or set(texts) != {gap.id for gap in self.gaps}:
            raise BadInput("Fill each gap.")
        for text in texts.values():
            if not isinstance(text, str) or not text.strip():
                raise BadInput("Fill each gap.")
            if len(text) > LONGEST:
                raise BadInput(f"At most {LONGEST} characters fit into a gap.")
        return {gap.id: texts[gap.id].strip() for gap in self.gaps}

    def _right(self, gap: Gap, text: str) -> bool:
        return self._among(text, gap.accept)

    def _trap(self, gap: Gap, text: str) -> Wrong | None:
        """The trap that this text fell into, if any."""
        return next((trap for trap in gap.traps if self._among(text, trap.accept)), None)

    def _among(self, text: str, accepted: tuple[str, ...]) -> bool:
        mark = self.question.decimal_mark
        typed = meaning(text, mark)
        return any(typed == written(one, mark) for one in accepted)

    def grade(self, response: Response) -> Grade:
        """The share of gaps filled rightly; tags are those of the traps."""
        texts = self._texts(response)
        good = sum(self._right(gap, texts[gap.id]) for gap in self.gaps)
        traps = [self._trap(gap, texts[gap.id]) for gap in self.gaps]
        tags = tuple(dict.fromkeys(trap.tag for trap in traps if trap and trap.tag))
        return Grade(good / len(self.gaps), good == len(self.gaps), tags, self.question.VERSION)

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """The sentence with its right texts, and below it each gap as it was filled."""
        texts = self._texts(response)
        surface.html(self._sentence({gap.id: gap.accept[0] for gap in self.gaps}, words))
        rows = []
        for gap in self.gaps:
            told = [(words("question.right_and_yours"), texts[gap.id])]
            if not self._right(gap, texts[gap.id]):
                told = [
                    (words("question.your_answer"), texts[gap.id]),
                    (words("question.right_answer"), gap.accept[0]),
                ]
            rows.append((spoken(gap.label), told))
        surface.html(parts_html(rows))

    def feedback(self, response: Response) -> Feedback:
        """The reasons of the gaps that went wrong, and of the traps that they fell into."""
        texts = self._texts(response)
        # A lone gap needs no name.
        names = [gap.label for gap in self.gaps] if len(self.gaps) > 1 else [""]
        told, tempts = [], []
        for name, gap in zip(names, self.gaps, strict=True):
            told.append((name, gap.why, self._right(gap, texts[gap.id])))
            trap = self._trap(gap, texts[gap.id])
            tempts.append(about(name, trap.why) if trap else "")
        return Feedback(reasons(self.question.why, told), tuple(why for why in tempts if why))

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """Each gap with one of its texts, and the same with one gap wrong."""
        right = {gap.id: rng.choice(gap.accept) for gap in self.gaps}
        gap = rng.choice(self.gaps)
        known = [text for trap in gap.traps for text in trap.accept]
        # A question mark alone is what nobody can accept: it has neither letters nor digits.
        return {"gaps": right}, {"gaps": right | {gap.id: rng.choice([*known, "?"])}}

    def plain(self, response: Response) -> str:
        """Each gap's label and what was typed, as words."""
        texts = self._texts(response)
        return "; ".join(f"{spoken(gap.label)} {texts[gap.id]}" for gap in self.gaps)
