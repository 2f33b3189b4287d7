"""Any item in the neutral form, for properties: what each kind may hold, in odd letters."""

from __future__ import annotations

from hypothesis import strategies as st

from modules.exchange.items.brought import Blank, Brought, Number, Option, Pair
from modules.exchange.items.escaping import line, signs

LETTERS = "abcXYZ0189 äßЖ漢🙂.,;:!?'\"“”’()[]{}<>&%$#@*_-+=~^|/\\`…"
typed = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
letters = typed.filter(lambda text: any(one.isalnum() for one in text))
# Plain text as our Markdown has it: every sign that would mean something escaped.
lines = letters.map(line)
inner = letters.map(signs)
marked = st.one_of(lines, st.tuples(lines, inner).map(lambda two: f"{two[0]} **bold** {two[1]}"))
maybe = st.one_of(st.just(""), lines)
stems = st.lists(marked, min_size=1, max_size=2).map("\n\n".join)
tags = st.lists(st.text("abc-1", min_size=1, max_size=5), max_size=2, unique=True).map(tuple)
numbers = st.one_of(
    st.integers(-10_000, 10_000).map(float), st.integers(-9999, 9999).map(lambda n: n / 1000)
)


def unlike(strategy, least, most):
    """Some texts, none of which reads as another does."""
    return st.lists(strategy, min_size=least, max_size=most, unique_by=str.casefold)


@st.composite
def choices(draw) -> Brought:
    several = draw(st.booleans())
    texts = draw(unlike(marked, 2, 5))
    rights = draw(st.integers(1, len(texts) - 1)) if several else 1
    options = tuple(Option(text, n < rights, draw(maybe)) for n, text in enumerate(texts))
    kind = "multiple_choice" if several else "single_choice"
    return Brought(kind, "", "", draw(stems), options=options)


@st.composite
def matchings(draw) -> Brought:
    lefts = draw(unlike(lines, 2, 4))
    rights = draw(unlike(lines, 2, 4))
    pairs = tuple(Pair(left, draw(st.sampled_from(rights))) for left in lefts)
    used = {pair.right for pair in pairs}
    spare = tuple(right for right in rights if right not in used)
    return Brought("matching", "", "", draw(stems), pairs=pairs, spare=spare)


@st.composite
def orderings(draw) -> Brought:
    return Brought("ordering", "", "", draw(stems), steps=tuple(draw(unlike(marked, 3, 5))))


@st.composite
def numerics(draw) -> Brought:
    wide = draw(st.sampled_from([0.0, 0.5, 0.01, 3.0]))
    unit = draw(st.sampled_from(["", "days", "%", "km/h"]).map(line))
    number = Number(draw(numbers), wide, unit, draw(maybe))
    return Brought("numeric", "", "", draw(stems), number=number)


@st.composite
def fill_ins(draw, most: int = 3) -> Brought:
    count = draw(st.integers(1, most))
    blanks = []
    for _ in range(count):
        texts = draw(unlike(letters, 1, 4))
        cut = draw(st.integers(1, len(texts)))
        wrong = {text: draw(maybe) for text in texts[cut:]}
        blanks.append(Blank(tuple(texts[:cut]), why=draw(maybe), wrong=wrong))
    sentence = draw(lines)
    for n in range(1, count + 1):
        sentence += f" {{{n}}} {draw(inner)}"
    if count == 1 and draw(st.booleans()):
        sentence = "{1}"
    return Brought("fill_in", "", "", draw(stems), sentence=sentence, blanks=tuple(blanks))


@st.composite
def items(draw, most_gaps: int = 3) -> Brought:
    """Any item."""
    one = draw(st.one_of(choices(), matchings(), orderings(), numerics(), fill_ins(most_gaps)))
    return Brought(
        **{
            **vars(one),
            "name": draw(letters),
            "why": draw(maybe),
            "tags": draw(tags),
        }
    )
