"""What every question type shares: its written fields, and what an item of it can do."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Protocol, Self, TypeVar

from pydantic import Field, field_validator, model_validator

from modules import pictured
from modules.basics import BadInput, Content, Grade, Surface, Words
from modules.markup import uncited
from modules.questions.cases import NAME, Case, filled, plain, texts
from modules.questions.joining import join

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
"""A tuple that a file may write as a list, which strict validation would refuse."""

Response = Mapping[str, Any]
"""An answer as JSON: option ids or a number, never text of the page."""

_MARKS = re.compile(r"(\*\*|\*|__|(?<!\w)_|_(?!\w)|`)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Private signs that stand for escaped ones until all marks are gone.
_ASIDE = 0xF100
_BACK = {_ASIDE + code: code for code in range(128)}
_SPECIAL = re.compile(r"([\\`*_$~\[\]<]|:(?=\w+[:/]))")
_START = re.compile(r"^(\d*)(?=[.)>#+-])")


@dataclass(frozen=True)
class Feedback:
    """Why the key is right, and why each wrong choice of the learner tempts.

    The texts are Markdown and may cite facts (``[@id]``). Empty when the writer gave none.
    """

    why_key: str
    why_tempts: tuple[str, ...] = ()


class Item(Protocol):
    """One question as one learner meets it: parameters and order are fixed by the seed."""

    @property
    def question(self) -> Question:
        """The question this is a variant of."""
        ...

    @property
    def stem(self) -> str:
        """What is asked, in Markdown: a heading, and pictures on lines of their own below it."""
        ...

    def ask(self, surface: Surface, key: str, draft: Response, words: Words) -> Response | None:
        """Draw the inputs; return the response so far, or None while nothing is chosen.

        ``key`` begins the key of every widget. ``draft`` is a response to restore; what the
        browser already holds under the same key wins.
        """
        ...

    def complete(self, response: Response) -> bool:
        """Whether nothing is missing from what `ask` gave: only then can it be sent."""
        ...

    def grade(self, response: Response) -> Grade:
        """What ``response`` is worth. A malformed or never-offered one raises BadInput."""
        ...

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """Draw the answer after checking: what was right, what was chosen."""
        ...

    def feedback(self, response: Response) -> Feedback:
        """The reasons to show after checking. Raises BadInput as ``grade`` does."""
        ...

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """A right response and one that is not right."""
        ...

    def plain(self, response: Response) -> str:
        """The response as words, for receipts. Raises BadInput as ``grade`` does."""
        ...


class Question(Content):
    """The fields that every type of question has; text fields hold one language.

    ``stem``, options and reasons may hold inline Markdown and cites of facts (``[@id]``).
    ``source`` says in one line where the learner can read it. ``why`` says why the key is
    right, in types without a reason for each option. ``cases`` set the same question in other
    places: every text may name their words in braces, and each case is a variant of its own.
    """

    VERSION: ClassVar[int] = 1
    SECONDS: ClassVar[int] = 25
    """How long an answer takes: what a review of five minutes is filled by."""
    TEXT: ClassVar[frozenset[str]] = frozenset({"stem", "source", "why", "options", "text"})
    ORDERS_ONLY: ClassVar[bool] = False
    """Whether the seed sets nothing but an order: equal answers to a variant are graded alike."""

    id: str = Field(pattern=r"^M\d\d-[QDX]\d\d$")
    kind: str
    objective: str = Field(min_length=1)
    difficulty: Literal[1, 2, 3]
    critical: bool = False
    facts: Many[str] = ()
    stem: str
    source: str = ""
    why: str = ""
    cases: Many[Case] = ()

    @field_validator("stem")
    @classmethod
    def _is_written(cls, stem: str) -> str:
        if not spoken(pictured.words(stem)):
            raise ValueError("is empty: write what is asked")
        return stem

    @model_validator(mode="after")
    def _cases_fit(self) -> Self:
        if not self.cases:
            return self
        ids = [case.id for case in self.cases]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            raise ValueError(f"cases: {', '.join(twice)} is there twice")
        names = set(self.cases[0].words)
        heard: dict[tuple[tuple[str, str], ...], str] = {}
        for case in self.cases:
            if odd := sorted(names ^ set(case.words)):
                raise ValueError(f"cases: {case.id} and {ids[0]} differ in {', '.join(odd)}")
            words = tuple(sorted((name, spoken(word)) for name, word in case.words.items()))
            if (other := heard.setdefault(words, case.id)) != case.id:
                raise ValueError(f"cases: {case.id} reads as {other} does: give it other words")
            # Built anew, so that a case that makes two options alike is refused here.
            self._in_case(case, check=True)
        named = set(NAME.findall(" ".join(texts(self.model_dump(exclude={"cases"})))))
        if unknown := sorted(named - names):
            raise ValueError(f"cases: no word is called {', '.join(unknown)}")
        if spare := sorted(names - named):
            raise ValueError(f"cases: no text names {', '.join(spare)} in braces")
        return self

    def variants(self) -> tuple[str, ...]:
        """The keys of all variants, in written order; one empty key when there is only one."""
        return tuple(case.id for case in self.cases) or ("",)

    def key_of(self, seed: str) -> str:
        """The variant that ``seed`` picks: the same on every machine and Python version."""
        keys = self.variants()
        return keys[int(random.Random(f"{seed}/variant").random() * len(keys))]

    def variant(self, seed: str, key: str | None = None) -> Item:
        """The item of an attempt: the same seed and key always give the same item.

        Raises BadInput for a key that the question does not have.
        """
        chosen = self.key_of(seed) if key is None else key
        if not self.cases and not chosen:
            return self._item(seed)
        for case in self.cases:
            if case.id == chosen:
                return self._in_case(case)._item(seed)
        raise BadInput(f"The question {self.id} has no variant “{chosen}”.")

    def _item(self, seed: str) -> Item:
        """The item itself, its order fixed by ``seed``; each type writes its own."""
        raise TypeError(f"{type(self).__name__} has no _item()")

    def _in_case(self, case: Case, check: bool = False) -> Self:
        """This question with the words of ``case`` in every text."""
        data = {name: getattr(self, name) for name in type(self).model_fields if name != "cases"}
        told = {name: filled(value, case.words) for name, value in data.items()}
        if check:
            return type(self).model_validate(plain(told))
        return self.model_copy(update={**told, "cases": ()})

    @classmethod
    def merge(cls, structure: Mapping[str, Any], text: Mapping[str, Any]) -> dict[str, Any]:
        """Structure and one language's text as one mapping, ready for ``model_validate``.

        Raises ValueError when text sets anything but the fields in ``TEXT``, so a
        translation cannot change a key, or when it names a part that structure lacks.
        """
        return join(structure, text, cls.TEXT)


def shuffled(things: Sequence[T], seed: str) -> tuple[T, ...]:
    """``things`` in the order of ``seed``: the same on every machine and Python version.

    ``random.Random`` of a string hashes it with SHA-512, and of its methods only ``random()``
    is promised to stay as it is, so the order comes from that one.
    """
    rng = random.Random(seed)
    return tuple(sorted(things, key=lambda _: rng.random()))


def only(response: Response, field: str) -> Any:
    """The one field of a response; anything else in it, or its absence, raises BadInput."""
    if not isinstance(response, Mapping) or set(response) != {field}:
        raise BadInput(f"An answer to this question has exactly one field, “{field}”.")
    return response[field]


@lru_cache(maxsize=16384)
def spoken(text: str) -> str:
    """``text`` as it is read aloud: no cites, no marks, pictures in words; ``\\*`` is a star."""
    plain = uncited(pictured.described(text))
    if "\\" in plain:
        plain = _ESCAPED.sub(lambda found: chr(_ASIDE + ord(found[1])), plain)
    while (fewer := _MARKS.sub(r"\2", plain)) != plain:
        plain = fewer
    return " ".join(plain.translate(_BACK).split()) if "\\" in text else " ".join(plain.split())


def label(text: str) -> str:
    """``text`` as a widget's label: spoken, and safe from being read as Markdown again.

    The page shows its pictures, so that their words are not said once more here.
    """
    return literal(spoken(pictured.words(text)))


def literal(text: str) -> str:
    """``text`` as it is written, safe from being read as Markdown."""
    return _START.sub(r"\1\\", _SPECIAL.sub(r"\\\1", text))
