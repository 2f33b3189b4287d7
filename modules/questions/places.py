"""What hotspot and redaction share: places in a document to mark, and what marks are worth."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from modules.basics import BadInput, Content, Grade, Surface, Words
from modules.markup import given_html
from modules.questions.choices import sentences
from modules.questions.document_html import Mark
from modules.questions.document_text import cut
from modules.questions.parts import Id, about, unlike
from modules.questions.question import Feedback, Question, Response, only


class Place(Content):
    """A place of a document that can be marked.

    ``tag`` names the misconception shown by getting it wrong: by marking it, or by leaving out
    one that is to be marked.
    """

    id: Id
    tag: str = ""
    why: str = ""

    @property
    def right(self) -> bool:
        """Whether it is to be marked."""
        raise TypeError(f"{type(self).__name__} has no right()")


def differ(places: Sequence[Place], kind: str, to_do: str) -> None:
    """Raises ValueError for ids used twice, and when all or none of the places are right."""
    unlike(places, "id", f"two {kind}s")
    rights = sum(place.right for place in places)
    if not 0 < rights < len(places):
        raise ValueError(
            f"{rights} of {len(places)} {kind}s are {to_do}: there must be at least one, "
            "and at least one other"
        )


P = TypeVar("P", bound=Place)
Tick = Callable[[Surface, P, str], None]


@dataclass(frozen=True)
class PlacesItem(Generic[P]):
    """A document with places to mark; ``places`` are in the order in which they are read."""

    FIELD: ClassVar[str]
    ASK: ClassVar[str]
    STATES: ClassVar[dict[tuple[bool, bool], tuple[str, str]]]
    """Whether it is right and whether it was marked: the state that is drawn, and its word."""

    question: Question
    places: tuple[P, ...]

    @property
    def stem(self) -> str:
        """What is asked."""
        return self.question.stem

    @abstractmethod
    def name(self, place: P) -> str:
        """The place as the document has it, in plain text."""

    @abstractmethod
    def picture(self, marked: Collection[str], words: Words) -> str:
        """The document as HTML, with each place numbered and the marked ones shown so."""

    def marks(self, marked: Collection[str], words: Words) -> list[Mark]:
        """The numbered marks of the places, in reading order."""
        made = []
        for number, place in enumerate(self.places, 1):
            on = place.id in marked
            told = words("question.place_marked" if on else "question.place", n=number)
            made.append((number, on, told))
        return made

    def ask(
        self, surface: Surface, key: str, draft: Response, words: Words
    ) -> dict[str, Any] | None:
        """Draw the document with a checkbox for each of its places."""
        drafted = draft.get(self.FIELD)
        ticked = drafted if isinstance(drafted, list | tuple) else ()
        marked: list[str] = []

        def tick(where: Surface, place: P, told: str) -> None:
            if where.checkbox(told, value=place.id in ticked, wrap=True, key=f"{key}/{place.id}"):
                marked.append(place.id)

        box = surface.container(gap="small")
        box.markdown(words(self.ASK))
        self.offer(box, key, tick, marked, words)
        return {self.FIELD: sorted(marked)} if marked else None

    @abstractmethod
    def offer(
        self, surface: Surface, key: str, tick: Tick[P], marked: Sequence[str], words: Words
    ) -> None:
        """Draw the document. Each place is ticked where it stands, if the document can hold it.

        ``tick`` draws a place's box with its words, and adds it to ``marked`` if it is ticked.
        """

    def complete(self, response: Response) -> bool:
        """Any mark can be sent."""
        return bool(response.get(self.FIELD))

    def _marked(self, response: Response) -> set[str]:
        marked = only(response, self.FIELD)
        if not isinstance(marked, list | tuple) or not marked:
            raise BadInput("Mark at least one place.")
        known = {place.id for place in self.places}
        if any(not isinstance(one, str) or one not in known for one in marked):
            raise BadInput("This answer names a place that the question does not offer.")
        if len(set(marked)) < len(marked):
            raise BadInput("This answer names a place twice.")
        return set(marked)

    def grade(self, response: Response) -> Grade:
        """(rightly marked − wrongly marked) ÷ number to mark, never below 0.

        Tags are those of every place that was taken wrongly, in reading order.
        """
        marked = self._marked(response)
        off = [place for place in self.places if place.right != (place.id in marked)]
        rights = [place for place in self.places if place.right]
        wrong = sum(not place.right for place in off)
        hits = len(rights) - (len(off) - wrong)
        tags = tuple(dict.fromkeys(place.tag for place in off if place.tag))
        score = max(0.0, (hits - wrong) / len(rights))
        return Grade(score, not off, tags, self.question.VERSION)

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """The document as the learner marked it, and what was right about each place."""
        marked = self._marked(response)
        surface.html(self.picture(marked, words))
        rows = []
        for number, place in enumerate(self.places, 1):
            state, word = self.STATES.get((place.right, place.id in marked), ("plain", ""))
            rows.append((f"{number} · {self.name(place)}", state, words(word) if word else ""))
        surface.html(given_html(rows))

    def feedback(self, response: Response) -> Feedback:
        """The question's reason, or those of what was missed; why each wrong mark tempts.

        When nothing was missed, the reasons of all places to mark.
        """
        marked = self._marked(response)
        right = [place for place in self.places if place.right]
        missed = [place for place in right if place.id not in marked]
        reasons = sentences(self._about(place) for place in missed or right)
        both = (self.question.why, reasons) if missed else (self.question.why or reasons,)
        tempts = (
            self._about(place) for place in self.places if not place.right and place.id in marked
        )
        return Feedback(sentences(both), tuple(why for why in tempts if why))

    def _about(self, place: P) -> str:
        return about(cut(self.name(place)), place.why)

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """All places to mark, and marks that are not that."""
        right = sorted(place.id for place in self.places if place.right)
        other = rng.choice([place.id for place in self.places if not place.right])
        kept = rng.sample(right, rng.randint(0, len(right)))
        return {self.FIELD: right}, {self.FIELD: sorted([*kept, other])}

    def plain(self, response: Response) -> str:
        """The marked places as the document has them, in reading order."""
        marked = self._marked(response)
        return "; ".join(self.name(place) for place in self.places if place.id in marked)
