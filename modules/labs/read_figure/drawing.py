"""The lab on the page: one numbered card for each headline, with the way to the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.cards import numbered
from modules.labs.read_figure.options import Headline, Options
from modules.labs.read_figure.state import LONGEST, Marks, State
from modules.markup import quote_html, uncited

SAFE = {"safe": True, "unsafe": False}


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw one headline's card, with ways to the others; return the marks held now."""
    headlines = state.in_order()
    at = numbered(surface, key, len(headlines))
    number = at.number
    headline = headlines[number - 1]
    card = at.card(headline.id)
    title = words("lab.read_figure.headline", n=number, of=len(headlines))
    card.header(title, anchor=False)
    card.html(quote_html(uncited(headline.text)))
    # First what arrived for headlines that this run does not draw, see `fields.held`.
    marks = {one.id: _held(state, one, f"{key}/{one.id}") for one in headlines}
    marks[headline.id] = _card(
        card, state.options, headline, marks[headline.id], f"{key}/{headline.id}", words
    )
    now = replace(state, marks=marks, page=number)
    at.ways(card, now.open(), "lab.read_figure", words)
    return now


def _held(state: State, headline: Headline, key: str) -> Marks:
    """What is kept of a headline, or what the browser sent for it since."""
    kept, lists = state.marks[headline.id], state.options.lists()

    def tag(name: str) -> str | None:
        was = getattr(kept, name)
        now = fields.picked(f"{key}/{name}", was)
        return now if now is None or (isinstance(now, str) and now in lists[name]) else was

    word = fields.picked(f"{key}/wording", _word(kept.safe))
    written = fields.held(f"{key}/repair", LONGEST)
    return Marks(
        tag("base"),
        tag("date"),
        tag("evidence"),
        SAFE.get(word) if isinstance(word, str) else None,
        kept.repair if written is None else written,
    )


def _word(safe: bool | None) -> str | None:
    return next((word for word, one in SAFE.items() if one is safe), None)


def _card(
    card: Surface, options: Options, headline: Headline, marks: Marks, key: str, words: Words
) -> Marks:
    chosen: dict[str, str | None] = {}
    for tag in ("base", "date"):
        names = options.lists()[tag]
        now = getattr(marks, tag)
        # One below the other: a list that folds away would cut its words off on a phone.
        chosen[tag] = card.container(key=f"choices-{key}-{tag}").radio(
            words(f"lab.read_figure.{tag}"),
            list(names),
            index=_place(now, names),
            format_func=lambda id_, names=names: names.get(id_, ""),
            key=f"{key}/{tag}",
            width="stretch",
        )
    evidence = card.pills(
        words("lab.read_figure.evidence"),
        list(options.evidence),
        default=marks.evidence,
        format_func=lambda id_: options.evidence.get(id_, ""),
        key=f"{key}/evidence",
    )
    if headline.source:
        _compare(card, options, headline, key, words)
    wording = card.pills(
        words("lab.read_figure.wording"),
        list(SAFE),
        default=_word(marks.safe),
        format_func=lambda word: words(f"lab.read_figure.{word}"),
        key=f"{key}/wording",
    )
    safe = SAFE.get(wording) if wording else None
    repair = marks.repair
    # Asked for only once it is called unsafe: a box from the start would give that away.
    if headline.repair and safe is False:
        repair = fields.text(
            card,
            words("lab.read_figure.repair"),
            key=f"{key}/repair",
            value=marks.repair,
            help=words("lab.read_figure.repair_help"),
            max_chars=LONGEST,
            lines=3,
        )
    return Marks(chosen["base"], chosen["date"], evidence, safe, repair)


def _compare(card: Surface, options: Options, headline: Headline, key: str, words: Words) -> None:
    """The source card, folded beside the question that needs it, with the sentence above it."""
    fold = card.expander(
        words("lab.read_figure.compare"), icon=":material/compare_arrows:", key=f"{key}/source"
    )
    fold.html(quote_html(uncited(headline.text)))
    told = uncited(f"{headline.source} {options.survey}")
    fold.markdown(words("lab.read_figure.source", told=told))


def _place(id_: str | None, names: Iterable[str]) -> int | None:
    ids = list(names)
    return ids.index(id_) if id_ in ids else None
