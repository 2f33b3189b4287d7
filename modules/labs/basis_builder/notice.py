"""The sentences from which a notice is built, and what is wrong with one that was built."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from modules.labs.basis_builder.options import PARTS, Card, Options
from modules.labs.basis_builder.rules import holds, rights


class Sentence(NamedTuple):
    """A sentence on one part of a notice ("" for praise), and what it claims there.

    A claim on the basis is a basis; one on rights is the rights that it promises, with blanks
    between; elsewhere it is "named", "wide" or "vague".
    """

    id: str
    part: str
    claim: str
    text: str


def sentences(options: Options, card: Card) -> tuple[Sentence, ...]:
    """Six that answer, and six that do not, for one card."""
    best = card.key[0]
    other = "task" if best == "consent" else "consent"
    promise = "letter" if best == "consent" else "erase"
    return (
        Sentence("who", "who", "named", card.who),
        Sentence("why", "why", "named", _we_use(options, card.fit)),
        Sentence("why-wide", "why", "wide", _we_use(options, card.wide)),
        Sentence("basis", "basis", best, options.stands[best]),  # type: ignore[index]
        Sentence("basis-other", "basis", other, options.stands[other]),  # type: ignore[index]
        Sentence("receives", "receives", "named", card.receives),
        Sentence("receives-vague", "receives", "vague", options.vague["receives"]),
        Sentence("long", "long", "named", card.long),
        Sentence("long-vague", "long", "vague", options.vague["long"]),
        Sentence("rights", "rights", " ".join(sorted(rights(best))), options.rights[best]),  # type: ignore[index]
        Sentence("rights-other", "rights", promise, options.wrong[promise]),  # type: ignore[index]
        Sentence("praise", "", "vague", options.vague["praise"]),
    )


def _we_use(options: Options, purpose: str) -> str:
    return options.we_use.format(purpose=purpose)


def true(card: Card, sentence: Sentence) -> bool:
    """Whether what a sentence claims agrees with the statements of the entry."""
    if sentence.part == "basis":
        return holds(card, sentence.claim)
    if sentence.part == "rights":
        allowed = frozenset[str]().union(
            *(rights(basis) for basis in card.key if holds(card, basis))
        )
        return set(sentence.claim.split()) <= allowed
    return sentence.claim != "wide"


def answers(card: Card, sentence: Sentence) -> bool:
    """Whether a reader learns from the sentence what she needs to know of its part."""
    return sentence.claim != "vague" and true(card, sentence)


def words_in(chosen: Iterable[Sentence]) -> int:
    """How many words a notice of these sentences has."""
    return sum(len(one.text.split()) for one in chosen)


def judged(options: Options, card: Card, chosen: Iterable[Sentence]) -> dict[str, bool]:
    """For each property of a notice, by the hint that speaks of it, whether it holds."""
    several = tuple(chosen)
    found = {one.part for one in several if answers(card, one)}
    return {
        **{f"notice-{part}": part in found for part in PARTS},
        "notice-true": bool(several) and all(true(card, one) for one in several),
        "notice-plain": bool(several) and all(one.claim != "vague" for one in several),
        "notice-short": 0 < words_in(several) <= options.longest,
    }
