"""An index of short texts in memory: words by their stems, ranked, with small mistakes forgiven.

Ranking is BM25F: BM25 (Robertson and Zaragoza, 2009, “The Probabilistic Relevance Framework”,
section 3.5) over one frequency for each word, to which a title counts five times, a heading twice
and the text once. Stems are those of Harman's S-stemmer (1991, “How effective is suffixing?”) and
a few endings more; a word that is nowhere is looked for with one letter added, left out, changed
or swapped. The whole of a course is some hundred passages: an index takes milliseconds to build.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["aid", "term", "screen", "fact", "source", "belief", "local", "note"]
"""Learners find the first three; the others are what trainers write with."""
WORD = re.compile(r"\w+(?:['’]\w+)?")
WEIGHTS = {"title": 5.0, "heading": 2.0, "text": 1.0}
K1, B = 1.2, 0.5
# A word counts in full as it is typed; less when only its beginning or a mended form is there.
BEGUN, MENDED = 0.6, 0.4
SHORTEST_MENDED = 4
# Words that begin with so many letters alike are kin: anonymised, anonymous.
SHORTEST_KIN = 6
SNIPPET = 180
STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by can do does for from has have how i if in is it its me my of on "
        "or our she he that the their they this to us was we what when where which who why will "
        "with you your",
    )
)


@dataclass(frozen=True)
class Passage:
    """A text that can be found: plain, and where it is."""

    kind: Kind
    place: str
    title: str
    heading: str
    text: str
    module: str = ""


@dataclass(frozen=True)
class Hit:
    """A passage that was found; ``spans`` are the found words in ``snippet`` (start, end)."""

    passage: Passage
    score: float
    snippet: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Found:
    """What a search gives: the hits, best first, and the words that stood in for unknown ones."""

    hits: tuple[Hit, ...]
    meant: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without accents, possessive and the commonest English endings."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"['’]s?$", "", plain)
    if len(plain) > 4 and plain.endswith("ies"):
        plain = plain[:-3] + "y"
    elif len(plain) > 4 and re.search(r"(?:ss|sh|ch|x)es$", plain):
        plain = plain[:-2]
    elif len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        plain = plain[:-1]
    for ending in ("ing", "ed"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            plain = plain[: -len(ending)]
            # "stopped" is of "stop", "shared" of "share": both lose what was added.
            return plain[:-1] if plain[-1] == plain[-2] and plain[-1] not in "ls" else plain
    return plain[:-1] if len(plain) > 4 and plain.endswith("e") else plain


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and stem of each word of a text."""
    for found in WORD.finditer(text):
        yield found.start(), found.end(), stem(found.group())


class Index:
    """Passages to search in. Built once, never changed."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.passages = tuple(passages)
        self._in: dict[str, dict[int, float]] = defaultdict(dict)
        self._lengths: list[float] = []
        self._texts = [tuple(words(passage.text)) for passage in self.passages]
        for number, passage in enumerate(self.passages):
            weights: Counter[str] = Counter()
            for part, weight in WEIGHTS.items():
                read = self._texts[number] if part == "text" else words(getattr(passage, part))
                for _, _, one in read:
                    weights[one] += weight  # type: ignore[assignment]
            self._lengths.append(sum(weights.values()))
            for one, weight in weights.items():
                self._in[one][number] = weight
        self._average = sum(self._lengths) / max(len(self._lengths), 1) or 1.0
        self._shorter: dict[str, list[str]] = defaultdict(list)
        for one in self._in:
            for less in {one, *_one_less(one)}:
                self._shorter[less].append(one)

    def search(self, query: str, most: int = 20) -> Found:
        """The passages that fit a query best; those with all of its words come before others."""
        asked = list(dict.fromkeys(one for _, _, one in words(query[:200])))
        asked = [one for one in asked if one not in STOP] or asked
        scores: Counter[int] = Counter()
        covered: Counter[int] = Counter()
        wanted: set[str] = set()
        meant: list[str] = []
        for place, one in enumerate(asked[:12]):
            forms, mended = self._forms(one, begun=place == len(asked) - 1)
            wanted |= forms.keys()
            meant += mended
            best: dict[int, float] = {}
            for form, share in forms.items():
                for number, score in self._scores(form):
                    best[number] = max(best.get(number, 0.0), share * score)
            for number, score in best.items():
                scores[number] += score  # type: ignore[assignment]
                covered[number] += 1
        order = sorted(scores, key=lambda number: (-covered[number], -scores[number], number))
        hits = tuple(self._hit(number, scores[number], wanted) for number in order[:most])
        return Found(hits, tuple(meant))

    def _forms(self, one: str, *, begun: bool) -> tuple[dict[str, float], list[str]]:
        """The words of the index that a word stands for, each with its share."""
        forms = {one: 1.0} if one in self._in else {}
        if (begun or not forms) and len(one) >= 2:
            for form in self._in:
                if form.startswith(one):
                    forms.setdefault(form, BEGUN)
        if forms or len(one) < SHORTEST_MENDED:
            return forms, []
        near = {form for less in {one, *_one_less(one)} for form in self._shorter.get(less, ())}
        near = {form for form in near if _close(one, form)}
        if not near and len(one) >= SHORTEST_KIN:
            near = {form for form in self._in if form[:SHORTEST_KIN] == one[:SHORTEST_KIN]}
        return dict.fromkeys(near, MENDED), sorted(near)

    def _scores(self, form: str) -> Iterator[tuple[int, float]]:
        """BM25 of one word in each passage that has it."""
        held = self._in[form]
        rare = math.log(1 + (len(self.passages) - len(held) + 0.5) / (len(held) + 0.5))
        for number, weight in held.items():
            long = 1 - B + B * self._lengths[number] / self._average
            yield number, rare * weight * (K1 + 1) / (weight + K1 * long)

    def _hit(self, number: int, score: float, wanted: set[str]) -> Hit:
        passage = self.passages[number]
        spans = [(start, end) for start, end, one in self._texts[number] if one in wanted]
        return Hit(passage, score, *snippet(passage.text, spans))


def snippet(text: str, found: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The part of a text with the most of what was ``found`` in it, and where that stands there."""
    if len(text) <= SNIPPET:
        return text, tuple(found)
    start = max(
        (one for one, _ in found),
        key=lambda at: sum(at <= one < at + SNIPPET for one, _ in found),
        default=0,
    )
    start = max(0, text.rfind(" ", 0, max(start - 40, 0)) + 1) if start > 40 else 0
    end = len(text) if start + SNIPPET >= len(text) else text.rfind(" ", start, start + SNIPPET)
    end = end if end > start else start + SNIPPET
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    spans = tuple((a + shift, b + shift) for a, b in found if a >= start and b <= end)
    return f"{before}{text[start:end]}{after}", spans


def _one_less(word: str) -> Sequence[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def _close(one: str, other: str) -> bool:
    """Whether one letter added, left out, changed or swapped with its neighbour parts two words."""
    if one[:1] != other[:1] or abs(len(one) - len(other)) > 1:
        return False
    if len(one) != len(other):
        long, short = (one, other) if len(one) > len(other) else (other, one)
        return short in _one_less(long)
    apart = [at for at in range(len(one)) if one[at] != other[at]]
    if len(apart) < 2:
        return True
    a, b = apart[0], apart[-1]
    return len(apart) == 2 and b == a + 1 and one[a] == other[b] and one[b] == other[a]
